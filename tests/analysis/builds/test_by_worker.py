"""A real worker builds the report that was asked for on the page."""

from pathlib import Path

import pytest
from django.test import Client

from accounts.models import Role
from analysis.builds.models import Build, BuildState
from tests.analysis.conftest import answered_wave
from tests.builders import person, sign_in
from tests.workers import celery_worker


@pytest.mark.worker
@pytest.mark.django_db(transaction=True)
def test_what_was_asked_for_on_the_page_is_built(client: Client, tmp_path: Path) -> None:
    found = answered_wave()
    sign_in(client, person("analyst@example.org", role=Role.ANALYST))
    address = client.post(f"/waves/{found.slug}/report/new/report_pdf/").headers["Location"]

    with celery_worker(tmp_path) as wait_for:
        wait_for(lambda: not Build.objects.filter(state__in=[BuildState.QUEUED, BuildState.RUNNING]).exists())

    assert Build.objects.get().state == BuildState.DONE
    assert "Download (" in client.get(address).content.decode()
