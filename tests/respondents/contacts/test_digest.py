"""The daily digest: on working mornings, once for each researcher, unless it is switched off."""

from datetime import datetime, timedelta

import pytest

from accounts.models import Role
from accounts.outbox.models import Message
from respondents.contacts.digest import digest_of, queue_digests
from respondents.contacts.models import ContactEntry, ContactSettings
from respondents.contacts.noting import decide_outcome
from respondents.returns.models import Return
from respondents.returns.saving import Sending, save_answers
from respondents.returns.submitting import submit_return
from survey.working_days import ENGLAND
from tests.builders import chair, person, return_of, wave

pytestmark = pytest.mark.django_db
MONDAY = datetime(2030, 3, 11, 8, 10, tzinfo=ENGLAND)


@pytest.fixture
def barnet() -> Return:
    person("jo@example.org", role=Role.RESEARCHER)
    person("al@example.org", role=Role.ANALYST)
    return return_of("barnet", in_wave=wave(opens_at=MONDAY - timedelta(days=9), closes_at=MONDAY + timedelta(days=3)))


def test_each_researcher_gets_one_a_day_with_what_is_new_and_what_waits(barnet: Return) -> None:
    assert barnet.board
    ann, friday = chair(barnet.board), MONDAY - timedelta(days=2, hours=20)
    save_answers(barnet, Sending(0, {"C1": 1}), person=ann, now=friday)
    submit_return(barnet, person=ann, version=1, now=friday)
    other = barnet.wave.returns.exclude(pk=barnet.pk).get()
    ContactEntry.objects.create(
        survey_return=other, kind="call", came_of_it="promise", follow_up=MONDAY.date(), by=ann, at=friday
    )

    assert [queue_digests(now=MONDAY + timedelta(minutes=minutes)) for minutes in (0, 10)] == [1, 1]

    message = Message.objects.get(kind="digest")
    assert message.recipient == "jo@example.org"
    assert "1 of 2 boards have submitted, 1 of them since the last working morning." in message.text
    assert "1 to come back to today." in message.text
    queue_digests(now=MONDAY + timedelta(days=1))
    assert Message.objects.filter(kind="digest").count() == 2


def test_a_board_that_is_not_eligible_is_in_none_of_its_figures(barnet: Return) -> None:
    assert barnet.board
    ann, friday = chair(barnet.board), MONDAY - timedelta(days=2, hours=20)
    save_answers(barnet, Sending(0, {"C1": 1}), person=ann, now=friday)
    submit_return(barnet, person=ann, version=1, now=friday)
    decide_outcome(barnet, disposition="not_eligible", reason="Merged.", by=ann, now=friday)

    text = digest_of(barnet.wave, now=MONDAY).text

    assert "0 of 1 boards have submitted, 0 of them since the last working morning. 0 more have begun." in text


@pytest.mark.parametrize("moment", [
    MONDAY - timedelta(days=1), MONDAY - timedelta(hours=1), MONDAY + timedelta(hours=5), MONDAY + timedelta(days=7),
])  # fmt: skip
def test_none_comes_on_a_sunday_at_night_in_the_afternoon_or_after_the_end(barnet: Return, moment: datetime) -> None:
    assert queue_digests(now=moment) == 0


def test_it_can_be_switched_off_for_a_wave(barnet: Return) -> None:
    ContactSettings.objects.create(wave=barnet.wave, sends_digest=False)
    assert queue_digests(now=MONDAY) == 0
