"""A real PostgreSQL and a real Redis that speak TLS, started as docker-compose.tls.yml starts them."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from config.certificates import CA, CERTIFICATE, KEY
from config.inside import Papers
from tests.postgres import create_cluster
from tests.services import free_port, is_open, running, wait_until

ROOT = Path(__file__).resolve().parents[1]
SERVICES: dict[str, Any] = YAML(typ="safe").load(ROOT / "docker-compose.tls.yml")["services"]
DEBIAN = Path("/usr/lib/postgresql")  # the one that comes as a wheel knows no TLS


def papers_of(folder: Path, service: str) -> Papers:
    """What a service is given, as its settings."""
    return Papers(*(str(folder / service / name) for name in (CA, CERTIFICATE, KEY)))


def command_of(service: str, *, folder: Path) -> list[str]:
    """The service's own command line, with the files of this folder."""
    moved = {"/inside/": f"{folder}/", "/etc/survey/": f"{ROOT}/config/roles/"}
    told = list(SERVICES[service]["command"])
    for here, there in moved.items():
        told = [part.replace(here, there) for part in told]
    return told


@contextmanager
def protected_postgresql(certificates: Path) -> Iterator[int]:
    """The port on which it answers to whoever shows a certificate; it has the role survey_web."""
    account = pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else None
    programs = max(DEBIAN.glob("*/bin"))
    with tempfile.TemporaryDirectory(prefix="survey-tls-", ignore_cleanup_errors=True) as name:
        home, port = Path(name), free_port()
        shutil.copytree(certificates / "database", home / "inside")
        shutil.copy(ROOT / "config" / "roles" / "pg_hba.conf", home)
        for path in (home, home / "inside", *(home / "inside").iterdir(), home / "pg_hba.conf"):
            if account is not None:
                os.chown(path, account, account)
        create_cluster(programs, home, account=account)
        told = [
            part.replace(f"{ROOT}/config/roles", str(home)) for part in command_of("database", folder=home / "inside")
        ]
        where = ("-D", home / "cluster", "-k", home, "-p", str(port), "-c", "listen_addresses=127.0.0.1", "-F")
        log = home / "log"
        unarchived = ("-c", "archive_mode=off")
        with running((programs / "postgres", *told[1:], *where, *unarchived), log=log, account=account) as server:
            ask = (programs / "pg_isready", "-q", "-h", home, "-p", str(port))
            wait_until(lambda: subprocess.run(ask, check=False).returncode == 0, process=server, log=log)
            make = (programs / "createuser", "-h", home, "-p", str(port), "-U", "survey", "survey_web")
            subprocess.run(make, check=True)
            yield port


@contextmanager
def protected_redis(certificates: Path) -> Iterator[int]:
    """The port on which it answers to whoever shows a certificate."""
    with tempfile.TemporaryDirectory(prefix="survey-tls-redis-") as folder:
        port, log = free_port(), Path(folder) / "log"
        told = command_of("broker", folder=certificates / "broker")
        told[told.index("--tls-port") + 1] = str(port)
        with running((*told, "--bind", "127.0.0.1", "--dir", folder), log=log) as server:
            wait_until(lambda: is_open(port), process=server, log=log)
            yield port
