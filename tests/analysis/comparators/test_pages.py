"""The pages on other surveys, as an analyst walks through them."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import AuditEntry, Role
from analysis.comparators.models import Comparator
from respondents.returns.importing import import_returns
from survey.models import Wave
from tests.analysis.comparators.examples import FACTS, STATEMENT, imported
from tests.builders import NOW, RETURNS, person, sign_in, wave, whole_register

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def answered() -> Wave:
    """The wave of 2012 with its 57 invented returns."""
    whole_register()
    found = wave()
    import_returns(found, RETURNS.read_bytes(), now=NOW)
    return found


@pytest.fixture
def ann(client: Client) -> Client:
    return sign_in(client, person("ann@example.org", role=Role.ANALYST))


def form(text: str = STATEMENT) -> dict[str, object]:
    told = {name: value for name, value in FACTS.items() if name not in {"scale", "file_name"}}
    scale = "\n".join(FACTS["scale"])  # type: ignore[arg-type]
    return told | {"scale": scale, "letters": "utf", "figures": SimpleUploadedFile("directors.csv", text.encode())}


def test_a_file_is_sent_looked_at_imported_and_withdrawn(ann: Client) -> None:
    here = f"/waves/{wave().slug}/tables/comparators/"
    address = ann.post(f"{here}new/", form())["Location"]
    seen = ann.get(address)
    page = seen.content.decode()
    assert "1 of its 1 questions would stand beside an item of the plan." in page
    assert "Table 8, D1.1" in page
    assert "Strongly agree 4, Agree 16, Neither agree nor disagree 10, Disagree 6, Strongly disagree 4; of 40" in page

    done = ann.post(f"{address}import/", {"digest": seen.context["page"].digest})["Location"]
    assert "stand beside the tables now" in ann.get(done).content.decode()
    one = Comparator.objects.get()
    tables = ann.get(f"/waves/{one.wave.slug}/tables/all/").content.decode()
    assert "Directors answered for their authority; the two columns are no trend." in tables

    assert "Say why the figures are withdrawn" in ann.post(f"{here}{one.name}/withdraw/", {}).content.decode()
    held = ann.post(f"{here}{one.name}/withdraw/", {"reason": "Superseded: ask jo@example.org"}).content.decode()
    assert "<title>Look at a text before it is sent: " in held
    ann.post(f"{here}{one.name}/withdraw/", {"reason": "Superseded"})
    assert "Superseded" in ann.get(here).content.decode()
    assert ann.get(f"{here}{one.name}/table_8/").status_code == 404


def test_everything_about_a_survey_must_be_told(ann: Client) -> None:
    page = ann.post(f"/waves/{wave().slug}/tables/comparators/new/", {"letters": "utf"}).content.decode()
    for missing in ("Enter its name", "Say who was asked", "Say when they were asked", "Choose a file"):
        assert missing in page
    assert "Say how far the figures may be compared" in page
    assert page.count("There is a problem") == 1


def test_what_is_wrong_with_a_file_is_listed_by_line(ann: Client) -> None:
    url = f"/waves/{wave().slug}/tables/comparators/new/"
    page = ann.post(url, form(STATEMENT.replace("40,,40", "140,,40"))).content.decode()
    assert "Nothing was imported. What is wrong is listed below" in page
    assert "140% is more than all" in page


def test_a_table_beside_a_survey_is_tested_item_by_item_and_taken_away_with_its_statement(
    ann: Client, answered: Wave
) -> None:
    url = f"/waves/{answered.slug}/tables/comparators/laming/table_3/"
    page = ann.get(url).content.decode()
    assert "35 comparisons make up one family" in page
    assert "12 of them have a p below 0.05 on their own; after Holm’s adjustment 2 have." in page
    assert "neither survey was a random sample" in page
    police = page[page.index("Understanding of thresholds, Police: good") :][:900]
    for figure in ("37 of 57 (65%)", "20 of 46 (43%)", "2 to 39", "0.046"):
        assert figure in police
    assert "Not tested: no single whole number is known behind the other survey’s figure." in page
    for word in ("improve", "rose", "fell", "increase", "↑", "→"):
        assert word not in page.partition("<main")[2]

    url = f"/waves/{answered.slug}/tables/comparators/laming/table_4/comparison"
    lines = ann.get(f"{url}.csv").content.decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + 18
    assert all("Draft: not checked for disclosure" in line for line in lines[1:])
    assert all("neither survey was a random sample" in line for line in lines[1:])
    book = openpyxl.load_workbook(io.BytesIO(ann.get(f"{url}.xlsx").content))
    assert book.sheetnames == ["Comparison", "What differs", "Notes"]
    assert "neither survey was a random sample" in str(book["Notes"]["B2"].value)
    told = AuditEntry.objects.filter(act="figures.taken").order_by("number").values_list("detail", flat=True)
    assert [each["what"] for each in told] == [f"table_4 beside LGA survey, 2010 as {kind}" for kind in ("csv", "xlsx")]


def test_pages_ask_the_database_little_and_a_wave_without_returns_has_no_figure_to_compare(
    ann: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    found = wave()
    kept = imported(found, person("ann@example.org", role=Role.ANALYST))
    here = f"/waves/{found.slug}/tables/comparators/"
    for page in ("", f"{kept.name}/", f"{kept.name}/table_8/", "laming/"):
        with django_assert_max_num_queries(20):
            assert ann.get(f"{here}{page}").status_code == 200
    page = ann.get(f"{here}laming/table_3/").content.decode()
    assert "Nothing can be tested" in page
    assert "NaN" not in page


def test_researchers_look_and_do_not_import(client: Client) -> None:
    sign_in(client, person("rita@example.org", role=Role.RESEARCHER))
    here = f"/waves/{wave().slug}/tables/comparators/"
    assert "Import figures of another survey" not in client.get(here).content.decode()
    assert client.get(f"{here}new/").status_code == 404
