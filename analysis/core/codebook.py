"""The codebook: one entry for each column of the extract, told by the questionnaire, and counted if there is a cube."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from analysis.core.cube import STRATA, Cube
from analysis.core.variables import Variable, VariableKind, gap_of, variables_of
from survey.schema.codes import NOT_ANSWERED, NOT_ASKED, REFUSED
from survey.schema.document import Question, Questionnaire
from survey.schema.routing import describe

FROM_REGISTER: Final = "From the register"
NO_BOARD: Final = "Not specified: the return names no board"
KINDS: Final[Mapping[VariableKind, str]] = {
    "closed": "One answer",
    "mark": "One of several answers",
    "number": "Number",
    "date": "Date",
    "gap": "Why the number or date is missing",
}


@dataclass(frozen=True, slots=True)
class Value:
    """One thing a cell may hold, and how many returns hold it (None while nothing is counted)."""

    code: int | str
    label: str
    is_missing: bool = False
    returns: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One column: where it stands in the questionnaire, what was asked, of whom, and what its cells mean."""

    name: str
    section: str
    question: str
    wording: str
    item: str
    kind: str
    values: tuple[Value, ...]
    asked_when: str = ""
    returns: int | None = None
    asked: int | None = None
    answered: int | None = None

    @property
    def base(self) -> str:
        """Who was asked, and how many answered."""
        if self.returns is None:
            return "Returns that were asked" if self.asked_when else "All returns"
        all_of_them = f"All {self.returns:,} returns" if self.returns else "No returns"
        some = f"{self.asked or 0:,} of {self.returns:,} returns were asked" if self.asked_when else all_of_them
        return f"{some}, of which {self.answered:,} answered" if self.asked and self.answered is not None else some


@dataclass(frozen=True, slots=True)
class Codebook:
    """Every column of the extract of one questionnaire, in order."""

    title: str
    digest: str
    entries: tuple[Entry, ...]
    returns: int | None = None


def found_in(codebook: Codebook, words: str) -> tuple[Entry, ...]:
    """Return the entries that hold all of these words: in the column's name, the question, the item or a label."""
    wanted = words.casefold().split()
    return tuple(entry for entry in codebook.entries if all(word in _searched(entry) for word in wanted))


def _searched(entry: Entry) -> str:
    labels = (value.label for value in entry.values)
    return " ".join((entry.name, entry.question, entry.wording, entry.item, entry.kind, *labels)).casefold()


def codebook_of(questionnaire: Questionnaire, *, cube: Cube | None = None) -> Codebook:
    """Return the codebook, with the number of returns for each code where a cube is given."""
    strata = (_stratum(name, questionnaire, cube) for name in STRATA)
    items = (_entry(variable, questionnaire, cube) for variable in variables_of(questionnaire))
    entries = (*strata, *items)
    return Codebook(questionnaire.title, questionnaire.digest, entries, cube.total if cube else None)


def _stratum(name: str, questionnaire: Questionnaire, cube: Cube | None) -> Entry:
    """A column that the frame answers; it is never asked, so it is never missing but for a return without a board."""
    asked_by = next((each for each in questionnaire.questions if each.taken_from == name), None)
    sizes = sorted(cube.sizes(name).items(), key=lambda each: (not each[0], each[0])) if cube else []
    values = tuple(Value(level, level or NO_BOARD, not level, returns) for level, returns in sizes)
    total = cube.total if cube else None
    code, wording = (asked_by.code, asked_by.wording) if asked_by else ("", name.replace("_", " ").capitalize())
    section = next((each.title for each in questionnaire.sections if asked_by in each.questions), FROM_REGISTER)
    return Entry(name, section, code, wording, "", FROM_REGISTER, values, returns=total)


def _entry(variable: Variable, questionnaire: Questionnaire, cube: Cube | None) -> Entry:
    item, question = variable.item, questionnaire.question(variable.item.question_code)
    counted = cube.codes(variable.name if variable.is_counted else gap_of(item)) if cube else None
    asked = cube.total - cube.codes(_told_by(variable)).get(NOT_ASKED, 0) if cube else None
    return Entry(
        name=variable.name,
        section=questionnaire.section_of(question.page).title,
        question=question.code,
        wording=question.wording,
        item=_item_wording(variable, question),
        kind="Whole number" if variable.kind == "number" and item.whole else KINDS[variable.kind],
        values=tuple(_values(variable, counted)) if variable.is_counted else (),
        asked_when=describe(questionnaire, item.shown_when) if item.shown_when else "",
        returns=cube.total if cube else None,
        asked=asked,
        answered=None if counted is None or asked is None else asked - _blank(counted),
    )


def _told_by(variable: Variable) -> str:
    """The column that tells who was asked."""
    return variable.name if variable.is_counted else gap_of(variable.item)


def _blank(counted: Mapping[int, int]) -> int:
    return sum(counted.get(code, 0) for code in (NOT_ANSWERED, REFUSED))


def _item_wording(variable: Variable, question: Question) -> str:
    """What the item adds to its question: a row of a battery, an option to choose."""
    if variable.option is not None:
        return variable.option.label
    return "" if variable.item.label == question.wording else variable.item.label


def _values(variable: Variable, counted: Mapping[int, int] | None) -> Iterator[Value]:
    for codes, is_missing in ((variable.codes, False), (variable.missing, True)):
        for code, label in codes.items():
            yield Value(code, label, is_missing, None if counted is None else counted.get(code, 0))
