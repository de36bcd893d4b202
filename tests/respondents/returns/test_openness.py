"""What may be answered when: the wave's times, and what was reopened after they ended."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Role
from respondents.returns.models import Return, Submission
from respondents.returns.openness import openness_of, over_of
from respondents.returns.refusals import WaveNotOpen
from respondents.returns.reopening import Reopening
from respondents.returns.saving import Saved, Sending, require_open, save_answers
from respondents.returns.submitting import submit_return
from survey.schema.answers import Value
from tests.builders import NOW, chair, person, return_of, wave

pytestmark = pytest.mark.django_db

CLOSED = NOW + timedelta(days=22)


@pytest.fixture
def barnet() -> Return:
    found = return_of("barnet", in_wave=wave())
    assert found.board is not None
    chair(found.board)
    return found


def reopen(found: Return, *sections: str, days: int = 2) -> Reopening:
    return Reopening.objects.create(
        survey_return=found,
        sections=list(sections),
        until=CLOSED + timedelta(days=days),
        reason="C1 was misread",
        asked_by=person("researcher@example.org", role=Role.RESEARCHER),
        granted_at=CLOSED,
    )


def save(found: Return, *, days: float = 0, **sent: Value) -> object:
    by, version = person("chair@example.org"), Return.objects.get(pk=found.pk).version
    found = Return.objects.get(pk=found.pk)
    return save_answers(found, Sending(version, sent), person=by, now=CLOSED + timedelta(days=days))


def test_an_open_wave_opens_every_section_and_asks_the_database_nothing(
    barnet: Return, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        openness = openness_of(barnet, now=NOW)
    assert openness.sections == {section.code for section in barnet.wave.questionnaire.sections}


@pytest.mark.parametrize("moment", [NOW - timedelta(days=10), NOW + timedelta(days=21), CLOSED])
def test_outside_its_times_nothing_may_be_answered(barnet: Return, moment: object) -> None:
    assert not openness_of(barnet, now=moment)  # type: ignore[arg-type]


def test_only_the_sections_reopened_may_be_saved_until_the_moment_named(barnet: Return) -> None:
    reopen(barnet, "C")

    assert isinstance(save(barnet, C1=1), Saved)
    with pytest.raises(WaveNotOpen, match="Other sections were reopened, this one was not"):
        save(barnet, G1="Money")
    with pytest.raises(WaveNotOpen, match="the chair can ask for the return to be reopened"):
        save(barnet, days=2, C1=2)
    assert Return.objects.get(pk=barnet.pk).values == {"C1": 1}


def test_a_return_that_closed_is_over_until_a_part_of_it_is_reopened(barnet: Return) -> None:
    assert over_of([barnet], now=NOW) == frozenset()
    assert over_of([barnet], now=CLOSED) == {barnet.pk}
    reopen(barnet, "C")
    assert over_of([return_of("barnet", in_wave=barnet.wave)], now=CLOSED) == frozenset()


def test_two_reopenings_hold_side_by_side_each_until_its_own_moment(barnet: Return) -> None:
    reopen(barnet, "C", days=1)
    reopen(barnet, "G", days=3)

    opened = [sorted(openness_of(barnet, now=CLOSED + timedelta(days=days)).sections) for days in (0, 1, 3)]

    assert opened == [["C", "G"], ["G"], []]


def test_what_was_reopened_can_be_submitted_again_and_the_latest_counts(barnet: Return) -> None:
    by = person("chair@example.org")
    save_answers(barnet, Sending(0, {"C1": 1}), person=by, now=NOW)
    submit_return(barnet, person=by, version=1, now=NOW)
    reopen(barnet, "C")
    save(barnet, C1=2)

    sent = submit_return(barnet, person=by, version=2, now=CLOSED + timedelta(hours=1))

    assert isinstance(sent, Submission)
    assert (sent.number, Submission.objects.counting().get().answers["C1"]) == (2, 2)
    save(barnet, days=1, C1=3)
    with pytest.raises(WaveNotOpen):
        submit_return(barnet, person=by, version=3, now=CLOSED + timedelta(days=2))


def test_another_boards_return_stays_closed(barnet: Return) -> None:
    reopen(barnet, "C")
    other = return_of("derby-and-derbyshire", in_wave=barnet.wave)

    with pytest.raises(WaveNotOpen):
        require_open(other, now=timezone.localtime(CLOSED))
