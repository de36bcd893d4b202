"""The codebook of a wave: on a page, as CSV and as a workbook, each copy noted."""

import csv
import io
import re

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry, Role
from respondents.returns.importing import import_returns
from survey.models import Wave
from tests.builders import NOW, person, sign_in, wave

pytestmark = [pytest.mark.django_db, pytest.mark.once]

FILE = b"return_id,board,A4,B1.health,G1\nS1,barnet,dcs,dont_know,Secret words\nS2,,none,refused,\n"


@pytest.fixture
def small() -> Wave:
    return wave()


@pytest.fixture
def analyst(client: Client, small: Wave) -> Client:
    return sign_in(client, person("ann@example.org", role=Role.ANALYST))


def take(client: Client, found: Wave, name: str) -> bytes:
    response = client.get(reverse(f"codebook:{name}", args=[found.slug]))
    assert response.status_code == 200
    return bytes(response.content)


def test_the_page_names_every_column_with_its_codes_and_how_many_returns_hold_them(
    analyst: Client, small: Wave
) -> None:
    assert "No returns count yet." in take(analyst, small, "page").decode()
    import_returns(small, FILE, now=NOW)

    page = take(analyst, small, "page").decode()

    assert "2 returns count now." in page
    assert small.questionnaire.digest in page
    assert '<th scope="col" class="apart">−8 Don&#x27;t know</th>' in page
    row = page.partition('<th scope="row">B1.health</th>')[2].partition("</tr>")[0]
    assert re.findall("<td>(.*?)</td>", row) == ["0", "0", "0", "0", "0", "0", "1", "1", "2", "1"]
    assert "Secret" not in page
    assert "G1" not in page.partition("<main")[2]


def test_csv_has_a_row_for_each_column_and_the_copy_is_noted(analyst: Client, small: Wave) -> None:
    import_returns(small, FILE, now=NOW)

    rows = {row["Column"]: row for row in csv.DictReader(io.StringIO(take(analyst, small, "csv").decode("utf-8-sig")))}

    assert rows["B1.health"]["Codes and labels"] == "Very good = 1; Good = 2; Reasonable = 3; Poor = 4; Very poor = 5"
    assert rows["B1.health"]["Missing codes"] == "Not answered = -9; Don't know = -8; Does not want to answer = -6"
    assert rows["B1.health"]["Frequencies"].endswith("-8: 1; -6: 1")
    assert rows["A4:dcs"]["Item"] == "Director of Children's Services"
    assert {row["Questionnaire (SHA-256)"] for row in rows.values()} == {small.questionnaire.digest}
    assert "G1" not in rows
    assert AuditEntry.objects.get(act="figures.taken").detail == {"what": "codebook as csv"}


def test_the_workbook_has_columns_codes_and_notes(analyst: Client, small: Wave) -> None:
    import_returns(small, FILE, now=NOW)

    book = openpyxl.load_workbook(io.BytesIO(take(analyst, small, "xlsx")))

    codes = [tuple(row) for row in book["Codes"].iter_rows(values_only=True)]
    assert book.sheetnames == ["Columns", "Codes", "Notes"]
    assert ("B1.health", -8, "Don't know", "Yes", 1) in codes
    assert any("not protected against disclosure" in str(row[1].value) for row in book["Notes"].iter_rows())
    assert AuditEntry.objects.get(act="figures.taken").detail == {"what": "codebook as xlsx"}


def test_columns_are_found_by_words_of_their_name_question_or_labels(analyst: Client, small: Wave) -> None:
    address = reverse("codebook:page", args=[small.slug])
    whole = analyst.get(address).content.decode()
    assert 'role="search"' in whole
    assert '<a class="govuk-link" href="#of-C1">C1</a>' in whole

    found = analyst.get(f"{address}?find=HEALTH+very+good").content.decode()
    assert "columns hold “HEALTH very good”." in found
    assert '<th scope="row">B1.health</th>' in found
    assert '<th scope="row">C1</th>' not in found

    assert (
        "No column holds “<b>”. Try fewer".replace("<b>", "&lt;b&gt;")
        in analyst.get(f"{address}?find=<b>").content.decode()
    )
    assert analyst.get(f"{address}?find={'x' * 101}").status_code == 200
