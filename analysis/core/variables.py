"""The columns of the extract, told by the questionnaire: their types, their codes in order, and the kinds of no answer.

Closed items and options to choose are whole numbers with labels and no bare categories: the codes are permanent and go
into every other file as they are, and a file of numbers is read three to four times as fast (docs/performance.md).
`labelled` gives ordered categories to whoever wants words.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Literal

import polars as pl
from polars.datatypes import DataType

from analysis.core.marks import CHOSEN, NOT_CHOSEN, choices_of, mark_of
from survey.schema.codes import DONT_KNOW, NOT_ANSWERED, NOT_ASKED, REFUSED
from survey.schema.document import Item, Option, Questionnaire

VariableKind = Literal["closed", "mark", "number", "date", "gap"]

GIVEN: Final = 0
NUMBER: Final = pl.Decimal(21, 6)  # all that a typed number may be: fifteen digits and six decimals
MISSING_LABELS: Final[Mapping[int, str]] = MappingProxyType(
    {
        NOT_ANSWERED: "Not answered",
        DONT_KNOW: "Don't know",
        NOT_ASKED: "Not asked",
        REFUSED: "Does not want to answer",
    }
)


@dataclass(frozen=True, slots=True)
class Variable:
    """One column: `codes` are the answers in the order of the scale, `missing` the kinds of no answer it may hold.

    A number or a date has no room for those; an empty cell is told by the column `gap_of` its item.
    """

    name: str
    kind: VariableKind
    item: Item
    codes: Mapping[int, str] = field(default_factory=dict)
    missing: Mapping[int, str] = field(default_factory=dict)
    option: Option | None = None

    @property
    def is_counted(self) -> bool:
        """Whether its cells are codes, which can be counted."""
        return self.kind not in {"number", "date"}

    @property
    def dtype(self) -> DataType:
        """The type of the column."""
        if self.kind == "date":
            return pl.Date()
        if self.kind == "number":
            return pl.Int64() if self.item.whole else NUMBER
        return pl.Int8()


def variables_of(questionnaire: Questionnaire) -> tuple[Variable, ...]:
    """Return the columns in the order of the questionnaire; what people write in their own words is none of them."""
    return tuple(variable for item in questionnaire.items.values() for variable in _of(item))


def gap_of(item: Item) -> str:
    """Return the name of the column that says whether a typed item was answered, and if not, why."""
    return f"{item.code}:gap"


def labelled(frame: pl.DataFrame, *, questionnaire: Questionnaire) -> pl.DataFrame:
    """Return the same data in words: ordered categories, the kinds of no answer after the scale and apart from it."""
    counted = (one for one in variables_of(questionnaire) if one.is_counted)
    return frame.with_columns(_in_words(one) for one in counted)


def _in_words(variable: Variable) -> pl.Expr:
    words = {**variable.codes, **MISSING_LABELS, **variable.missing}
    return pl.col(variable.name).replace_strict(words, return_dtype=pl.Enum(list(dict.fromkeys(words.values()))))


def _of(item: Item) -> Iterator[Variable]:
    missing = _missing(item)
    if item.kind == "closed":
        yield Variable(item.code, "closed", item, _answers(item), missing)
    elif item.kind == "multiple":
        marks = {NOT_CHOSEN: "Not chosen", CHOSEN: "Chosen"}
        for option in choices_of(item):
            yield Variable(mark_of(item, option), "mark", item, marks, missing, option)
    elif item.kind in {"number", "date"}:
        yield Variable(item.code, "number" if item.kind == "number" else "date", item)
        yield Variable(gap_of(item), "gap", item, {GIVEN: "Answered"}, missing)


def _answers(item: Item) -> dict[int, str]:
    options = item.scale.options if item.scale else ()
    return {option.value: option.label for option in options if option.kind != "dont_know"}


def _missing(item: Item) -> dict[int, str]:
    """Don't know only where it is offered, not asked only where the item is not put to everybody."""
    offered = {option.value: option.label for option in item.scale.options} if item.scale else {}
    labels = {**MISSING_LABELS, **{code: label for code, label in offered.items() if code == DONT_KNOW}}
    never = {code for code, can_be in ((DONT_KNOW, DONT_KNOW in offered), (NOT_ASKED, item.shown_when)) if not can_be}
    return {code: label for code, label in labels.items() if code not in never}
