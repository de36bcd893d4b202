"""Whatever the clock rings for is known to the worker, and the schedulers of two hosts ring for it once."""

from datetime import timedelta

import pytest
from celery.schedules import crontab, schedule
from django.conf import settings

from config.celery import app
from config.clock import is_mine, quiet_after


@pytest.mark.pure
def test_every_task_of_the_schedule_is_there() -> None:
    app.loader.import_default_modules()
    asked = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert asked - set(app.tasks) == set()


@pytest.mark.pure
def test_sweeps_are_rung_for_by_all_and_the_rest_by_one() -> None:
    times = (15, 60, 3600)
    assert [quiet_after(schedule(timedelta(seconds=each))) for each in times] == [0, 48, 2880]
    assert quiet_after(crontab(hour=3, minute=10)) == 600
    assert settings.CELERY_BEAT_SCHEDULER == "config.clock:Scheduler"


@pytest.mark.django_db
def test_the_second_scheduler_is_silent_until_the_time_is_over() -> None:
    assert is_mine("back-up", seconds=600)
    assert not is_mine("back-up", seconds=600)
    assert is_mine("apply-retention", seconds=600)
    assert is_mine("sweep-messages", seconds=0)
    assert is_mine("sweep-messages", seconds=0)
