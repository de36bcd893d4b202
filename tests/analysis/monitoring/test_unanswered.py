"""The dashboard of a wave that nobody has answered."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Role
from respondents.register.models import Appointment, Board
from tests.builders import person, sign_in, wave, whole_register

pytestmark = pytest.mark.django_db


@pytest.fixture
def researcher(client: Client) -> Client:
    sign_in(client, person("researcher@example.org", role=Role.RESEARCHER))
    return client


def test_the_dashboard_of_a_wave_that_nobody_has_answered_says_what_will_be_there(researcher: Client) -> None:
    wave()

    page = researcher.get("/waves/munro-2012/").content.decode()

    assert "0 of 2 boards (0%)" in page
    assert "There is nothing to compare until some have answered and some have not." in page


@pytest.mark.parametrize("boards", [2, 148])
def test_the_page_costs_as_many_queries_with_two_boards_as_with_148(
    researcher: Client, boards: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    if boards == 148:
        whole_register()
    wave()
    Appointment.objects.create(board=Board.objects.all()[0], person=person("a@example.org"), from_date=date(2011, 1, 1))

    with django_assert_num_queries(18):
        researcher.get("/waves/munro-2012/")
