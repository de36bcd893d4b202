"""Tests of the questionnaire to take away: its tags in PDF, its heads and boxes in Word, and who may have it."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from itertools import pairwise
from types import SimpleNamespace
from typing import cast

import docx
import pikepdf
import pytest
from django.test import Client
from docx.oxml.ns import qn

from respondents.copies.blank import BlankCopy, blank_copy
from respondents.copies.press import printed, printed_once
from respondents.copies.word import written
from respondents.returns.models import Return, Save
from survey.models import Wave
from survey.schema.document import Questionnaire, load
from tests import builders
from tests.pdf_tags import elements_in, heading_levels, heads_of, tagged, text_of
from tests.respondents.portal.conftest import KINDS, Portal

pytestmark = pytest.mark.once

TITLE = "Survey of LSCB chairs on responding to the Munro Review, February 2012"


def wave_of(document: str) -> Wave:
    """As much of a wave as a copy needs, without a database."""
    times = {"opens_at": datetime(2012, 2, 1, 9, tzinfo=UTC), "closes_at": datetime(2012, 3, 2, 17, tzinfo=UTC)}
    return cast("Wave", SimpleNamespace(title="Survey of chairs", questionnaire=load(document), **times))


def copy_of(document: str, *, demonstration: bool = False) -> BlankCopy:
    return blank_copy(wave_of(document), demonstration=demonstration)


@cache
def questionnaire() -> Questionnaire:
    return load(builders.MUNRO.read_text(encoding="utf-8"))


@cache
def pdf_2012() -> bytes:
    return printed("respondents/copies/blank.html", copy_of(builders.MUNRO.read_text(encoding="utf-8")))


@cache
def word_2012() -> bytes:
    return written(copy_of(builders.MUNRO.read_text(encoding="utf-8")))


def words_of(document: bytes) -> str:
    """Every run of text in the document, those of tables and controls with the rest."""
    body = docx.Document(io.BytesIO(document)).element.body
    return " ".join("".join(text.text or "" for text in each.iter(qn("w:t"))) for each in body.iter(qn("w:p")))


@pytest.fixture
def pdf() -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(pdf_2012())) as opened:
        yield opened


# --- PDF ------------------------------------------------------------------------------------------------------
@pytest.mark.pure
def test_pdf_is_tagged_and_says_its_language_and_title(pdf: pikepdf.Pdf) -> None:
    assert bool(pdf.Root.MarkInfo.Marked)
    assert str(pdf.Root.Lang) == "en-GB"
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert str(pdf.docinfo["/Title"]) == TITLE
    with pdf.open_metadata() as metadata:
        assert metadata["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"


@pytest.mark.pure
def test_pdf_has_a_heading_for_each_section_and_question_and_skips_none(pdf: pikepdf.Pdf) -> None:
    levels = heading_levels(pdf)
    sections, questions = len(questionnaire().sections), len(questionnaire().questions)
    assert (levels.count(1), levels.count(2), levels.count(3)) == (1, sections, questions)
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.pure
def test_bookmarks_of_the_pdf_are_sections_and_questions(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        (title,) = outline.root
        assert [item.title for item in title.children] == [section.title for section in questionnaire().sections]
        assert title.children[0].children[0].title.startswith("A1 Which")


@pytest.mark.pure
def test_every_box_in_a_grid_is_tied_to_its_agency_or_statement_and_its_answer(pdf: pikepdf.Pdf) -> None:
    tables = tagged(pdf, "/Table")
    batteries = [each for each in questionnaire().questions if each.kind.endswith("battery")]
    assert len(tables) == len(batteries)
    for table, question in zip(tables, batteries, strict=True):
        cells = elements_in(table, "/TD")
        scale = question.items[0].scale
        assert scale is not None
        assert len(cells) == len(question.items) * len(scale.options)
        assert {len(heads_of(cell)) for cell in cells} == {2}


@pytest.mark.pure
def test_pdf_holds_every_wording_label_and_condition() -> None:
    flat = re.sub(r"\s+", "", text_of(pdf_2012()))
    words = [*(each.wording for each in questionnaire().questions)]
    words += [each.label for each in questionnaire().items.values()]
    words.append("Answer this only if you answered ‘Yes’ to F1.")
    assert [word for word in words if re.sub(r"\s+", "", word) not in flat] == []


@pytest.mark.pure
def test_every_page_of_a_demonstration_says_so() -> None:
    assert "Demonstration" not in text_of(pdf_2012())
    content = printed("respondents/copies/blank.html", copy_of(KINDS, demonstration=True))
    with pikepdf.open(io.BytesIO(content)) as opened:
        pages = len(opened.pages)
    text = text_of(content)
    assert text.count("Demonstration: no answer given here is used for anything.") == pages


# --- Word -----------------------------------------------------------------------------------------------------
@pytest.mark.pure
def test_word_document_says_its_title_and_language_and_has_real_headings() -> None:
    document = docx.Document(io.BytesIO(word_2012()))
    assert (document.core_properties.title, document.core_properties.language) == (TITLE, "en-GB")
    assert {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))} == {"en-GB"}
    headings = [each for each in document.paragraphs if each.style is not None and "Heading" in str(each.style.name)]
    levels = [int(str(each.style.name)[-1]) for each in headings if each.style is not None]
    assert levels[0] == 1
    assert levels.count(2) == len(questionnaire().sections) + 1
    assert levels.count(3) == len(questionnaire().questions)
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.pure
def test_every_grid_of_the_word_document_marks_its_heads_and_has_a_box_in_each_cell() -> None:
    document = docx.Document(io.BytesIO(word_2012()))
    batteries = [each for each in questionnaire().questions if each.kind.endswith("battery")]
    assert len(document.tables) == len(batteries)
    for table, question in zip(document.tables, batteries, strict=True):
        assert [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows] == [
            True,
            *[False] * len(question.items),
        ]
        look = table._tbl.tblPr.find(qn("w:tblLook"))
        assert (look.get(qn("w:firstRow")), look.get(qn("w:firstColumn"))) == ("1", "1")
        assert table._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val")) == question.wording
        boxes = [len(list(cell._tc.iter(qn("w:sdt")))) for row in table.rows[1:] for cell in row.cells[1:]]
        assert set(boxes) == {1}


@pytest.mark.pure
def test_every_control_of_the_word_document_has_a_name_and_a_number_of_its_own() -> None:
    body = docx.Document(io.BytesIO(word_2012())).element.body
    numbers = [each.get(qn("w:val")) for each in body.iter(qn("w:id"))]
    names = [each.get(qn("w:val")) for each in body.iter(qn("w:alias"))]
    assert len(numbers) == len(set(numbers)) == len(names)
    assert [name for name in names if not name or len(name) > 64] == []


@pytest.mark.pure
def test_word_document_holds_every_wording_option_and_condition() -> None:
    text = words_of(word_2012())
    words = [each.wording for each in questionnaire().questions]
    words += [option.label for each in questionnaire().items.values() if each.scale for option in each.scale.options]
    words.append("Answer this only if you answered ‘Yes’ to F1.")
    assert [word for word in words if word not in text] == []


@pytest.mark.pure
def test_authors_text_is_written_and_not_obeyed_in_word() -> None:
    hostile = '<w:instrText>INCLUDETEXT "http://127.0.0.1/"</w:instrText> { HYPERLINK x }'
    document = KINDS.replace("How many staff?", f"'{hostile}'")
    content = written(copy_of(document))
    assert "{ HYPERLINK x }" in words_of(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        text = archive.read("word/document.xml").decode()
        relations = archive.read("word/_rels/document.xml.rels").decode()
    assert "<w:instrText" not in text
    assert "External" not in relations


# --- Doors ----------------------------------------------------------------------------------------------------
KINDS_OF_FILE = {
    "questions.pdf": ("application/pdf", b"%PDF-"),
    "questions.docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK"),
}


@pytest.mark.parametrize("name", KINDS_OF_FILE)
def test_questions_are_handed_over_without_starting_the_return(kinds: Portal, name: str) -> None:
    answer = kinds.get(f"copies/{name}")

    content_type, begins = KINDS_OF_FILE[name]
    assert (answer.status_code, answer["Content-Type"]) == (200, content_type)
    assert answer["Content-Disposition"] == f'attachment; filename="munro-2012-{name}"'
    assert answer.content.startswith(begins)
    assert (Save.objects.count(), kinds.stored().version) == (0, 0)


def test_questions_are_printed_once_for_all_processes(kinds: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    printed_once.cache_clear()
    first = kinds.get("copies/questions.pdf").content
    printed_once.cache_clear()  # another process
    monkeypatch.setattr("respondents.copies.press._print", lambda _: b"printed again")
    assert kinds.get("copies/questions.pdf").content == first
    printed_once.cache_clear()
    monkeypatch.setattr("respondents.copies.press._styles", lambda: b"new styles")
    assert kinds.get("copies/questions.pdf").content == b"printed again"
    printed_once.cache_clear()


@pytest.mark.parametrize("page", ["", "all-questions/"])
@pytest.mark.parametrize("name", KINDS_OF_FILE)
def test_questions_are_linked_from_task_list_and_reading_page(portal: Portal, page: str, name: str) -> None:
    assert f'href="{portal.url(f"copies/{name}")}"' in portal.text(page)


@pytest.mark.parametrize("name", KINDS_OF_FILE)
def test_questions_of_another_boards_return_are_not_found(portal: Portal, name: str, client: Client) -> None:
    stranger = builders.person("stranger@example.org")
    client.force_login(stranger)
    assert portal.get(f"copies/{name}").status_code == 404
    assert Return.objects.visible_to(stranger, now=builders.NOW).count() == 0
