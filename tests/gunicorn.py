"""The web server of production, with its own configuration, before an application that notes what it is asked."""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.services import free_port, is_open, running, wait_until

HEARD = "HEARD"


@dataclass(frozen=True)
class Heard:
    """One request, as the application was given it."""

    method: str
    path: str
    headers: dict[str, str]
    body: str


@dataclass(frozen=True)
class Web:
    """A web server that runs, and the file of what it was asked."""

    port: int
    notes: Path

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def heard(self) -> list[Heard]:
        """Every request so far."""
        return [Heard(**json.loads(line)) for line in self.notes.read_text().splitlines()]


def application(environ: dict[str, Any], start: Callable[[str, list[tuple[str, str]]], object]) -> Iterable[bytes]:
    """Notes one request and answers it."""
    body = environ["wsgi.input"].read().decode("latin-1")
    headers = {key: value for key, value in environ.items() if key.startswith(("HTTP_", "CONTENT_"))}
    said = {"method": environ["REQUEST_METHOD"], "path": environ["PATH_INFO"], "headers": headers, "body": body}
    with open(os.environ[HEARD], "a", encoding="utf-8") as file:  # noqa: PTH123 -- one line, added at once
        file.write(json.dumps(said) + "\n")
    start("200 OK", [("Content-Length", "2"), ("Content-Type", "text/plain")])
    return [b"ok"]


@contextmanager
def gunicorn(folder: Path, **variables: str) -> Iterator[Web]:
    """Listens on a port of its own until the block ends."""
    found = Web(free_port(), folder / "heard")
    found.notes.touch()
    arguments = ("--config", "python:config.gunicorn", "--bind", found.address, "--no-control-socket")
    command = (str(Path(sys.executable).parent / "gunicorn"), *arguments, "tests.gunicorn:application")
    log = folder / "gunicorn.log"
    environment = os.environ | {HEARD: str(found.notes)} | variables
    with running(command, log=log, env=environment, cwd=Path(__file__).resolve().parents[1]) as process:
        wait_until(lambda: is_open(found.port), process=process, log=log)
        yield found
