"""The broker that is a folder: a message is found whole or not at all."""

from pathlib import Path
from typing import cast

import pytest
from kombu import Connection

from config.queue_files import Channel

pytestmark = pytest.mark.pure
TRANSPORT = "config.queue_files:Transport"


class Looker:
    """Looks into the folder at the moment at which it is written down."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __json__(self) -> list[str]:
        return [each.name for each in self.folder.glob("*.msg")]


def test_a_message_is_not_there_before_it_is_whole(tmp_path: Path) -> None:
    folder = str(tmp_path)
    options = {"data_folder_in": folder, "data_folder_out": folder, "control_folder": tmp_path / "control"}
    with Connection("filesystem://localhost", transport=TRANSPORT, transport_options=options) as used:
        channel = cast(Channel, used.channel())
        channel._put("doorbells", {"body": Looker(tmp_path)})

        assert channel._get("doorbells") == {"body": []}
    assert list(tmp_path.glob("*.part")) == []
