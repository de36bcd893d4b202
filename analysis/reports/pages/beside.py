"""A board beside the nation, in ready words: the same for the chair's page and for paper."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from django.urls import reverse

from analysis.core.document.blocks import Cover, Document
from analysis.core.house_style import HouseStyle
from analysis.core.nation.positions import Position
from analysis.core.nation.report import BesideQuestion, BesideSection
from analysis.core.nation.saying import among_words, answer_words, figure_of, said
from analysis.core.nation.told import ALL_BOARDS, Among
from analysis.core.table import CONFIDENTIAL, MARKERS, UNSTABLE
from analysis.house_style.standing import dressed, house_at
from analysis.outputs.document_pages import BlockPage, screen_page
from analysis.reports.board_document import around_answers, board_document
from analysis.reports.boards import BoardReport
from analysis.reports.pages.bar import bar_of
from analysis.reports.pages.parts import Choice, ItemRow, QuestionPart, SectionPart
from survey.moments import moment_in_words


@dataclass(frozen=True)
class BesidePage:
    """All that a board's report shows."""

    board: str
    wave: str
    before: tuple[BlockPage, ...]
    sections: tuple[SectionPart, ...]
    after: tuple[BlockPage, ...]
    document: Document
    house: HouseStyle
    house_url: str  # of its colours and its logo, on a screen
    logo_url: str
    notice: str
    pdf_url: str
    word_url: str
    return_url: str


INVENTED = "Invented answers: a demonstration"


def beside_page(report: BoardReport, *, demonstration: bool, drawn: bool = True) -> BesidePage:
    """The report of one board; its words are those of its template, for bars or for tables alone."""
    found = report.found
    kinds = {each.stratum: each.label for each in report.beside.standings}
    sections = tuple(
        SectionPart(section.code, section.title, tuple(_questions(section, kinds)))
        for section in report.beside.sections
    )
    document = _document(report, sections, notice=INVENTED if demonstration else "", drawn=drawn)
    before, after = around_answers(document, sections)
    shown = screen_page(replace(document, blocks=before), place=lambda _: "")
    return BesidePage(
        board=str(found.board),
        wave=found.wave.title,
        before=shown.blocks,
        sections=sections,
        after=screen_page(replace(document, blocks=after), place=lambda _: "").blocks,
        document=document,
        house=document.cover.house,
        house_url=shown.house_url,
        logo_url=shown.logo_url,
        notice=INVENTED if demonstration else "",
        pdf_url=reverse("beside:pdf", args=[found.pk]),
        word_url=reverse("beside:word", args=[found.pk]),
        return_url=reverse("portal:tasks", args=[found.pk]),
    )


def _document(report: BoardReport, sections: tuple[SectionPart, ...], *, notice: str, drawn: bool) -> Document:
    found, published = report.found, report.published
    source = f"Release {published.release.number} of {found.wave.title}, published {moment_in_words(published.at)}."
    cover = Cover(
        title="",
        subtitle="",
        short_title="",
        source=found.wave.title,
        lines=(str(found.board),),
        notices=(notice,) if notice else (),
        returns=report.beside.boards,
    )
    standings = [each.words for each in report.beside.standings]
    marked = any(figure.is_unstable for each in report.beside.positions for who in each.among for figure in who.figures)
    if marked:
        standings.append(f"{UNSTABLE} = {MARKERS[UNSTABLE]}.")
    document = board_document(found.wave, sections, cover=cover, standings=standings, source=source, drawn=drawn)
    return dressed(document, house_at(published.at))


def _questions(section: BesideSection, kinds: Mapping[str, str]) -> Iterator[QuestionPart]:
    """Batteries of a section have the same columns; a multiple choice has its own."""
    shared = _groups(section.questions)
    for each in section.questions:
        overlaps = any(position.told.overlaps for position in each.positions)
        yield _question(each, _groups([each]) if overlaps else shared, kinds)


def _question(question: BesideQuestion, groups: tuple[Among, ...], kinds: Mapping[str, str]) -> QuestionPart:
    rows = tuple(_row(position, groups) for position in question.positions)
    bars = [row.bar for row in rows if row.bar]
    legend = tuple((part.label, part.fill) for part in bars[0].parts) if bars else ()
    among = (*_nation(question), *groups) if rows else ()
    columns = tuple(f"{_called(each, kinds)} ({each.base:,})" for each in among)
    return QuestionPart(question.code, question.wording, legend, rows, question.own, columns)


def _called(among: Among, kinds: Mapping[str, str]) -> str:
    """A column's boards in few words: which group of a kind is the board's own, the report says at its beginning."""
    return f"Your {kinds[among.group.stratum]}" if among.group else among.who


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
    return figure.cell if figure else CONFIDENTIAL


def _choices(position: Position) -> Iterator[Choice]:
    for place, part in enumerate(position.told.parts):
        figures = (each.figures[place] for each in position.among)
        yield Choice(part.label, place in position.mine, tuple(figure.cell for figure in figures))


def _withheld(groups: tuple[Among, ...]) -> str:
    return f"Not shown among {' or '.join(f'“{each.who}”' for each in groups)}." if groups else ""
