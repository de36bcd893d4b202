"""The explorer: any item by any group on the base that was chosen, what leaves of it, and what is kept."""

import csv
import io
import re
from collections.abc import Sequence
from datetime import timedelta
from html import unescape
from urllib.parse import quote

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from accounts.audit.models import AuditEntry
from accounts.models import Role, User
from analysis.core.plan import load_plan
from analysis.core.plan_document import CrossSpec
from analysis.core.release.decisions import Decisions
from analysis.core.release.groups import EVERYONE
from analysis.core.release.record import written
from analysis.disclosing.material import material_of
from analysis.disclosing.models import Release, ReleaseStep
from analysis.exploring.choice import Choice
from analysis.exploring.choices import things
from analysis.exploring.links import neighbours
from analysis.exploring.looking import explore
from analysis.exploring.models import CopyTaken, SavedTable
from analysis.exploring.specifying import code_of
from analysis.planning import PLANS, plan_digest, plan_text
from respondents.returns.models import Return
from survey.models import Wave
from tests.builders import NOW, RETURNS, person, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]

PAGE = "/waves/munro-2012/tables/explore/"


@pytest.fixture
def ann(client: Client) -> Client:
    """An analyst's browser."""
    return sign_in(client, person("ann@example.org", role=Role.ANALYST))


def returns_as_printed() -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(RETURNS.read_text(encoding="utf-8"))))


def shown(client: Client, query: str) -> str:
    response = client.get(f"{PAGE}?{query}")
    assert response.status_code == 200
    return response.content.decode()


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_a_table_says_base_interval_wording_and_recommendations(ann: Client, munro: Wave) -> None:
    page = shown(ann, "item=D1.2&by=authority_type&base=answered")

    assert "Returns that gave an answer, don’t know left out (N = 55)." in page
    assert "by authority type. Survey of the chairs" in page
    assert "What was asked" in page
    assert "10. Duty to secure sufficient early help" in page
    assert "Exploratory: this table is not in the analysis plan." in page


def test_what_the_silent_leave_open_stands_beside_the_interval(ann: Client, munro: Wave) -> None:
    lines = rows_of(ann.get(f"{PAGE}table.csv?item=D1.2&scale=collapsed").content)

    agree = next(line for line in lines if line["count"] == "44")
    assert (agree["count"], agree["base"], agree["boards"]) == ("44", "57", "148")
    assert [agree[f"bound_{each}"] for each in ("low_boards", "high_boards", "low_percent", "high_percent")] == [
        *("44", "135", "30", "91")
    ]
    page = shown(ann, "item=D1.2&scale=collapsed").split("What the silent leave open")[1]
    assert "30\u201391" in page
    assert "Nothing is assumed about them." in page


def test_a_picture_tells_what_page_and_file_tell_of_the_silent(ann: Client, munro: Wave) -> None:
    drawing = ann.get(f"{PAGE}chart.svg?item=D1.2&scale=collapsed").content.decode()

    assert (
        ">67\u201385 (30\u201391)</text>" in drawing
    )  # of 148 boards: 99 to 126 if alike, 44 to 135 whatever they say
    assert "in brackets the bounds" in drawing
    line = "The boards that answered differ from all boards by region, but by authority type no more than chance"
    assert line in drawing
    figures = shown(ann, "item=D1.2&scale=collapsed").split("<figure")[1:]
    assert figures
    assert all(line in each.split("</figure>")[0] for each in figures)  # charts are copied from the page as well
    assert line in shown(ann, "item=D1.2")
    assert all(line in each["note"] for each in rows_of(ann.get(f"{PAGE}table.csv?item=D1.2").content))


def test_a_collapsed_table_is_one_click_from_its_full_form_and_back(ann: Client, munro: Wave) -> None:
    assert "scale=full" in shown(ann, "item=B1.health&scale=collapsed")
    full = shown(ann, "item=B1.health")
    assert "scale=collapsed" in full
    assert "Very poor" in full
    assert "no two ends to collapse" in shown(ann, "item=F1&scale=collapsed")


def test_the_items_of_a_battery_stand_by_net_agreement_and_one_click_away_as_asked(ann: Client, munro: Wave) -> None:
    def rows(page: str) -> list[str]:
        table, _ = page.split('<table class="figures">')[1].split("</table>", maxsplit=1)
        return re.findall(r'<th scope="row"[^>]*>([^<]+)', unescape(table))

    net, asked = shown(ann, "item=D1"), shown(ann, "item=D1&order=questionnaire")

    assert "order=questionnaire" in net
    assert "The same table by net agreement" in asked
    assert rows(asked) == [item.label for item in munro.questionnaire.question("D1").items]
    assert rows(net) != rows(asked)
    assert sorted(rows(net)) == sorted(rows(asked))


def test_the_same_table_of_the_item_before_and_after_is_one_click_away(munro: Wave) -> None:
    def around(choice: Choice) -> list[str]:
        return [link.url.partition("item=")[2] if link else "" for link in neighbours(munro, choice)]

    rest = "by=C1&base=answered&scale=full"
    assert around(Choice("D1.2", by="C1", base="answered")) == [f"D1.1&{rest}", f"D1.3&{rest}"]
    first, *_ = (code for _, group in things(munro.questionnaire) for code, _ in group)
    assert around(Choice(first))[0] == ""
    batteries = around(Choice("D1", by="region"))
    assert all("." not in each.partition("&")[0] for each in batteries)  # a battery leads to batteries
    assert not around(Choice("C2", by="C1"))[0].startswith("C1&")  # nothing is broken down by itself


def test_figures_are_those_of_the_returns(munro: Wave) -> None:
    table = explore(munro, Choice("C1", by="D1.2"), now=NOW).table
    for row in (row for row in table.rows if not (row.total or row.apart)):
        for column in (column for column in table.columns if column.id not in {"not_answered", "total"}):
            count = sum(one["C1"] == column.id and one["D1.2"] == row.id for one in returns_as_printed())
            assert table.cell(row.id, column.id).count == count


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("item=Z9", "This questionnaire has no such item. Choose one from the list"),
        ("item=D1.2&by=weather", "There is no such breakdown. Choose one from the list"),
        ("item=D1.2&base=all", "There is no such base. Choose one from the list"),
        ("item=D1.2&scale=half", "A scale is told in full or collapsed. Choose one"),
        ("item=D1.2&by=D1.2", "An item cannot be broken down by itself. Choose another breakdown"),
        ("item=D1&by=D1.2", "An item cannot be broken down by itself. Choose another breakdown"),
        ("item=", "Choose an item"),
    ],
)
def test_an_address_that_asks_for_nothing_known_says_what_is_wrong(
    ann: Client, munro: Wave, query: str, sentence: str
) -> None:
    page = shown(ann, query)

    assert page.count(sentence) >= 2  # above the page and beside the field
    assert "<figure" not in page


def test_what_leaves_is_protected_in_every_format(ann: Client, munro: Wave) -> None:
    query = "item=D1.2&by=authority_type"
    assert "[c]" not in shown(ann, query).split('class="figures"')[1]

    lines = rows_of(ann.get(f"{PAGE}table.csv?{query}").content)
    london = [line for line in lines if line["group"] == "London boroughs"]
    assert {(line["count"], line["percent"], line["status"]) for line in london} == {("", "", "[c]")}
    assert not [line for line in lines if line["group"] != "All returns" and line["count"] in {"1", "2"}]

    book = openpyxl.load_workbook(io.BytesIO(ann.get(f"{PAGE}table.xlsx?{query}").content))
    sheet = book["Table"]
    heads = [cell.value for cell in sheet[1]]
    for line, cells in zip(lines, sheet.iter_rows(min_row=2, values_only=True), strict=True):
        found = {head: "" if value is None else str(value) for head, value in zip(heads, cells, strict=True)}
        assert found == line

    drawing = ann.get(f"{PAGE}chart.svg?{query}").content.decode()
    assert "London boroughs" not in drawing
    assert "of which something is withheld, are not drawn" in drawing


def test_a_copy_is_held_against_those_taken_before_and_they_are_listed(ann: Client, munro: Wave) -> None:
    query = "item=D1.4&by=region&base={}&scale={}"
    assert "None was taken of this wave." in shown(ann, query.format("returned", "full"))
    first = ann.get(f"{PAGE}table.csv?{query.format('returned', 'full')}").content
    assert ann.get(f"{PAGE}table.csv?{query.format('returned', 'full')}").content == first
    apart = explore(munro, Choice("D1.4", by="region", scale="collapsed", base="answered"), now=NOW).safe

    beside = rows_of(ann.get(f"{PAGE}table.csv?{query.format('answered', 'collapsed')}").content)

    alone = sum(cell.count is None for (_, column), cell in apart.cells.items() if column != "total")
    assert sum(line["status"] == "[c]" for line in beside) > alone
    assert {line["base"] for line in beside if line["group"] != "North West"} == {"", "54"}  # not who answered
    assert CopyTaken.objects.count() == 3
    page = shown(ann, "item=D1.2")
    assert page.count(">as csv by ") == 2  # one line for each table
    assert page.count("; 2 copies in all<") == 1


def test_a_few_boards_more_than_in_a_copy_are_refused(ann: Client, munro: Wave) -> None:
    ann.get(f"{PAGE}table.csv?item=D1.2&by=region")
    duplicate, other = munro.returns.submitted()[:2]
    Return.objects.filter(pk=duplicate.pk).update(duplicate_of=other)

    refused = ann.get(f"{PAGE}table.csv?item=D1.2")

    assert refused.status_code == 409
    assert "England has 56 returns here, and had 57 in the copy of D1.2 by region" in refused.content.decode()
    assert ann.get(f"{PAGE}table.csv?item=C1").status_code == 200


def test_a_copy_of_all_returns_is_known_where_a_release_is_decided(ann: Client, munro: Wave) -> None:
    before = material_of(munro, now=NOW).key
    ann.get(f"{PAGE}table.csv?item=D1.2")

    assert [(copy.item, copy.by) for copy in material_of(munro, now=NOW).copies] == [("D1.2", "")]
    assert material_of(munro, now=NOW).key != before


def prepared(munro: Wave, *, plan: str, returns: int, number: int = 1, after: Sequence[int] = ()) -> Release:
    told = Decisions(10, (), (), {}, {EVERYONE: returns}, hidden={}, ranges={}, weak=(), refusals=())
    made = {"number": number, "plan": plan, "decisions": written(told), "after": list(after), "content": b""}
    eve = User.objects.filter(email="eve@example.org").first() or person("eve@example.org")
    return Release.objects.create(wave=munro, prepared_by=eve, prepared_at=NOW, **made)


def test_a_copy_is_held_against_the_last_release_that_may_still_go_out(ann: Client, munro: Wave) -> None:
    plan, query = plan_digest("munro_2012"), f"{PAGE}table.csv?item=D1.2"
    prepared(munro, plan=plan, returns=56)
    refused = ann.get(query)
    assert refused.status_code == 409
    assert "England has 57 returns here, England had 56 in release 1" in refused.content.decode()
    prepared(munro, number=2, plan=plan, returns=57)  # instead of the first
    assert ann.get(query).status_code == 200
    prepared(munro, number=3, plan="another", returns=56)  # its audit refuses it
    assert ann.get(query).status_code == 200
    prepared(munro, number=4, plan=plan, returns=56, after=[7])
    assert ann.get(query).status_code == 200


@pytest.mark.parametrize(("plan", "status"), [(plan_digest("munro_2012"), 200), ("another", 409)])
def test_a_copy_is_held_against_releases_from_the_same_plan_only(
    ann: Client, munro: Wave, plan: str, status: int
) -> None:
    release = prepared(munro, plan=plan, returns=57)
    ReleaseStep.objects.create(release=release, state="released", by=release.prepared_by, at=NOW)

    response = ann.get(f"{PAGE}table.csv?item=D1.2")

    assert response.status_code == status
    assert ("was made with another analysis plan" in response.content.decode()) == (status == 409)


def test_a_chart_leaves_as_pixels_with_its_finding(ann: Client, munro: Wave) -> None:
    response = ann.get(f"{PAGE}chart.png?item=D1")
    image = Image.open(io.BytesIO(response.content))

    assert response["Content-Type"] == "image/png"
    assert image.width == 2 * (720 + 48)
    assert "Most often answered" in image.info["Description"]
    assert len(image.getcolors(maxcolors=100_000) or []) > 20


def test_figures_of_an_open_wave_are_drafts_everywhere(ann: Client, munro: Wave) -> None:
    draft = "Draft: fieldwork is still open."
    Wave.objects.update(closes_at=NOW + timedelta(days=36_500))

    assert draft in shown(ann, "item=D1.2")
    assert draft in ann.get("/waves/munro-2012/tables/all/").content.decode()
    assert all(draft in line["note"] for line in rows_of(ann.get(f"{PAGE}table.csv?item=D1.2").content))
    assert draft in ann.get("/waves/munro-2012/tables/download.csv").content.decode()
    assert draft in ann.get(f"{PAGE}chart.svg?item=D1.2").content.decode()
    Wave.objects.update(closes_at=NOW - timedelta(days=1))
    assert draft not in shown(ann, "item=D1.2")


def test_looks_and_copies_are_recorded_without_answers(ann: Client, munro: Wave) -> None:
    shown(ann, "item=D1.2&by=region")
    ann.get(f"{PAGE}table.csv?item=D1.2&by=region")

    look, taken = AuditEntry.objects.order_by("number").filter(act__in=["table.explored", "figures.taken"])
    assert look.detail == {"item": "D1.2", "by": "region", "base": "returned", "scale": "full"}
    assert taken.detail == {"what": "exploratory table item=D1.2&by=region&base=returned&scale=full as csv"}


def test_a_table_is_kept_under_a_title_and_found_again(ann: Client, munro: Wave) -> None:
    sent = {"item": "D1.2", "by": "region", "base": "asked", "scale": "full", "send": "send"}
    empty = ann.post(f"{PAGE}save/", sent | {"title": ""})
    assert "Give the table a title" in empty.content.decode()
    assert f'action="{PAGE}#result"' in empty.content.decode()  # another table can be shown from here
    assert not SavedTable.objects.exists()

    response = ann.post(f"{PAGE}save/", sent | {"title": "Early help by region"})
    assert response.status_code == 303
    page = ann.get(response["Location"]).content.decode()
    assert "Early help by region</a>" in page
    assert quote("item=D1.2&by=region&base=asked", safe="=&.").replace("&", "&amp;") in page
    assert AuditEntry.objects.filter(act="table.saved").count() == 1


@pytest.mark.parametrize(
    "choice",
    [Choice("D1.2", by="region"), Choice("B1", scale="collapsed", base="answered"), Choice("F1", by="C1", base="asked"),
     Choice("C2", by="authority_type", scale="collapsed"), Choice("A4", by="region")],
)  # fmt: skip
def test_the_lines_for_the_plan_define_the_table_that_is_shown(munro: Wave, choice: Choice) -> None:
    explored = explore(munro, choice, now=NOW)
    lines = code_of(explored.spec, plan=explored.plan)
    files = {path.name: path.read_text(encoding="utf-8") for path in PLANS.iterdir() if path.is_file()}
    text = plan_text(munro.plan).replace("\nfurther:\n", f"\nfurther:\n{lines}")
    plan = load_plan(text, questionnaire=munro.questionnaire, files=files)
    added = plan.further[0]

    assert isinstance(added, CrossSpec)
    assert {row.value for row in added.rows} == {row.value for row in explored.spec.rows}
    assert added.model_copy(update={"rows": ()}) == explored.spec.model_copy(update={"rows": ()})


def test_the_page_needs_few_queries_however_many_boards_there_are(ann: Client, munro: Wave) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        shown(ann, "item=D1&by=region")
    assert len(queries) <= 20


def test_researchers_do_not_see_answers_by_group(client: Client, munro: Wave) -> None:
    sign_in(client, person("rob@example.org", role=Role.RESEARCHER))
    assert client.get(f"{PAGE}?item=D1.2").status_code == 404
