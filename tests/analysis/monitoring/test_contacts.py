"""What the log of contacts says is done next about a board, on the page and on the chasing list."""

from datetime import date, timedelta

import pytest

from accounts.models import Role
from analysis.monitoring.boards import rows_of
from analysis.monitoring.chasing import chasing_list
from analysis.monitoring.contacts import Contacts, next_step
from analysis.monitoring.figures import figures_of
from respondents.contacts.models import CameOfIt, ContactEntry, ContactKind, DispositionWords
from respondents.returns.models import ReturnState
from tests.builders import NOW, chair, person, return_of, wave

TODAY = date(2012, 2, 10)


@pytest.mark.pure
@pytest.mark.parametrize(
    ("state", "contacts", "step"),
    [
        (ReturnState.SUBMITTED, Contacts(stands=CameOfIt.REFUSAL), "Nothing"),
        (ReturnState.CHANGED, Contacts(), "Ask them to submit their changes"),
        (ReturnState.NOT_STARTED, Contacts(stands=CameOfIt.REFUSAL), "Nothing: they refused"),
        (ReturnState.NOT_STARTED, Contacts(decided=DispositionWords.NOT_ELIGIBLE), "Nothing: not eligible"),
        (ReturnState.IN_PROGRESS, Contacts(stands=CameOfIt.WRONG_ADDRESS), "Find the right address"),
        (ReturnState.WAITING, Contacts(), "Ask the signer to sign"),
        (ReturnState.NOT_STARTED, Contacts(), "Remind, then ring"),
    ],
)
def test_the_next_step_follows_from_state_and_log(state: ReturnState, contacts: Contacts, step: str) -> None:
    assert next_step(state, contacts, has_chair=True, today=TODAY) == step


@pytest.mark.pure
def test_without_a_chair_somebody_must_be_found_first() -> None:
    assert next_step(ReturnState.NOT_STARTED, Contacts(), has_chair=False, today=TODAY) == "Find out who chairs it"


@pytest.mark.django_db
def test_a_promise_is_waited_for_until_its_day_and_stands_on_the_chasing_list() -> None:
    found = wave()
    mine = return_of("barnet", in_wave=found)
    assert mine.board is not None
    chair(mine.board)
    by = person("researcher@example.org", role=Role.RESEARCHER)
    call = {"kind": ContactKind.CALL, "came_of_it": CameOfIt.PROMISE, "follow_up": date(2012, 2, 14)}
    ContactEntry.objects.create(survey_return=mine, **call, by=by, at=NOW)

    (row,) = rows_of(found, [mine], now=NOW)
    assert row.contacts.last_words == "10 Feb 2012, telephone call: promised to answer"
    assert row.next_step == "Wait: promised, look again on 14 February"
    (row,) = rows_of(found, [mine], now=NOW + timedelta(days=5))
    assert row.next_step == "Ring again: it was to be by 14 February"
    listed = {line[1]: line for line in chasing_list(figures_of(found, now=NOW)).rows}
    assert listed[mine.board.name][-2:] == (date(2012, 2, 14), "Wait: promised, look again on 14 February")
