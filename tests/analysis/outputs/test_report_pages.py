"""Tests of what the report says before it is set: order, numbers, lists and the words on those who did not answer."""

from dataclasses import replace

import pytest
from django.template.loader import render_to_string

from analysis.core.plan_document import CodedSpec, FindingSpec, ReportSection
from analysis.outputs.drawing import BLUE, PALE_GREY
from analysis.outputs.report_content import Quoted, report_content
from analysis.outputs.report_pages import Differing, Entry, Fact, draw_mosaic, report_page
from tests.analysis.outputs.reports import RESPONSE, content_2012
from tests.golden import published as golden

pytestmark = pytest.mark.pure


def test_contents_follow_the_order_of_the_pages() -> None:
    assert report_page(content_2012()).contents == (
        Entry("background", "Background"),
        Entry("method", "How the survey was done"),
        Entry("findings", "Main findings"),
        Entry("chapter-1", "Who answered"),
        Entry("chapter-2", "Inter-agency working relationships"),
        Entry("chapter-3", "Putting the recommendations into practice"),
        Entry("chapter-4", "Prevention and early help"),
        Entry("chapter-5", "Accountability and learning"),
        Entry("chapter-6", "Leadership from central government"),
        Entry("differences", "Annex: differences from the published report"),
    )


def test_every_table_is_there_once_and_figures_are_numbered_through() -> None:
    page = report_page(content_2012())
    exhibits = [exhibit for chapter in page.chapters for exhibit in chapter.exhibits]
    assert [exhibit.table.number for exhibit in exhibits] == list(range(1, 11))
    assert [chart.number for exhibit in exhibits for chart in exhibit.charts] == list(range(1, 13))
    assert page.figures[3] == Entry(
        "table_3-comparator",
        "4. Ratings of agencies: referral process, thresholds and referral information, beside another survey",
    )


def test_boards_chairs_and_authorities_are_counted_apart() -> None:
    assert report_page(content_2012()).facts == (
        Fact("Boards asked: every one in the register", "148"),
        Fact("Authorities these cover", "152"),
        Fact("Time of the survey", "3 to 29 February 2012"),
        Fact("Returns received", "57"),
        Fact("Response rate", "57 of 148 boards (39%)"),
        Fact("Boards named in the returns", "51"),
        Fact("Returns that do not name one", "6"),
        Fact("Different chairs who answered", "53"),
        Fact("Authorities covered by the boards named", "53 of 152"),
    )


def test_the_silent_are_spoken_of_by_type_and_by_region() -> None:
    silent, by_type, by_region = content_2012().non_response
    assert silent.startswith("91 of the 148 boards made no return")
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
    assert content_2012().differences == ("The boards that answered differ from all boards by region.",)
    html = render_to_string("analysis/report/findings.html", {"report": report_page(content_2012())})
    assert "<b>The boards that answered differ from all boards by region.</b>" in html


def test_annex_lists_each_differing_figure() -> None:
    differing = report_page(content_2012()).differing
    assert [found.explanation.split(":")[0] for found in differing] == [
        "E03", "E04", "E05", "E09", "E16", "E14", "E17", "E18", "E19", "E15", "E11",
    ]  # fmt: skip
    assert differing[3] == Differing(
        place="Table 2. Outer London. Share of returns (%)",
        published="6%",
        recomputed="9%",
        explanation="E09: 5 returns of 57 are 8.8%, that is 9%.",
    )
    assert (differing[-1].published, differing[-1].recomputed) == ("43 (76%)", "43 (75%)")


def test_a_plan_without_words_for_a_report_has_all_tables_in_one_section() -> None:
    content = report_content(
        replace(golden.plan(), report=None),
        tables=golden.tables(),
        response=RESPONSE,
        fieldwork="February 2012",
        generated=content_2012().generated,
        demonstration=False,
    )
    (section,) = content.sections
    assert (content.title, section.title, len(section.tables)) == (golden.plan().title, "Tables", 10)


def test_sections_of_the_plan_are_the_sections_of_the_report() -> None:
    report = golden.plan().report
    assert report is not None
    sections = (ReportSection(title="Only this", introduction=("Words.",), tables=("table_5",)),)
    plan = replace(golden.plan(), report=report.model_copy(update={"sections": sections}))
    content = report_content(
        plan,
        tables=golden.tables(),
        response=RESPONSE,
        fieldwork="February 2012",
        generated=content_2012().generated,
        demonstration=False,
    )
    assert [(section.title, section.introduction) for section in content.sections] == [("Only this", ("Words.",))]
    assert [printed.short for printed in content.tables] == ["Shared understanding of the developments needed"]


def test_findings_stand_in_their_sections_and_those_not_borne_out_are_withheld_with_the_reason() -> None:
    report = golden.plan().report
    assert report is not None
    borne_out = FindingSpec(id="most", text="{table_5.agree:most} agree: {table_5.agree:of}.")
    not_so = FindingSpec(id="few", text="{table_5.agree:a small number} agree: {table_5.agree:of}.")
    sections = (ReportSection(title="Only this", findings=(borne_out, not_so), tables=("table_5",)),)
    plan = replace(golden.plan(), report=report.model_copy(update={"sections": sections}))
    content = report_content(
        plan,
        tables=golden.tables(),
        response=RESPONSE,
        fieldwork="February 2012",
        generated=content_2012().generated,
        demonstration=False,
    )
    (chapter,) = report_page(content).chapters
    assert chapter.findings == ("Most agree: 38 of 57 boards (67%).",)
    assert [each.reasons for each in content.withheld] == [("38 of 57 (67%) is not “a small number”.",)]


def test_quotes_stand_behind_the_table_of_their_codes_and_others_have_a_section() -> None:
    number = max(table.number for table in golden.tables()) + 1
    coded = CodedSpec(id="codes", number=number, title="Codes", stub="Code", item="F1.details")
    table = replace(golden.tables()[0], id="codes", number=number)
    quotes = {
        "F1.details": Quoted("What was done", ("We met [monthly]",), "LSCB Chair"),
        "G1": Quoted("Anything else", ("Money & <time>",), "LSCB Chair"),
    }
    content = report_content(
        replace(golden.plan(), coded=(coded,)),
        tables=(*golden.tables(), table),
        response=RESPONSE,
        fieldwork="February 2012",
        generated=content_2012().generated,
        demonstration=False,
        quotes=quotes,
    )
    *_, own, apart = report_page(content).chapters
    assert [each.quoted for each in own.exhibits] == [(quotes["F1.details"],)]
    assert (apart.exhibits, apart.quoted) == ((), (quotes["G1"],))
    html = render_to_string("analysis/report/chapter.html", {"chapter": apart})
    assert "<blockquote>" in html
    assert "“Money &amp; &lt;time&gt;”" in html
    assert '<p class="credit">LSCB Chair</p>' in html


@pytest.mark.parametrize(("returns", "of"), [(57, 148), (0, 5), (5, 5), (7, 5), (0, 0)])
def test_mosaic_has_a_square_for_each_board_and_fills_those_that_answered(returns: int, of: int) -> None:
    fills = [square.fill for square in draw_mosaic(returns, of=of).rects]
    assert fills == [BLUE] * min(returns, of) + [PALE_GREY] * max(of - returns, 0)
