"""What PDF/UA-1 asks of a file, as far as a program can tell (after the Matterhorn Protocol), for tests.

`problems_of(pdf)` returns one line for each thing that is wrong, and nothing for a file that is as it should be.
"""

import io
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pikepdf

from tests.pdf_tags import elements_in, heading_levels, heads_of, kids, tagged, walk

UA = "{http://www.aiim.org/pdfua/ns/id/}part"
TITLE = "{http://purl.org/dc/elements/1.1/}title"
STANDARD = frozenset(
    {
        *("Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index", "NonStruct"),
        *("Private", "P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH"),
        *("TD", "THead", "TBody", "TFoot", "Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link", "Annot"),
        *("Ruby", "RB", "RT", "RP", "Warichu", "WT", "WP", "Figure", "Formula", "Form"),
    }
)
BELONGS = {"LI": "L", "TR": "Table THead TBody TFoot", "TH": "TR", "TD": "TR", "LBody": "LI", "TOCI": "TOC"}
PAINTS = {"f", "F", "f*", "B", "B*", "b", "b*", "s", "S", "sh", "BI", "Do", "Tj", "TJ", "'", '"', "INLINE IMAGE"}


def problems_of(pdf: bytes) -> list[str]:
    """Everything that is wrong, in words."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        checks = (
            _about,
            _bookmarks,
            _headings,
            _names,
            _figures,
            _tables,
            _links,
            _fonts,
            _content,
            _reading_order,
        )
        return [f"{check.__name__[1:]}: {problem}" for check in checks for problem in check(opened)]


def _about(pdf: pikepdf.Pdf) -> Iterator[str]:
    root = pdf.Root
    with pdf.open_metadata() as metadata:
        if metadata.get(UA) != "1":
            yield "it does not say that it is PDF/UA-1"
        if not metadata.get(TITLE):
            yield "its metadata have no title"
    if not bool(_inner(root, "/ViewerPreferences").get("/DisplayDocTitle", False)):
        yield "its title is not shown"
    if not str(root.get("/Lang", "")):
        yield "it has no language"
    if not bool(_inner(root, "/MarkInfo").get("/Marked", False)):
        yield "it is not marked as tagged"
    if any(str(page.get("/Tabs", "")) != "/S" for page in pdf.pages if "/Annots" in page):
        yield "on some pages the tab key does not follow the structure"


def _inner(found: Any, name: str) -> Any:  # noqa: ANN401 -- a dictionary of the file, or an empty one
    return found.get(name, pikepdf.Dictionary())


def _bookmarks(pdf: pikepdf.Pdf) -> Iterator[str]:
    with pdf.open_outline() as outline:
        if len(tagged(pdf, "/H1", "/H2")) > 1 and not list(outline.root):
            yield "there are none"


def _headings(pdf: pikepdf.Pdf) -> Iterator[str]:
    levels = heading_levels(pdf)
    if levels and levels[0] != 1:
        yield f"the first has level {levels[0]}"
    yield from (f"{after} follows {before}" for before, after in pairwise(levels) if after > before + 1)


def _names(pdf: pikepdf.Pdf) -> Iterator[str]:
    roles = {str(name)[1:]: str(role)[1:] for name, role in pdf.Root.StructTreeRoot.get("/RoleMap", {}).items()}
    for element, inside in walk(pdf.Root.StructTreeRoot):
        name = str(element.S)[1:]
        if roles.get(name, name) not in STANDARD:
            yield f"{name} is no standard structure"
        parent = inside[-1][1:] if inside else ""
        if name in BELONGS and parent not in BELONGS[name].split():
            yield f"{name} stands in {parent or 'nothing'}"


def _figures(pdf: pikepdf.Pdf) -> Iterator[str]:
    for place, figure in enumerate(tagged(pdf, "/Figure", "/Formula"), start=1):
        if not str(figure.get("/Alt", "")).strip():
            yield f"number {place} has no alternative text"


def _tables(pdf: pikepdf.Pdf) -> Iterator[str]:
    for place, table in enumerate(tagged(pdf, "/Table"), start=1):
        yield from (f"in table {place} {problem}" for problem in _of_table(table))


def _of_table(table: pikepdf.Dictionary) -> Iterator[str]:
    heads = elements_in(table, "/TH")
    known = {str(head.get("/ID", "")) for head in heads}
    if not heads:
        yield "no cell is a head"
    if any(str(_inner(head, "/A").get("/Scope", "")) not in {"/Row", "/Column", "/Both"} for head in heads):
        yield "a head does not say whether it heads a row or a column"
    widths = {sum(int(cell.A.get("/ColSpan", 1)) for cell in kids(row)) for row in elements_in(table, "/TR")}
    if len(widths) > 1 and not any(int(cell.A.get("/RowSpan", 1)) > 1 for cell in elements_in(table, "/TH", "/TD")):
        yield f"rows have different widths: {sorted(widths)}"
    for cell in elements_in(table, "/TD"):
        named = heads_of(cell)
        if not set(named) <= known:
            yield "a cell names a head of another table"
        if not named and _text_marks(cell):
            yield "a cell with content names no head"


def _text_marks(element: pikepdf.Object) -> list[Any]:
    """The marked content of an element and what is in it, in their order."""
    found: Any = element.get("/K", [])
    listed = list(found) if isinstance(found, pikepdf.Array) else [found]
    marks: list[Any] = []
    for kid in listed:
        if isinstance(kid, int):
            marks.append((element.Pg.objgen, kid))
        elif str(kid.get("/Type", "")) == "/MCR":
            marks.append((element.Pg.objgen, int(kid.MCID)))
        elif "/S" in kid:
            marks += _text_marks(kid)
    return marks


def _links(pdf: pikepdf.Pdf) -> Iterator[str]:
    tied = {
        kid.Obj.objgen
        for element in tagged(pdf, "/Link")
        for kid in kids(element)
        if str(kid.get("/Type", "")) == "/OBJR"
    }
    for number, page in enumerate(pdf.pages, start=1):
        links: Any = page.get("/Annots", [])
        for link in links:
            if link.objgen not in tied:
                yield f"one on page {number} has no place in the structure"
            if not str(link.get("/Contents", "")).strip():
                yield f"one on page {number} does not say where it leads"


def _fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    for font in {each.objgen: each for each in _all_fonts(pdf)}.values():
        inner = font.get("/DescendantFonts", [font])[0]
        if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(inner.get("/FontDescriptor", {}).keys()):
            yield f"{font.BaseFont} is not embedded"
        if "/ToUnicode" not in font:
            yield f"{font.BaseFont} does not say which letters its signs stand for"


def _all_fonts(pdf: pikepdf.Pdf) -> Iterator[Any]:
    for each in pdf.objects:
        is_font = isinstance(each, pikepdf.Dictionary) and each.get("/Type") == pikepdf.Name.Font
        if is_font and str(each.Subtype) not in {"/CIDFontType0", "/CIDFontType2"}:
            yield each


def _content(pdf: pikepdf.Pdf) -> Iterator[str]:
    known = set(_text_marks(pdf.Root.StructTreeRoot))
    for number, page in enumerate(pdf.pages, start=1):
        loose, marks = _marked(page)
        if loose:
            yield f"on page {number} {loose} pieces are neither tagged nor an artifact"
        lost = [mark for mark in marks if (page.objgen, mark) not in known]
        if lost:
            yield f"on page {number} {len(lost)} marked pieces have no place in the structure"


def _marked(page: pikepdf.Page) -> tuple[int, list[int]]:
    """How many pieces are painted outside of all marks, and the marks of what is not, in the order of painting."""
    loose, marks = 0, []
    opened: list[bool] = []
    for step in pikepdf.parse_content_stream(page):
        name = str(step.operator)
        if name in {"BDC", "BMC"}:
            is_artifact = str(step.operands[0]) == "/Artifact"
            number = None if name == "BMC" else step.operands[1].get("/MCID")
            marks += [] if number is None else [int(number)]
            opened.append(is_artifact or number is not None)
        elif name == "EMC":
            opened.pop()
        elif name in PAINTS and not any(opened):
            loose += 1
    return loose, marks


def _reading_order(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Words are heard in the order in which they were written; marks of lists and pictures are painted apart."""
    apart = {mark for element in tagged(pdf, "/Lbl", "/Figure") for mark in _text_marks(element)}
    painted = [(page.objgen, mark) for page in pdf.pages for mark in _marked(page)[1]]
    place = {mark: at for at, mark in enumerate(painted) if mark not in apart}
    heard = [place[mark] for mark in _text_marks(pdf.Root.StructTreeRoot) if mark in place]
    backwards = sum(after < before for before, after in pairwise(heard))
    if backwards:
        yield f"it goes back {backwards} times"
    if len(set(heard)) < len(heard):
        yield "a piece is heard twice"
