"""The services of docker-compose.yml, started by their own command lines against real PostgreSQL, Redis and nginx."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from ruamel.yaml import YAML

from tests.nginx import proxy
from tests.postgres import client_programs, postgresql
from tests.redis import redis
from tests.services import ask, free_port, running, stop, wait_until

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = Path(sys.executable).parent
SERVICES: dict[str, Any] = YAML(typ="safe").load(ROOT / "docker-compose.yml")["services"]
LEFT_OUT = (".git", ".venv", ".tools", ".env", "node_modules", "var", "tests", "__pycache__", ".*_cache", ".hypothesis")

pytestmark = pytest.mark.production
METRICS_TOKEN = "of Prometheus alone, and long enough to be one"
UNSET = re.compile(r"\$\{\w+:?-([^}]*)\}")  # what Compose puts in where a variable is not set


@dataclass(frozen=True)
class Machine:
    """A copy of the product as in the image, with its environment and its running services."""

    home: Path
    environment: dict[str, str]
    web_port: int
    proxy_port: int
    services: dict[str, subprocess.Popen[bytes]]
    database: str

    def run(self, *command: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run one of the product's programs in that environment."""
        program = (str(PROGRAMS / command[0]), *command[1:])
        environment = self.environment | variables
        return subprocess.run(program, cwd=self.home, env=environment, capture_output=True, text=True, check=False)

    def log(self, service: str) -> str:
        """What the service has said so far."""
        return (self.home / f"{service}.log").read_text()


def is_alive(port: int) -> bool:
    """Whether a worker answers."""
    try:
        return ask(port, "/health/live")[0].status == 200
    except OSError:
        return False


def command_of(service: str, *, home: Path, port: int) -> list[str]:
    """The service's own command line, on a port and in a folder of the test's."""
    moved = {"0.0.0.0:8000": f"127.0.0.1:{port}", "/tmp/schedule": str(home / "schedule")}
    name, *arguments = (moved.get(part, part) for part in SERVICES[service]["command"])
    return [str(PROGRAMS / name), *arguments]


def environment_of(home: Path, *, database: str, broker: str) -> dict[str, str]:
    """The variables of docker-compose.yml as they are where nothing is set, with the test's addresses."""
    own = {
        "SECRET_KEY": "of this test alone, and long enough to be taken for one",
        "DATABASE_URL": database.replace("survey@", "survey_web@"),
        "BROKER_URL": broker,
        "SITE_URL": "http://localhost",
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "EMAIL_URL": f"file://{home / 'mail'}",
        "METRICS_TOKEN": METRICS_TOKEN,
    }
    told = SERVICES["worker"]["environment"] | SERVICES["web"]["environment"]
    assert own.keys() <= told.keys()
    given = {name: UNSET.sub(r"\1", value) for name, value in told.items()} | own
    assert "$" not in "".join(given.values())
    return given | {"PATH": os.environ["PATH"], "HOME": str(home), "PYTHONUNBUFFERED": "1"}


def as_first_start(database: str) -> None:
    """What first_start.sh does when the volume of PostgreSQL is empty."""
    script = ROOT / "config" / "roles" / "server.sql"
    command = (client_programs() / "psql", "--set=ON_ERROR_STOP=1", "--quiet", f"--file={script}", database)
    subprocess.run(command, env=os.environ | {"OWNER_PASSWORD": "three"}, check=True)


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    home = tmp_path_factory.mktemp("production") / "app"
    shutil.copytree(ROOT, home, ignore=shutil.ignore_patterns(*LEFT_OUT))
    with ExitStack() as stack:
        database, broker = stack.enter_context(postgresql()), stack.enter_context(redis())
        as_first_start(database)
        environment = environment_of(home, database=database, broker=broker)
        found = Machine(home, environment, free_port(), free_port(), {}, database)
        for command in (SERVICES["migrate"]["command"], ("python", "manage.py", "collectstatic", "--no-input")):
            owner = database.replace("survey@", "survey_owner@")
            result = found.run(*command, MIGRATION_DATABASE_URL=owner, ROLE_PASSWORDS="web=one; worker=two")
            assert result.returncode == 0, result.stderr
        for service in ("web", "worker", "codes", "scheduler"):
            command = command_of(service, home=home, port=found.web_port)
            log = home / f"{service}.log"
            role = SERVICES[service]["environment"]["DATABASE_URL"].partition("://")[2].partition(":")[0]
            own = environment | {"DATABASE_URL": database.replace("survey@", f"{role}@")}
            process = stack.enter_context(running(command, log=log, env=own, cwd=home))
            found.services[service] = process
        wait_until(lambda: is_alive(found.web_port), process=found.services["web"], log=home / "web.log", seconds=60)
        (home / "proxy").mkdir()
        stack.enter_context(proxy(home / "proxy", port=found.proxy_port, web=f"127.0.0.1:{found.web_port}"))
        yield found


def test_web_answers_through_the_proxy_that_it_lives_and_is_ready(machine: Machine) -> None:
    replies = {path: ask(machine.proxy_port, path) for path in ("/health/live", "/health/ready")}
    assert {path: (reply.status, text) for path, (reply, text) in replies.items()} == {
        "/health/live": (200, '{"live": true}'),
        "/health/ready": (200, '{"database": true, "migrations": true, "disk": true, "outbox": true}'),
    }


def test_health_check_of_web_is_content(machine: Machine) -> None:
    program, *arguments = SERVICES["web"]["healthcheck"]["test"][1:]
    moved = [part.replace(":8000", f":{machine.web_port}") for part in arguments]
    assert machine.run(program, *moved).returncode == 0


def test_first_page_comes_with_styles_that_may_be_kept_for_ever(machine: Machine) -> None:
    page, text = ask(machine.proxy_port, "/sign-in/", Accept="text/html")
    assert page.status == 200
    styles = re.findall(r'href="(/static/main\.[0-9a-f]{12}\.css)"', text)
    reply, content = ask(machine.proxy_port, styles[0])
    assert (reply.status, reply.headers["Cache-Control"]) == (200, "max-age=315360000, public, immutable")
    fonts = re.findall(r'url\("(fonts/[^"]+\.[0-9a-f]{12}\.woff2)"\)', content)
    assert len(fonts) == 16


def test_health_check_of_worker_is_content(machine: Machine) -> None:
    line = SERVICES["worker"]["healthcheck"]["test"][1].replace("$$(hostname)", socket.gethostname())
    result = machine.run(*line.split())
    assert "1 node online" in result.stdout, result.stderr + machine.log("worker")


def test_scheduler_rings_and_worker_sweeps(machine: Machine) -> None:
    swept = re.compile(r"Task analysis\.builds\.tasks\.sweep\[[0-9a-f-]+\] succeeded")
    end = time.monotonic() + 40
    while not swept.search(machine.log("worker")) and time.monotonic() < end:
        time.sleep(0.2)
    assert swept.search(machine.log("worker")), machine.log("scheduler") + machine.log("worker")


def test_health_check_of_scheduler_is_content_while_it_looks_at_what_is_due(machine: Machine) -> None:
    line, old = SERVICES["scheduler"]["healthcheck"]["test"][1].replace("$$", "$"), machine.home / "old"
    old.touch()
    os.utime(old, (time.time() - 180,) * 2)
    looked = [line.replace("/tmp/schedule.ticked", str(path)) for path in (machine.home / "schedule.ticked", old)]
    assert line not in looked
    assert [subprocess.run(["/bin/sh", "-c", each], check=False).returncode for each in looked] == [0, 1]


def test_slow_clients_keep_nobody_waiting(machine: Machine) -> None:
    with ExitStack() as stack:
        for _ in range(200):
            slow = stack.enter_context(socket.create_connection(("127.0.0.1", machine.proxy_port)))
            slow.sendall(b"POST /sign-in/ HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
        started = time.monotonic()
        statuses = {ask(machine.proxy_port, "/health/live")[0].status for _ in range(20)}
        took = time.monotonic() - started
    assert statuses == {200}
    assert took < 3


def test_settings_withstand_the_deployment_check(machine: Machine) -> None:
    flags = ("--deploy", "--fail-level", "WARNING")
    result = machine.run(
        "python", "manage.py", "check", *flags, SITE_URL="https://survey.example.org", TRUSTED_PROXIES="none"
    )
    assert result.returncode == 0, result.stderr


def test_people_are_told_when_to_come_back_where_the_database_has_no_room(machine: Machine) -> None:
    def asked(who: int) -> tuple[int, str | None, bool]:
        reply, text = ask(
            machine.proxy_port, "/sign-in/", seconds=60, Accept="text/html", Cookie=f"sessionid={who:032}"
        )
        return reply.status, reply.headers["Retry-After"], "What you have just typed is still on that page" in text

    with psycopg.connect(machine.database, autocommit=True) as admin, ThreadPoolExecutor(60) as people:
        admin.execute("ALTER ROLE survey_web CONNECTION LIMIT 1")
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'survey_web'")
        crowded = set(people.map(asked, range(60)))
        admin.execute("ALTER ROLE survey_web CONNECTION LIMIT -1")
        after = set(people.map(asked, range(60)))

    assert (503, "10", True) in crowded
    assert crowded <= {(503, "10", True), (200, None, False)}
    assert after == {(200, None, False)}


def test_roles_are_held_to_their_times_by_the_server(machine: Machine) -> None:
    names = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
    with psycopg.connect(machine.database.replace("survey@", "survey_web@")) as connection:
        told = [connection.execute(f"SHOW {name}").fetchone() for name in names]
    assert told == [("20s",), ("5s",), ("10s",)]


def test_services_end_politely_when_asked(machine: Machine) -> None:
    assert {name: stop(process) for name, process in machine.services.items()} == dict.fromkeys(machine.services, 0)
