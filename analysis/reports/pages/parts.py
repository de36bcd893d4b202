"""The parts of a board's report in ready words: sections, questions, items, choices."""

from dataclasses import dataclass
from itertools import groupby

from analysis.core.nation.report import OwnAnswer
from analysis.reports.pages.bar import Bar, Printed, printed


@dataclass(frozen=True)
class Choice:
    """One option of a multiple choice, or one answer of a scale, with how many gave it."""

    label: str
    is_yours: bool
    figures: tuple[str, ...]


@dataclass(frozen=True)
class ItemRow:
    """One item: what the board said, among whom, and the figures behind it."""

    id: str
    label: str
    said: str
    bar: Bar | None
    groups: tuple[str, ...]
    withheld: str
    heads: tuple[str, ...]
    choices: tuple[Choice, ...]
    is_list: bool
    answer: str
    cells: tuple[str, ...]

    @property
    def printed(self) -> Printed | None:
        """The bar for paper."""
        return printed(self.bar) if self.bar else None


@dataclass(frozen=True)
class QuestionPart:
    """One question with its items; `legend` are the answers of its scale in the order of the bars."""

    code: str
    wording: str
    legend: tuple[tuple[str, str], ...]
    rows: tuple[ItemRow, ...]
    own: tuple[OwnAnswer, ...]
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Run:
    """Questions in a row that are answered in the same words: one table on paper, or a list of own answers."""

    legend: str
    columns: tuple[str, ...]
    questions: tuple[QuestionPart, ...]

    @property
    def is_table(self) -> bool:
        """Whether its items stand in bars, under one head."""
        return bool(self.legend)

    @property
    def width(self) -> int:
        """How many columns its table has."""
        return 3 + len(self.columns)


@dataclass(frozen=True)
class SectionPart:
    """One section of the questionnaire."""

    code: str
    title: str
    questions: tuple[QuestionPart, ...]

    @property
    def runs(self) -> tuple[Run, ...]:
        """Its questions as they stand on paper."""
        alike = groupby(self.questions, key=lambda each: (", ".join(label for label, _ in each.legend), each.columns))
        return tuple(Run(legend, columns, tuple(found)) for (legend, columns), found in alike)
