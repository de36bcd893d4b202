"""The parts of a board's report in ready words: sections, questions, items, choices."""

from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from analysis.core.nation.report import OwnAnswer
from analysis.reports.pages.bar import Bar, Printed, printed

Kind = Literal["bars", "answers", "alone"]


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

    @property
    def kind(self) -> Kind:
        """What it stands in on paper: a table of bars, a table of own answers, or by itself."""
        if self.legend:
            return "bars"
        is_short = not self.rows and all(each.label == self.wording and not each.is_written for each in self.own)
        return "answers" if is_short else "alone"

    @property
    def scale(self) -> str:
        """The answers of its bars, in their order; nothing if it has none."""
        return ", ".join(label for label, _ in self.legend)


@dataclass(frozen=True)
class Panel:
    """One question in a table on paper, and the answers of its bars where they must be told anew."""

    question: QuestionPart
    scale: str


@dataclass(frozen=True)
class Run:
    """Questions in a row that stand beside the same boards: one table on paper, or one after the other."""

    kind: Kind
    columns: tuple[str, ...]
    questions: tuple[QuestionPart, ...]

    @property
    def panels(self) -> tuple[Panel, ...]:
        """Its questions, each with its scale where that is not the one before."""
        before = ("", *(each.scale for each in self.questions))
        return tuple(
            Panel(each, "" if each.scale == known else each.scale)
            for each, known in zip(self.questions, before, strict=False)
        )

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
        alike = groupby(self.questions, key=lambda each: (each.kind, each.columns))
        return tuple(Run(kind, columns, tuple(found)) for (kind, columns), found in alike)
