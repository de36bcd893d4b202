"""What it takes to have 100,000 returns back: from a sealed backup, and to the second before a wave was deleted.

    python -m bench.restore [--units 100000]

The server keeps its files as in production (fsync, archive); the product runs as its roles. Prints seconds and
whether the Merkle root of all submissions is the one it was.
"""

import argparse
import json
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from psycopg.conninfo import conninfo_to_dict

from tests.postgres import client_programs, find_programs, postgresql
from tests.services import running, wait_until

ROOT = Path(__file__).resolve().parent.parent
Result = TypeVar("Result")
ACCOUNT = pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else None


def main() -> None:
    """One run on a server of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--units", type=int, default=100_000)
    units = parser.parse_args().units
    with tempfile.TemporaryDirectory(prefix="survey-restore-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        if ACCOUNT is not None:
            os.chown(home, ACCOUNT, ACCOUNT)
        (home / "backups").mkdir(mode=0o777)
        (home / "archive").mkdir()
        (home / "archive").chmod(0o777)
        shutil.copytree(ROOT / "config" / "archive", home / "scripts")  # those of docker-compose.yml
        archive = f"archive_command=ARCHIVE={home}/archive sh {home}/scripts/keep.sh %p %f"
        kept = ("-c", "fsync=on", "-c", "synchronous_commit=on", "-c", "archive_mode=on", "-c", archive)
        with postgresql(*kept, "-c", "shared_buffers=512MB") as url:
            drill(url, home=home, units=units)


def drill(url: str, *, home: Path, units: int) -> None:
    """Fills, backs up, restores, copies, deletes, and comes back to the second before."""
    server = ("--quiet", "--set=ON_ERROR_STOP=1", f"--file={ROOT / 'config' / 'roles' / 'server.sql'}", url)
    subprocess.run([client_programs() / "psql", *server], env={**os.environ, "OWNER_PASSWORD": "one"}, check=True)
    keys = dict(line.split("=", 1) for line in _manage("backup_key", {}).split())
    environment = keys | {
        "DATABASE_URL": url.replace("survey@", "survey_worker@"),
        "MIGRATION_DATABASE_URL": url.replace("survey@", "survey_owner@"),
        "ROLE_PASSWORDS": "web=two; worker=three",
        "BACKUP_FOLDER": str(home / "backups"),
        "POSTGRESQL_PROGRAMS": str(client_programs()),
        "DEBUG": "false",
    }
    _manage("migrate", environment)
    call = f"from bench.restore import fill; fill({units})"
    owner = {**os.environ, **environment, "DATABASE_URL": environment["MIGRATION_DATABASE_URL"]}
    subprocess.run([sys.executable, "-c", call], env=owner, check=True)

    backed_up = _timed("backup", lambda: _manage("backup", environment))
    checked = _timed("restored and compared", lambda: _manage("restore_check", environment))
    print(backed_up, checked, sep="\n", flush=True)
    _to_the_second(url, home=home)


def fill(units: int) -> None:
    """A wave in which every board has sent."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    django.setup()
    from bench import dashboard

    dashboard.SENT, dashboard.BEGUN = 1.1, 0.0
    _timed("filled", lambda: dashboard.fill(units))


def _to_the_second(url: str, *, home: Path) -> None:
    import psycopg

    from respondents.backups.facts import read_facts

    address = conninfo_to_dict(url)
    programs = find_programs(home, account=ACCOUNT)
    copy: list[str | Path] = [
        programs / "pg_basebackup",
        "-D",
        home / "copy",
        "-h",
        str(address["host"]),
        "-U",
        "survey",
        "-c",
        "fast",
    ]
    _timed("base copy", lambda: _as_account(copy, home))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("UPDATE survey_wave SET title = 'after the base copy'")
        wanted = read_facts(connection)
        time.sleep(1)
        second = datetime.now(UTC)
        time.sleep(1)
        connection.execute("SET session_replication_role = replica")  # somebody with every right
        for table in ("submission", "save", "frameauthority", "return"):
            connection.execute(f"DELETE FROM respondents_{table}")
        deleted = read_facts(connection)
        connection.execute("SELECT pg_switch_wal()")
        time.sleep(2)
    found = _timed("to the second before", lambda: _recovered(programs, home, second))
    print(json.dumps({
        "wanted": wanted.root, "after the deletion": deleted.submissions, "found": found[0],
        "the same": found == (wanted.root, wanted.submissions, wanted.audit, "after the base copy"),
    }))  # fmt: skip


def _recovered(programs: Path, home: Path, second: datetime) -> tuple[str, int, str, str]:
    import psycopg

    from respondents.backups.facts import read_facts

    told = [
        f"restore_command = 'ARCHIVE={home}/archive sh {home}/scripts/fetch.sh %f %p'",
        f"recovery_target_time = '{second:%Y-%m-%d %H:%M:%S.%f+00}'",
        "recovery_target_action = 'promote'",
    ]
    with (home / "copy" / "postgresql.auto.conf").open("a") as file:
        file.write("\n".join(told) + "\n")
    (home / "copy" / "recovery.signal").touch()
    as_before = ("-c", "max_connections=120")  # no fewer than the server whose log is followed
    command: list[str | Path] = [programs / "postgres", "-D", home / "copy", "-k", home, "-h", "", *as_before]
    with running(command, log=home / "recovery.log", account=ACCOUNT) as server:
        ask = f"host={home} user=survey dbname=postgres"

        def is_open() -> bool:
            try:
                with psycopg.connect(ask) as connection:
                    return connection.execute("SELECT pg_is_in_recovery()").fetchone() == (False,)
            except psycopg.OperationalError:
                return False

        wait_until(is_open, process=server, log=home / "recovery.log", seconds=600)
        with psycopg.connect(ask, autocommit=True) as connection:
            facts = read_facts(connection)
            (title,) = connection.execute("SELECT title FROM survey_wave").fetchone() or ("",)
    return facts.root, facts.submissions, facts.audit, title


def _as_account(command: list[str | Path], where: Path) -> None:
    subprocess.run(command, user=ACCOUNT, group=ACCOUNT, extra_groups=[] if ACCOUNT else None, cwd=where, check=True)


def _manage(command: str, environment: dict[str, str]) -> str:
    own = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", **environment}
    done = subprocess.run(
        [sys.executable, ROOT / "manage.py", command], env=own, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(done.stderr + done.stdout)
    return done.stdout


def _timed(what: str, act: Callable[[], Result]) -> Result:
    began = time.perf_counter()
    result = act()
    print(f"{what}: {time.perf_counter() - began:.1f} s", flush=True)
    return result


if __name__ == "__main__":
    main()
