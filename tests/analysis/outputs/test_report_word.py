"""Tests of the report as a Word document: what Word must find in it to list, number, repeat and read it aloud."""

import io
import re
import zipfile
from functools import cache

import docx
import pytest
from lxml import etree

from analysis.core.document.blocks import Document, Footnote, Items, Link, NoteMark, Paragraph, Quotes, Words
from analysis.outputs.report_word import make_word
from tests.analysis.outputs.readers.word import W, word_2012
from tests.analysis.outputs.reports import document_2012

pytestmark = pytest.mark.pure

WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
HOSTILE = "=cmd|'/c calc'!A1 <script>alert(1)</script> {{ secret }} {table_5.agree:of} \x07\ud800\u202e " + "x" * 500


def make(document: Document) -> bytes:
    return make_word(document, lambda *_: None)


def part(content: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


@cache
def body() -> etree._Element:
    return part(word_2012(), "word/document.xml")


def only(*blocks: object, footnotes: tuple[Footnote, ...] = ()) -> Document:
    made = document_2012("# Only this\n\nNothing to report.\n")
    return Document(cover=made.cover, blocks=tuple(blocks), footnotes=footnotes)  # type: ignore[arg-type]


def test_the_same_document_is_the_same_bytes() -> None:
    document = only(Paragraph((Words("One"),)))
    assert make(document) == make(document)


def test_title_and_language_are_said() -> None:
    properties = docx.Document(io.BytesIO(word_2012())).core_properties
    assert (properties.title, properties.language) == (document_2012().cover.title, "en-GB")
    assert {each.get(f"{W}val") for each in part(word_2012(), "word/styles.xml").iter(f"{W}lang")} == {"en-GB"}


def test_headings_are_headings_and_skip_no_level() -> None:
    styles = [p.style.name for p in docx.Document(io.BytesIO(word_2012())).paragraphs if p.style is not None]
    levels = [int(name[-1]) for name in styles if re.fullmatch(r"Heading \d", name or "")]
    expected = [heading.level - 1 for heading in document_2012().headings]
    assert levels == [*expected, 1]  # the references come last


def test_captions_are_numbered_by_fields_that_say_our_numbers() -> None:
    told = [each.text for each in body().iter(f"{W}instrText") if " SEQ " in (each.text or "")]
    tables = [block.table.number for block in document_2012().tables]
    assert [int(text.split()[-1]) for text in told if "Table" in text] == tables
    assert [int(text.split()[-1]) for text in told if "Figure" in text] == list(range(1, 13))


def test_every_field_that_begins_ends() -> None:
    kinds = [each.get(f"{W}fldCharType") for each in body().iter(f"{W}fldChar")]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end") > 22


def test_every_link_within_leads_to_a_place_that_is_there_once() -> None:
    places = [each.get(f"{W}name") for each in body().iter(f"{W}bookmarkStart")]
    wanted = {each.get(f"{W}anchor") for each in body().iter(f"{W}hyperlink")} - {None}
    assert len(places) == len(set(places))
    assert wanted <= set(places)
    assert len(wanted) > 30


def test_heads_of_tables_are_repeated_and_rows_are_not_split() -> None:
    for table in body().iter(f"{W}tbl"):
        rows = table.findall(f"{W}tr")
        assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        assert table.find(f"{W}tblPr/{W}tblDescription").get(f"{W}val")


def test_every_chart_says_in_words_what_it_shows() -> None:
    told = [each.get("descr") or "" for each in body().iter(f"{WP}docPr")]
    assert len(told) == 12
    assert all(re.search(r"\d+ of \d+|\d+%", text) for text in told)


def test_a_wide_table_lies_on_its_side_and_the_text_stands() -> None:
    sides = [each.get(f"{W}orient") for each in body().iter(f"{W}pgSz")]
    assert sides[0] in (None, "portrait")
    assert sides[-1] in (None, "portrait")
    assert "landscape" in sides


def test_footnotes_are_footnotes() -> None:
    called = [int(each.get(f"{W}id")) for each in body().iter(f"{W}footnoteReference")]
    notes = part(word_2012(), "word/footnotes.xml")
    there = {int(each.get(f"{W}id")): "".join(each.itertext()).strip() for each in notes}
    assert set(called) == {note.number for note in document_2012().footnotes}
    assert {number: there[number] for number in called} == {
        note.number: "".join(getattr(each, "text", "") for each in note.line) for note in document_2012().footnotes
    }


def test_numbered_lists_each_begin_with_one() -> None:
    line = (Words("first"),)
    made = make(only(Items((line, line), is_ordered=True), Paragraph(line), Items((line,), is_ordered=True)))
    numbers = [each.get(f"{W}val") for each in part(made, "word/document.xml").iter(f"{W}numId")]
    assert len(numbers) == 3
    assert numbers[0] == numbers[1] != numbers[2]


def test_whatever_is_typed_is_text_and_nothing_leads_out_of_the_file_but_its_links() -> None:
    blocks = (
        Paragraph((Words(HOSTILE), Link("Guidance", "https://example.org/a?b=1&c=2"), NoteMark("note", 1))),
        Quotes(HOSTILE, (HOSTILE,), HOSTILE),
    )
    made = make(only(*blocks, footnotes=(Footnote("note", 1, (Words(HOSTILE),)),)))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        names = archive.namelist()
        relations = b"".join(archive.read(name) for name in names if name.endswith(".rels"))
    assert not [name for name in names if "vba" in name.lower() or name.endswith(".bin")]
    assert re.findall(rb'Target="([^"]+)" TargetMode="External"', relations) == [b"https://example.org/a?b=1&amp;c=2"]
    text = "".join(part(made, "word/document.xml").itertext())
    assert text.count("<script>alert(1)</script> {{ secret }} {table_5.agree:of} [U+0007][U+D800]") == 4
