"""One's own answers as data: one line for each item, as a CSV file that opens well in a spreadsheet."""

import csv
import io
import re
from collections.abc import Iterator

from django.utils import timezone

from respondents.copies.editions import Edition
from respondents.returns.models import Return
from survey.schema.answers import NUMBER, SEPARATOR, Value, display

COLUMNS = ("item code", "question", "item", "answer code", "answer in words", "time", "submission number")

# What a spreadsheet would take for the start of a formula, also full-width, small or behind what cannot be seen.
# Apostrophes in front are counted in, so that taking one away always gives back what was typed.
_UNSEEN = r"\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
_SIGNS = r"=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b"
_FORMULA = re.compile(rf"'*(?:[\t\r]|[{_UNSEEN}]*[{_SIGNS}])")
Line = tuple[str, ...]


def answer_file(found: Return, edition: Edition) -> bytes:
    """The file: UTF-8 with the mark by which Excel knows it, every cell in quotation marks."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    writer.writerows(_lines(found, edition))
    return text.getvalue().encode("utf-8-sig", errors="replace")


def harmless(text: str) -> str:
    """The text, behind an apostrophe if a spreadsheet would reckon with it; plain numbers stay numbers."""
    return f"'{text}" if _FORMULA.match(text) and not NUMBER.fullmatch(text) else text


def _lines(found: Return, edition: Edition) -> Iterator[Line]:
    time = timezone.localtime(edition.moment).isoformat(sep=" ", timespec="seconds") if edition.moment else ""
    for question in found.wave.questionnaire.questions:
        if question.taken_from:
            words = harmless(str(getattr(found, question.taken_from) or ""))
            yield question.code, question.wording, question.short, "", words, time, edition.key
        for item in question.items:
            value = edition.values.get(item.code)
            words = harmless(display(item, value))
            yield item.code, question.wording, item.label, _code(value), words, time, edition.key


def _code(value: Value) -> str:
    """The codes chosen; what was typed has none, but its refusal has."""
    if isinstance(value, str) or value is None:
        return ""
    return SEPARATOR.join(map(str, value)) if isinstance(value, list) else str(value)
