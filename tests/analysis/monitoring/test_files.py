"""What is taken away from the dashboard: it says what the page says, names nobody but on the chasing list, is noted."""

import csv
import io

import openpyxl
import pytest
from django.test import Client

from accounts.audit.models import AuditEntry
from accounts.models import Role
from analysis.monitoring.exports import PANELS, TITLES
from analysis.monitoring.tallying import tally_wave
from respondents.register.models import Board
from survey.models import Wave
from tests.builders import NOW, chair, person, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def tallied(munro: Wave) -> Wave:
    tally_wave(munro, now=NOW)
    return munro


@pytest.fixture
def researcher(client: Client) -> Client:
    sign_in(client, person("researcher@example.org", role=Role.RESEARCHER))
    return client


def lines(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_every_panel_is_a_file_with_rows_and_each_copy_is_noted(researcher: Client, tallied: Wave) -> None:
    assert PANELS.keys() == TITLES.keys()
    for panel in PANELS:
        response = researcher.post(f"/waves/munro-2012/response/{panel}.csv")
        assert response.headers["Content-Disposition"] == f'attachment; filename="munro-2012-{panel}.csv"'
        assert panel == "answering" or lines(response.content)
    noted = AuditEntry.objects.filter(act="dashboard.exported").values_list("detail__panel", flat=True)
    assert sorted(noted) == sorted(PANELS)


def test_a_file_is_not_given_for_looking(researcher: Client, tallied: Wave) -> None:
    assert researcher.get("/waves/munro-2012/response/days.csv").status_code == 405
    assert researcher.post("/waves/munro-2012/response/nothing.csv").status_code == 404


def test_the_file_of_the_response_carries_numerators_denominators_and_residuals(
    researcher: Client, tallied: Wave
) -> None:
    rows = lines(researcher.post("/waves/munro-2012/response/response.csv").content)

    found = next(row for row in rows if row["Level"] == "South West")
    assert (found["Returns"], found["Eligible boards"], found["Rate (% of boards)"]) == ("1", "14", "7")
    assert found["Adjusted residual"].lstrip("'") == "-2.3513"


def test_the_workbook_holds_every_panel_on_a_sheet_of_its_own(researcher: Client, tallied: Wave) -> None:
    book = openpyxl.load_workbook(io.BytesIO(researcher.post("/waves/munro-2012/response.xlsx").content))

    assert len(book.sheetnames) == len(PANELS) + 1  # and the notes
    assert book["Returns by day"]["C2"].value is not None


def test_the_chasing_list_names_boards_chairs_and_next_steps_and_is_noted(researcher: Client, tallied: Wave) -> None:
    chair(Board.objects.get(slug="cornwall-and-isles-of-scilly"), email="cornwall@example.org")

    rows = lines(researcher.post("/waves/munro-2012/chasing-list.csv").content)

    assert len(rows) == 97
    assert {row["Region"] for row in rows[:10]} <= {"South West", "East Midlands"}
    found = next(row for row in rows if row["Board"].startswith("Cornwall"))
    assert (found["Addresses"], found["Next step"]) == ("cornwall@example.org", "Remind, then ring")
    assert AuditEntry.objects.get(act="chasing_list.exported").detail == {"format": "csv", "boards": 97}


def test_the_chasing_list_says_which_other_boards_one_call_would_do_for(researcher: Client, tallied: Wave) -> None:
    missing = tallied.returns.in_frame().filter(submitted_version=None).order_by("board__slug")[:3]
    first, second, alone = (found.board for found in missing.select_related("board") if found.board)
    chair(first, second, email="both@example.org")
    chair(alone, email="one@example.org")

    rows = {row["Board"]: row for row in lines(researcher.post("/waves/munro-2012/chasing-list.csv").content)}

    others = [rows[board.name]["Same chair, also on this list"] for board in (first, second, alone)]
    assert others == [second.name, first.name, ""]


def test_the_chasing_list_as_a_workbook_is_the_same(researcher: Client, tallied: Wave) -> None:
    book = openpyxl.load_workbook(io.BytesIO(researcher.post("/waves/munro-2012/chasing-list.xlsx").content))

    sheet = book["Chasing list"]
    assert (sheet.max_row, sheet["B1"].value) == (98, "Board")
