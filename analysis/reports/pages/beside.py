"""A board beside the nation, in ready words: the same for the chair's page and for paper."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse

from analysis.core.nation.positions import Position
from analysis.core.nation.report import BesideQuestion, BesideSection, OwnAnswer
from analysis.core.nation.saying import among_words, answer_words, figure_of, said
from analysis.core.nation.told import ALL_BOARDS, Among
from analysis.reports.boards import BoardReport
from analysis.reports.pages.bar import Bar, Printed, bar_of, printed
from survey.moments import moment_in_words


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


@dataclass(frozen=True)
class BesidePage:
    """All that a board's report shows."""

    board: str
    wave: str
    lead: str
    standings: tuple[str, ...]
    reading: str
    source: str
    sections: tuple[SectionPart, ...]
    notice: str
    pdf_url: str
    return_url: str


READING = (
    "In each bar stand the boards that gave a position on the scale; the mark above it is where your board stands. "
    "Don't know and no answer are in the figures. Every share is of all boards that made a return. [c] is not shown: "
    "beside your own answer it could tell what other boards said."
)


def beside_page(report: BoardReport, *, demonstration: bool) -> BesidePage:
    """The report of one board."""
    found, release = report.found, report.published.release
    return BesidePage(
        board=str(found.board),
        wave=found.wave.title,
        lead=f"{report.beside.boards:,} boards answered. This is where yours stands.",
        standings=tuple(each.words for each in report.beside.standings),
        reading=READING,
        source=f"Release {release.number} of {found.wave.title}, published {moment_in_words(report.published.at)}.",
        sections=tuple(
            SectionPart(section.code, section.title, tuple(_questions(section))) for section in report.beside.sections
        ),
        notice="Invented answers: a demonstration" if demonstration else "",
        pdf_url=reverse("beside:pdf", args=[found.pk]),
        return_url=reverse("portal:tasks", args=[found.pk]),
    )


def _questions(section: BesideSection) -> Iterator[QuestionPart]:
    """Batteries of a section have the same columns; a multiple choice has its own."""
    shared = _groups(section.questions)
    for each in section.questions:
        overlaps = any(position.told.overlaps for position in each.positions)
        yield _question(each, _groups([each]) if overlaps else shared)


def _question(question: BesideQuestion, groups: tuple[Among, ...]) -> QuestionPart:
    rows = tuple(_row(position, groups) for position in question.positions)
    bars = [row.bar for row in rows if row.bar]
    legend = tuple((part.label, part.fill) for part in bars[0].parts) if bars else ()
    columns = tuple(f"{each.who} ({each.base:,})" for each in (*_nation(question), *groups)) if rows else ()
    return QuestionPart(question.code, question.wording, legend, rows, question.own, columns)


def _nation(question: BesideQuestion) -> tuple[Among, ...]:
    return tuple(each.told.nation for each in question.positions[:1])


def _groups(questions: Iterable[BesideQuestion]) -> tuple[Among, ...]:
    """The board's groups that stand beside any item of these questions, each once."""
    positions = (each for question in questions for each in question.positions)
    every = (group for each in positions for group in each.among[1:])
    return tuple({group.who: group for group in every}.values())


def _row(position: Position, groups: tuple[Among, ...]) -> ItemRow:
    is_list = position.told.overlaps
    return ItemRow(
        id=position.item.code.replace(".", "-"),
        label=position.item.label,
        said=said(position),
        bar=bar_of(position),
        groups=() if is_list else tuple(among_words(position, each) for each in position.among[1:]),
        withheld=_withheld(position.withheld),
        heads=tuple(f"{each.who} ({each.base:,})" for each in position.among),
        choices=tuple(_choices(position)),
        is_list=is_list,
        answer=answer_words(position),
        cells=tuple(_cell(position, who) for who in (ALL_BOARDS, *(group.who for group in groups))),
    )


def _cell(position: Position, who: str) -> str:
    """How many of these boards gave the same answer, for paper."""
    found = next((each for each in position.among if each.who == who), None)
    figure = figure_of(position, found) if found else None
    return f"{figure.count:,} ({figure.percent}%)" if figure and figure.count is not None else "[c]"


def _choices(position: Position) -> Iterator[Choice]:
    for place, part in enumerate(position.told.parts):
        figures = (each.figures[place] for each in position.among)
        words = tuple("[c]" if figure.count is None else f"{figure.count:,} ({figure.percent}%)" for figure in figures)
        yield Choice(part.label, place in position.mine, words)


def _withheld(groups: tuple[Among, ...]) -> str:
    return f"Not shown among {' or '.join(f'“{each.who}”' for each in groups)}." if groups else ""
