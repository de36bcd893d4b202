"""A report in a house style, in every form that it takes."""

import io
import re
import zipfile
from dataclasses import replace
from functools import cache

import pikepdf
import pytest
from pypdf import PdfReader

from analysis.core.document.blocks import Document
from analysis.core.house_style import HouseStyle, Picture
from analysis.outputs.document_pages import document_page
from analysis.outputs.report_pdf import build_report
from analysis.outputs.report_web import make_web
from analysis.outputs.report_word import make_word
from tests.analysis.house_style.pictures import file_of
from tests.analysis.outputs.reports import document_2012

pytestmark = pytest.mark.pure
NAME, WHOM, SAID = "Department for <Children> & Families", "surveys@example.gov.uk", "The name of the department"
STYLE = HouseStyle(
    number=3,
    department=NAME,
    contact=WHOM,
    main="#00703C",
    accent="#FFDD00",
    logo=Picture(file_of(), "png", 90, 26, "ab" * 32, SAID),
)


def styled() -> Document:
    document = document_2012("# How\n\n{rate} made a return.\n\n::: table table_5\n")
    return replace(document, cover=replace(document.cover, house=STYLE))


@cache
def pdf() -> bytes:
    return build_report(styled(), progress=lambda *_: None)


def test_the_pdf_names_the_department_and_shows_its_logo_with_words() -> None:
    file = PdfReader(io.BytesIO(pdf()))
    cover, second = (file.pages[place].extract_text() for place in (0, 1))
    assert NAME in cover
    assert f"Published by {NAME}. Questions to {WHOM}." in " ".join(cover.split())
    assert NAME in second
    assert len(file.pages[0].images) == 1 + len(PdfReader(io.BytesIO(plain_pdf())).pages[0].images)
    with pikepdf.open(io.BytesIO(pdf())) as tagged:
        elements = [each for each in tagged.objects if isinstance(each, pikepdf.Dictionary)]
        told = [str(each.Alt) for each in elements if each.get("/S") == "/Figure"]
    assert SAID in told


@cache
def plain_pdf() -> bytes:
    document = styled()
    return build_report(replace(document, cover=replace(document.cover, house=HouseStyle())), progress=lambda *_: None)


def test_the_same_style_is_the_same_bytes_and_the_plain_look_is_untouched() -> None:
    assert build_report(styled(), progress=lambda *_: None) == pdf()
    assert pdf() != plain_pdf()


def test_the_squares_on_the_cover_are_in_the_main_colour() -> None:
    assert {each.fill for each in document_page(styled()).mosaic.rects} == {STYLE.main, "#E3E6E8"}


def test_the_web_page_leads_to_colours_and_logo_and_has_no_style_of_its_own() -> None:
    html = make_web(styled(), lambda *_: None).decode()
    assert '<link rel="stylesheet" href="/house-style/3.css">' in html
    assert f'<img src="/pictures/{"ab" * 32}/" alt="{SAID}" width="90" height="26">' in html
    assert "Department for &lt;Children&gt; &amp; Families" in html
    assert "style=" not in html
    assert "<style" not in html


def test_the_word_file_has_name_logo_and_colours() -> None:
    made = make_word(styled(), lambda *_: None)
    assert made == make_word(styled(), lambda *_: None)
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        body, styles = file.read("word/document.xml").decode(), file.read("word/styles.xml").decode()
        assert any(name.startswith("word/media/") for name in file.namelist())
    assert 'w:fill="00703C"' in body
    assert f'descr="{SAID}"' in body
    assert WHOM in body
    assert len(re.findall('w:color w:val="00703C"', styles)) >= 5
    assert 'w:top w:val="single" w:sz="12" w:color="00703C"' in body
