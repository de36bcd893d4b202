"""No request leaves the builder and no file of the machine enters a document, whatever the texts in it contain.

A server listens and a file lies ready; texts that would reach for both stand wherever a person can type.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path
from socket import create_connection, create_server, socket
from typing import Any

import pikepdf
import pytest
from lxml import etree
from pypdf import PdfReader

from analysis.core.document import DocumentError, parse
from analysis.core.document.blocks import Document, Footnote, Line, Link, Quotes, Reference, Words
from analysis.outputs.report_pdf import build_report
from analysis.outputs.report_word import make_word
from survey.printing.pdf import PrintingError, print_pdf
from tests.analysis.outputs.reports import document_2012

pytestmark = pytest.mark.pure
SECRET = "nobody may read this 7f3a"
# What the product decides by, and no person types.
DECIDED = {"id", "language", "kind", "marker", "measure", "measures", "value", "token", "to", "note_id", "erratum"}
DECIDED |= {"main", "accent"}  # colours, which a style refuses to be anything else
HEAD = "---\ntitle: A report\n---\n# Chapter\n\n"
REACHES = (
    '<img src="{address}">',
    '<img src="{file}">',
    '<link rel="stylesheet" href="{address}">',
    '<link rel="attachment" href="{file}">',
    '<a rel="attachment" href="{file}">x</a>',
    '<object data="{file}"></object>',
    '<embed src="{address}">',
    '<iframe src="{file}"></iframe>',
    '<svg xmlns:xlink="http://www.w3.org/1999/xlink"><image href="{file}" xlink:href="{address}"/></svg>',
    '<svg><use href="{address}#x"/><style>@import "{address}";</style></svg>',
    "<style>@import url({address}); @font-face {{ font-family: x; src: url({file}) }}</style>",
    '<p style="background: url({address}); list-style-image: url({file})">x</p>',
    "<style>p::before {{ content: url({file}) }} @page {{ background: url({address}) }}</style>",
    '<img src="data:image/svg+xml,%3Csvg%3E%3Cimage href=%22{file}%22/%3E%3C/svg%3E">',
    '<base href="{address}"><img src="x.png">',
    '<meta http-equiv="refresh" content="0;url={address}">',
    '<!DOCTYPE x [<!ENTITY e SYSTEM "{file}">]><p>&e;</p>',
    '<?xml-stylesheet href="{address}"?>',
    '<script src="{address}"></script>',
    '<input type="image" src="{address}">',
    '<video poster="{address}"></video>',
)


@dataclass(frozen=True)
class Canary:
    """A server that nobody may ask, and a file that nobody may read."""

    server: socket
    file: Path

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.getsockname()[1]}/x"

    def reaches(self) -> list[str]:
        return [each.format(address=self.address, file=self.file.as_uri()) for each in REACHES]

    def sings(self, pdf: bytes = b"") -> str:
        """What went wrong; nothing if all is well."""
        self.server.setblocking(False)
        try:
            self.server.accept()[0].close()
        except BlockingIOError:
            return "The file was read." if any(SECRET.encode() in each for each in _everything(pdf)) else ""
        return "The server was asked."


@pytest.fixture
def canary(tmp_path: Path) -> Iterator[Canary]:
    file = tmp_path / "canary.svg"
    file.write_text(f'<svg xmlns="http://www.w3.org/2000/svg"><title>{SECRET}</title><text>{SECRET}</text></svg>')
    with create_server(("127.0.0.1", 0)) as server:
        yield Canary(server, file)


def _everything(pdf: bytes) -> Iterator[bytes]:
    """Every object of the file, unpacked."""
    yield pdf
    if pdf:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            for each in opened.objects:
                if isinstance(each, pikepdf.Stream):
                    yield each.read_bytes()
                elif isinstance(each, pikepdf.Dictionary):
                    yield each.unparse()
            yield "".join(_words(opened)).encode()


def _words(opened: pikepdf.Pdf) -> Iterator[str]:
    target = io.BytesIO()
    opened.save(target)
    yield from (page.extract_text() for page in PdfReader(target).pages)


def _poisoned(value: Any, poison: str) -> Any:  # noqa: ANN401 -- values of every kind
    """The same with every text in it, however deep, followed by the poison."""
    if isinstance(value, str):
        return f"{value} {poison}"
    if isinstance(value, tuple):
        return tuple(_poisoned(each, poison) for each in value)
    if isinstance(value, Mapping):
        return {key: _poisoned(each, poison) for key, each in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        typed = [field.name for field in fields(value) if field.name not in DECIDED]
        return replace(value, **{name: _poisoned(getattr(value, name), poison) for name in typed})
    return value


def _line(text: str) -> Line:
    return (Words(text), Link(text, "https://example.org/"))


def _a_bit_of_everything() -> Document:
    """The report of 2012 with one block of every kind, and what it lacks itself."""
    whole = document_2012()
    small = sorted(whole.blocks, key=lambda block: len(block.table.cells) if hasattr(block, "table") else 0)
    kinds = {type(block): block for block in reversed(small)}
    quotes = Quotes("What would help?", ("Less of it",), "LSCB Chair")
    return replace(
        whole,
        blocks=(*(block for block in whole.blocks if kinds[type(block)] is block), quotes),
        footnotes=(Footnote("n1", 1, _line("A note")),),
        references=(Reference("munro", _line("A reference")),),
    )


def test_texts_that_reach_for_files_and_servers_are_printed_as_words(canary: Canary) -> None:
    poison = " ".join(canary.reaches()[::5])
    pdf = build_report(_poisoned(_a_bit_of_everything(), poison), progress=lambda *_: None)

    assert canary.sings(pdf) == ""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert all(name.endswith(".csv") for name in opened.attachments)
        assert set(_links(opened)) <= {"https://example.org/"}


def _links(opened: pikepdf.Pdf) -> Iterator[str]:
    for each in opened.objects:
        if isinstance(each, pikepdf.Dictionary) and "/URI" in each and each.get("/S") == pikepdf.Name.URI:
            yield str(each["/URI"])


def test_a_word_document_leads_nowhere_but_where_its_links_lead(canary: Canary) -> None:
    """Word fetches whatever a relationship or a field names, when the file is opened."""
    poison = " ".join([*canary.reaches()[::5], f'INCLUDEPICTURE "{canary.file.as_uri()}"', f"{{{canary.address}}}"])
    content = make_word(_poisoned(_a_bit_of_everything(), poison), lambda *_: None)

    assert canary.sings() == ""
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    assert not any(SECRET.encode() in part for part in parts.values())
    targets = list(_targets(parts))
    assert {target for target, is_outside in targets if is_outside} == {"https://example.org/"}
    told = {word for part in parts.values() for word in _fields(part)}
    assert {"TOC", "SEQ"} <= told <= {"TOC", "SEQ", "PAGE", "PAGEREF", "REF", "STYLEREF"}
    assert {name.rpartition(".")[2] for name in parts} <= {"xml", "rels", "png", "jpeg"}


RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _targets(parts: Mapping[str, bytes]) -> Iterator[tuple[str, bool]]:
    """Where every relationship leads, and whether that is outside of the file."""
    for name, part in parts.items():
        if name.endswith(".rels"):
            for each in etree.fromstring(part).iter(RELATION):
                yield each.get("Target", ""), each.get("TargetMode") == "External"


def _fields(part: bytes) -> Iterator[str]:
    """What the fields of a part are told to do."""
    if part.startswith(b"<?xml"):
        root = etree.fromstring(part)
        told = [each.text or "" for each in root.iter(f"{WORD}instrText")]
        told += [each.get(f"{WORD}instr", "") for each in root.iter(f"{WORD}fldSimple")]
        yield from (words.split()[0] for words in told if words.split())


def test_a_template_that_reaches_for_files_and_servers_is_refused(canary: Canary) -> None:
    """A processing instruction alone is no HTML to the reader of templates: it is printed as the words it is."""
    written = [*canary.reaches(), f"![x]({canary.address})", f"![x]({canary.file.as_uri()})"]
    written += ["[x](javascript:alert(1))", f"[x]({canary.file.as_uri()})"]
    written += ["{% include '" + str(canary.file) + "' %}", "{{ settings.SECRET_KEY }}"]
    read = [line for line in written if _is_read(f"Words {line} and more.\n\n{line}\n")]
    assert [line[:2] for line in read] == ["<?"]
    assert canary.sings() == ""


def _is_read(lines: str) -> bool:
    try:
        parse(HEAD + lines)
    except DocumentError:
        return False
    return True


@pytest.mark.parametrize("place", range(len(REACHES)))
def test_even_html_that_is_obeyed_reaches_nothing(canary: Canary, place: int) -> None:
    """The last wall: were a text ever taken for HTML, the printer still asks nobody and opens nothing."""
    body = canary.reaches()[place]
    html = f"<html lang='en'><head><title>T</title></head><body><h1>T</h1>{body}</body></html>"
    try:
        pdf = print_pdf(html, stylesheet="report.css")
    except PrintingError:
        pdf = b""
    assert canary.sings(pdf) == ""


def test_the_canary_does_sing(canary: Canary) -> None:
    """One that never does proves nothing."""
    html = f"<html lang='en'><head><title>T</title></head><body><h1>{SECRET}</h1></body></html>"
    assert canary.sings(print_pdf(html, stylesheet="report.css")) == "The file was read."
    with create_connection(canary.server.getsockname()):
        assert canary.sings() == "The server was asked."
