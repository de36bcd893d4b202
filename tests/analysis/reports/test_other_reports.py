"""Topline, one page, methodology, comparison, non-response: from one wave, each as a document."""

import io
from datetime import datetime

import pikepdf
import pytest
from django.test import Client

from accounts.models import Role
from analysis.builds.kinds import kinds
from analysis.core.document import lint, parse
from analysis.core.document.blocks import Document, Facts, Heading, plain
from analysis.core.release.counting import Counting
from analysis.core.release.questions import Answer
from analysis.disclosing.material import material_of as release_material
from analysis.monitoring.tallying import tally_wave
from analysis.outputs.report_material import material_of
from analysis.planning import PLANS
from analysis.reporting import sources_for_team
from analysis.reports.documents import REPORTS, document_of, topline_of
from analysis.reports.one_page import OverOnePage, make_one_page
from respondents.contacts.models import DispositionWords
from survey.models import Wave
from tests.builders import NOW, person, sign_in
from tests.pdf_tags import heading_levels, tagged

LATER = datetime(2012, 4, 2, 12, 0, tzinfo=NOW.tzinfo)


@pytest.mark.pure
@pytest.mark.parametrize("name", sorted(path.name for path in PLANS.glob("*.md")))
def test_every_template_can_be_read(name: str) -> None:
    assert parse((PLANS / name).read_text(encoding="utf-8")).header.title


@pytest.mark.pure
def test_every_report_can_be_built() -> None:
    known = kinds()
    for name, report in REPORTS.items():
        assert known[f"{name}_pdf"].page == f"read/{name}/"
        assert (f"released_{name}_pdf" in known) is report.of_releases
    assert {"topline_xlsx", "released_topline_xlsx"} <= set(known)


def facts_of(document: Document, id_: str) -> dict[str, str]:
    (found,) = (block for block in document.blocks if isinstance(block, Facts) and block.id == id_)
    return {row[0]: row[1] for row in found.rows}


@pytest.mark.django_db
@pytest.mark.once
def test_the_topline_has_every_question_and_its_counts(munro: Wave) -> None:
    counting = Counting(release_material(munro, now=LATER).cube)
    every = topline_of(munro, now=LATER)
    items = [item.code for item in munro.questionnaire.items.values() if item.kind in {"closed", "multiple"}]
    tables = [table for asked in every for table in asked.tables]
    assert [table.number for table in tables] == list(range(1, len(tables) + 1))
    assert [asked.question.code for asked in every] == list(
        dict.fromkeys(munro.questionnaire.items[code].question_code for code in items)
    )
    by_id = {table.id: table for table in tables}
    scale = munro.questionnaire.items["D1.1"].scale
    assert scale is not None
    for option in scale.options:
        cell = by_id["topline_D1"].cell("D1.1", option.code)
        counted = counting.count(Answer("D1.1", (option.value,)), counting.everyone)
        assert (cell.count, cell.base) == (counted, 57)


@pytest.mark.django_db
@pytest.mark.once
def test_outcomes_add_up_to_the_frame_and_rates_have_their_names(munro: Wave) -> None:
    tally_wave(munro, now=LATER)
    document = document_of("methodology", munro, now=LATER)
    outcomes = facts_of(document, "outcomes")
    assert sum(int(outcomes[str(each.label)]) for each in DispositionWords if str(each.label) in outcomes) == 148
    assert outcomes["All"] == "148"
    headings = {plain(block.line) for block in document.blocks if isinstance(block, Heading)}
    assert {"Fieldwork", "Response", "Weighting", "What is withheld"} <= headings


@pytest.mark.django_db
@pytest.mark.once
def test_the_page_is_exactly_one_and_more_is_refused(munro: Wave) -> None:
    document = document_of("one_page", munro, now=LATER)
    template = parse(REPORTS["one_page"].template(munro))
    assert lint(template, material_of(sources_for_team(munro, now=LATER))) == ()
    content = make_one_page(document, lambda *_: None)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert len(pdf.pages) == 1
        assert heading_levels(pdf) == [1, 2, 2, 2]
        assert len(tagged(pdf, "/Figure")) == 2
    longer = Document(document.cover, document.blocks * 2)
    with pytest.raises(OverOnePage, match="runs to 2 pages"):
        make_one_page(longer, lambda *_: None)


@pytest.mark.django_db
@pytest.mark.once
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("comparison", "Table 3 tested against LGA survey, 2010"),
        ("non_response", "Every item: who answered it"),
        ("methodology", "has not been reckoned yet"),
    ],
)
def test_the_team_reads_them_on_screen(client: Client, munro: Wave, name: str, words: str) -> None:
    sign_in(client, person("ann@example.org", role=Role.ANALYST))
    assert words in client.get(f"/waves/{munro.slug}/report/read/{name}/").content.decode()
    assert client.get(f"/waves/{munro.slug}/report/read/nothing/").status_code == 404
