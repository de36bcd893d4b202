"""A database that every experiment begins with: the survey of 2012 open on 148 boards, each with a chair signed in."""

import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from tests.faults.house import HASTY, ROOT, Ports, environment_of, new_cluster, server


def prepare(home: Path, *, postgresql: Path | None = None) -> tuple[Path, list[tuple[str, str]]]:
    """PostgreSQL's programs, and session and return of each chair; the cluster stands stopped in `home`."""
    programs, ports = new_cluster(home, programs=postgresql), Ports()
    database = server(home, ports.database, programs=programs, cluster=home / "cluster", options=HASTY)
    database.start()
    try:
        command = (sys.executable, "-m", "bench.product_site")
        environment = environment_of(ports, mail=25)
        done = subprocess.run(command, env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    finally:
        database.stop()
    pairs = (line.split() for line in done.stdout.splitlines() if "/returns/" in line)
    return programs, [(session, urlsplit(page).path.split("/")[2]) for session, page in pairs]
