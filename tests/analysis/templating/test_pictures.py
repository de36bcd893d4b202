"""Pictures that a report names: sent in, asked for, shown in every form."""

import io
import re
import zipfile
from dataclasses import replace
from html import unescape

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import AuditEntry, Role
from analysis.core.document import fill, lint, parse
from analysis.core.document.blocks import Document, PictureBlock
from analysis.core.document.material import Material
from analysis.core.house_style import Picture
from analysis.outputs.document_pages import document_page
from analysis.outputs.report_material import material_of
from analysis.outputs.report_pdf import build_report
from analysis.outputs.report_web import make_web
from analysis.outputs.report_word import make_word
from analysis.templating.models import ReportPicture
from analysis.templating.picturing import pictures_at
from survey.models import Wave
from tests.analysis.house_style.pictures import SVG, file_of
from tests.analysis.outputs.reports import sources_2012
from tests.builders import NOW, person, sign_in, wave

TEXT = "---\ntitle: A report\n---\n# Where\n\nThe nine regions.\n\n::: picture regions\n"
SHOWS = "A map of the nine regions; London is the smallest"
PICTURE = Picture(file_of("JPEG", mode="RGB"), "jpeg", 90, 26, "cd" * 32, SHOWS)


def material(words: str = SHOWS) -> Material:
    shown = {"regions": PictureBlock(replace(PICTURE, words=words), "The regions")}
    return replace(material_of(sources_2012()), pictures=shown)


def document() -> Document:
    return fill(parse(TEXT), material())


@pytest.mark.pure
def test_every_format_shows_it_with_its_words() -> None:
    with pikepdf.open(io.BytesIO(build_report(document(), progress=lambda *_: None))) as tagged:
        elements = [each for each in tagged.objects if isinstance(each, pikepdf.Dictionary)]
        assert SHOWS in [str(each.Alt) for each in elements if each.get("/S") == "/Figure"]
    assert f'<img src="/pictures/{"cd" * 32}/" alt="{SHOWS}"' in make_web(document(), lambda *_: None).decode()
    with zipfile.ZipFile(io.BytesIO(make_word(document(), lambda *_: None))) as file:
        assert f'descr="{SHOWS}"' in file.read("word/document.xml").decode()
        assert PICTURE.content in [file.read(name) for name in file.namelist() if name.startswith("word/media/")]


@pytest.mark.pure
@pytest.mark.parametrize(
    ("text", "words", "said"),
    [
        (TEXT.replace("regions\n", "region\n"), SHOWS, ("T064", 8, "There is no picture region.")),
        (TEXT, " ", ("T065", 8, "The picture regions says nothing to people who cannot see it.")),
    ],
)
def test_one_that_is_not_there_or_says_nothing_is_told_with_its_line(
    text: str, words: str, said: tuple[str, int, str]
) -> None:
    (problem,) = lint(parse(text), material(words))
    assert (problem.id, problem.line, problem.message) == said
    assert not list(fill(parse(text), material(words)).pictures)


NUMBERED = """---
title: A report
---
# Where

{picture regions} lies between {chart table_1} and {chart table_2}.

::: chart table_1

::: picture regions

::: chart table_2
"""


@pytest.mark.pure
def test_one_with_a_title_is_a_figure_among_the_others_in_every_format() -> None:
    found = fill(parse(NUMBERED), material())
    page = document_page(found)
    titles = [each.label for each in page.figures]
    assert (titles[1], len(titles)) == ("2. The regions", 3)

    assert not lint(parse(NUMBERED), material())
    web = make_web(found, lambda *_: None).decode()
    assert '<a href="#figure-2">Figure\u00a02</a> lies between' in web
    assert '<figure class="picture" id="figure-2"><figcaption class="chart-title">' in web
    assert re.findall(r'chart-number">Figure (\d)', web) == ["1", "2", "3"]
    with zipfile.ZipFile(io.BytesIO(make_word(found, lambda *_: None))) as file:
        words = "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)", file.read("word/document.xml").decode()))
    assert words.count("Figure 2. The regions") == 2


@pytest.mark.pure
@pytest.mark.parametrize(
    ("title", "text", "said"),
    [
        ("", NUMBERED, "The picture regions has no number."),
        ("The regions", NUMBERED.replace("::: picture regions\n", ""), "The picture regions is not printed."),
        ("The regions", NUMBERED.replace("{picture regions}", "{picture region}"), "There is no picture region."),
    ],
)
def test_a_sentence_that_leads_to_a_picture_without_a_number_is_told(title: str, text: str, said: str) -> None:
    given = replace(material(), pictures={"regions": PictureBlock(PICTURE, title)})
    assert [problem.message for problem in lint(parse(text), given)] == [said]


@pytest.fixture
def asked(db: None) -> Wave:
    return wave()


@pytest.fixture
def ann(asked: Wave, client: Client) -> Client:
    return sign_in(client, person("ann@example.org", role=Role.ANALYST))


def sent(client: Client, *, status: int = 200, content: bytes = b"", **changes: str) -> str:
    said = {"name": "regions", "words": SHOWS, "title": "The regions", **changes}
    response = client.post(
        "/waves/munro-2012/report/text/pictures/",
        {**said, "picture": SimpleUploadedFile("regions.png", content or file_of())},
    )
    assert response.status_code == status
    return unescape(response.content.decode())


@pytest.mark.once
def test_it_is_kept_recorded_and_replaced_by_the_next_of_its_name(ann: Client, asked: Wave) -> None:
    sent(ann, status=303)
    assert AuditEntry.objects.filter(act="report.picture_added").count() == 1
    first = ReportPicture.objects.get()
    sent(ann, status=303, words="Another map")

    assert pictures_at(asked, first.added_at)["regions"].picture.words == SHOWS
    last = ReportPicture.objects.latest("pk")
    assert pictures_at(asked, last.added_at)["regions"].picture.words == "Another map"
    assert not pictures_at(asked, NOW)
    shown = ann.get("/waves/munro-2012/report/text/pictures/").content.decode()
    assert "::: picture regions" in shown
    assert "It shows: Another map" in shown


@pytest.mark.once
def test_what_is_wrong_is_said_beside_the_field(ann: Client) -> None:
    assert "This is an SVG." in sent(ann, content=SVG)
    assert "Say what the picture shows" in sent(ann, words="")
    assert "Use small letters, digits and hyphens" in sent(ann, name="Regions & more")
    assert not ReportPicture.objects.exists()
