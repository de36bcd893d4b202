"""A drawing as pixels: the shapes of the SVG, at twice its size, in the letters of our pages."""

import io
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from PIL import Image, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo

from analysis.outputs.charts_svg import ChartPage
from analysis.outputs.drawing import WHITE, Drawing, Rect, Rule, Text

SCALE = 2
ANCHORS = {"": "ls", "middle": "ms", "end": "rs"}
FONT = "fonts/source-sans-3-latin-{weight}-normal.woff2"


class NoFont(Exception):
    """The letters of pages and charts have not been built."""


def png_of(chart: ChartPage) -> bytes:
    """Return the chart as a PNG whose description is the finding and how to read it."""
    drawing = chart.drawing
    image = Image.new("RGB", (chart.width * SCALE, round(drawing.height) * SCALE), drawing.ground or WHITE)
    pen = ImageDraw.Draw(image)
    for rule in drawing.rules:
        _rule(pen, rule, drawing)
    for rect in drawing.rects:
        _rect(pen, rect)
    for text in drawing.texts:
        _text(pen, text, drawing)
    told = PngInfo()
    told.add_itxt("Title", chart.table.title)
    told.add_itxt("Description", f"{chart.finding} {chart.description}")
    content = io.BytesIO()
    image.save(content, "PNG", pnginfo=told, dpi=(96 * SCALE, 96 * SCALE))
    return content.getvalue()


def _rule(pen: ImageDraw.ImageDraw, rule: Rule, drawing: Drawing) -> None:
    ends = [(rule.x1 * SCALE, rule.y1 * SCALE), (rule.x2 * SCALE, rule.y2 * SCALE)]
    pen.line(ends, fill=rule.stroke or drawing.grid, width=SCALE)


def _rect(pen: ImageDraw.ImageDraw, rect: Rect) -> None:
    if rect.width <= 0 or rect.height <= 0:
        return
    box = [rect.x * SCALE, rect.y * SCALE, (rect.x + rect.width) * SCALE, (rect.y + rect.height) * SCALE]
    stroke = rect.stroke or None
    pen.rounded_rectangle(box, radius=rect.rx * SCALE, fill=rect.fill, outline=stroke, width=SCALE if stroke else 0)


def _text(pen: ImageDraw.ImageDraw, text: Text, drawing: Drawing) -> None:
    font = _font(text.weight or 400, round((text.size or drawing.size) * SCALE))
    place = text.x * SCALE, text.y * SCALE
    pen.text(place, text.text, font=font, fill=text.fill or drawing.ink, anchor=ANCHORS[text.anchor])


@cache
def _font(weight: int, size: int) -> ImageFont.FreeTypeFont:
    found = finders.find(FONT.format(weight=weight))
    if not isinstance(found, str):
        raise NoFont("The letters of charts have not been built. Run: make setup")
    return ImageFont.truetype(Path(found), size)
