"""The tables of a wave: a list, one at a time in either order, all on one page."""

import re

import pytest
from django.test import Client

from accounts.models import Role
from survey.models import Wave
from tests.builders import person, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]

HERE = "/waves/munro-2012/tables/"


@pytest.fixture
def ann(client: Client) -> Client:
    """An analyst's browser."""
    return sign_in(client, person("ann@example.org", role=Role.ANALYST))


def shown(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_leads_to_each_table_and_to_all_on_one_page(ann: Client, munro: Wave) -> None:
    page = shown(ann, HERE)

    assert "<table" not in page
    assert f'href="{HERE}all/"' in page
    ids = re.findall(rf'<li id="(\w+)"><a class="govuk-link" href="{HERE}of/\1/">', page)
    every = re.findall(r'<div class="table [^"]*" id="(\w+)">', shown(ann, f"{HERE}all/"))
    assert ids == [each for each in every if not each.endswith("_weighted")]
    one = shown(ann, f"{HERE}of/{ids[1]}/")
    assert one.count('class="figures"') == 1
    assert f'{HERE}of/{ids[0]}/">' in one
    assert f'{HERE}of/{ids[2]}/">' in one
    assert ann.get(f"{HERE}of/table_99/").status_code == 404


def test_items_stand_in_one_order_in_table_and_chart(ann: Client, munro: Wave) -> None:
    def order(page: str) -> tuple[list[str], list[str]]:
        table, chart = page.split('<table class="figures">')[1].split("</table>", 1)
        rows = re.findall(r'<th scope="row"[^>]*>([^<]+)', table)
        return rows, sorted(rows, key=lambda row: chart.find(f">{row.split(',')[0][:18]}"))

    net, asked = (order(shown(ann, f"{HERE}of/table_8/{query}")) for query in ("", "?order=questionnaire"))

    assert net[0] == net[1]
    assert asked[0] == asked[1]
    assert net[0] != asked[0]
    assert sorted(net[0]) == sorted(asked[0])
    assert "Its items stand by net agreement" in shown(ann, f"{HERE}of/table_8/")
