"""Whatever the clock rings for is known to the worker."""

import pytest
from django.conf import settings

from config.celery import app

pytestmark = pytest.mark.pure


def test_every_task_of_the_schedule_is_there() -> None:
    app.loader.import_default_modules()
    asked = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert asked - set(app.tasks) == set()
