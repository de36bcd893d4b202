"""The register's pages: found, corrected, imported and taken away by those who keep it, at a constant cost."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry, Role, User
from respondents.register.appointing import appoint, stands_as
from respondents.register.history import RegisterImport
from respondents.register.models import Authority, Board
from respondents.tabular.reading import WINDOWS
from tests.builders import (
    BOARDS_HEAD,
    NOW,
    TWO_AUTHORITIES,
    TWO_BOARDS,
    person,
    sign_in,
    two_boards,
    whole_register,
)

pytestmark = pytest.mark.django_db
REASON = {"reason": "As they asked"}
STRATA = {"authority_type": "London borough", "region": "Outer London", "started_on": "", "ended_on": ""}


@pytest.fixture
def rita(client: Client) -> User:
    who = person("rita@example.org", role=Role.RESEARCHER)
    sign_in(client, who)
    return who


@pytest.fixture
def barnet(rita: User) -> Board:
    two_boards()
    board = Board.objects.get(slug="barnet")
    since = date(2011, 4, 1)
    appoint(board, name="Ann Ash", email="ann@example.org", kind="interim", from_date=since, by=rita, now=NOW)
    return board


def text(answer: object) -> str:
    assert isinstance(answer, HttpResponse)
    return " ".join(answer.content.decode().split())


def post(client: Client, url: str, **fields: Any) -> str:
    """What the next page says."""
    return text(followed(client, client.post(url, fields)))


def followed(client: Client, answer: Any) -> Any:  # noqa: ANN401 -- the test client’s answer
    """The page that a form led to."""
    return client.get(answer.headers["Location"]) if answer.status_code == 303 else answer


@pytest.mark.usefixtures("barnet")
@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("", {"Barnet", "Derby and Derbyshire"}),
        ("q=derbyshire", {"Derby and Derbyshire"}),
        ("q=E06000015", {"Derby and Derbyshire"}),
        ("q=ann+ash", {"Barnet"}),
        ("standing=vacant", {"Derby and Derbyshire"}),
        ("standing=chaired", {"Barnet"}),
        ("standing=interim", {"Barnet"}),
        ("standing=several", set()),
        ("standing=ended", set()),
        ("authority_type=County&region=East+Midlands", {"Derby and Derbyshire"}),
        ("region=Mars", {"Barnet", "Derby and Derbyshire"}),
    ],
)
def test_boards_are_found_by_name_authority_chair_strata_and_vacancy(
    client: Client, asked: str, shown: set[str]
) -> None:
    page = client.get(f"/register/?{asked}").context["page"]

    assert {row.name for row in page.rows} == shown


@pytest.mark.once
def test_who_chairs_several_boards_is_listed_with_them(client: Client, rita: User, barnet: Board) -> None:
    derby = Board.objects.get(slug="derby-and-derbyshire")
    assert "Nobody chairs more than one board." in text(client.get("/register/chairs/"))

    since = date(2011, 4, 1)
    appoint(derby, name="Ann Ash", email="ann@example.org", kind="chair", from_date=since, by=rita, now=NOW)
    page = client.get("/register/chairs/").context["page"]

    assert [(row.name, [name for name, _ in row.boards]) for row in page.rows] == [
        ("Ann Ash", ["Barnet", "Derby and Derbyshire"])
    ]
    assert (page.shown, page.vacant, page.interim) == (
        "1 person chairs more than one board.",
        "0 boards without a chair",
        "1 board with an interim chair",
    )
    assert {row.name for row in client.get("/register/?standing=several").context["page"].rows} == {
        "Barnet",
        "Derby and Derbyshire",
    }


def test_the_list_costs_the_same_however_many_boards(client: Client, barnet: Board) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get("/register/?q=a").status_code == 200
        return len(captured)

    few = queries()
    whole_register()

    assert queries() == few <= 20
    assert client.get("/register/").context["page"].leaf.words == "Page 1 of 3"


def test_a_board_shows_its_chair_in_words_and_its_vacancy(client: Client, barnet: Board, rita: User) -> None:
    assert "Interim chair" in text(client.get("/register/boards/barnet/"))
    assert "Vacant: no chair is known" in text(client.get("/register/boards/derby-and-derbyshire/"))
    url = f"/register/appointments/{barnet.appointments.get().pk}/end/"
    seen = client.get(url).content.decode().partition('name="seen" value="')[2].partition('"')[0]

    done = post(client, url, seen=seen, until_date="2012-01-31", **REASON)

    assert "Vacant since 1 February 2012" in done
    assert "As they asked" in done


def test_a_board_is_changed_with_its_history(client: Client, barnet: Board) -> None:
    fields = {**STRATA, **REASON, "name": "Barnet SCB", "area_name": "Barnet", "authorities": "E09000003"}

    done = post(client, "/register/boards/barnet/change/", **fields)

    assert "The board was saved." in done
    assert "Name: Barnet Local Safeguarding Children Board" in done
    assert "rita" in done.lower()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "<b>Barnet</b>", "Write the name as plain text"),
        ("name", "", "Enter name"),
        ("authorities", "E09000099", "No authority has the code E09000099"),
        ("authorities", "Barnet", "“BARNET” is not an ONS code such as E09000003"),
        ("authorities", "E09000003; E10000007; E06000015", "covers nothing else. End that board first"),
        ("ended_on", "31/02/2012", "There is no such day"),
        ("reason", "", "Say why, in a few words"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    client: Client, barnet: Board, field: str, value: str, words: str
) -> None:
    fields = {**STRATA, **REASON, "name": "B", "area_name": "Barnet", "authorities": "E09000003", field: value}

    answer = client.post("/register/boards/barnet/change/", fields)

    assert words in " ".join(answer.context["form"].errors[field])
    barnet.refresh_from_db()
    assert barnet.name == "Barnet Local Safeguarding Children Board"


def test_boards_and_authorities_are_added(client: Client, barnet: Board) -> None:
    post(client, "/register/authorities/new/", gss_code="E09000007", name="Camden", **STRATA, **REASON)
    fields = {"slug": "camden", "name": "Camden SCB", "area_name": "Camden", "authorities": "E09000007"}
    post(client, "/register/boards/new/", **fields, **STRATA, **REASON)

    assert Authority.objects.get(gss_code="E09000007").coverage.board.slug == "camden"
    assert "There is a board called" in post(client, "/register/boards/new/", **fields, **STRATA, **REASON)


def test_a_chair_is_appointed_corrected_and_renamed(client: Client, barnet: Board) -> None:
    fields = {"name": "Bob Birch", "email": "Bob@example.org", "kind": "chair", "from_date": "2012-02-01"}
    post(client, "/register/boards/barnet/appoint/", **fields, until_date="", ends_others="on")
    made = barnet.appointments.get(person__email="bob@example.org")
    days = {"from_date": "2012-02-02", "until_date": "", "kind": "interim", "seen": stands_as(made)}
    post(client, f"/register/appointments/{made.pk}/correct/", **days, **REASON)
    again = {"name": "Bob Beech", "email": "beech@example.org"}
    done = post(client, f"/register/people/{made.person_id}/change/", **again, **REASON)

    assert "Bob Beech" in done
    assert barnet.appointments.filter(until_date=date(2012, 1, 31)).count() == 1
    made.refresh_from_db()
    assert (made.from_date, made.kind) == (date(2012, 2, 2), "interim")


def test_nobody_of_the_staff_is_changed_here(client: Client, barnet: Board, rita: User) -> None:
    assert client.get(f"/register/people/{rita.pk}/change/").status_code == 404


def test_authorities_merge_on_a_page(client: Client, barnet: Board) -> None:
    fields = {
        "predecessors": "E10000007; E06000015",
        "successors": "E06000099 Derbyshire and Derby\n",
        "authority_type": "Unitary",
        "region": "East Midlands",
        "board": "derby-and-derbyshire",
        "on_date": "2012-04-01",
    }

    done = post(client, "/register/authorities/E10000007/succession/", **fields, **REASON)

    assert "Derbyshire and Derby (E06000099) from 1 April 2012" in done
    assert "Derbyshire (E10000007) until 1 April 2012" in text(client.get("/register/authorities/E06000099/"))


def send(client: Client, *tables: bytes, **choices: str) -> Any:  # noqa: ANN401 -- the test client’s answer
    files = [SimpleUploadedFile(f"{number}.csv", table) for number, table in enumerate(tables)]
    fields = {"tables": files, "absent": "leave", "letters": "utf", **choices}
    return followed(client, client.post("/register/imports/new/", fields))


def test_an_import_is_previewed_confirmed_and_undone(client: Client, rita: User) -> None:
    preview = send(client, TWO_AUTHORITIES.encode(), TWO_BOARDS.encode())
    assert "2 added" in text(preview)
    assert not Board.objects.exists()
    proposed = RegisterImport.objects.get()

    done = post(client, f"/register/imports/{proposed.pk}/apply/", digest=preview.context["page"].digest)
    assert "The register was imported." in done
    assert Board.objects.count() == 2

    assert "The import was undone." in post(client, f"/register/imports/{proposed.pk}/undo/")
    assert not Board.objects.exists()


def test_an_outdated_preview_is_refused_on_a_page(client: Client, rita: User) -> None:
    send(client, TWO_AUTHORITIES.encode(), TWO_BOARDS.encode())

    answer = client.post(f"/register/imports/{RegisterImport.objects.get().pk}/apply/", {"digest": "x"})

    assert answer.status_code == 403
    assert "The register has changed since you looked at the preview" in text(answer)


def test_a_bad_file_is_told_line_by_line_and_nothing_is_kept(client: Client, rita: User) -> None:
    two_boards()
    bad = BOARDS_HEAD + "barnet,<b>B</b>,Barnet,Outer London,London borough,E09000003\n"

    answer = text(send(client, bad.encode()))

    assert "line 2, boards file, column name: “&lt;b&gt;B&lt;/b&gt;” holds signs that no name has" in answer
    assert not RegisterImport.objects.exists()


def test_windows_letters_are_shown_and_read_when_confirmed(client: Client, rita: User) -> None:
    two_boards()
    table = (BOARDS_HEAD + "barnet,Barnet Zoë,Barnet,Outer London,London borough,E09000003\n").encode(WINDOWS)

    assert "As Windows-1252 that line would read: “barnet,Barnet Zoë" in text(send(client, table))
    assert "Barnet Zoë" in text(send(client, table, letters=WINDOWS))


def test_an_unused_preview_is_discarded(client: Client, rita: User) -> None:
    send(client, TWO_AUTHORITIES.encode(), TWO_BOARDS.encode())

    assert "Nothing was changed." in post(client, f"/register/imports/{RegisterImport.objects.get().pk}/discard/")
    assert not RegisterImport.objects.exists()


@pytest.mark.parametrize("name", ["register.xlsx", "authorities.csv", "boards.csv", "chairs.csv"])
def test_the_register_is_taken_away_and_that_is_recorded(client: Client, barnet: Board, name: str) -> None:
    answer = client.get(f"/register/export/{name}")

    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert BytesIO(answer.content).read(2) in (b"PK", b"\xef\xbb")
    assert AuditEntry.objects.latest("number").act == "register.exported"


def test_only_researchers_and_administrators_come_in(client: Client) -> None:
    two_boards()
    seen: dict[str, set[int]] = {}
    for role in Role:
        sign_in(client, person(f"{role.value}@example.org", role=role))
        urls = ("", "boards/barnet/", "authorities/", "imports/", "imports/new/", "export/chairs.csv")
        seen[role.value] = {client.get(f"/register/{url}").status_code for url in urls}

    assert seen == {"respondent": {404}, "researcher": {200}, "analyst": {404}, "administrator": {200}}


def test_every_form_of_the_register_can_be_opened(client: Client, barnet: Board) -> None:
    made = barnet.appointments.get()
    reached: Callable[[str], int] = lambda url: client.get(f"/register/{url}").status_code  # noqa: E731
    urls = ["boards/new/", "boards/barnet/change/", "boards/barnet/appoint/", "authorities/new/"]
    urls += [f"appointments/{made.pk}/end/", f"appointments/{made.pk}/correct/", f"people/{made.person_id}/change/"]
    urls += ["authorities/E09000003/change/", "authorities/E09000003/succession/", "authorities/E09000003/"]

    assert {url: reached(url) for url in urls} == dict.fromkeys(urls, 200)
