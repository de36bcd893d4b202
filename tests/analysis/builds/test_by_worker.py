"""A real worker builds what was asked for; when it is killed, nothing half-made remains and the next one does it."""

import os
import signal
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Role
from analysis.builds.models import Build, BuildState
from tests.analysis.conftest import answered_wave
from tests.builders import person, sign_in
from tests.services import wait_until
from tests.workers import celery_worker, worker_process

pytestmark = [pytest.mark.worker, pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def asked_for(client: Client) -> str:
    found = answered_wave()
    sign_in(client, person("analyst@example.org", role=Role.ANALYST))
    return client.post(f"/waves/{found.slug}/report/new/report_pdf/").headers["Location"]


def is_over() -> bool:
    return not Build.objects.filter(state__in=[BuildState.QUEUED, BuildState.RUNNING]).exists()


def test_what_was_asked_for_is_built_by_the_next_worker_when_one_is_killed(client: Client, tmp_path: Path) -> None:
    address = asked_for(client)
    with worker_process(tmp_path) as process:
        setting = Build.objects.filter(doing__startswith="Setting page")
        wait_until(setting.exists, process=process, log=tmp_path / "worker.log", seconds=60)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    left = Build.objects.get()
    assert (left.state, left.content) == (BuildState.RUNNING, None)
    assert client.get(f"{address}file/").status_code == 404
    Build.objects.update(lease_until=timezone.now())  # as half a minute later

    with celery_worker(tmp_path) as wait_for:
        wait_for(is_over)
    built = Build.objects.get()
    assert (built.state, built.attempts) == (BuildState.DONE, 2)
    assert client.get(f"{address}file/").content.startswith(b"%PDF")
