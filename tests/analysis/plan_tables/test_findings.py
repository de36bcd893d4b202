"""The page of findings: sentences from the tables, what lies behind their numbers, what was asked of each policy."""

import pytest
from django.test import Client

from accounts.models import Role
from survey.models import Wave
from tests.builders import person, sign_in, wave

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def shown(client: Client, found: Wave) -> str:
    sign_in(client, person("ann@example.org", role=Role.ANALYST))
    return client.get(f"/waves/{found.slug}/tables/findings/").content.decode()


def test_a_finding_is_said_with_what_follows_for_the_silent_boards(client: Client, munro: Wave) -> None:
    page = shown(client, munro)

    assert "Over three quarters see a willingness among partner agencies to offer early help: 44 of 57 boards" in page
    assert "99 to 126 of the 148 boards (67% to 85%)" in page  # worked example W14
    assert "Whatever they think, 44 to 135." in page  # W21
    assert "For a majority of all, 31 of the 91 silent would have to be among them." in page  # W54
    assert "Withheld" not in page


def test_a_recommendation_about_which_nothing_was_asked_says_so(client: Client, munro: Wave) -> None:
    page = shown(client, munro)

    assert page.count("govuk-summary-list__row") == 15
    assert "Nothing was asked" in page


def test_a_sentence_that_the_answers_do_not_bear_out_is_withheld(client: Client, munro: Wave) -> None:
    unanswered = wave("munro-2013")

    page = shown(client, unanswered)

    assert "Withheld" in page
    assert "has no figure in this wave." in page
    assert "Nothing has been submitted yet, so no sentence has its numbers." in page
