"""Twenty at once: one submission, one receipt; saves of different items all stay."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from respondents.register.models import Board
from respondents.returns.models import Return, Submission
from respondents.returns.saving import Saved, Sending, save_answers
from respondents.returns.submitting import submit_return
from tests.builders import NOW, chair, return_of, wave
from tests.faults.ledger import check_whole, people_of

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 20


@pytest.fixture
def barnet() -> Return:
    found = return_of("barnet", in_wave=wave())
    ann = chair(Board.objects.get(slug="barnet"), email="ann@example.org")
    save_answers(found, Sending(0, {"C1": 1}), person=ann, now=NOW)
    return found


def at_once(acts: list[Callable[[], object]]) -> list[object]:
    """What each act gives, all begun together, each on a connection of its own."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        start.wait()
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_twenty_parallel_submits_give_one_submission_and_one_receipt(barnet: Return) -> None:
    (ann,) = people_of(barnet)

    receipts = at_once([lambda: submit_return(barnet, person=ann, version=1, now=NOW)] * MANY)

    assert len(set(receipts)) == 1
    assert Submission.objects.count() == 1
    check_whole(barnet)


def test_twenty_parallel_saves_of_different_items_all_stay(barnet: Return) -> None:
    (ann,) = people_of(barnet)
    items = [item.code for item in barnet.wave.questionnaire.items.values() if item.kind == "closed"][5 : 5 + MANY]

    def save(item: str) -> Callable[[], object]:
        found = return_of("barnet", in_wave=barnet.wave)
        return lambda: save_answers(found, Sending(1, {item: 1}), person=ann, now=NOW)

    outcomes = at_once([save(item) for item in items])

    check_whole(barnet)
    assert barnet.version == 1 + MANY
    assert all(isinstance(outcome, Saved) for outcome in outcomes)
    assert all(barnet.values[item] == 1 for item in items)
