"""What charts are drawn with: shapes, colours, and text broken into lines without knowing the reader's machine."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from analysis.outputs.shapes import Mark, Rect, Rule, Shape, Text

# Categorical palette of the Government Analysis Function, with greys for what takes no side.
BLUE, TURQUOISE, PINK, ORANGE = "#12436D", "#28A197", "#801650", "#F46A25"
PALE_TURQUOISE, PALE_ORANGE, GREY, PALE_GREY = "#A6DBD5", "#FBC9AF", "#BFC4C8", "#E3E6E8"
INK, QUIET, GRID, WHITE = "#0B0C0C", "#505A5F", "#D3D7DA", "#FFFFFF"
POSITIVE, NEGATIVE = (BLUE, TURQUOISE, PALE_TURQUOISE), (PINK, ORANGE, PALE_ORANGE)
DARK = {BLUE, PINK}

WIDTH = 720
SIZE, LINE = 13, 15.5
GAP = 2  # of white between neighbours

# Widths of the letters of Source Sans 3 in hundredths of the type size; the rest are about half of it.
NARROW = dict.fromkeys("iljI.,:;'’‘|!", 27) | dict.fromkeys("frt()-[]/", 34) | {" ": 20}
BROAD = dict.fromkeys("mwMW%@—", 82) | dict.fromkeys("ABCDEGHKNOPQRSTUVXYZ", 60)
ORDINARY = 51
WIDTHS = {**NARROW, **BROAD}


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything a chart consists of, back to front."""

    height: float
    rules: tuple[Rule, ...]
    rects: tuple[Rect, ...]
    texts: tuple[Text, ...]
    marks: tuple[Mark, ...] = ()
    size: float = SIZE
    ink: str = INK
    grid: str = GRID
    ground: str = ""  # what it is drawn on, where it stands by itself

    @property
    def lines(self) -> SafeString:
        """The rules as SVG."""
        return _written(self.rules)

    @property
    def shapes(self) -> SafeString:
        """All that lies before them as SVG."""
        return _written((*self.rects, *self.marks, *self.texts))


def _written(shapes: Iterable[Shape]) -> SafeString:
    return mark_safe("".join(shape.svg for shape in shapes))  # noqa: S308 -- each shape escapes its words


def assemble(shapes: list[Shape], *, height: float) -> Drawing:
    """Return the drawing with rules behind boxes and boxes behind words."""
    return Drawing(
        height=round(height, 1),
        rules=tuple(shape for shape in shapes if isinstance(shape, Rule)),
        rects=tuple(shape for shape in shapes if isinstance(shape, Rect)),
        texts=tuple(shape for shape in shapes if isinstance(shape, Text)),
        marks=tuple(shape for shape in shapes if isinstance(shape, Mark)),
    )


def fills(number: int) -> tuple[str, ...]:
    """Return a colour for each answer of a scale, most positive first, with grey in the middle of an odd number."""
    half = number // 2
    above = [POSITIVE[min(place, 2)] for place in range(half)]
    below = [NEGATIVE[min(place, 2)] for place in range(half)][::-1]
    return (*above, *([GREY] if number % 2 else []), *below)


def ink_on(fill: str) -> str:
    """Return the colour of words on this fill, at least 4.5 to 1; nothing stands for ink."""
    return WHITE if fill in DARK else ""


def text_width(text: str, *, size: float = SIZE) -> float:
    """Return about how wide the words are, rather too much than too little."""
    return sum([WIDTHS.get(letter, ORDINARY) for letter in text]) * size / 100


def lines_of(text: str, *, width: float, size: float = SIZE) -> tuple[str, ...]:
    """Return the text in lines that fit the width; a word that is wider has a line of its own."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size=size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def block(text: str, *, x: float, middle: float, width: float) -> list[Text]:
    """Return the text in lines, the block centred on `middle`."""
    lines = lines_of(text, width=width)
    first = middle - LINE * (len(lines) - 1) / 2 + SIZE * 0.35
    return [Text(x, round(first + LINE * place, 1), line) for place, line in enumerate(lines)]
