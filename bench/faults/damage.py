"""What PostgreSQL itself finds wrong with its files after they were found as a power cut left them."""

import signal
import subprocess
from pathlib import Path

from django.db import connection

from bench.faults.lab import Lab
from tests.faults.house import House, account_of_the_server

DATABASE = "postgres"


def looked_at_by(lab: Lab) -> str:
    """What `damage` looks with here: the wheel holds the program pg_amcheck without its extension, Debian both."""
    told = subprocess.run((lab.programs / "postgres", "--version"), capture_output=True, text=True, check=True)
    version = told.stdout.split()[2]
    return f"PostgreSQL {version} {'with' if has_amcheck(lab) else 'without'} amcheck"


def has_amcheck(lab: Lab) -> bool:
    """Whether this PostgreSQL can compare tables and indexes with each other."""
    asked = subprocess.run((lab.programs / "pg_config", "--sharedir"), capture_output=True, text=True, check=True)
    return (Path(asked.stdout.strip()) / "extension" / "amcheck.control").exists()


def damage(lab: Lab, house: House) -> list[str]:
    """Tables and indexes compared, indexes built again, all rows read, the sums of pages checked; the server stops."""
    where = ("-h", "127.0.0.1", "-p", str(house.ports.database), "-U", "survey")
    found = list[str]()
    if has_amcheck(lab):  # before anything is built again
        found += _asked(lab, "pg_amcheck", *where, "--install-missing", "--heapallindexed", "--rootdescend", DATABASE)
    with connection.cursor() as cursor:
        cursor.execute(f"REINDEX DATABASE {DATABASE}")
    connection.close()
    found += _asked(lab, "pg_dump", *where, "-f", "/dev/null", DATABASE)
    house["database"].stop(by=signal.SIGINT)
    return found + _asked(lab, "pg_checksums", "--check", "-D", str(lab.folder / "disk" / "database" / "cluster"))


def _asked(lab: Lab, program: str, *arguments: str) -> list[str]:
    done = subprocess.run(
        (lab.programs / program, *arguments),
        capture_output=True,
        text=True,
        check=False,
        user=account_of_the_server(),
        extra_groups=[],
    )
    return [f"{program}: {(done.stdout + done.stderr)[:300]}"] if done.returncode else []
