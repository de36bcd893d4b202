"""What importing a register costs: wall time and peak memory, each in a process of its own. `python -m bench.register`.

The database is that of DATABASE_URL, or a new SQLite file. The register is made up: each board covers one authority.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SIZES = (148, 100_000)
KINDS = ("command", "page", "workbook")


def main() -> None:
    """Measures each kind and size in a child and prints a row of the table."""
    print("| rows | by | wall s | CPU s | peak MiB | the reading child, MiB |\n|---|---|---|---|---|---|")
    for size in SIZES:
        for kind in KINDS:
            with tempfile.TemporaryDirectory() as folder:
                print(_measured(kind, size, folder), flush=True)


def _measured(kind: str, size: int, folder: str) -> str:
    store = os.environ.get("DATABASE_URL", f"sqlite:///{folder}/register.sqlite3")
    child = [sys.executable, "-m", "bench.register", kind, str(size)]
    environment = {**os.environ, "DATABASE_URL": store, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run(child, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    found = json.loads(done.stdout.splitlines()[-1])
    return (
        f"| {size:,} | {kind} | {found['wall']:.1f} | {found['cpu']:.1f} | {found['own']:.0f} | {found['reader']:.0f} |"
    )


def measure(kind: str, size: int) -> None:
    """Imports a register of this size once."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("flush", interactive=False, verbosity=0)
    authorities, boards = made_up(size)
    files = [("authorities.csv", authorities), ("boards.csv", boards)]
    if kind == "workbook":
        files = [("register.xlsx", _workbook(files))]
    began, spent = time.perf_counter(), os.times()
    _import(kind, files)
    wall, now = time.perf_counter() - began, os.times()
    cpu = sum(now[:4]) - sum(spent[:4])
    own, reader = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(json.dumps({"wall": wall, "cpu": cpu, "own": own, "reader": reader}))


def made_up(size: int) -> tuple[bytes, bytes]:
    """Authorities and boards of this many rows, as CSV."""
    authorities = ["gss_code,name,authority_type,region"]
    boards = ["slug,name,area_name,region,authority_type,authorities"]
    for number in range(size):
        authorities.append(f"E{number:08},Place {number},Unitary,South West")
        name = f"Place {number} Local Safeguarding Children Board"
        boards.append(f"place-{number},{name},Place {number},South West,Unitary,E{number:08}")
    return "\n".join(authorities).encode(), "\n".join(boards).encode()


def _workbook(files: list[tuple[str, bytes]]) -> bytes:
    from respondents.tabular.writing import Sheet, write_xlsx

    tables = [[line.split(",") for line in content.decode().splitlines()] for _, content in files]
    return write_xlsx([Sheet(name, table[0], table[1:]) for (name, _), table in zip(files, tables, strict=True)])


def _import(kind: str, files: list[tuple[str, bytes]]) -> None:
    from django.utils import timezone

    from accounts.models import Role
    from accounts.people import ensure_person
    from respondents.register.importing import import_register
    from respondents.register.large_imports import confirm_import, send_files
    from respondents.register.models import Board
    from respondents.register.proposing import plan_of
    from respondents.register.working import run_job

    now = timezone.now()
    if kind == "command":
        import_register(files[0][1], files[1][1], now=now)
    else:
        person = ensure_person("bench@example.org", role=Role.RESEARCHER)
        proposed = send_files(files, encoding="", ends_absent=False, by=person, now=now, ring=run_job)
        proposed.refresh_from_db()
        digest = proposed.digest or plan_of(proposed, now=now)[0].digest  # the preview
        confirm_import(proposed.pk, digest=digest, by=person, now=now, ring=run_job)
    assert Board.objects.exists()


if __name__ == "__main__":
    if len(sys.argv) == 3:
        measure(sys.argv[1], int(sys.argv[2]))
    else:
        os.chdir(Path(__file__).resolve().parent.parent)
        main()
