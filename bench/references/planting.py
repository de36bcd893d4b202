"""Two boards of the demonstration, each with all that a return can have; one’s words are searched for afterwards."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from django.apps import apps

from accounts.models import User
from accounts.people import ensure_person
from config.demonstration.people import CHAIR, RESEARCHER, SUBMITTED
from respondents.correspondence.models import QueryStep
from respondents.correspondence.querying import put_query
from respondents.correspondence.writing import write_to_board, write_to_team
from respondents.register.models import Appointment
from respondents.returns.models import Return
from respondents.returns.saving import Sending, save_answers
from respondents.returns.submitting import submit_return
from respondents.together.inviting import invite
from respondents.together.sections import write_comment

# The tables whose rows belong to one return.
HANGING = (
    *("Save", "Submission", "Contribution", "Comment", "Handback", "Consultation", "SignatureRequest", "Transfer"),
    *("TeamMessage", "Query", "ReopeningWish", "ReopeningRequest", "Feedback", "FrameAuthority"),
)
CANARY, SECTION, ITEM = "canary9f3", "B", "G1"


@dataclass(frozen=True)
class Side:
    """A chair with one return, and who helps."""

    person: User
    found: Return
    helper: str


def planted(*, now: datetime) -> tuple[Side, Side]:
    """Whose words are searched for, and who looks for them."""
    one = _side(SUBMITTED.email, word=CANARY, now=now)
    return one, _side(CHAIR.email, word="word", now=now)


def former_chair_of(side: Side, *, now: datetime) -> User:
    """Somebody who chaired the board of this return until yesterday, and helps with nothing."""
    board = side.found.board
    assert board
    person = ensure_person("former-chair@example.org", name="Former Chair")
    began, ended = (now.date() - timedelta(days=days) for days in (400, 1))
    Appointment.objects.create(board=board, person=person, from_date=began, until_date=ended)
    return person


def _side(email: str, *, word: str, now: datetime) -> Side:
    person, team = User.objects.get(email=email), User.objects.get(email=RESEARCHER.email)
    found = Return.objects.filter(board__appointments__person=person).order_by("board__slug").first()
    assert found
    helper = f"helper-{word}@example.org"
    invite(found, email=helper, name=f"Helper {word}", sections=[SECTION], by=person, now=now)
    write_comment(found, section=SECTION, text=f"A comment: {word}.", by=person, now=now)
    write_to_team(found, text=f"To the team: {word}.", key=uuid4(), by=person, now=now)
    write_to_board(found, text=f"To the board: {word}.", key=uuid4(), by=team, now=now)
    save_answers(found, Sending(found.version, {ITEM: f"We think: {word}."}), person=person, now=now)
    put_query(found, item=ITEM, text=f"A query: {word}.", key=uuid4(), by=team, now=now)
    found.refresh_from_db()
    submit_return(found, person=person, version=found.version, now=now)
    found.refresh_from_db()
    return Side(person, found, helper)


def state_of(side: Side) -> list[str]:
    """Every row that hangs on the return or is the person’s, as it stands in the database."""
    kept = [repr(list(User.objects.filter(pk=side.person.pk).values_list("email", "name", "role", "is_active")))]
    kept.append(repr(list(Return.objects.filter(pk=side.found.pk).values_list())))
    kept.append(repr(list(Appointment.objects.filter(person=side.person).order_by("pk").values_list())))
    kept.append(repr(list(QueryStep.objects.filter(query__survey_return=side.found).order_by("pk").values_list())))
    for name in HANGING:
        rows = apps.get_model("respondents", name).objects.filter(survey_return=side.found)
        kept.append(repr(list(rows.order_by("pk").values_list())))
    return kept
