"""The page on printed figures tells what the auditor found."""

import pytest
from django.test import Client

from accounts.models import Role
from tests.builders import person, sign_in, wave, whole_register

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_the_auditor_s_findings_stand_under_their_tables(client: Client) -> None:
    whole_register()
    sign_in(client, person("ann@example.org", role=Role.ANALYST))

    page = client.get(f"/waves/{wave().slug}/tables/printed/").content.decode()

    assert "17 things cannot be right as they were printed." in page
    assert "Agree: 43 of 57 is 75%, printed 76%." in page
    assert "The rates are on 152 authorities, not on boards" in page
