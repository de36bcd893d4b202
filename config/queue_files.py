"""Messages of the broker that is a folder, each there whole or not at all.

Kombu's own transport writes a message under the name by which a worker finds it; a worker that looks in between finds
an empty one, and ends. Loaded where `BROKER_URL` names a folder.
"""

import uuid
from pathlib import Path
from time import monotonic
from typing import Any

from kombu.transport import filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    """Writes beside, then renames."""

    def _put(self, queue: str, message: Any, **_: Any) -> None:  # type: ignore[override]  # noqa: ANN401 -- the stubs know the first two only
        folder, name = Path(self.data_folder_out), f"{round(monotonic() * 1000)}_{uuid.uuid4()}"
        part = folder / f"{name}.part"
        part.write_text(dumps(message), encoding="utf-8")
        part.replace(folder / f"{name}.{queue}.msg")


class Transport(filesystem.Transport):
    """The folder, with channels that write whole messages."""

    Channel = Channel
