"""The researcher's page: numerators and denominators, on boards and on authorities, and every board's state."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Role
from analysis.core.response import Rate
from analysis.monitoring.pages import wave_page
from respondents.returns.importing import import_returns
from survey.models import Wave
from tests.builders import NOW, RETURNS, chair, person, sign_in, wave, whole_register

pytestmark = pytest.mark.django_db


@pytest.fixture
def munro() -> Wave:
    whole_register()
    opened = wave()
    import_returns(opened, RETURNS.read_bytes(), now=NOW)
    return opened


@pytest.fixture
def researcher(client: Client) -> Client:
    sign_in(client, person("researcher@example.org", role=Role.RESEARCHER))
    return client


def test_the_headline_counts_unattributed_returns_and_says_how_many(munro: Wave) -> None:
    page = wave_page(munro, wanted={}, now=NOW)

    assert (str(page.headline), page.unattributed) == ("57 of 148 boards (39%)", 6)
    assert [(tally.state.value, tally.count) for tally in page.states] == [
        ("not_started", 97),
        ("in_progress", 0),
        ("submitted", 51),
        ("changed", 0),
        ("waiting", 0),
    ]


def test_types_have_their_rates_on_boards_and_on_authorities(munro: Wave) -> None:
    by_type = wave_page(munro, wanted={}, now=NOW).panels[0]

    assert [(row.level, str(row.boards), str(row.authorities), row.share) for row in by_type.levels] == [
        ("London borough", "8 of 32 boards (25%)", "8 of 33 authorities (24%)", 14),
        ("Metropolitan", "15 of 36 boards (42%)", "15 of 36 authorities (42%)", 26),
        ("Unitary", "19 of 53 boards (36%)", "19 of 56 authorities (34%)", 33),
        ("County", "9 of 27 boards (33%)", "9 of 27 authorities (33%)", 16),
    ]
    assert (by_type.not_specified, str(by_type.total.boards)) == (6, "57 of 148 boards (39%)")


def test_regions_agree_with_the_independent_reconciliation(munro: Wave) -> None:
    by_region = wave_page(munro, wanted={}, now=NOW).panels[1]

    rates = {row.level: (row.returns, row.authorities.eligible, row.boards.eligible) for row in by_region.levels}
    assert rates == {
        "North East": (8, 12, 12),
        "North West": (12, 23, 23),
        "Yorkshire and the Humber": (6, 15, 15),
        "East Midlands": (0, 9, 8),
        "West Midlands": (4, 14, 14),
        "East of England": (7, 11, 11),
        "Inner London": (3, 14, 13),
        "Outer London": (5, 19, 19),
        "South East": (7, 19, 19),
        "South West": (1, 16, 14),
    }


def test_the_list_of_boards_is_narrowed_by_state_type_region_and_name(munro: Wave) -> None:
    wanted = {"state": "not_started", "authority_type": "Unitary", "region": "South West", "name": "isles"}

    boards = wave_page(munro, wanted=wanted, now=NOW).boards

    assert [found.board.slug for found in boards if found.board] == ["cornwall-and-isles-of-scilly"]


def test_nobody_eligible_has_no_rate() -> None:
    assert (Rate(0, 0, "boards").percent, str(Rate(0, 0, "boards"))) == (None, "0 of 0 boards")


@pytest.mark.parametrize("query", ["", "?state=submitted&name=x", "?state=nonsense&region=Mars"])
def test_the_page_opens_for_a_researcher_whatever_the_filter(researcher: Client, munro: Wave, query: str) -> None:
    response = researcher.get(f"/waves/{munro.slug}/{query}")

    assert response.status_code == 200
    assert "57 of 148 boards (39%)" in response.content.decode()


@pytest.mark.parametrize("address", ["", "munro-2012/", "munro-2012/tables/", "munro-2012/tables/download.csv"])
def test_the_pages_of_staff_do_not_exist_for_a_chair(client: Client, munro: Wave, address: str) -> None:
    sign_in(client, chair())

    assert client.get(f"/waves/{address}").status_code == 404


def test_a_stranger_is_led_to_sign_in_and_back(client: Client, munro: Wave) -> None:
    response = client.get("/waves/munro-2012/")

    assert response.headers["Location"] == "/sign-in/?next=/waves/munro-2012/"


@pytest.mark.parametrize("address", ["/waves/nothing/", "/waves/nothing/tables/", "/waves/nothing/report/"])
def test_an_unknown_wave_is_not_found(client: Client, address: str) -> None:
    sign_in(client, person("analyst@example.org", role=Role.ANALYST))

    assert client.get(address).status_code == 404


@pytest.mark.parametrize("boards", [2, 148])
def test_the_page_costs_as_many_queries_with_two_boards_as_with_148(
    researcher: Client, boards: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    if boards == 148:
        whole_register()
    wave()

    with django_assert_num_queries(6):
        researcher.get("/waves/munro-2012/")
