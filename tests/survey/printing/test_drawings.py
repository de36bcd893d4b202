"""Tests of drawings in printed documents: taken out as pictures, with their words set as whole lines."""

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from weasyprint import HTML

from survey.printing.drawings import part
from survey.printing.fetching import BASE_URL, AssetFetcher
from survey.printing.plain_drawings import draw_plainly

pytestmark = pytest.mark.pure

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" class="wide" viewBox="0 0 200 60" width="200" height="60" font-size="10">'
    '<title id="t">Boards &amp; answers</title><desc>More</desc><text x="{x}" y="20"{how}>Waverley</text></svg>'
)


def _start_of(how: str, *, x: int) -> float:
    parted = part(f'<html lang="en"><style>@page {{ margin: 0 }} body {{ margin: 0 }}</style>{_drawing(how, x=x)}')
    fetcher = AssetFetcher(Path(), parted.drawings)
    draw_plainly()
    pdf = HTML(string=parted.html, base_url=BASE_URL, url_fetcher=fetcher).write_pdf()
    found: dict[str, float] = {}

    def note(text: str, current: list[float], matrix: list[float], *_: object) -> None:
        found[text.strip()] = matrix[4]

    PdfReader(BytesIO(pdf)).pages[0].extract_text(visitor_text=note)
    return found["Waverley"]  # one string, not eight letters


def _drawing(how: str = "", *, x: int = 0) -> str:
    return DRAWING.format(x=x, how=how)


def _untitled(drawing: str) -> bytes:
    return drawing.replace('<title id="t">Boards &amp; answers</title>', "").replace(' class="wide"', "").encode()


def test_a_drawing_becomes_a_picture_of_its_title_and_style() -> None:
    parted = part(f"<p>Before</p>{_drawing()}<p>Between</p>{_drawing(x=9)}")
    assert parted.html == (
        '<p>Before</p><img src="drawing-1.svg" alt="Boards &amp; answers" class="wide">'
        '<p>Between</p><img src="drawing-2.svg" alt="Boards &amp; answers" class="wide">'
    )
    assert parted.drawings == {"drawing-1.svg": _untitled(_drawing()), "drawing-2.svg": _untitled(_drawing(x=9))}


def test_a_drawing_without_a_title_stays_where_it_is() -> None:
    html = '<p><svg class="tick"><path d="M0 0"/></svg></p>'
    assert part(html).html == html


def test_words_stand_before_around_and_after_their_place() -> None:
    start = _start_of("", x=100)
    middle, end = _start_of(' text-anchor="middle"', x=100), _start_of(' text-anchor="end"', x=100)
    assert start > middle > end
    assert start - middle == pytest.approx(middle - end, abs=0.01)
