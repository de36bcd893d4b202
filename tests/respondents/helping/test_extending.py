"""One board gets more time: openness at the boundaries, what is told to whom, and what cannot be granted."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import AuditEntry, Role
from accounts.outbox.models import Message
from respondents.helping.extending import extend
from respondents.helping.refusals import NoMoreTime
from respondents.returns.extension import Extension
from respondents.returns.models import Return
from respondents.returns.openness import openness_of
from survey.models import Wave
from tests.builders import NOW, chair, person, return_of, wave
from tests.respondents.helping.conftest import Correspondents

pytestmark = pytest.mark.django_db

CLOSES = NOW + timedelta(days=21)
SECOND = timedelta(seconds=1)


def extended(found: Return, until: datetime, *, now: datetime = NOW) -> Return:
    ruth = person("ruth@example.org", role=Role.RESEARCHER)
    extend(found, until=until, reason="The chair was ill", key=uuid4(), by=ruth, now=now)
    return Return.objects.select_related("wave").get(pk=found.pk)


def extensions() -> "QuerySet[AuditEntry]":
    return AuditEntry.objects.filter(act="return.extended")


def test_a_return_is_open_until_its_extension_ends_and_not_a_moment_longer() -> None:
    until = CLOSES + timedelta(days=2)
    found = extended(return_of("barnet", in_wave=wave()), until)

    assert [bool(openness_of(found, now=moment)) for moment in (CLOSES, until - SECOND, until)] == [True, True, False]
    other = return_of("derby-and-derbyshire", in_wave=found.wave)
    assert [bool(openness_of(other, now=moment)) for moment in (CLOSES - SECOND, CLOSES)] == [True, False]


def test_an_extension_across_the_clock_change_ends_at_the_hour_it_names() -> None:
    found = return_of("barnet", in_wave=wave(closes_at=datetime(2012, 3, 24, 17, tzinfo=UTC)))
    found = extended(found, datetime(2012, 3, 26, 16, tzinfo=UTC))  # five in the afternoon, summer time

    assert timezone.localtime(found.closes_at).hour == 17
    assert openness_of(found, now=datetime(2012, 3, 26, 15, 59, 59, tzinfo=UTC))
    assert not openness_of(found, now=datetime(2012, 3, 26, 16, tzinfo=UTC))


def test_a_wave_that_is_moved_further_than_an_extension_keeps_the_return_open() -> None:
    found = extended(return_of("barnet", in_wave=wave()), CLOSES + timedelta(days=2))
    Wave.objects.update(closes_at=CLOSES + timedelta(days=5))
    found = Return.objects.select_related("wave").get(pk=found.pk)

    assert found.closes_at == CLOSES + timedelta(days=5)
    assert not found.is_extended_at(CLOSES + timedelta(days=1))


@pytest.mark.parametrize("until", [CLOSES, CLOSES - SECOND])
def test_what_gives_no_more_time_is_refused(until: datetime) -> None:
    with pytest.raises(NoMoreTime, match="closes on Friday 2 March 2012 at 12:00 anyway"):
        extended(return_of("barnet", in_wave=wave()), until)
    with pytest.raises(NoMoreTime):
        extended(Return.objects.all()[0], CLOSES + SECOND, now=CLOSES + timedelta(days=1))
    assert (Extension.objects.count(), extensions().count(), Message.objects.count()) == (0, 0, 0)


def test_one_form_extends_once_and_tells_the_people_on_the_return_and_the_audit() -> None:
    found = return_of("barnet", in_wave=wave())
    assert found.board is not None
    chair(found.board)
    ruth, key = person("ruth@example.org", role=Role.RESEARCHER), uuid4()
    for _ in range(2):
        extend(found, until=CLOSES + timedelta(days=2), reason="The chair was ill", key=key, by=ruth, now=NOW)

    assert Extension.objects.get().was == CLOSES
    message = Message.objects.get()
    assert (message.recipient, message.subject) == ("chair@example.org", f"More time: {found.board}")
    assert "closes Sunday 4 March 2012 at 12:00" in message.text
    assert "ill" not in message.text
    entry = extensions().get()
    assert (entry.act, entry.person, entry.subject) == ("return.extended", ruth, f"return:{found.pk}")
    assert "ill" not in str(entry.detail)


def test_a_researcher_gives_more_time_and_the_chair_reads_why_and_until_when(talk: Correspondents) -> None:
    talk.close_wave()
    url = talk.url("more-time/").replace("/messages/", "/boards/")
    ruth = talk.team.at("researcher")
    until = timezone.localtime(timezone.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    sent = {"key": str(uuid4()), "until": until, "reason": "The chair was ill"}
    assert talk.team.get("chair", "questions/C1/").status_code == 403

    assert ruth.post(url, sent).status_code == 303

    assert talk.team.get("chair", "questions/C1/").status_code == 200
    for text in (
        talk.team.text("chair"),
        talk.team.text("chair", "messages/"),
        ruth.get(talk.url()).content.decode(),
        ruth.get(url.removesuffix("more-time/")).content.decode(),
    ):
        assert "More time until" in text
        assert "The chair was ill" in text


@pytest.mark.parametrize(
    ("until", "words"),
    [
        ("", "Enter a day and a time"),
        ("tomorrow", "Enter a day and a time such as 4 December 2026 at 17:00"),
        ("2011-03-01T10:00", "still to come"),
        ("29 March 2099 at 1:30", "There is no 01:30 on 29 March 2099: the clocks go forward"),
        ("25 October 2099 at 1:30", "01:30 on 25 October 2099 comes twice: the clocks go back"),
    ],
)
def test_a_moment_that_cannot_be_is_refused_beside_its_box(talk: Correspondents, until: str, words: str) -> None:
    url = talk.url("more-time/").replace("/messages/", "/boards/")
    text = talk.team.at("researcher").post(url, {"key": str(uuid4()), "until": until, "reason": "?"}).content.decode()

    assert words in text
    assert "There is a problem" in text
    assert not Extension.objects.exists()
