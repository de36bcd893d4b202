"""Whatever a template, a quote or a title contains: nothing is fetched, no file of the machine enters the document."""

import http.server
import io
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from analysis.core.document import DocumentError, parse
from analysis.core.document.blocks import Block, Document, Items, Notice, Paragraph, Quotes, Words
from analysis.outputs.report_pdf import build_report
from tests.analysis.outputs.reports import document_2012

pytestmark = pytest.mark.pure

SECRET = "canary-4711"


@pytest.fixture
def calls() -> Iterator[tuple[str, list[str]]]:
    """The address of a server on this machine, and what it was asked for."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


def hostile_words(address: str, file: Path) -> list[str]:
    targets = (address, f"file://{file}", "data:text/html,x", "//127.0.0.1/x")
    return [
        shape.format(target)
        for target in targets
        for shape in (
            '<img src="{}">',
            '<link rel="attachment" href="{}">',
            '<link rel="stylesheet" href="{}">',
            "<style>@import url('{}'); body {{background: url('{}')}}</style>".replace("'{}')}}", "x')}}"),
            '<svg xmlns="http://www.w3.org/2000/svg"><title>x</title><image href="{}"/></svg>',
            '<a rel="attachment" href="{}">x</a>',
            '<object data="{}"></object><iframe src="{}"></iframe>'.replace('"{}"></iframe', '"x"></iframe'),
        )
    ]


def with_words(document: Document, words: list[str]) -> Document:
    """The words in every place of a document that holds words of people."""
    lines = tuple((Words(each),) for each in words)
    blocks: list[Block] = [Items(lines), Quotes(words[0], tuple(words), words[1])]
    blocks += [*map(Paragraph, lines), *map(Notice, lines)]
    cover = replace(document.cover, subtitle=" ".join(words), source=words[0], lines=tuple(words), running=words[2])
    return replace(document, cover=cover, blocks=(*document.blocks, *blocks))


def test_words_are_printed_and_nothing_is_fetched(calls: tuple[str, list[str]], tmp_path: Path) -> None:
    address, asked = calls
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET, encoding="utf-8")
    document = with_words(document_2012("# Only this\n\nText.\n"), hostile_words(address, secret))
    pdf = build_report(document, progress=lambda *_: None)
    assert asked == []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert not opened.attachments
        content = b"".join(
            found.read_bytes()
            for found in opened.objects
            if isinstance(found, pikepdf.Stream) and "/Width" not in found
        )
    assert SECRET.encode() not in content + pdf


@pytest.mark.parametrize(
    "target", ["http://127.0.0.1:9/x", "file:///etc/passwd", "data:image/png;base64,AAAA", "x.svg"]
)
@pytest.mark.parametrize("shape", ["![x]({})", "![x][1]\n\n[1]: {}", '<img src="{}">', "<svg><image href='{}'/></svg>"])
def test_a_template_that_asks_for_something_outside_is_refused(shape: str, target: str) -> None:
    with pytest.raises(DocumentError):
        parse(f"---\ntitle: A\n---\n# A\n\n{shape.format(target)}\n")
