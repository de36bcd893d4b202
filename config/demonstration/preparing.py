"""Service: fills an empty database with the survey of 2012 and its invented returns; a second run changes nothing."""

import csv
import io
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.utils import timezone

from accounts.people import ensure_person
from accounts.second.setting_up import give_app
from analysis.milestones.recording import record_plan
from analysis.monitoring.tallying import tally_wave
from config.demonstration.filling.codings import fill_codings
from config.demonstration.filling.contacts import fill_contacts
from config.demonstration.people import CHAIR, PLAYERS, SILENT_BOARDS, Player
from config.env import ROOT
from respondents.fieldwork.inviting import invite_chairs
from respondents.fieldwork.opening import open_wave
from respondents.register.importing import import_register
from respondents.register.models import Appointment, Board
from respondents.returns.importing import import_returns
from survey.models import Wave
from survey.publishing import publish_questionnaire

WAVE = "munro-2012"
TITLE = "Survey of LSCB chairs on the Munro Review, 2012"
REGISTER = ROOT / "respondents" / "register" / "data"
QUESTIONNAIRE = ROOT / "survey" / "documents" / "munro_2012.yaml"
RETURNS = Path(__file__).parent / "returns_2012_synthetic.csv"
OPENED_IN_FILE = date(2012, 2, 1)
# Fieldwork as if it ran now: the last return is a day old.
RETURNS_LAST = timedelta(days=30)
OPEN_SINCE, OPEN_FOR = timedelta(days=28), timedelta(days=30)
CHAIRS_SINCE = date(2011, 4, 1)


def prepare_demonstration(*, now: datetime) -> bool:
    """Makes the demonstration's wave, returns and people unless they are there; says whether they were made."""
    if Wave.objects.filter(slug=WAVE).exists():
        return False
    import_register((REGISTER / "authorities.csv").read_bytes(), (REGISTER / "boards.csv").read_bytes())
    version, _ = publish_questionnaire(QUESTIONNAIRE.read_text(encoding="utf-8"), now=now)
    today = timezone.localdate(now)
    opened = today - OPEN_SINCE
    wave = open_wave(
        WAVE,
        title=TITLE,
        version=version,
        plan=version.code,
        opens_at=_at(opened, time(9)),
        closes_at=_at(today + OPEN_FOR, time(17)),
        now=now,
    )
    record_plan(wave, plan=version.code, dated=opened, by=None, now=now)
    for player in PLAYERS:
        _make_known(player)
    import_returns(wave, returns_since(opened), now=now)
    _appoint_chairs()
    invite_chairs(wave, boards=SILENT_BOARDS, now=now)
    fill_contacts(wave, now=now)
    fill_codings(wave, now=now)
    tally_wave(wave, now=now)
    return True


def _at(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))


def returns_since(opened: date) -> bytes:
    """The file of invented returns with every moment moved by as many days as the opening."""
    moved = opened - OPENED_IN_FILE
    with RETURNS.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        target = io.StringIO(newline="")
        writer = csv.DictWriter(target, reader.fieldnames or ())
        writer.writeheader()
        for row in reader:
            writer.writerow(row | {"submitted_at": (datetime.fromisoformat(row["submitted_at"]) + moved).isoformat()})
    return target.getvalue().encode()


def _make_known(player: Player) -> None:
    person = ensure_person(player.email, name=player.name, role=player.role)
    if person.is_staff:
        give_app(person, secret=player.secret)


def _appoint_chairs() -> None:
    boards = {board.slug: board for board in Board.objects.all()}
    with RETURNS.open(encoding="utf-8", newline="") as file:
        chairs = [(row["board"], row["chair"]) for row in csv.DictReader(file) if row["board"]]
    chairs += [(slug, CHAIR.email) for slug in SILENT_BOARDS]
    Appointment.objects.bulk_create(
        Appointment(board=boards[slug], person=ensure_person(email), from_date=CHAIRS_SINCE) for slug, email in chairs
    )
