"""The explorer where little or nothing was answered, or the wave has no plan."""

import csv
import io

import pytest
from django.test import Client

from accounts.models import Role
from respondents.returns.importing import import_returns
from survey.models import Wave
from tests.builders import NOW, RETURNS, person, sign_in, wave, whole_register

pytestmark = [pytest.mark.django_db, pytest.mark.once]

PAGE = "/waves/munro-2012/tables/explore/"


@pytest.fixture
def ann(client: Client) -> Client:
    """An analyst's browser."""
    return sign_in(client, person("ann@example.org", role=Role.ANALYST))


def shown(client: Client, query: str) -> str:
    response = client.get(f"{PAGE}?{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_a_wave_without_returns_prints_its_base(ann: Client) -> None:
    wave()
    for query in ("item=D1.2", "item=D1&by=region", "item=A4", "item=C1&by=C2&base=answered"):
        page = shown(ann, query)
        assert "No returns stand in the base" in page
        assert "(N = 0)" in page


@pytest.mark.parametrize("answer", ["dont_know", "good", ""])
def test_one_return_or_nothing_but_dont_know_is_a_table(ann: Client, answer: str) -> None:
    whole_register()
    head, first, *_ = RETURNS.read_text(encoding="utf-8").splitlines()
    cells = dict(zip(head.split(","), next(csv.reader([first])), strict=True)) | {"B1.health": answer}
    text = io.StringIO()
    writer = csv.DictWriter(text, cells)
    writer.writeheader()
    writer.writerow(cells)
    import_returns(wave(), text.getvalue().encode(), now=NOW)

    page = shown(ann, "item=B1.health&by=region&base=answered")
    assert f"(N = {int(answer == 'good')})" in page
    assert "nan" not in page.lower().replace("governance", "")
    assert ann.get(f"{PAGE}table.csv?item=B1.health&by=region").status_code == 200


def test_where_nothing_may_be_drawn_it_says_so(ann: Client) -> None:
    wave()
    response = ann.get(f"{PAGE}chart.svg?item=D1.2")

    assert response.status_code == 409
    assert "No row of this table can be drawn" in response.content.decode()


def test_a_wave_without_a_plan_can_be_explored(ann: Client) -> None:
    wave()
    Wave.objects.update(plan="")
    page = shown(ann, "item=B1&by=region&scale=collapsed")

    assert "Very good or good" in page  # no plan names the ends of the scale
    assert "(N = 0)" in page
