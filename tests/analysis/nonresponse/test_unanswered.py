"""Non-response where nobody has answered, or the wave has no plan."""

import pytest
from django.test import Client

from accounts.models import Role
from survey.models import Wave
from tests.builders import person, sign_in, wave

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def analyst(client: Client) -> Client:
    return sign_in(client, person("ann@example.org", role=Role.ANALYST))


def shown(client: Client) -> str:
    return client.get("/waves/munro-2012/tables/non-response/").content.decode().replace("\u00a0", " ")


def test_a_wave_in_which_nobody_answered_says_so(analyst: Client) -> None:
    wave()

    page = shown(analyst)

    assert "0 of 2 boards (0%) answered. 2 boards made no return" in page
    assert "Nothing has been submitted yet." in page
    assert "As soon as some boards have answered and some have not" in page
    assert "Refused. " in page


def test_a_wave_without_a_plan_still_tells_who_is_silent(analyst: Client) -> None:
    found = wave()
    Wave.objects.filter(pk=found.pk).update(plan="")

    page = shown(analyst)

    assert "2 boards made no return" in page
    assert "tells no finding with a figure yet" in page
