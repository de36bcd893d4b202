"""Tests of what the report of a survey says before it is set: order, parts by rule, and what may not be said."""

from dataclasses import replace

import pytest
from django.template.loader import render_to_string

from analysis.core.document import lint
from analysis.core.document.blocks import Facts, Paragraph, Quotes, TableBlock, Words, plain
from analysis.core.document.plain import plain_template
from analysis.core.document.reading import parse
from analysis.core.plan_document import CodedSpec, FindingSpec, Theme
from analysis.outputs.document_pages import DocumentPage, Entry, document_page
from analysis.outputs.drawing import BLUE, PALE_GREY
from analysis.outputs.mosaic import draw_mosaic
from analysis.outputs.report_material import material_of
from tests.analysis.outputs.reports import document_2012, sources_2012, template_2012
from tests.golden import published as golden

pytestmark = pytest.mark.pure


def part(name: str, **changes: object) -> tuple[object, ...]:
    return material_of(sources_2012(**changes)).parts[name]


def html_of(page: DocumentPage) -> str:
    return render_to_string("analysis/report/report.html", {"report": page})


def test_the_report_of_2012_has_nothing_that_its_tables_do_not_bear_out() -> None:
    assert lint(template_2012(), material_of(sources_2012())) == ()


def test_chapters_stand_in_the_order_of_the_paper() -> None:
    contents = document_page(document_2012()).contents
    assert [entry.label for entry in contents if entry.level == 2] == [
        "Summary",
        "Background",
        "How the survey was done",
        "Who answered",
        "Inter-agency working relationships",
        "Putting the recommendations into practice",
        "Prevention and early help",
        "Accountability and learning",
        "Leadership from central government",
        "Tables",
        "Annex: differences from the published report",
        "References",
    ]


def test_every_table_is_there_once_and_figures_are_numbered_through() -> None:
    page = document_page(document_2012())
    assert [entry.label.split(".")[0] for entry in page.tables] == [f"Table {number}" for number in range(1, 11)]
    assert [entry.label.split(".")[0] for entry in page.figures] == [str(number) for number in range(1, 13)]
    assert page.figures[3] == Entry(
        "figure-4",
        "4. Ratings of agencies: referral process, thresholds and referral information, beside another survey",
    )


def test_boards_chairs_and_authorities_are_counted_apart() -> None:
    (facts,) = part("response")
    assert isinstance(facts, Facts)
    assert facts.rows == (
        ("Boards asked: every one in the register", "148"),
        ("Authorities these cover", "152"),
        ("Time of the survey", "3 to 29 February 2012"),
        ("Returns received", "57"),
        ("Response rate", "57 of 148 boards (39%)"),
        ("Boards named in the returns", "51"),
        ("Returns that do not name one", "6"),
        ("Different chairs who answered", "53"),
        ("Authorities covered by the boards named", "53 of 152"),
    )


def test_the_silent_are_spoken_of_by_type_and_by_region() -> None:
    silent, by_type, by_region = (plain(each.line) for each in part("non-response") if isinstance(each, Paragraph))
    assert silent.startswith("Ninety-one of the 148 boards made no return")
    assert "do not differ more than chance would have it from all boards by local authority type" in by_type
    assert "p = 0.545 exactly" in by_type  # worked example W65
    assert "is 0.88, where 1 is perfectly even and random silence would give 0.78 to 0.95" in by_type  # W68
    assert "shifted by 8 points" in by_type
    assert "More answered" not in by_type
    assert "is 0.62, where 1 is perfectly even and random silence would give 0.68 to 0.85" in by_region  # W67
    assert "shifted by 26 points" in by_region
    assert by_region.startswith("The boards that answered differ from all boards by region (X² = 22.9 with 9 degrees")
    assert by_region.endswith(
        "More answered than expected: North East, East of England. Fewer answered than expected: East Midlands, South "
        "West. Left out of this comparison: 4 returns that name no region."
    )


def test_the_summary_begins_with_what_those_that_answered_differ_in() -> None:
    """Table 2 calls for it, table 1 does not (M23)."""
    sentence = Paragraph((Words("The boards that answered differ from all boards by region.", is_strong=True),))
    assert part("differing") == (sentence,)
    assert document_2012().blocks[2] == sentence


def test_annex_lists_each_differing_figure() -> None:
    (annex,) = part("differences")
    assert isinstance(annex, Facts)
    assert [row[3].split(":")[0] for row in annex.rows] == [
        "E03", "E04", "E05", "E09", "E16", "E14", "E17", "E18", "E19", "E15", "E11",
    ]  # fmt: skip
    assert annex.rows[3] == (
        "Table 2. Outer London. Share of returns (%)",
        "6%",
        "9%",
        "E09: 5 returns of 57 are 8.8%, that is 9%.",
    )
    assert annex.rows[-1][1:3] == ("43 (76%)", "43 (75%)")


def test_a_plan_without_a_template_has_a_plain_one_with_all_its_tables() -> None:
    template = parse(plain_template(golden.plan()))
    material = material_of(sources_2012())
    assert template.header.title == golden.plan().title
    assert lint(template, material) == ()
    assert "::: findings" not in plain_template(replace(golden.plan(), findings=()))


def test_findings_that_are_not_borne_out_are_withheld_with_the_reason() -> None:
    theme = Theme(
        theme="Views",
        findings=(
            FindingSpec(id="most", text="{table_5.agree:most} agree: {table_5.agree:of}."),
            FindingSpec(id="few", text="{table_5.agree:a small number} agree: {table_5.agree:of}."),
        ),
    )
    text = "# Views\n\n::: finding most\n\n::: finding few\n\n# Not said\n\n::: left-out\n"
    html = html_of(document_page(document_2012(text, plan=replace(golden.plan(), findings=(theme,)))))
    assert "<p>Most agree: 38 of 57 boards (67%).</p>" in html
    assert "<strong>few.</strong> 38 of 57 (67%) is not “a small number”." in html


def test_quotes_stand_behind_the_table_of_their_codes_and_others_apart() -> None:
    number = max(table.number for table in golden.tables()) + 1
    coded = CodedSpec(id="codes", number=number, title="Codes", stub="Code", item="F1.details")
    table = replace(golden.tables()[0], id="codes", number=number)
    quotes = {
        "F1.details": Quotes("What was done", ("We met [monthly]",), "LSCB Chair"),
        "G1": Quotes("Anything else", ("Money & <time>",), "LSCB Chair"),
    }
    changes = {
        "plan": replace(golden.plan(), coded=(coded,)),
        "tables": (*golden.tables(), table),
        "quotes": quotes,
    }
    assert part("coded", **changes) == (TableBlock(table, "Codes"), quotes["F1.details"])
    assert part("quotes", **changes) == (quotes["G1"],)
    html = html_of(document_page(document_2012("# Quotes\n\n::: quotes G1\n", **changes)))
    assert "<blockquote>" in html
    assert "“Money &amp; &lt;time&gt;”" in html
    assert '<p class="credit">LSCB Chair</p>' in html


def test_a_footnote_is_written_where_it_is_first_called_and_led_to_afterwards() -> None:
    html = html_of(document_page(document_2012("One.[^a] Two.[^a]\n\n[^a]: *Only* **so**.\n")))
    note = '<span class="footnote" id="note-1"><em>Only</em> <strong>so</strong>.</span>'
    assert f'<p>One.{note} Two.<sup><a href="#note-1">1</a></sup></p>' in html


@pytest.mark.parametrize(("returns", "of"), [(57, 148), (0, 5), (5, 5), (7, 5), (0, 0)])
def test_mosaic_has_a_square_for_each_board_and_fills_those_that_answered(returns: int, of: int) -> None:
    fills = [square.fill for square in draw_mosaic(returns, of=of, fill=BLUE).rects]
    assert fills == [BLUE] * min(returns, of) + [PALE_GREY] * max(of - returns, 0)
