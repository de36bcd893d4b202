"""A researcher imports a register as previewed, corrects a board, and undoes what can be undone."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, FilePayload, Page, expect

from accounts.models import Role
from respondents.register.models import Board
from tests.builders import TWO_AUTHORITIES, TWO_BOARDS, person, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def researcher(context: BrowserContext, live_server: object) -> None:
    """The browser of a researcher who has signed in."""
    client = sign_in(Client(), person("rita@example.org", role=Role.RESEARCHER))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": str(live_server)}])


def send(page: Page, **tables: str) -> None:
    files: list[FilePayload] = [
        {"name": f"{name}.csv", "mimeType": "text/csv", "buffer": table.encode()} for name, table in tables.items()
    ]
    page.goto("/register/imports/new/")
    page.get_by_label("Files").set_input_files(files)
    page.get_by_role("button", name="Show what would change").click()


@pytest.fixture
def look(page: Page, barriers: Callable[[Page], str]) -> Callable[[str], None]:
    """Looks at the page as it stands: nobody is kept out and nothing scrolls sideways."""
    page.set_viewport_size({"width": 768, "height": 900})

    def at(name: str) -> None:
        assert barriers(page) == "", name
        assert page.evaluate("document.documentElement.scrollWidth") == 768, name

    return at


@pytest.mark.usefixtures("researcher")
def test_a_register_is_imported_corrected_and_an_import_undone(page: Page, look: Callable[[str], None]) -> None:
    page.goto("/register/")
    look("an empty register")
    _import(page, look)
    _correct(page, look)
    _undo(page)

    assert Board.objects.get(slug="derby-and-derbyshire").area_name == "Derby & Derbyshire"


def _import(page: Page, look: Callable[[str], None]) -> None:
    send(page, authorities=TWO_AUTHORITIES, boards=TWO_BOARDS.replace("Outer London", "Mars"))
    expect(page.get_by_text("line 2, boards file, column region: “Mars” is not known")).to_be_visible()
    look("a refused file")
    send(page, authorities=TWO_AUTHORITIES, boards=TWO_BOARDS)
    expect(page.get_by_role("heading", level=1)).to_have_text("What would change")
    look("a preview")
    assert not Board.objects.exists()
    page.get_by_role("button", name="Import exactly this").click()
    expect(page.get_by_text("The register was imported.")).to_be_visible()
    look("an import")


def _correct(page: Page, look: Callable[[str], None]) -> None:
    page.get_by_role("link", name="Register", exact=True).click()
    page.get_by_label("Board, authority or chair").fill("Derbyshire")
    page.get_by_role("button", name="Show these boards").click()
    expect(page.get_by_role("status")).to_have_text("1 board")
    look("boards")
    page.get_by_role("link", name="Derby and Derbyshire").click()
    expect(page.get_by_text("Vacant: no chair is known")).to_be_visible()
    page.get_by_role("link", name="Change or end the board").click()
    page.get_by_label("Area").fill("Derby & Derbyshire")
    page.get_by_role("button", name="Save the board").click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    look("a form with a mistake")
    page.get_by_label("Reason").fill("As they spell it")
    page.get_by_role("button", name="Save the board").click()
    expect(page.get_by_role("cell").filter(has_text="Derby & Derbyshire")).to_be_visible()
    look("a board with its history")


def _undo(page: Page) -> None:
    page.get_by_role("link", name="Import and export").click()
    page.get_by_role("link", name="authorities.csv, boards.csv").click()
    expect(page.get_by_text("cannot be undone as a whole any more")).to_be_visible()
    send(page, boards=TWO_BOARDS)
    page.get_by_role("button", name="Import exactly this").click()
    page.get_by_role("button", name="Undo the whole import").click()
    expect(page.get_by_text("The import was undone.")).to_be_visible()
