"""Tests of filling a template: numbers from cells, links, notes, conditions, and what is left out by name."""

import pytest

from analysis.core.document import fill, hints, lint, parse
from analysis.core.document.blocks import (
    Block,
    ChartBlock,
    Document,
    Facts,
    Heading,
    Items,
    Link,
    NoteMark,
    Paragraph,
    TableBlock,
    Words,
    plain,
)
from analysis.core.document.figures import figures_in
from analysis.core.plan_document import ChartKind
from analysis.core.table import Table
from analysis.outputs.charts_svg import charts_of
from tests.analysis.core.document.examples import HEADER, material
from tests.golden import published as golden

pytestmark = pytest.mark.pure


def filled(body: str) -> Document:
    return fill(parse(HEADER + body), material())


def problems_of(body: str) -> list[tuple[str, int | None]]:
    return [(problem.id, problem.line) for problem in lint(parse(HEADER + body), material())]


def words_of(body: str) -> list[str]:
    return [plain(block.line) for block in filled(body).blocks if isinstance(block, Paragraph)]


def test_numbers_are_cells_and_are_spelled_out_where_they_begin_a_sentence() -> None:
    (paragraph,) = filled(
        "{rate} answered. {table_8.T8-2.strongly_agree+agree:of} see **{table_5.agree:count}**."
    ).blocks
    assert isinstance(paragraph, Paragraph)
    assert plain(paragraph.line) == "57 of 148 boards (39%) answered. Forty-four of 57 boards (77%) see 38."
    assert paragraph.line[-2] == Words("38", is_strong=True, token="{table_5.agree:count}")


def test_tables_and_charts_are_named_and_led_to_where_they_are_printed() -> None:
    body = "{table_8}, {table_5}, {chart table_8}.\n\n::: chart table_3\n\n::: chart table_8\n\n::: table table_8\n"
    paragraph, first, second, table = filled(body).blocks
    assert isinstance(paragraph, Paragraph)
    assert paragraph.line[0] == Link("Table\u00a08", "#table_8")
    assert paragraph.line[2] == Words("Table\u00a05")  # it is not in this report
    assert paragraph.line[4] == Link("Figure\u00a03", "#figure-3")
    assert isinstance(first, ChartBlock)
    assert isinstance(second, ChartBlock)
    assert (first.number, second.number, second.short) == (1, 3, "Provision of early help")
    assert isinstance(table, TableBlock)


@pytest.mark.parametrize("table", golden.tables(), ids=lambda table: table.id)
def test_as_many_figures_are_counted_as_are_drawn(table: Table) -> None:
    kinds: dict[str, ChartKind | None] = {spec.id: spec.chart for spec in golden.plan().specs}
    for kind in (kinds[table.id], None):
        assert figures_in(table, kind) == len(charts_of(table, kind))


def test_notes_are_numbered_as_the_text_leads_to_them_and_references_are_listed() -> None:
    document = filled("One.[^b] Two.[^a] Three [@lga_2010].[^b]\n\n[^a]: {table_5.agree:of} agree.\n\n[^b]: Four.")
    (paragraph,) = document.blocks
    assert isinstance(paragraph, Paragraph)
    marks = [part for part in paragraph.line if isinstance(part, NoteMark)]
    assert marks == [NoteMark("note-1", 1), NoteMark("note-2", 2), NoteMark("note-1", 1)]
    assert [plain(note.line) for note in document.footnotes] == ["Four.", "Thirty-eight of 57 boards (67%) agree."]
    assert Link("(LGA, 2010)", "#ref-lga_2010") in paragraph.line
    assert document.references[0].line[1] == Words("Costs", is_emphasised=True)


def test_a_sentence_that_cites_a_work_may_hold_its_figures_and_plain_words_are_no_claims() -> None:
    assert problems_of("In 2010, 91% had one [@lga_2010]. Most of all, none of it is new.") == []


def test_conditions_parts_quotes_and_findings() -> None:
    body = (
        "::: if table table_9\nHidden.\n:::\n::: unless table table_9\nShown.\n:::\n"
        "::: if quotes F1.details\nNo.\n:::\n"
        "::: if part nothing\nNo.\n:::\n::: part response\n\n::: quotes G1\n\n::: findings right hidden\n"
    )
    shown, facts, quotes, items = filled(body).blocks
    assert isinstance(shown, Paragraph)
    assert plain(shown.line) == "Shown."
    assert isinstance(facts, Facts)
    assert quotes == material().quotes["G1"]
    assert isinstance(items, Items)
    assert [plain(line) for line in items.lines] == ["Most agree: 38 of 57 boards (67%). Table\u00a05"]
    assert problems_of(body) == []


def test_what_is_not_borne_out_is_left_out_and_told() -> None:
    body = "# Views\n\n{table_5.agree:a small number} agree: {table_5.agree:of}.\n\n"
    body += "{rate}.\n\n# Unsaid\n\n::: left-out\n"
    reason = "38 of 57 (67%) is not “a small number”."
    assert problems_of(body) == [("T054", 8)]
    items = filled(body).blocks[-1]
    assert isinstance(items, Items)
    assert [plain(line) for line in items.lines] == [f"Views. {reason}"]
    assert words_of(body)[0] == "57 of 148 boards (39%)."


def test_a_heading_with_nothing_under_it_is_left_out() -> None:
    blocks: tuple[Block, ...] = filled("# A\n\n## B\n\n::: part nothing\n\n# C\n\nText.\n").blocks
    assert [plain(block.line) for block in blocks if isinstance(block, Heading)] == ["C"]


@pytest.mark.parametrize(
    ("body", "id_"),
    [
        ("{table_99.agree:of}", "T050"),
        ("::: table table_99", "T050"),
        ("::: if table table_99\n:::", "T050"),
        ("{table_5.agreed:of}", "T051"),
        ("::: unless table table_5\n{table_5.agreed:of}\n:::", "T051"),
        ("{table_9.T9-1.agree:of}", "T052"),
        ("::: table table_9", "T052"),
        ("{table_3.understanding_of_referral_process.good.childrens_social_care.laming:of}", "T053"),
        ("{table_5.agree:percent} agree", "T054"),
        ("{table_5.agree:none} of {table_5.agree:base}", "T054"),
        ("About 72% agree.", "T055"),
        ("Agreed: 38 of 57.", "T055"),
        ("Nearly half agree.", "T055"),
        ("{weather}", "T056"),
        ("::: part weather", "T057"),
        ("::: quotes F1.details", "T058"),
        ("::: finding nobody", "T059"),
        ("{chart table_5}", "T061"),
        ("[there](#nowhere)", "T062"),
        ("::: quotes B1.health", "T063"),
        ("Text.[^1]\n\n[^1]: {table_99.agree:of}", "T050"),
    ],
)
def test_what_the_material_does_not_have_is_named_and_nothing_is_printed_of_it(body: str, id_: str) -> None:
    assert [found for found, _ in problems_of(body)] == [id_]
    assert id_ == "T062" or filled(body).blocks == ()


@pytest.mark.parametrize("typed", ["most boards", "two thirds", "three in four", "44 boards", "half of the chairs"])
def test_what_may_be_a_typed_share_is_a_hint_and_nothing_is_left_out(typed: str) -> None:
    body = f"It holds for {typed}."
    assert problems_of(body) == []
    assert words_of(body) == [body]
    assert [(each.id, typed in each.message) for each in hints(parse(HEADER + body), material())] == [("T066", True)]
    assert hints(parse(HEADER + f"{body[:-1]} [@lga_2010]."), material()) == ()
