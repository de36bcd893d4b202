"""A machine whose clock is wrong opens and closes no wave at another moment than the others."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accounts import clock

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


@pytest.mark.parametrize("minutes", [10, -10])
def test_the_time_is_that_of_the_database_whatever_this_machine_says(
    minutes: int, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    real = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: real() + timedelta(minutes=minutes))
    monkeypatch.setattr(clock, "_ahead", {"by": timedelta()})

    clock.compare(sender=None, connection=connection)

    assert abs(clock.now() - real()) < timedelta(seconds=2)
    assert "set it right" in caplog.text


def test_clocks_that_agree_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "_ahead", {"by": timedelta(hours=1)})
    clock.compare(sender=None, connection=connection)
    before: datetime = timezone.now()
    assert before <= clock.now() <= timezone.now()
