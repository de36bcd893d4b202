"""A chart that stands by itself in a file: title, marks and base above it, how it is read and its source below."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.template.loader import render_to_string

from analysis.outputs.charts_svg import ChartPage
from analysis.outputs.drawing import INK, LINE, QUIET, WHITE, WIDTH, Drawing, assemble, lines_of
from analysis.outputs.shapes import Shape, Text

MARGIN, TITLE, SMALL = 24.0, 17.0, 12.0


def standing(
    chart: ChartPage, *, above: Iterable[str] = (), under: Drawing | None = None, below: Iterable[str] = ()
) -> ChartPage:
    """Return the chart on white with its title and these lines set around it, and a drawing `under` it if any."""
    y = MARGIN
    texts: list[Text] = []
    for line in lines_of(chart.table.title, width=WIDTH, size=TITLE):
        y += TITLE * 1.25
        texts.append(Text(MARGIN, round(y, 1), line, size=TITLE, weight=600))
    y = _set(texts, [chart.finding], y + 6, fill=INK, size=13)
    y = _set(texts, above, y + 2, fill=QUIET, size=SMALL) + 14
    shapes: list[Shape] = []
    for drawing in filter(None, (chart.drawing, under)):
        shapes += _moved(drawing, x=MARGIN, y=y)
        y += drawing.height + 4
    y = _set(texts, below, y, fill=QUIET, size=SMALL) + MARGIN
    drawing = assemble([*shapes, *texts], height=y)
    return replace(chart, drawing=replace(drawing, ground=WHITE), width=round(WIDTH + 2 * MARGIN))


def svg_of(chart: ChartPage) -> str:
    """Return the chart as an SVG document."""
    return render_to_string("components/charts/drawing.svg", {"chart": chart})


def _set(texts: list[Text], sentences: Iterable[str], y: float, *, fill: str, size: float) -> float:
    for sentence in sentences:
        for line in lines_of(sentence, width=WIDTH, size=size):
            y += LINE
            texts.append(Text(MARGIN, round(y, 1), line, fill=fill, size=size))
    return y


def _moved(drawing: Drawing, *, x: float, y: float) -> Iterator[Shape]:
    for rule in drawing.rules:
        yield replace(rule, x1=rule.x1 + x, x2=rule.x2 + x, y1=round(rule.y1 + y, 1), y2=round(rule.y2 + y, 1))
    for rect in drawing.rects:
        yield replace(rect, x=round(rect.x + x, 1), y=round(rect.y + y, 1))
    for mark in drawing.marks:
        yield replace(mark, x=round(mark.x + x, 1), y=round(mark.y + y, 1))
    for text in drawing.texts:
        yield replace(text, x=round(text.x + x, 1), y=round(text.y + y, 1))
