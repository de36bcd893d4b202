"""What the page of the codebook says."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from analysis.codebook.making import codebook_for
from analysis.core.codebook import Codebook, Entry, Value
from survey.models import Wave

OF_TEAM = "How many returns hold each code is not protected against disclosure: it stays in the team."
HAS_NONE = "–"


@dataclass(frozen=True)
class CodeHead:
    """One code with its label, above the returns that hold it."""

    code: str
    label: str
    style: str


@dataclass(frozen=True)
class ColumnLine:
    """One column of the data: what it holds, and how many returns hold each code."""

    name: str
    holds: str
    figures: tuple[str, ...]
    asked: str
    answered: str


@dataclass(frozen=True)
class QuestionTable:
    """The columns of one question under its wording, and who is asked."""

    id: str
    heading: str
    told: str
    heads: tuple[CodeHead, ...]
    columns: tuple[ColumnLine, ...]


@dataclass(frozen=True)
class SectionPart:
    """The questions of one section."""

    title: str
    questions: tuple[QuestionTable, ...]


@dataclass(frozen=True)
class CodebookPage:
    """What every column of a wave's data means."""

    wave: Wave
    lead: str
    digest: str
    sections: tuple[SectionPart, ...]


def codebook_page(wave: Wave) -> CodebookPage:
    """The columns by section and question, with the returns that count now."""
    codebook = codebook_for(wave)
    lead = f"The data have one row for each return and {len(codebook.entries)} columns."
    counted = f"{codebook.returns:,} returns count now. {OF_TEAM}" if codebook.returns else "No returns count yet."
    return CodebookPage(wave, f"{lead} {counted}", codebook.digest, tuple(sections_of(codebook)))


def sections_of(codebook: Codebook) -> Iterator[SectionPart]:
    """The columns by section and question, each question with the codes that its columns hold."""
    for title, entries in groupby(codebook.entries, key=lambda entry: entry.section):
        by_question = groupby(entries, key=lambda entry: (entry.question or entry.name, entry.asked_when))
        yield SectionPart(title, tuple(_table(code, tuple(found)) for (code, _), found in by_question))


def _table(code: str, entries: Sequence[Entry]) -> QuestionTable:
    first = entries[0]
    heading = f"{code}. {first.wording}" if first.question else first.wording
    told = f"{first.kind}. Asked when {first.asked_when}." if first.asked_when else f"{first.kind}."
    # A code has the same meaning in every column of a question.
    values = {each.code: each for entry in entries for each in entry.values}
    columns = tuple(_column(entry, values) for entry in entries)
    return QuestionTable(f"of-{first.name}", heading, told, tuple(map(_head, values.values())), columns)


def _head(value: Value) -> CodeHead:
    code = "" if isinstance(value.code, str) else str(value.code).replace("-", "−")
    return CodeHead(code, value.label, "apart" if value.is_missing else "")


def _column(entry: Entry, codes: Iterable[int | str]) -> ColumnLine:
    returns = {each.code: _number(each.returns) for each in entry.values}
    figures = tuple(returns.get(code, HAS_NONE) for code in codes)
    return ColumnLine(entry.name, entry.item or entry.kind, figures, _number(entry.asked), _number(entry.answered))


def _number(returns: int | None) -> str:
    return HAS_NONE if returns is None else f"{returns:,}"
