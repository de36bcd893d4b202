"""Two people at one return, in 2,000 random orders: nothing acknowledged is ever missing from history."""

from dataclasses import dataclass, field

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from respondents.register.models import Board
from respondents.returns.models import Return
from respondents.returns.saving import Conflict, Saved, Sending, Settlement, save_answers
from respondents.returns.submitting import AnswersChanged, submit_return
from survey.schema.answers import Value
from tests.builders import NOW, chair, return_of, wave
from tests.faults.ledger import check_whole, history, people_of

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

ITEMS = ("C1", "G1")
TEN = st.lists(st.booleans(), min_size=10, max_size=10)
WORDS: dict[str, list[Value]] = {"C1": [1, 2, 3, None], "G1": ["ours", "theirs", "both", None]}


@dataclass
class Editor:
    """One person with a page open: which version it shows, and what it shows."""

    number: int
    version: int = 0
    page: dict[str, Value] = field(default_factory=dict)


def steps() -> st.SearchStrategy[tuple[str, int, str, int]]:
    """What somebody does: an act, a person, an item and one of its values."""
    acts = st.sampled_from(["type", "save", "save", "look", "submit"])
    return st.tuples(acts, st.integers(0, 1), st.sampled_from(ITEMS), st.integers(0, 3))


@pytest.fixture
def barnet() -> Return:
    found = return_of("barnet", in_wave=wave())
    board = Board.objects.get(slug="barnet")
    for email in ("ann@example.org", "bob@example.org"):
        chair(board, email=email)
    return found


@pytest.fixture
def people(barnet: Return) -> list[User]:
    return people_of(barnet)


@settings(
    max_examples=2_000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)
@given(st.lists(steps(), min_size=2, max_size=10), TEN, TEN)
def test_nothing_acknowledged_is_lost(
    barnet: Return,
    people: list[User],
    schedule: list[tuple[str, int, str, int]],
    mine: list[bool],
    late: list[bool],
) -> None:
    with transaction.atomic():
        _play(barnet, people, schedule, mine, late)
        transaction.set_rollback(True)


def _play(
    barnet: Return,
    people: list[User],
    schedule: list[tuple[str, int, str, int]],
    keep_mine: list[bool],
    late: list[bool],
) -> None:
    editors = [Editor(0), Editor(1)]
    acknowledged: list[tuple[str, Value]] = []
    for turn, (act, who, item, value) in enumerate(schedule):
        editor, person = editors[who], people[who]
        if act == "type":
            editor.page[item] = WORDS[item][value]
            continue
        now_stands = Return.objects.select_related("wave").get(pk=barnet.pk)
        if act == "look":
            editor.version, editor.page = now_stands.version, {i: now_stands.values.get(i) for i in ITEMS}
        elif act == "submit" and now_stands.values:
            outcome = submit_return(now_stands, person=person, version=editor.version, now=NOW)
            assert isinstance(outcome, AnswersChanged) or outcome.version == editor.version
        elif act == "save":
            acknowledged += _save(now_stands, editor, people, keep_mine=keep_mine[turn], is_late=late[turn])
    check_whole(barnet)
    for item, kept in acknowledged:
        assert kept in history(barnet, item)


def _save(
    found: Return, editor: Editor, people: list[User], *, keep_mine: bool, is_late: bool
) -> list[tuple[str, Value]]:
    """Saves the page; settles a conflict as the person would; returns what was acknowledged and is not empty."""
    base, before = editor.version, dict(found.values)
    sent = dict(editor.page)
    outcome = save_answers(found, Sending(base, sent), person=people[editor.number], now=NOW)
    settled: dict[str, Value] = {}
    if isinstance(outcome, Conflict):
        disputed = {collision.item: collision.mine for collision in outcome.collisions}
        settled = {} if keep_mine else disputed
        outcome = save_answers(
            Return.objects.select_related("wave").get(pk=found.pk),
            Sending(
                outcome.version if is_late else base,  # a page that has caught up in the meantime
                {item: value for item, value in sent.items() if item not in settled},
                settled=Settlement(seen=dict.fromkeys(disputed, outcome.version), set_aside=settled),
            ),
            person=people[editor.number],
            now=NOW,
        )
    assert isinstance(outcome, Saved)
    stands = Return.objects.get(pk=found.pk)
    editor.version, editor.page = stands.version, {item: stands.values.get(item) for item in ITEMS}
    changed = [(item, value) for item, value in stands.values.items() if before.get(item) != value]
    return [*changed, *((item, value) for item, value in settled.items() if value is not None)]
