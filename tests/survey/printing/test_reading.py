"""Documents are read as HTML asks, whoever reads them; what was set before comes out the same."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

import pytest
import tinyhtml5  # type: ignore[import-untyped]
from weasyprint.text.line_break import Layout

from survey.printing.pdf import print_pdf
from survey.printing.reading import tree_of

pytestmark = pytest.mark.pure

PAGE = """<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8">
<title>Boards &amp; answers</title><style>p > b { margin: 0 }</style></head>
<body><h1 id=top class="a b">Café &ldquo;x&rdquo; &#8217; &lt;b&gt;</h1><p>One<p>two <b>three</b><br>four
<img src="a.svg" alt="it&#39;s">
<ul><li>five<li>six</ul><pre>
 seven  eight</pre><table><caption>c</caption>
<colgroup><col class="x"></colgroup><thead><tr><th scope="col">A</th></tr></thead>
<tbody><tr><td colspan="2">CELLS</td></tr></tbody></table></body></html>"""
SET = PAGE.replace('<img src="a.svg" alt="it&#39;s">', "")
ROWS = "<table><tr><td>1<td>2</table>"
DRAWN = '<p><svg viewBox="0 0 1 1"><path d="M0 0"/></svg></p>'


def _flat(element: Element) -> Iterator[tuple[str, dict[str, str], str, str]]:
    yield str(element.tag), dict(element.attrib), (element.text or "").strip("\n "), (element.tail or "").strip("\n ")
    for each in element:
        yield from _flat(each)


@pytest.mark.parametrize("html", [PAGE, ROWS, DRAWN, "<p>a\0b"])
def test_a_document_is_read_as_html_asks(html: str) -> None:
    assert [*_flat(tree_of(html))] == [*_flat(tinyhtml5.parse(html, namespace_html_elements=False))]


def test_what_was_set_before_comes_out_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    first, other = SET.replace("CELLS", "Agree, " * 40), SET.replace("CELLS", "Disagree, " * 40)
    before = print_pdf(first, stylesheet="copies.css")
    assert print_pdf(other, stylesheet="copies.css") != before
    monkeypatch.delattr(Layout, "setup")  # without which no line can be set anew
    assert print_pdf(first, stylesheet="copies.css") == before
