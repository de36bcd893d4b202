"""Two waves as a file: a line for each item, and what was not paired."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from analysis.comparators.files import DRAFT, XLSX
from analysis.core.two_waves import PairedItem
from analysis.waves_compared.comparing import ComparedWaves
from analysis.waves_compared.words import family_words, panel_words, sentence
from respondents.tabular.writing import Row, Sheet, write_csv, write_xlsx

HEADS = (
    *("code", "item", "answers", "boards", "both", "earlier_only", "later_only", "neither", "left_out"),
    *("mcnemar_p", "holm_p", "family_size", "in_words"),
    "note",
)


def csv_of(found: ComparedWaves) -> bytes:
    """One line for each item."""
    return write_csv(HEADS, _lines(found))


def xlsx_of(found: ComparedWaves) -> bytes:
    """The lines, and on a second sheet the items that are not paired."""
    notes = (panel_words(found.panel), family_words(found.family), DRAFT)
    left = [
        (each.code, each.label, " ".join(change.effect for change in each.changes))
        for each in (*found.refused, *found.added, *found.dropped)
    ]
    sheets = [Sheet("Paired items", HEADS, _lines(found), notes), Sheet("Not paired", ("code", "item", "why"), left)]
    return write_xlsx(sheets, title=f"{found.earlier.title} and {found.later.title}")


@dataclass(frozen=True)
class Format:
    """How two waves become a file of this kind."""

    render: Callable[[ComparedWaves], bytes]
    content_type: str


FORMATS: Mapping[str, Format] = {"csv": Format(csv_of, "text/csv; charset=utf-8"), "xlsx": Format(xlsx_of, XLSX)}


def _lines(found: ComparedWaves) -> list[Row]:
    return [(*_line(each, size=found.family.size), DRAFT) for each in found.items]


def _line(item: PairedItem, *, size: int) -> Row:
    """Too few boards are counted and not shown."""
    shown = item.p is not None
    figures = (item.both, item.only_earlier, item.only_later, item.neither, item.left_out)
    counts = figures if shown else (None,) * len(figures)
    answers = "; ".join(item.spec.answers)
    tested = (item.p, item.adjusted, size if shown else None, sentence(item, size=size))
    return (item.spec.code, item.spec.words, answers, item.base, *counts, *tested)
