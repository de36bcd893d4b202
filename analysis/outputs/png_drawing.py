"""A drawing as pixels: the shapes of the SVG, at a multiple of its size, in the letters of our pages."""

import io
from collections.abc import Iterator
from functools import cache
from math import hypot
from pathlib import Path

from django.contrib.staticfiles import finders
from PIL import Image, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo

from analysis.outputs.charts_svg import ChartPage
from analysis.outputs.drawing import WHITE, Drawing
from analysis.outputs.shapes import MARK, Mark, Rect, Rule, Text

SCALE = 2  # of 96 dots an inch
ANCHORS = {"": "ls", "middle": "ms", "end": "rs"}
FONT = "fonts/source-sans-3-latin-{weight}-normal.woff2"


class NoFont(Exception):
    """The letters of pages and charts have not been built."""


def png_of(chart: ChartPage, *, scale: int = SCALE) -> bytes:
    """Return the chart as a PNG whose description is the finding and how to read it."""
    drawing = chart.drawing
    image = Image.new("RGB", (chart.width * scale, round(drawing.height) * scale), drawing.ground or WHITE)
    pen = ImageDraw.Draw(image)
    for rule in drawing.rules:
        _rule(pen, rule, drawing, scale)
    for rect in drawing.rects:
        _rect(pen, rect, scale)
    for mark in drawing.marks:
        _mark(pen, mark, scale)
    for text in drawing.texts:
        _text(pen, text, drawing, scale)
    told = PngInfo()
    told.add_itxt("Title", chart.table.title)
    told.add_itxt("Description", f"{chart.finding} {chart.description}")
    content = io.BytesIO()
    image.save(content, "PNG", pnginfo=told, dpi=(96 * scale, 96 * scale))
    return content.getvalue()


def _rule(pen: ImageDraw.ImageDraw, rule: Rule, drawing: Drawing, scale: int) -> None:
    stroke = rule.stroke or drawing.grid
    for x1, y1, x2, y2 in _dashes(rule):
        pen.line([(x1 * scale, y1 * scale), (x2 * scale, y2 * scale)], fill=stroke, width=scale)


def _dashes(rule: Rule) -> Iterator[tuple[float, float, float, float]]:
    """The pieces of a rule: itself, or what is drawn of it where it is broken."""
    length = hypot(rule.x2 - rule.x1, rule.y2 - rule.y1)
    if not rule.dashes or not length:
        yield rule.x1, rule.y1, rule.x2, rule.y2
        return
    drawn, left_out = (float(part) for part in rule.dashes.split())
    along, down = (rule.x2 - rule.x1) / length, (rule.y2 - rule.y1) / length
    at = 0.0
    while at < length:
        end = min(at + drawn, length)
        yield rule.x1 + at * along, rule.y1 + at * down, rule.x1 + end * along, rule.y1 + end * down
        at += drawn + left_out


def _mark(pen: ImageDraw.ImageDraw, mark: Mark, scale: int) -> None:
    line = round(1.5 * scale)
    if mark.kind == "disc":
        box = [(mark.x - MARK) * scale, (mark.y - MARK) * scale, (mark.x + MARK) * scale, (mark.y + MARK) * scale]
        pen.ellipse(box, fill=mark.fill, outline=mark.stroke, width=line)
        return
    reach = MARK + 1
    corners = [(mark.x, mark.y - reach), (mark.x + reach, mark.y), (mark.x, mark.y + reach), (mark.x - reach, mark.y)]
    pen.polygon([(x * scale, y * scale) for x, y in corners], fill=mark.fill, outline=mark.stroke, width=line)


def _rect(pen: ImageDraw.ImageDraw, rect: Rect, scale: int) -> None:
    if rect.width <= 0 or rect.height <= 0:
        return
    box = [rect.x * scale, rect.y * scale, (rect.x + rect.width) * scale, (rect.y + rect.height) * scale]
    stroke = rect.stroke or None
    pen.rounded_rectangle(box, radius=rect.rx * scale, fill=rect.fill, outline=stroke, width=scale if stroke else 0)


def _text(pen: ImageDraw.ImageDraw, text: Text, drawing: Drawing, scale: int) -> None:
    font = _font(text.weight or 400, round((text.size or drawing.size) * scale))
    place = text.x * scale, text.y * scale
    pen.text(place, text.text, font=font, fill=text.fill or drawing.ink, anchor=ANCHORS[text.anchor])


@cache
def _font(weight: int, size: int) -> ImageFont.FreeTypeFont:
    found = finders.find(FONT.format(weight=weight))
    if not isinstance(found, str):
        raise NoFont("The letters of charts have not been built. Run: make setup")
    return ImageFont.truetype(Path(found), size)
