"""The times for keeping are over: names, addresses and words are gone from tables, logs and the next backup."""

import subprocess
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from django.db import connection
from django.utils import timezone

from accounts.audit.checking import check_chain
from accounts.models import Role, User
from bench.faults.canaries import answers_of, found_in, named_people
from bench.faults.experiments.a12_clocks import LIBRARY
from bench.faults.experiments.e08_canaries import chair_email
from bench.faults.lab import Lab, outbox_is_empty
from bench.faults.registry import Outcome, experiment
from bench.faults.staff import staff_session
from bench.faults.works import manage, submitted
from respondents.backups.sealing import new_identity, opened, recipient_of
from respondents.register.models import Appointment
from respondents.returns.checking import check_submissions
from respondents.returns.models import Submission
from survey.models import Wave
from tests.faults.chairs import wait_for
from tests.faults.house import House
from tests.faults.visitors import Visitor

CONTACTS_GONE, WORDS_GONE = "+230d", "+800d"
WRITERS = 10


@experiment(
    "E13",
    does="one person erased on request; then, on faketime, the nights after 6 and after 24 months; then a backup",
    holds="no name, address or word of a respondent in any table, log, file or in the next backup; codes stay",
    goal="0 found; audit and submissions verify; a certificate for each",
    amounts={"nightly": 1, "release": 1},
    limit=1200,
)
def run(lab: Lab) -> Outcome:
    """Once."""
    if not LIBRARY.exists():
        return Outcome("not run: faketime is not installed (apt-get install faketime)", passed=False)
    identity, folder = new_identity(), lab.folder / "backups"
    folder.mkdir()
    told = {
        "BACKUP_FOLDER": str(folder),
        "BACKUP_RECIPIENT": recipient_of(identity),
        "POSTGRESQL_PROGRAMS": str(lab.programs),
    }
    with lab.house(variables=told) as house:
        names = named_people()
        chairs = submitted(lab, house, WRITERS)
        emails = set(User.objects.values_list("email", flat=True))
        wait_for(outbox_is_empty, seconds=60)
        canaries, before = names | emails | answers_of(lab.ledger), _codes()
        manage(house, "backup")
        held = len(found_in(_inside(lab, _newest(folder), identity), canaries))
        Wave.objects.update(closes_at=timezone.now())
        one = chair_email(chairs[0].return_id)
        problems = _erased_on_request(lab, house, one)
        for moment in (CONTACTS_GONE, WORDS_GONE):
            manage(house, "apply_retention", LD_PRELOAD=str(LIBRARY), FAKETIME=moment, NO_FAKE_STAT="1")
        manage(house, "backup")
        places = {"the next backup": _inside(lab, _newest(folder), identity), "the tables": _dumped(lab, house)}
        problems += _unsound(before)
        raw = _raw_files(house, canaries)
    places |= {file.name: file.read_bytes() for file in (lab.folder / "house").rglob("*.log")}
    for name, content in places.items():
        problems += [f"{name}: {canary}" for canary in sorted(found_in(content, canaries))[:5]]
    figure = (
        f"{len(canaries)} canaries, {held} of them in the backup before; 0 wanted in {', '.join(sorted(places))}; "
        f"PostgreSQL’s raw files still hold some in {raw} files until it writes over them"
    )
    return lab.outcome(figure, faults=3, problems=problems, passed=held > 0)


def _codes() -> str:
    """A digest of every answer that is a code."""
    rows = Submission.objects.order_by("survey_return", "number").values_list("reference", "answers")
    found = sha256(repr([(reference, sorted(answers.items())) for reference, answers in rows]).encode()).hexdigest()
    connection.close()
    return found


def _erased_on_request(lab: Lab, house: House, email: str) -> list[str]:
    """By an administrator, through the pages; the certificate names nobody."""
    Appointment.objects.filter(person__email=email).update(until_date=timezone.localdate() - timedelta(days=1))
    name = User.objects.get(email=email).name
    desk = Visitor(house.ports.proxy, staff_session("desk@staff.example.net", Role.ADMINISTRATOR))
    found = desk.ask("POST", "/retention/", [("email", email)])
    certificate = desk.ask("POST", found.location, [("reference", "SAR-7")])
    document = desk.ask("GET", f"{certificate.location}certificate.pdf")
    desk.hang_up()
    problems = [] if document.content.startswith(b"%PDF") else [f"the certificate is {document.status}"]
    left = found_in(_dumped(lab, house), {email, name})
    return problems + [f"after the request the tables hold {each}" for each in sorted(left)]


def _unsound(before: str) -> list[str]:
    chain, sealed = check_chain().problem, check_submissions().problems
    connection.close()
    problems = [*([f"audit: {chain}"] if chain else []), *(f"submission: {each}" for each in sealed)]
    return [*problems, *([] if _codes() == before else ["an answer that is a code is not what it was"])]


def _newest(folder: Path) -> Path:
    return max(folder.glob("*.dump.age"), key=lambda file: file.stat().st_mtime_ns)


def _inside(lab: Lab, sealed: Path, identity: str) -> bytes:
    """What whoever holds the key can read in the backup."""
    with sealed.open("rb") as file:
        dump = b"".join(opened(file, identity=identity))
    command = (lab.programs / "pg_restore", "-f", "-")
    return subprocess.run(command, input=dump, capture_output=True, check=True).stdout


def _dumped(lab: Lab, house: House) -> bytes:
    command = (lab.programs / "pg_dump", "-h", "127.0.0.1", "-p", str(house.ports.database), "-U", "survey", "postgres")
    return subprocess.run(command, capture_output=True, check=True).stdout


def _raw_files(house: House, canaries: set[str]) -> int:
    """How many files of the cluster hold any of it, once all that can be cleared is."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("CHECKPOINT")
    connection.close()
    files = (file for file in (house.folder / "database" / "cluster").rglob("*") if file.is_file())
    wanted = [canary.encode() for canary in canaries]
    return sum(any(each in content for each in wanted) for content in (file.read_bytes() for file in files))
