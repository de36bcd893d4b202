"""The demonstration is whole, is made once, and cannot exist where others could reach it."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend
from django.core.management import CommandError, call_command

from accounts.models import User
from analysis.publishing.moments import NOTICE
from config.demonstration.mailbox import latest_letters
from config.demonstration.people import PLAYERS
from config.demonstration.preparing import prepare_demonstration
from config.demonstration.publishing import FOUR_WEEKS, came_out
from config.env import Environment
from config.management.commands.demo import holds_real_waves
from respondents.returns.models import Return
from survey.models import Wave
from survey.working_days import is_working_day
from tests.builders import NOW, wave

SECRET = "a secret that is only long, for the tests"


@pytest.mark.django_db
def test_the_demonstration_is_made_once() -> None:
    assert [prepare_demonstration(now=NOW), prepare_demonstration(now=NOW)] == [True, False]

    demonstration = Wave.objects.get()
    assert demonstration.is_open_at(NOW + timedelta(days=29))
    assert (demonstration.returns.in_frame().count(), demonstration.returns.submitted().count()) == (148, 57)
    latest = demonstration.returns.submitted().latest("submitted_at").submitted_at
    assert latest is not None
    assert NOW - timedelta(days=3) < latest <= NOW  # as if fieldwork were running


@pytest.mark.django_db
def test_a_wave_prepared_in_the_demonstration_does_not_keep_it_from_starting_again() -> None:
    prepare_demonstration(now=NOW)
    wave("another")
    assert not holds_real_waves()


@pytest.mark.django_db
def test_the_demonstration_never_starts_on_a_database_with_real_waves() -> None:
    assert not holds_real_waves()
    wave("munro-2012")
    assert holds_real_waves()


@pytest.mark.django_db
def test_every_player_has_what_the_page_promises() -> None:
    prepare_demonstration(now=NOW)

    def returns_of(email: str) -> list[str]:
        return [found.state for found in Return.objects.visible_to(User.objects.get(email=email), now=NOW)]

    assert {player.role for player in PLAYERS} == {"respondent", "researcher", "analyst", "administrator"}
    assert returns_of("chair@example.org") == ["not_started", "not_started"]
    assert returns_of("chair17@example.org") == ["submitted", "submitted"]


@pytest.mark.pure
@pytest.mark.parametrize(
    "away",
    [{"allowed_hosts": ["survey.example.gov.uk"]}, {"site_url": "https://localhost"}],
    ids=["another host", "https"],
)
def test_the_demonstration_is_refused_where_others_could_reach_it(away: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="DEMONSTRATION shows sign-in codes"):
        Environment(secret_key=SECRET, demonstration="true", **away)  # type: ignore[arg-type]


@pytest.mark.pure
def test_letters_are_read_newest_first(tmp_path: Path) -> None:
    for number in (1, 2):
        backend = EmailBackend(file_path=str(tmp_path))
        message = EmailMessage(f"Letter {number}", "Dear Zoë,\n\nCode: BCDF-GHJK\n", "a@example.org", ["b@example.org"])
        backend.send_messages([message])

    letters = latest_letters(tmp_path)

    assert [letter.subject for letter in letters] == ["Letter 2", "Letter 1"]
    assert (letters[0].to, letters[0].text) == ("b@example.org", "Dear Zoë,\n\nCode: BCDF-GHJK")


@pytest.mark.pure
def test_no_folder_means_no_letters(tmp_path: Path) -> None:
    assert latest_letters(tmp_path / "nothing") == []


@pytest.mark.pure
def test_the_published_example_came_out_on_a_working_day_announced_four_weeks_ahead() -> None:
    for days in range(14):
        day = came_out(date(2026, 4, 8) + timedelta(days=days))  # Easter is among these days
        assert is_working_day(day)
        assert timedelta(days=6) <= date(2026, 4, 8) + timedelta(days=days) - day <= timedelta(days=12)
    assert FOUR_WEEKS >= NOTICE


@pytest.mark.django_db
@pytest.mark.once
def test_the_published_example_is_not_made_beside_a_real_wave() -> None:
    wave()
    with pytest.raises(CommandError, match="no demonstration in this database"):
        call_command("publish_example")
    assert Wave.objects.count() == 1
