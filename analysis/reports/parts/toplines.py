"""The parts of a topline: every question with its tables, and how many wrote something."""

from collections import Counter
from collections.abc import Iterable, Iterator

from analysis.core.document.blocks import Block, TableBlock
from analysis.core.percent import percent
from analysis.core.topline import Asked
from analysis.reports.parts.making import Parts, facts, heading
from respondents.contacts.eligibility import counted_submissions
from survey.models import Wave
from survey.schema.document import Questionnaire

TYPED = {"text": "in words", "number": "a number", "date": "a date"}


def topline_parts(wave: Wave, asked: Iterable[Asked], *, with_words: bool) -> Parts:
    """The tables by section; for the team also how many answered in their own words."""
    every = {each.question.code: each for each in asked}
    blocks = tuple(_sections(wave.questionnaire, every))
    return {"topline": blocks, "written": tuple(_written(wave)) if with_words else ()}


def _sections(questionnaire: Questionnaire, asked: dict[str, Asked]) -> Iterator[Block]:
    for section in questionnaire.sections:
        found = [asked[question.code] for question in section.questions if question.code in asked]
        if found:
            yield heading(f"section-{section.code}", section.title)
        for each in found:
            yield from (TableBlock(table, f"{each.question.code}. {each.question.short}") for table in each.tables)


def _written(wave: Wave) -> Iterator[Block]:
    """Texts are counted, not shown."""
    written, returns = Counter[str](), 0
    for texts in counted_submissions(wave).values_list("texts", flat=True).iterator():
        returns += 1
        written.update(code for code, value in texts.items() if str(value).strip())
    items = (item for item in wave.questionnaire.items.values() if item.kind in TYPED)
    rows = (
        (f"{item.code}. {item.label}", TYPED[item.kind], f"{written[item.code]:,}", _share(written[item.code], returns))
        for item in items
    )
    yield from facts(
        "written", f"Answers that were typed, of {returns:,} returns", ("Question", "Kind", "Answered", "Share"), rows,
        words=(1,),
    )  # fmt: skip


def _share(number: int, base: int) -> str | None:
    return f"{percent(number, base)}%" if base else None
