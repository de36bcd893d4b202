"""A calendar program reads the dates of the waves at a secret address, until it is taken back; no board is named."""

from datetime import timedelta

import pytest
from django.test import Client
from icalendar import Calendar

from accounts.audit.models import AuditEntry
from accounts.models import Role, User
from analysis.calendar.feeds import find_feed, make_feed, revoke_feed, token_of
from respondents.contacts.models import Mailing, MailingState
from respondents.returns.reopening import Reopening
from survey.models import Wave
from tests.builders import NOW, person, return_of, sign_in, wave

pytestmark = pytest.mark.django_db


@pytest.fixture
def researcher() -> User:
    return person("researcher@example.org", role=Role.RESEARCHER)


def summaries(client: Client, token: str) -> dict[str, object]:
    content = client.get(f"/calendar/{token}.ics").content
    return {str(event["summary"]): event.decoded("dtstart") for event in Calendar.from_ical(content).walk("VEVENT")}


def lasting() -> Wave:
    """A wave that ended too lately to be left out."""
    found = wave()
    found.opens_at, found.closes_at = NOW, NOW + timedelta(days=36_500)
    found.save()
    return found


def test_the_dates_are_read_without_signing_in_and_no_board_is_named(researcher: User) -> None:
    found = lasting()
    Mailing.objects.create(wave=found, due_at=NOW + timedelta(days=7), made_by=researcher, made_at=NOW)
    gone = {"wave": found, "due_at": NOW + timedelta(days=8), "made_by": researcher, "made_at": NOW}
    Mailing.objects.create(**gone, state=MailingState.CANCELLED)
    until = NOW + timedelta(days=40)
    for board in ("barnet", "derby-and-derbyshire"):
        Reopening.objects.create(
            survey_return=return_of(board, in_wave=found), sections=["B"], until=until, reason="Barnet asked",
            asked_by=researcher, granted_at=NOW,
        )  # fmt: skip
    token = token_of(make_feed(researcher, now=NOW))

    assert summaries(Client(), token) == {
        "Opens: Survey of chairs": found.opens_at,
        "Closes: Survey of chairs": found.closes_at,
        "Reminder: Survey of chairs": NOW + timedelta(days=7),
        "A reopening ends: Survey of chairs": until,
    }
    content = Client().get(f"/calendar/{token}.ics")
    assert content.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "Barnet" not in content.content.decode()
    assert "sessionid" not in content.cookies


def test_a_date_that_is_moved_keeps_its_name(researcher: User) -> None:
    found, token = lasting(), token_of(make_feed(researcher, now=NOW))

    def names() -> set[str]:
        content = Client().get(f"/calendar/{token}.ics").content
        return {str(event["uid"]) for event in Calendar.from_ical(content).walk("VEVENT")}

    before = names()
    Wave.objects.filter(pk=found.pk).update(closes_at=found.closes_at + timedelta(days=7))

    assert names() == before


def test_an_address_is_made_once_and_taken_back_for_good(client: Client, researcher: User) -> None:
    sign_in(client, researcher)
    client.post("/calendar/new/")
    client.post("/calendar/new/")
    feed = researcher.calendar_feeds.get()
    assert token_of(feed) in client.get("/calendar/").content.decode()

    assert client.post("/calendar/revoke/").status_code == 303

    assert Client().get(f"/calendar/{token_of(feed)}.ics").status_code == 404
    assert [entry.act for entry in AuditEntry.objects.order_by("number")] == ["calendar.made", "calendar.revoked"]
    assert token_of(make_feed(researcher, now=NOW)) != token_of(feed)


@pytest.mark.parametrize("change", [{"is_active": False}, {"role": Role.RESPONDENT}])
def test_somebody_who_left_reads_no_more(researcher: User, change: dict[str, object]) -> None:
    token = token_of(make_feed(researcher, now=NOW))
    User.objects.filter(pk=researcher.pk).update(**change)

    assert find_feed(token) is None


def test_no_address_is_guessed_from_the_row_or_from_another(researcher: User) -> None:
    feed = make_feed(researcher, now=NOW)
    other = make_feed(person("other@example.org", role=Role.ANALYST), now=NOW)

    for token in (feed.key.hex, feed.key.hex + token_of(other)[32:], token_of(feed)[:-1], "x", "", "\u2603" * 40):
        assert find_feed(token) is None
    assert not revoke_feed(person("nobody@example.org", role=Role.ANALYST), now=NOW)
    assert find_feed(token_of(feed)) == feed


def test_a_chair_has_no_calendar_page(client: Client) -> None:
    client.force_login(person("chair@example.org"))

    assert client.get("/calendar/").status_code == 404
