"""Two of the survey team settle the same duplicate at the same moment: one effect, and the other is told."""

from itertools import count
from uuid import uuid4

import pytest

from accounts.models import AuditEntry, Role, User
from accounts.outbox.models import Message
from respondents.helping.duplicates import settle, undo
from respondents.helping.refusals import SettledOtherwise
from respondents.returns.attribution import Attribution, Settled
from respondents.returns.importing import import_returns
from respondents.returns.models import Return
from tests.builders import NOW, chair, person, return_of, wave
from tests.races import at_once
from tests.respondents.helping.test_duplicates import FILE, loose, stored

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def barnet() -> Return:
    """Two boards' own returns, in which nothing is answered, beside one that named no board."""
    found = return_of("barnet", in_wave=wave())
    assert found.board is not None
    chair(found.board)
    import_returns(found.wave, FILE.replace(b"London borough", b""), now=NOW)
    return found


def team() -> list[User]:
    return [person(f"{name}@example.org", role=Role.RESEARCHER) for name in ("ruth", "sam", "tom", "una")]


def test_one_return_given_to_one_board_by_four_at_once_is_taken_over_once(barnet: Return) -> None:
    people, turn = team(), count()

    def decide() -> str:
        who = people[next(turn)]
        try:
            settle(loose(), board_return=barnet, settled=Settled.TAKEN, reason="!", key=uuid4(), by=who, now=NOW)
        except SettledOtherwise:
            return "refused"
        return "done"

    assert sorted(at_once(4, decide)) == ["done", "refused", "refused", "refused"]
    own = stored(barnet)
    assert (own.submissions.count(), own.saves.count(), Attribution.objects.count()) == (1, 1, 1)
    assert AuditEntry.objects.filter(act="return.attributed").count() == Message.objects.count() == 1


def test_one_return_given_to_two_boards_at_once_is_that_of_one(barnet: Return) -> None:
    derby, people, turn = return_of("derby-and-derbyshire", in_wave=barnet.wave), team(), count()

    def decide() -> str:
        at = next(turn)
        own = (barnet, derby)[at % 2]
        try:
            settle(loose(), board_return=own, settled=Settled.TAKEN, reason="!", key=uuid4(), by=people[at], now=NOW)
        except SettledOtherwise:
            return "refused"
        return "done"

    assert sorted(at_once(4, decide)) == ["done", "refused", "refused", "refused"]
    counts = [stored(each).submissions.count() for each in (barnet, derby)]
    assert sorted(counts) == [0, 1]
    assert loose().duplicate_of == (barnet if counts[0] else derby)


def test_the_same_undoing_twice_at_once_gives_back_once(barnet: Return) -> None:
    people, turn = team(), count()
    settle(loose(), board_return=barnet, settled=Settled.TAKEN, reason="!", key=uuid4(), by=people[0], now=NOW)

    def take_back() -> str:
        try:
            undo(loose(), reason="It was another", key=uuid4(), by=people[next(turn)], now=NOW)
        except SettledOtherwise:
            return "refused"
        return "done"

    assert sorted(at_once(2, take_back)) == ["done", "refused"]
    own = stored(barnet)
    assert (own.values, own.submitted_version, own.saves.count()) == ({}, None, 2)
    assert loose().duplicate_of is None
