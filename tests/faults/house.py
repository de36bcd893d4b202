"""The whole house on loopback: proxy, web, worker, scheduler, Redis, mail and a PostgreSQL that waits for its disk."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests import nginx
from tests.faults.programs import Program
from tests.postgres import create_cluster, find_programs
from tests.services import ask, free_port, is_open
from tests.smtp import Office, post_office

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = Path(sys.executable).parent
CALM = ("--without-gossip", "--without-mingle", "--loglevel", "INFO")
DURABLE = ("fsync=on", "synchronous_commit=on", "full_page_writes=on", "max_connections=60", "timezone=UTC")
# For a server that is only filled and then stopped; and for one that says “committed” long before it has written.
HASTY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
FORGETFUL = ("synchronous_commit=off", "wal_writer_delay=10s")


@dataclass(frozen=True)
class Ports:
    """Where the programs listen; where the product finds the database and the broker may be a wire in between."""

    database: int = field(default_factory=free_port)
    broker: int = field(default_factory=free_port)
    web: int = field(default_factory=free_port)
    proxy: int = field(default_factory=free_port)


@dataclass
class House:
    """The programs, where people reach them, and the post office that keeps what is sent."""

    folder: Path
    office: Office
    ports: Ports
    application: str = "config.wsgi"
    web_options: Sequence[str] = ()
    variables: Mapping[str, str] = field(default_factory=dict)
    programs: dict[str, Program] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Program:
        return self.programs[name]

    @property
    def environment(self) -> dict[str, str]:
        """What the programs of the product are told."""
        return {**environment_of(self.ports, mail=self.office.port), **self.variables}

    def add(self, program: Program, *, start: bool = True) -> Program:
        """One more program, which ends with the house."""
        self.programs[program.name] = program
        if start:
            program.start()
        return program

    def product(self, name: str, *command: str, is_ready: object = None) -> Program:
        """One of the product's own programs, in the product's environment."""
        log = self.folder / f"{name}.log"
        ready = is_ready if callable(is_ready) else lambda: True
        line = [str(PROGRAMS / command[0]), *command[1:]]
        return Program(name, line, log, ready, env=self.environment, cwd=ROOT)


def environment_of(ports: Ports, *, mail: int) -> dict[str, str]:
    """The environment of the product on these ports, and nothing of this machine's own."""
    return {
        **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
        "PYTHONUNBUFFERED": "1",
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SECRET_KEY": "of the laboratory alone, and long enough to be taken for one",
        "DATABASE_URL": f"postgresql://survey@127.0.0.1:{ports.database}/postgres",
        "BROKER_URL": f"redis://127.0.0.1:{ports.broker}/0",
        "SITE_URL": "http://localhost",
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "EMAIL_URL": f"smtp://127.0.0.1:{mail}",
        "BEHIND_PROXY": "true",
        "LOG_FORMAT": "json",
    }


def server(home: Path, port: int, *, programs: Path, cluster: Path, options: Sequence[str] = ()) -> Program:
    """A PostgreSQL on this cluster, durable unless these options say otherwise."""
    account = account_of_the_server()
    settings = [part for each in (*DURABLE, *options) for part in ("-c", each)]
    where: tuple[str | Path, ...] = ("-D", cluster, "-k", home, "-h", "127.0.0.1", "-p", str(port))
    command: list[str | Path] = [programs / "postgres", *where, *settings]
    asked = (programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port), "-U", "survey")
    return Program(
        "database",
        command,
        home.parent / "database.log",
        lambda: subprocess.run(asked, check=False).returncode == 0,
        account=account,
    )


def account_of_the_server() -> int | None:
    """PostgreSQL refuses root."""
    return pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else None


def new_cluster(home: Path, *, programs: Path | None = None) -> Path:
    """The folder of PostgreSQL's programs, the wheel's unless others are named; an empty cluster is made beside it."""
    account = account_of_the_server()
    home.mkdir(parents=True, exist_ok=True)
    if account is not None:
        os.chown(home, account, account)
    programs = programs or find_programs(home, account=account)
    create_cluster(programs, home, account=account)
    return programs


def copied_cluster(source: Path, home: Path) -> Path:
    """A copy of a cluster that was stopped, with owners as they were."""
    home.mkdir(parents=True, exist_ok=True)
    shutil.chown(home, account_of_the_server() or os.geteuid())
    subprocess.run(("cp", "-a", source, home / "cluster"), check=True)
    subprocess.run(("sync", "--file-system", home), check=True)  # what was copied is there after a power cut too
    return home / "cluster"


@contextmanager
def house(
    folder: Path,
    *,
    programs: Path,
    prepared: Path,
    ports: Ports,
    application: str = "config.wsgi",
    web_options: Sequence[str] = (),
    variables: Mapping[str, str] | None = None,
    database: Path | None = None,
    options: Sequence[str] = (),
) -> Iterator[House]:
    """Everything on a copy of the prepared cluster; database, Redis and proxy run; all ends whatever happens.

    `database` is the folder for the cluster, where that matters.
    """
    with post_office() as office:
        found = House(folder, office, ports, application, web_options, variables or {})
        try:
            cluster = copied_cluster(prepared, database or folder / "database")
            found.add(server(cluster.parent, ports.database, programs=programs, cluster=cluster, options=options))
            for furnish in (broker, web, worker, letters, builder, scheduler, proxy):
                found.add(furnish(found), start=furnish in (broker, proxy))
            yield found
        finally:
            office.speaks.set()
            for program in reversed(list(found.programs.values())):
                end(program)


def end(program: Program) -> None:
    """Ends it, whatever state it is in."""
    program.thaw()
    if program.name == "database":
        program.stop(by=signal.SIGINT)
    else:
        program.kill()


def broker(found: House) -> Program:
    """Redis that keeps nothing on disk."""
    home = found.folder / "broker"
    home.mkdir(exist_ok=True)
    where = ("--port", str(found.ports.broker), "--bind", "127.0.0.1", "--dir", str(home))
    command = ("redis-server", *where, "--save", "", "--appendonly", "no")
    return Program("broker", command, home / "log", lambda: is_open(found.ports.broker))


def web(found: House) -> Program:
    """Gunicorn with two workers, as docker-compose.yml starts it with four."""
    own = ("--config", "python:config.gunicorn", "--no-control-socket", "--timeout", "60", "--graceful-timeout", "30")
    where = ("--bind", f"127.0.0.1:{found.ports.web}", "--workers", "2")
    line = ("gunicorn", *own, *where, *found.web_options, found.application)
    return found.product("web", *line, is_ready=lambda: _lives(found.ports.web))


def worker(found: House) -> Program:
    """One worker for all queues, two tasks at a time."""
    return _worker(found, "worker", "codes,default,builds,bulk", at_a_time=2)


def letters(found: House) -> Program:
    """In place of that one: a worker for whatever is no build."""
    return _worker(found, "letters", "codes,default,bulk", at_a_time=1)


def builder(found: House) -> Program:
    """And one for builds, which lets the others go first as docker-compose.yml has it."""
    program = _worker(found, "builder", "builds", at_a_time=2)
    program.gives_way = True
    return program


def _worker(found: House, name: str, queues: str, *, at_a_time: int) -> Program:
    line = ("-A", "config", "worker", "--queues", queues, "--concurrency", str(at_a_time), *CALM)
    return found.product(name, "celery", *line, "--hostname", f"{name}@%h")


def scheduler(found: House) -> Program:
    """The clock of the sweepers."""
    line = ("-A", "config", "beat", "--schedule", str(found.folder / "schedule"), "--pidfile", "", "--loglevel", "INFO")
    return found.product("scheduler", "celery", *line)


def proxy(found: House) -> Program:
    """Nginx with production's configuration."""
    home = found.folder / "proxy"
    home.mkdir(exist_ok=True)
    configuration = nginx.write_configuration(home, port=found.ports.proxy, web=f"127.0.0.1:{found.ports.web}")
    stay = "daemon off; user root;" if os.geteuid() == 0 else "daemon off;"
    command = (nginx.program(), "-p", home, "-c", configuration, "-g", stay)
    return Program("proxy", command, home / "proxy.log", lambda: is_open(found.ports.proxy))


def _lives(port: int) -> bool:
    try:
        return ask(port, "/health/live", seconds=3)[0].status == 200
    except OSError:
        return False
