"""Eight faults made for real, and a Prometheus that reads the product’s own rules: who is told, when, how often."""

import os
import shutil
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.db import connection
from django.db.models import F
from django.utils import timezone

from accounts.audit.recording import record
from accounts.outbox.models import Message
from accounts.second.acts import REFUSED
from bench.faults.experiments.a12_clocks import LIBRARY
from bench.faults.lab import Lab
from bench.faults.registry import Outcome, experiment
from bench.faults.watchers import EVERY, NEEDED, TOKEN, Certificate, Told, watched
from respondents.backups.models import RestoreCheck
from tests.faults.chairs import Crowd, wait_for
from tests.faults.house import ROOT, House
from tests.faults.programs import Program
from tests.faults.visitors import Visitor

SOON = 120.0
GUESSERS, TRIES = 101, 5


@experiment(
    "E14",
    does="queue age, 5xx, disk, backup, certificate, wrong codes, audit, clock: each made for real after a calm time",
    holds="each alert reaches whoever is on call with a line of the runbook; nothing else does",
    goal="each within 120 s, once; 0 false",
    amounts={"nightly": 180, "release": 3600},
    limit=5400,
)
def run(lab: Lab) -> Outcome:
    """So many calm seconds, then all eight."""
    missing = [name for name in (*NEEDED, "openssl") if not shutil.which(name)]
    if missing:
        return Outcome(f"not run: {', '.join(missing)} is not installed (apt-get install)", passed=False)
    mark = lab.folder / "backed-up"
    mark.touch()
    told_web = {"METRICS_TOKEN": TOKEN, "BACKUP_MARK": str(mark)}
    with lab.house("worker", "scheduler", variables=told_web) as house:
        _on_a_small_disk(house["web"], lab.folder / "var")
        house["web"].start()
        RestoreCheck.objects.create(checked_at=timezone.now(), seconds=1)
        record(REFUSED, by=None, about="x", now=timezone.now())
        with watched(house) as (told, shown), Crowd(lab.chairs(house, 10), pause=0.5) as crowd:
            time.sleep(lab.rounds)
            false = dict(told.fired)
            made = _make_all(house, mark, shown)
            wait_for(lambda: made.keys() <= told.fired.keys(), seconds=SOON, every=1)
            time.sleep(4 * EVERY)  # nothing is told a second time
            fired = told.fired
    problems = [*crowd.errors, *(f"{name} without a fault" for name in false)]
    problems += [f"{name} beside the faults" for name in fired.keys() - made.keys() - false.keys()]
    waits, wrong = _judged(made, fired, told)
    counted = ", ".join(f"{name} {seconds:.0f} s" for name, seconds in sorted(waits.items()))
    figure = f"{len(false)} alerts in {lab.rounds} calm seconds; then {counted}"
    return lab.outcome(figure, faults=len(made), problems=[*problems, *wrong])


def _judged(
    made: dict[str, datetime], fired: dict[str, list[datetime]], told: Told
) -> tuple[dict[str, float], list[str]]:
    """How long each took, and which came late, not at all, more than once, or without a line of the runbook."""
    problems, waits = list[str](), dict[str, float]()
    for name, began in made.items():
        moments = fired.get(name, [])
        problems += [] if len(moments) == 1 else [f"{name} was told {len(moments)} times"]
        waits |= {name: (moments[0] - began).total_seconds()} if moments else {}
        problems += [f"{name} only after {waits[name]:.0f} s"] if waits.get(name, 0) > SOON else []
        problems += [] if _has_line(told.runbooks.get(name, "")) else [f"{name} has no line in the runbook"]
    return waits, problems


def _has_line(runbook: str) -> bool:
    path, _, heading = (runbook or "docs/operating/runbook.md").partition("#")
    titles = (
        line[3:].lower().replace(" ", "-") for line in (ROOT / path).read_text().splitlines() if line[:3] == "## "
    )
    return heading in titles


def _on_a_small_disk(web: Program, aside: Path) -> None:
    script = 'cp -a "$0" "$1" && mount -t tmpfs -o "size=$2" tmpfs "$0" && cp -a "$1/." "$0" && shift 2 && exec "$@"'
    used = sum(file.stat().st_size for file in (ROOT / "var" / "static").rglob("*") if file.is_file())
    size = f"{20 + 2 * used // 2**20}m"
    apart = ("unshare", "--mount", "--propagation", "private", "sh", "-c", script)
    web.command = [*apart, str(ROOT / "var"), str(aside), size, *map(str, web.command)]


def _make_all(house: House, mark: Path, shown: Certificate) -> dict[str, datetime]:
    """Every fault, one after the other; from when on each was there."""
    makers: dict[str, Callable[[], object]] = {
        "ServerErrors": lambda: _without_database(house),
        "ClockSkew": lambda: _skewed(house),
        "DiskFull": lambda: _filled(house),
        "BackupOld": lambda: os.utime(mark, (time.time() - 27 * 3600,) * 2),
        "CertificateEnds": lambda: shown.show(10),
        "AuditBroken": _forged,
        "CodesGuessed": lambda: _guessed(house),
        "MessagesWait": lambda: _waiting(house),
    }
    made = dict[str, datetime]()
    for name, make in makers.items():
        make()
        made[name] = datetime.now(UTC)
    return made | {"CodesGuessedNow": made["CodesGuessed"]}  # the same wave, seen within the hour


def _without_database(house: House) -> None:
    house["database"].kill()
    time.sleep(3)
    house["database"].restart()
    connection.close()


def _skewed(house: House) -> None:
    time.sleep(2 * EVERY)  # web counts anew after a start: what it counted before has been read
    house["web"].stop()
    house["web"].process = None
    house["web"].start(LD_PRELOAD=str(LIBRARY), FAKETIME="+60s", NO_FAKE_STAT="1")


def _filled(house: House) -> None:
    """All but a twentieth of web's own disk, as web sees it."""
    assert house["web"].process
    var = Path(f"/proc/{house['web'].process.pid}/root{ROOT}/var")
    space = os.statvfs(var)
    with (var / "ballast").open("wb") as ballast:
        ballast.write(bytes(int(space.f_bavail * space.f_frsize - 0.05 * space.f_blocks * space.f_frsize)))


def _forged() -> None:
    """By somebody with every right over the database."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "UPDATE accounts_auditentry SET about = 'y' WHERE number = (SELECT max(number) FROM accounts_auditentry)"
        )
    connection.close()


def _guessed(house: House) -> None:
    """Wrong codes from many machines at many addresses, through the proxy."""
    for number in range(GUESSERS):
        guesser = Visitor(house.ports.proxy, "")
        guesser.source = f"127.0.{1 + number // 10}.1"
        asked = guesser.ask("POST", "/sign-in/", [("email", f"nobody{number}@example.org")])
        assert asked.status == 302, asked.status
        for _ in range(TRIES):
            guesser.ask("POST", "/sign-in/code/", [("code", "BCDF-GHJK")])
        guesser.hang_up()


def _waiting(house: House) -> None:
    """The worker is gone, and a code has waited for five minutes."""
    house["worker"].kill()
    visitor = Visitor(house.ports.proxy, "")
    visitor.source = "127.0.99.1"
    visitor.ask("POST", "/sign-in/", [("email", "barnet@example.org")])
    waits = Message.objects.filter(recipient="barnet@example.org", state="queued")
    assert waits.update(created_at=F("created_at") - timedelta(seconds=301))
    connection.close()
