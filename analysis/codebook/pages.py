"""What the page of the codebook says."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from analysis.codebook.forms import FindForm
from analysis.codebook.making import codebook_for
from analysis.core.codebook import Codebook, Entry, Value, found_in
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
    code: str
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
    form: FindForm
    found: str = ""


def codebook_page(wave: Wave, form: FindForm) -> CodebookPage:
    """The columns by section and question, with the returns that count now; only those that were looked for."""
    codebook = codebook_for(wave)
    entries = found_in(codebook, form.words)
    lead = f"The data have one row for each return and {len(codebook.entries)} columns."
    counted = f"{codebook.returns:,} returns count now. {OF_TEAM}" if codebook.returns else "No returns count yet."
    sections = tuple(_sections(entries))
    return CodebookPage(wave, f"{lead} {counted}", codebook.digest, sections, form, _found(form.words, len(entries)))


def _found(words: str, columns: int) -> str:
    if not words:
        return ""
    if not columns:
        return f"No column holds “{words}”. Try fewer or other words."
    return f"{columns:,} {'column holds' if columns == 1 else 'columns hold'} “{words}”."


def sections_of(codebook: Codebook) -> Iterator[SectionPart]:
    """The columns by section and question, each question with the codes that its columns hold."""
    return _sections(codebook.entries)


def _sections(every: Sequence[Entry]) -> Iterator[SectionPart]:
    for title, entries in groupby(every, key=lambda entry: entry.section):
        by_question = groupby(entries, key=lambda entry: (entry.question or entry.name, entry.asked_when))
        yield SectionPart(title, tuple(_table(code, tuple(found)) for (code, _), found in by_question))


def _table(of: str, entries: Sequence[Entry]) -> QuestionTable:
    first = entries[0]
    heading = f"{of}. {first.wording}" if first.question else first.wording
    told = f"{first.kind}. Asked when {first.asked_when}." if first.asked_when else f"{first.kind}."
    # A code has the same meaning in every column of a question.
    values = {each.code: each for entry in entries for each in entry.values}
    columns = tuple(_column(entry, values) for entry in entries)
    heads = tuple(map(_head, values.values()))
    return QuestionTable(f"of-{first.name}", of, heading, told, heads, columns)


def _head(value: Value) -> CodeHead:
    code = "" if isinstance(value.code, str) else str(value.code).replace("-", "−")
    return CodeHead(code, value.label, "apart" if value.is_missing else "")


def _column(entry: Entry, codes: Iterable[int | str]) -> ColumnLine:
    returns = {each.code: _number(each.returns) for each in entry.values}
    figures = tuple(returns.get(code, HAS_NONE) for code in codes)
    return ColumnLine(entry.name, entry.item or entry.kind, figures, _number(entry.asked), _number(entry.answered))


def _number(returns: int | None) -> str:
    return HAS_NONE if returns is None else f"{returns:,}"
