"""A real Celery worker in a process of its own, on the database of the running tests."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import Popen
from urllib.parse import urlsplit

from django.db import connection

from tests.services import running, wait_until

COMMAND = ("--app", "config", "worker", "--beat", "--queues", "codes,default,builds,bulk", "--concurrency", "1")
CALM = ("--without-gossip", "--without-mingle", "--loglevel", "INFO")


@contextmanager
def celery_worker(folder: Path, *options: str) -> Iterator[Callable[[Callable[[], object]], None]]:
    """Yields a function that waits until a question is answered with yes, as long as the worker lives."""
    with worker_process(folder, *options) as process:
        log = folder / "worker.log"
        yield lambda question: wait_until(question, process=process, log=log, seconds=60)


@contextmanager
def worker_process(folder: Path, *options: str) -> Iterator[Popen[bytes]]:
    """The worker itself, the leader of a group of its own; its log is in the folder."""
    environment = {**os.environ, "DATABASE_URL": database_of_the_tests(), "DJANGO_SETTINGS_MODULE": "config.settings"}
    celery = Path(sys.executable).parent / "celery"
    command: tuple[str | Path, ...] = (celery, *COMMAND, *CALM, "--schedule", folder / "schedule", *options)
    with running(command, log=folder / "worker.log", env=environment) as process:
        yield process


def database_of_the_tests() -> str:
    """The address of the database that pytest-django made."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
