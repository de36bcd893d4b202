"""The demonstration as people reach it: PostgreSQL, gunicorn as in docker-compose.yml, nginx with its configuration."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from tests.faults.house import PROGRAMS, ROOT, Ports, environment_of
from tests.nginx import proxy
from tests.postgres import postgresql
from tests.services import ask, running, wait_until

GUNICORN = ("--config", "python:config.gunicorn", "--no-control-socket", "--timeout", "60", "--workers", "2")


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def named(self, name: str) -> str:
        """The header of this name, or nothing."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    @property
    def whole(self) -> str:
        """Everything that a stranger could read of it."""
        lines = "\n".join(f"{name}: {value}" for name, value in self.headers)
        return f"{lines}\n\n{self.body.decode('utf-8', 'replace')}"


@dataclass(frozen=True)
class Site:
    """Where it answers, and what the web server has said."""

    port: int
    web_port: int
    folder: Path

    def log(self) -> str:
        """All lines of the web server so far."""
        return (self.folder / "web.log").read_text(errors="replace")

    def session(self, email: str) -> str:
        """The key of a new session of this person, who has passed whatever their role asks for."""
        from django.conf import settings
        from django.test import Client

        from accounts.models import User
        from tests.builders import sign_in

        client = sign_in(Client(), User.objects.get(email=email))
        return str(client.cookies[settings.SESSION_COOKIE_NAME].value)


def send(port: int, path: str, *, method: str = "GET", session: str = "", **headers: str) -> Answer:
    """One request on a line of its own, the path just as it is written."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    cookie = {"Cookie": f"sessionid={session}"} if session else {}
    try:
        connection.request(method, path, headers={"Host": "localhost", **named, **cookie})
        response = connection.getresponse()
        return Answer(response.status, response.getheaders(), response.read())
    except (HTTPException, OSError):
        return Answer(0, [], b"")
    finally:
        connection.close()


@contextmanager
def demonstration() -> Iterator[Site]:
    """Filled and running until the block ends; this process has the same database."""
    with postgresql() as url, tempfile.TemporaryDirectory(prefix="survey-doors-") as name:
        folder, ports = Path(name), Ports()
        environment = environment_of(ports, mail=25) | {
            "DATABASE_URL": url,
            "BROKER_URL": f"filesystem://{folder / 'queue'}",
            "EMAIL_URL": f"file://{folder / 'mail'}",
            "ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
        }
        os.environ.update(environment)
        _fill()
        where = ("--bind", f"127.0.0.1:{ports.web}")
        command = (PROGRAMS / "gunicorn", *GUNICORN, *where, "config.wsgi")
        log = folder / "web.log"
        with running(command, log=log, env=environment, cwd=ROOT) as web:
            wait_until(lambda: _lives(ports.web), process=web, log=log, seconds=90)
            (folder / "proxy").mkdir()
            with proxy(folder / "proxy", port=ports.proxy, web=f"127.0.0.1:{ports.web}"):
                yield Site(ports.proxy, ports.web, folder)


def _fill() -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from config.demonstration.preparing import prepare_demonstration

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    prepare_demonstration(now=timezone.now())


def _lives(port: int) -> bool:
    try:
        return ask(port, "/health/live", seconds=3)[0].status == 200
    except OSError:
        return False
