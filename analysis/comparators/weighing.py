"""What an import would do: each question with its item, its verdict, and the lines that would stand nowhere."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from accounts.digests import digest_of
from analysis.comparators.models import ComparatorFacts
from analysis.core.auditor import PrintedCell, PrintedDistribution, audit_rows
from analysis.core.other_columns import PublishedColumn, PublishedLine, Verdict, columns_of, verdict_on
from analysis.core.other_matching import Match, match, targets_of
from analysis.core.plan import Plan

FACTS = ("label", "column", "who", "asked_when", "scale", "source", "comparability", "file_name", "lines")
REMEDY = (
    "Check these lines against the publication. If it is printed so, it stands as printed: nothing is tested where no "
    "single count is certain."
)


@dataclass(frozen=True)
class Weighed:
    """One question: where it belongs, and what the auditor says of its figures."""

    match: Match
    verdict: Verdict


@dataclass(frozen=True)
class Preview:
    """Everything that an import would do, and the digest under which it is confirmed."""

    questions: tuple[Weighed, ...]
    copies: tuple[str, ...]
    digest: str

    @property
    def taken(self) -> tuple[Weighed, ...]:
        """The questions that stand beside an item."""
        return tuple(each for each in self.questions if each.match.targets)

    @property
    def left_out(self) -> list[str]:
        """Which lines would stand nowhere, and why."""
        return [
            f"{each.match.column.where.capitalize()}. {each.match.why_not}"
            for each in self.questions
            if not each.match.targets
        ]

    @property
    def places(self) -> list[list[str | int]]:
        """The number of each line that is taken, with each cell of ours beside which it stands."""
        return [
            [line.number, *place]
            for each in self.taken
            for line in each.match.column.lines
            for place in each.match.places[line.option]
        ]


def lines_of(facts: ComparatorFacts) -> tuple[PublishedLine, ...]:
    """The lines as they were read."""
    return tuple(PublishedLine(**line) for line in facts.lines)


def weigh(facts: ComparatorFacts, *, plan: Plan) -> Preview:
    """What importing these lines beside the tables of this plan would do."""
    columns, targets = columns_of(lines_of(facts)), targets_of(plan)
    questions = tuple(
        Weighed(match(each, scale=facts.scale, targets=targets), verdict(each, scale=facts.scale)) for each in columns
    )
    preview = Preview(questions, tuple(copies(columns)), "")
    shown = [*(getattr(facts, name) for name in FACTS), preview.places, preview.left_out]
    return Preview(questions, preview.copies, digest_of(shown))


def verdict(column: PublishedColumn, *, scale: Sequence[str]) -> Verdict:
    """What the auditor says of a question of a survey with this scale."""
    return verdict_on(column, is_whole=len(column.lines) >= len(scale))


def copies(columns: Iterable[PublishedColumn]) -> list[str]:
    """Questions with the same counts throughout."""
    rows = [
        PrintedDistribution(
            each.table,
            each.row,
            each.base,
            tuple(PrintedCell(line.option, line.figure.count, line.percent) for line in each.lines),
        )
        for each in columns
    ]
    return [found.sentence for found in audit_rows(rows)]
