"""A process killed at every point of save and submit: acknowledged is stored, all else is old or new, never half."""

import os
import signal
import sys
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from itertools import count, cycle
from typing import Any

import pytest
from django.db import connection

from respondents.returns.models import Return, Submission
from respondents.returns.saving import Saved, Sending, save_answers
from respondents.returns.submitting import submit_return
from survey.schema.answers import Value
from tests.builders import NOW, chair, return_of, wave
from tests.faults.ledger import check_whole, people_of

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

ROUNDS = int(os.environ.get("KILL_ROUNDS", "3"))
ENDS: Counter[str] = Counter()  # how the processes ended


@pytest.fixture(scope="module", autouse=True)
def tell(request: pytest.FixtureRequest) -> Iterator[None]:
    """Prints how many processes were really killed, whatever else is kept quiet."""
    yield
    capture = request.config.pluginmanager.getplugin("capturemanager")
    with capture.global_and_fixture_disabled():
        sys.stderr.write(f"\n{ENDS['killed']} processes were killed, {ENDS['done']} came through\n")
    assert ENDS["killed"] > 0


def places() -> Generator[str, bool, None]:
    """Before and after each statement, until a process came through; then around the commit, and nowhere at all."""
    for number in count():
        for when in ("before", "after"):
            reached = yield f"{when} statement {number}"
            if not reached:
                for last in ("before commit", "after commit", "nowhere"):  # noqa: UP028 -- a tuple cannot be sent to
                    yield last
                return


@pytest.fixture
def barnet() -> Return:
    found = return_of("barnet", in_wave=wave())
    assert found.board is not None
    ann = chair(found.board, email="ann@example.org")
    save_answers(found, Sending(0, {"C1": 1, "G1": "Before"}), person=ann, now=NOW)
    return found


def die() -> None:
    """As the machine would: without a word."""
    os.kill(os.getpid(), signal.SIGKILL)


def kill_at(place: str) -> None:
    """Arms this process to die at the place."""
    seen = [0]

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: ANN401
        if place == f"before statement {seen[0]}":
            die()
        result = execute(sql, params, many, context)
        if place == f"after statement {seen[0]}":
            die()
        seen[0] += 1
        return result

    commit = connection._commit  # type: ignore[attr-defined]

    def watched_commit() -> None:
        if place == "before commit":
            die()
        commit()
        if place == "after commit":
            die()

    connection.execute_wrappers.append(watch)
    connection._commit = watched_commit  # type: ignore[attr-defined]


def in_a_process_killed_at(place: str, act: Callable[[], None]) -> tuple[bool, bool]:
    """Does the act in a forked process that dies at the place; says whether it was acknowledged and whether it died."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        connection.connection = None  # the parent's; left alone, since closing it would end the parent's session
        kill_at(place)
        act()
        os.write(writing, b"acknowledged")
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    ENDS["killed" if os.WIFSIGNALED(status) else "done"] += 1
    return said == b"acknowledged", os.WIFSIGNALED(status)


def everywhere(act: Callable[[str], bool]) -> set[str]:
    """Does the act once at every place; it says whether the process died there. Returns the places where it did."""
    died = set()
    walk = places()
    place = next(walk)
    while True:
        killed = act(place)
        died |= {place} if killed else set()
        try:
            place = walk.send(killed)
        except StopIteration:
            return died


def fresh(found: Return) -> Return:
    """The return as a new request would find it."""
    return Return.objects.select_related("wave").get(pk=found.pk)


@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_save_killed_anywhere_is_stored_or_never_was(barnet: Return, number: int) -> None:
    (ann,) = people_of(barnet)
    values = cycle((2, 3))

    def save_and_die(place: str) -> bool:
        before, base = fresh(barnet).values, fresh(barnet).version
        sent: dict[str, Value] = {"C1": next(values), "G1": f"{number}, {place}"}

        def save() -> None:
            save_answers(fresh(barnet), Sending(base, sent), person=ann, now=NOW)

        acknowledged, killed = in_a_process_killed_at(place, save)
        check_whole(barnet)
        assert (barnet.values, barnet.version) in [(before, base), (sent, base + 1)]
        assert barnet.version == base + 1 or not acknowledged
        assert acknowledged is not killed
        again = save_answers(fresh(barnet), Sending(base, sent), person=ann, now=NOW)
        check_whole(barnet)
        assert (again, barnet.values) == (Saved(version=base + 1), sent)
        return killed

    died = everywhere(save_and_die)

    assert {"before statement 0", "after statement 2", "before commit", "after commit"} <= died
    assert "nowhere" not in died


@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_submit_killed_anywhere_gives_one_receipt(barnet: Return, number: int) -> None:
    (ann,) = people_of(barnet)

    def submit_and_die(place: str) -> bool:
        base = fresh(barnet).version
        save_answers(fresh(barnet), Sending(base, {"G1": f"{number}, {place}"}), person=ann, now=NOW)
        version = base + 1

        def submit() -> None:
            submit_return(fresh(barnet), person=ann, version=version, now=NOW)

        acknowledged, killed = in_a_process_killed_at(place, submit)
        check_whole(barnet)
        stored = list(Submission.objects.filter(version=version))
        assert len(stored) == 1 or not acknowledged
        assert acknowledged is not killed
        retried = submit_return(fresh(barnet), person=ann, version=version, now=NOW)
        check_whole(barnet)
        assert list(Submission.objects.filter(version=version)) == [retried]
        assert stored in ([], [retried])
        return killed

    died = everywhere(submit_and_die)

    assert {"before statement 0", "after statement 4", "before commit", "after commit"} <= died
    assert "nowhere" not in died
