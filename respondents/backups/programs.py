"""PostgreSQL's own programs: given their address by the environment, since arguments are seen by every process."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

from django.conf import settings

from respondents.backups.refusals import CannotBackUp

OLDEST = 18  # the first pg_restore that can leave out policies, which name roles that may not be there yet
VARIABLES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
}
PIECE = 256 * 1024


def dumped(address: Mapping[str, str], *, snapshot: str, without: Sequence[str]) -> Iterator[bytes]:
    """The database in pg_dump's own format as this snapshot sees it, piece by piece; CannotBackUp where it fails."""
    left_out = [f"--exclude-table-data=public.{name}" for name in without]
    command = [_program("pg_dump"), "--format=custom", "--compress=gzip:1", f"--snapshot={snapshot}", *left_out]
    with tempfile.TemporaryFile() as said:
        with _started(command, address, said=said, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None  # noqa: S101 -- asked for above
            while piece := process.stdout.read(PIECE):
                yield piece
        _require_well(process, said)


def restored(pieces: Iterable[bytes], address: Mapping[str, str]) -> None:
    """Puts a dump into this empty database, whole or not at all; CannotBackUp where it fails.

    Rights are not restored: `database_roles` gives them, also on a server that does not know the roles yet.
    """
    flags = ("--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges", "--no-policies")
    command = [_program("pg_restore"), *flags, f"--dbname={address['dbname']}"]
    with tempfile.TemporaryFile() as said:
        with _started(command, address, said=said, stdin=subprocess.PIPE) as process:
            assert process.stdin is not None  # noqa: S101 -- asked for above
            try:
                for piece in pieces:
                    process.stdin.write(piece)
                process.stdin.close()
            except BrokenPipeError:
                pass  # it ended before the dump did: what it said is told below
            except BaseException:
                process.kill()  # half a dump is never committed
                raise
        _require_well(process, said)


def _started(
    command: Sequence[str], address: Mapping[str, str], *, said: IO[bytes], stdin: int = subprocess.DEVNULL,
    stdout: int = subprocess.DEVNULL,
) -> "subprocess.Popen[bytes]":  # fmt: skip
    own = {VARIABLES[name]: value for name, value in address.items() if name in VARIABLES}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")} | own
    # The command is our own and has no shell.
    return subprocess.Popen(command, env=environment, stdin=stdin, stdout=stdout, stderr=said)  # noqa: S603


def _require_well(process: "subprocess.Popen[bytes]", said: IO[bytes]) -> None:
    if process.returncode:
        said.seek(0)
        last = said.read()[-500:].decode(errors="replace").strip().splitlines()[-1:]
        name = Path(str(process.args[0])).name  # type: ignore[index]  # a list, as given above
        raise CannotBackUp(f"{name} ended with {process.returncode}: {' '.join(last)}")


def _program(name: str) -> str:
    found = shutil.which(name, path=settings.POSTGRESQL_PROGRAMS or None)
    if found is None:
        where = settings.POSTGRESQL_PROGRAMS or "the path"
        raise CannotBackUp(
            f"{name} is not in {where}: install PostgreSQL's client programs, or set POSTGRESQL_PROGRAMS."
        )
    _require_new(found)
    return found


def _require_new(program: str) -> None:
    """An older one would refuse an option in the middle of a restore."""
    told = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603
    version = re.search(r"\(PostgreSQL\) (\d+)", told)
    if version is None or int(version[1]) < OLDEST:
        raise CannotBackUp(
            f"{program} says that it is “{told}”: install PostgreSQL's client programs of version {OLDEST} or newer, "
            "or set POSTGRESQL_PROGRAMS to where they are."
        )
