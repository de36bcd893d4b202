"""A private Redis that lives as long as a block."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.services import free_port, is_open, running, wait_until


@contextmanager
def redis() -> Iterator[str]:
    """Yield the address of an empty server that keeps nothing on disk."""
    with tempfile.TemporaryDirectory(prefix="survey-redis-") as folder:
        port, log = free_port(), Path(folder) / "log"
        command = ("redis-server", "--port", str(port), "--bind", "127.0.0.1", "--dir", folder, "--save", "")
        with running(command, log=log) as server:
            wait_until(lambda: is_open(port), process=server, log=log)
            yield f"redis://127.0.0.1:{port}/0"
