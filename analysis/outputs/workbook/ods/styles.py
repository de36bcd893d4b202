"""How cells, columns, rows and printed pages look: each style is made once, and named by what it is."""

from lxml import etree

from analysis.outputs.workbook.ods.tree import add, root, written
from analysis.outputs.workbook.placing import SIZE, Look

FONT, SHADE, LINK = "Arial", "#e7eaec", "#1a5a96"
LETTER_CM, MARGIN_CM = 0.235, 0.15
SIDES = {"left": "start", "right": "end"}


Pages = tuple[int, int]  # beside and below each other; 0 below for as many as it takes


class Styles:
    """The styles of the sheets; whoever asks for one that was not made yet makes it."""

    def __init__(self, parent: etree._Element) -> None:
        self._parent = parent
        self._names: dict[object, str] = {}

    def column(self, letters: int) -> str:
        """The style of a column so many letters wide."""
        width = f"{letters * LETTER_CM + MARGIN_CM:.2f}cm"
        return self._dimension("column", "style:column-width", width)

    def row(self, points: float) -> str:
        """The style of a row so many points high."""
        return self._dimension("row", "style:row-height", f"{points:.1f}pt")

    def sheet(self, pages: Pages) -> str:
        """The style of a sheet that is printed on so many pages beside and below each other."""
        name, is_new = self._name(("sheet", pages))
        if is_new:
            self._style(name, "table", {"style:master-page-name": _master(pages)})
        return name

    def cell(self, look: Look) -> str:
        """The style of a cell."""
        name, is_new = self._name(look)
        if is_new:
            numbers = {"style:data-style-name": self._number(look.behind)} if look.behind is not None else {}
            made = self._style(name, "table-cell", {"style:parent-style-name": "Default", **numbers})
            add(made, "style:table-cell-properties", _cell_properties(look))
            indent = {"fo:margin-left": "0.3cm"} if look.is_indented else {}
            add(made, "style:paragraph-properties", {"fo:text-align": SIDES[look.side], **indent})
            add(made, "style:text-properties", _text_properties(look))
        return name

    def _number(self, behind: str) -> str:
        """How a number is shown, with what stands behind it."""
        name, is_new = self._name(("number", behind))
        if is_new:
            made = add(self._parent, "number:number-style", {"style:name": name})
            add(made, "number:number", {"number:min-integer-digits": "1", "number:grouping": "true"})
            if behind:
                add(made, "number:text", text=f" {behind}")
        return name

    def _dimension(self, family: str, attribute: str, size: str) -> str:
        name, is_new = self._name((family, size))
        if is_new:
            own = {"style:use-optimal-row-height": "false"} if family == "row" else {}
            made = self._style(name, f"table-{family}", {})
            add(made, f"style:table-{family}-properties", {attribute: size, **own})
        return name

    def _style(self, name: str, family: str, attributes: dict[str, str]) -> etree._Element:
        return add(self._parent, "style:style", {"style:name": name, "style:family": family, **attributes})

    def _name(self, key: object) -> tuple[str, bool]:
        is_new = key not in self._names
        return self._names.setdefault(key, f"s{len(self._names) + 1}"), is_new


def _cell_properties(look: Look) -> dict[str, str]:
    found = {
        "style:vertical-align": "bottom" if look.is_low else "top",
        "fo:wrap-option": "wrap" if look.is_broken else "no-wrap",
        "style:text-align-source": "fix",
    }
    return {**found, "fo:background-color": SHADE} if look.is_shaded else found


def _text_properties(look: Look) -> dict[str, str]:
    found = {"fo:font-size": f"{look.size}pt", "fo:font-weight": "bold" if look.is_bold else "normal"}
    if look.is_link:
        found |= {"fo:color": LINK, "style:text-underline-style": "solid"}
    return found


def house_styles(*, language: str, printed: set[Pages]) -> bytes:
    """Return what all cells and pages have in common: typeface, language, A4 on its side, a line below."""
    made = root("office:document-styles")
    default = add(add(made, "office:styles"), "style:default-style", {"style:family": "table-cell"})
    code, _, country = language.partition("-")
    said = {"fo:language": code, "fo:country": country}
    add(default, "style:text-properties", {"fo:font-family": FONT, "fo:font-size": f"{SIZE}pt", **said})
    add(made[0], "style:style", {"style:name": "Default", "style:family": "table-cell"})
    layouts, masters = add(made, "office:automatic-styles"), add(made, "office:master-styles")
    for pages in sorted(printed):
        _page_layout(layouts, masters, pages)
    return written(made)


def _page_layout(layouts: etree._Element, masters: etree._Element, pages: Pages) -> None:
    layout = add(layouts, "style:page-layout", {"style:name": f"layout-{_master(pages)}"})
    paper = {"fo:page-width": "29.7cm", "fo:page-height": "21cm", "style:print-orientation": "landscape"}
    scaled = {"style:scale-to-X": str(pages[0]), "style:scale-to-Y": str(pages[1])}
    scaled["style:first-page-number"] = "continue"
    add(layout, "style:page-layout-properties", {**paper, "fo:margin": "1.5cm", **scaled})
    add(add(layout, "style:footer-style"), "style:header-footer-properties", {"fo:min-height": "0.75cm"})
    named = {"style:name": _master(pages), "style:page-layout-name": f"layout-{_master(pages)}"}
    master = add(masters, "style:master-page", named)
    line = add(add(master, "style:footer"), "text:p")
    add(line, "text:sheet-name").tail = ", page "
    add(line, "text:page-number").tail = " of "
    add(line, "text:page-count")


def _master(pages: Pages) -> str:
    return f"pages{pages[0]}x{pages[1]}"
