"""The report of an edition: its own tables, revised cells marked, the correction explained, in every form."""

import io
from dataclasses import replace

import docx
import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from analysis.core.table import Table
from analysis.disclosing.packing import unpack
from analysis.disclosing.reporting import sources_of_release
from analysis.milestones.recording import freeze_data
from analysis.outputs.report_pdf import build_report
from analysis.outputs.report_web import make_web
from analysis.outputs.report_word import make_word
from analysis.publishing.models import CalendarEntry, Edition, Publication, SignOff, Wording
from analysis.publishing.preparing import prepare_edition
from analysis.publishing.refusals import NotReady
from analysis.publishing.reporting import document_of_edition
from analysis.publishing.wording import response_words
from analysis.responses import response_of
from analysis.tabulation import tables_of
from analysis.templating.models import ReportText
from respondents.returns.models import Return
from survey.models import Wave
from tests.analysis.publishing import examples
from tests.analysis.publishing.examples import AT, OUT

pytestmark = [pytest.mark.django_db, pytest.mark.once]
TEXT = "---\ntitle: Ours\n---\n\n# Answers\n\n::: table table_5\n"
TOLD = {"what": "Two figures were wrong", "why": "A board was read twice."}


def few(wave: Wave) -> tuple[Table, ...]:
    """Two of its tables, which saves the time to write all of them in every format."""
    return tuple(table for table in tables_of(wave, now=AT) if table.id in {"table_1", "table_5"})


def other(tables: tuple[Table, ...]) -> tuple[Table, ...]:
    """The same with one board more in one cell of table 5, and one less in another."""
    changed = next(table for table in tables if table.id == "table_5")
    counted = [(place, cell) for place, cell in changed.cells.items() if cell.count]
    (first, one), (second, two) = counted[0], counted[-2]
    moved = {first: replace(one, count=(one.count or 0) + 1), second: replace(two, count=(two.count or 0) - 1)}
    mended = replace(changed, cells={**changed.cells, **moved})
    return tuple(mended if table.id == "table_5" else table for table in tables)


def corrected(wave: Wave) -> Edition:
    """Edition 1 is out, made row by row; edition 2 corrects it."""
    ann, bob = examples.staff()
    found = Publication.objects.create(wave=wave, slug=wave.slug, title="Boards", started_by=ann, started_at=AT)
    CalendarEntry.objects.create(publication=found, moment=OUT, made_by=ann, made_at=AT)
    Wording.objects.create(publication=found, **examples.WORDS, written_by=ann, written_at=AT)
    ReportText.objects.create(wave=wave, number=3, text=TEXT, digest="t", problems=0, written_by=ann, written_at=AT)
    (frozen, _), tables = freeze_data(wave, by=ann, now=AT), few(wave)
    wrong = examples.release_of(wave, other(tables), by=ann, extract=frozen.digest)
    first = prepare_edition(found, release=wrong, by=ann, now=AT)
    SignOff.objects.create(edition=first, by=bob, at=AT)
    right = examples.release_of(wave, tables, by=ann, extract=frozen.digest)
    return prepare_edition(found, release=right, **TOLD, by=ann, now=OUT)


def told_by(edition: Edition) -> dict[str, str]:
    """Every word of each form, read back."""
    document = document_of_edition(edition)
    pdf = PdfReader(io.BytesIO(build_report(document, progress=lambda *_: None)))
    word = docx.Document(io.BytesIO(make_word(document, lambda *_: None)))
    book = CalamineWorkbook.from_filelike(io.BytesIO(unpack(bytes(edition.content), name="xlsx")))
    sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return {
        "pdf": " ".join(page.extract_text() for page in pdf.pages),
        "web": make_web(document, lambda *_: None).decode(),
        "word": " ".join([*(each.text for each in word.paragraphs), *cells]),
        "workbook": " ".join(str(cell) for rows in sheets for row in rows for cell in row),
    }


def test_every_form_of_a_correction_marks_what_was_revised_and_says_why(munro: Wave) -> None:
    edition = corrected(munro)
    assert edition.text_version == 3
    for form, text in told_by(edition).items():
        said = " ".join(text.split())
        assert "Corrected: edition 2 replaces edition 1. " in said, form
        assert "What was corrected: Two figures were wrong. Why: A board was read twice." in said, form
        assert "changed. The largest change of a count is 1, " in said, form
        assert "[r] = revised" in said, form
        assert said.count("[r]") >= 4, form  # in two cells, below them, and where the correction is told
        assert "team@example.org" in said, form
        assert "The team alone decided." in said or form == "workbook"

    edition.text_version = 0
    with pytest.raises(NotReady, match="has changed"):
        document_of_edition(edition)


def test_a_report_tells_the_response_of_the_frozen_answers_as_page_and_tables_do(munro: Wave) -> None:
    ann, _ = examples.staff()
    (frozen, _), tables = freeze_data(munro, by=ann, now=AT), few(munro)
    release = examples.release_of(munro, tables, by=ann, extract=frozen.digest)
    Return.objects.filter(pk=munro.returns.in_frame().submitted()[:1].get().pk).update(submitted_version=None)
    assert response_of(munro, now=AT).returns == 56

    found = sources_of_release(release, now=OUT, tables=tables).response

    rates = next(table for table in tables if table.kind == "response_rate")
    whole = next(row.id for row in rates.rows if row.total)
    assert found.returns == rates.cells[whole, "returns"].count == 57
    assert (found.returns, found.boards, found.boards_named) == (57, 148, response_of(munro, now=AT).boards_named + 1)
    assert response_words(release, unit="boards").startswith("57 of 148 boards ")
