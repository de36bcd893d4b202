"""Whatever the clock rings for is known to the worker, and the schedulers of two hosts ring for it once."""

import time
from datetime import timedelta
from pathlib import Path

import pytest
from celery import Celery
from celery.beat import ScheduleEntry
from celery.schedules import crontab, schedule
from django.conf import settings
from django.utils import timezone

from config.celery import app
from config.clock import Mark, Scheduler, give_back, note_rung, quiet_after, take
from tests.services import free_port


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
def test_the_second_scheduler_is_silent_while_the_first_is_about_to_ring_and_after_it_has() -> None:
    assert take("back-up") == Mark.OURS
    assert take("back-up") == Mark.ANOTHERS
    assert take("apply-retention") == Mark.OURS
    note_rung("back-up", seconds=600)
    give_back("apply-retention")
    assert (take("back-up"), take("apply-retention")) == (Mark.DONE, Mark.OURS)


def scheduler(broker: str, folder: Path, name: str) -> Scheduler:
    """One for a task of each minute and one of each night, both due, at this broker."""
    app = Celery(name, broker=broker, set_as_current=False)
    app.conf.update(task_publish_retry=False, result_expires=None, task_default_queue="clock")
    app.conf.broker_transport_options = settings.CELERY_BROKER_TRANSPORT_OPTIONS | {"max_retries": 0}
    found = Scheduler(app, schedule_filename=str(folder / name), lazy=True)
    found.setup_schedule()
    long_ago = timezone.now() - timedelta(days=2)
    for task, times in {"minute": schedule(timedelta(seconds=60)), "night": crontab(hour=3, minute=10)}.items():
        entry = ScheduleEntry(task, task, long_ago, schedule=times, app=app)
        found.schedule[task] = entry
    found.__dict__["producer"] = None  # it was connected once, and takes what connection there is
    return found


def rung(found: Scheduler) -> list[str]:
    """What has reached the broker since this was asked last."""
    with found.app.connection_for_read() as broker:
        queue = broker.SimpleQueue("clock")
        arrived = [queue.get_nowait() for _ in range(queue.qsize())]
        for each in arrived:
            each.ack()
        return sorted(str(each.headers["task"]) for each in arrived)


@pytest.mark.django_db
def test_what_a_scheduler_could_not_ring_for_another_rings_for_and_nobody_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("config.clock.AGAIN", 0.02)
    monkeypatch.setattr("config.clock.close_old_connections", lambda: None)  # the test's own transaction lives in it
    cut_off = scheduler(f"redis://127.0.0.1:{free_port()}/0", tmp_path, "one")
    whole, third = (scheduler(f"memory://{tmp_path.name}", tmp_path, name) for name in ("two", "three"))

    for _ in range(2):
        cut_off.tick()
    assert set(cut_off.doubtful) == {"minute", "night"}  # it goes on trying
    assert take("night") == Mark.OURS  # as a host that is about to ring, while the second looks
    for _ in range(2):
        whole.tick()
    first = rung(whole)
    give_back("night")  # that host could not reach the broker either
    time.sleep(0.05)
    whole.tick()
    second = rung(whole)
    for found in (third, third, cut_off, whole):
        time.sleep(0.05)
        found.tick()

    assert (first, second, rung(whole)) == (["minute"], ["night"], [])
    assert cut_off.doubtful == whole.doubtful == third.doubtful == {}
    for found in (cut_off, whole, third):
        found.close()
