"""What the explorer says: one table with its chart, what was asked, what it bears on, and how to keep it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.urls import reverse

from analysis.core.cell_intervals import BOUNDS, bounds_of
from analysis.core.charts import Order
from analysis.core.ordering import by_agreement, has_items
from analysis.core.turning import turned
from analysis.exploring.choice import Choice
from analysis.exploring.choices import items_of
from analysis.exploring.forms import ChoiceForm, SavingForm
from analysis.exploring.links import Link, address, neighbours
from analysis.exploring.lists import Kept, copies_taken, kept_tables
from analysis.exploring.looking import Explored
from analysis.exploring.scales import collapse_of
from analysis.exploring.specifying import code_of
from analysis.outputs.charts_svg import ChartPage, charts_of
from analysis.outputs.tables_html import TablePage, table_page
from respondents.contacts.eligibility import counted_returns
from survey.models import Wave

FORMATS = (("csv", "CSV"), ("xlsx", "Excel workbook"), ("svg", "chart as SVG"), ("png", "chart as PNG"))
FOR_THE_TEAM = (
    "These figures are for the team: nothing in them is withheld. What you download is protected, and says where: "
    "counts of 1 and 2, groups of fewer than 10, and whatever would give these away, beside releases and all copies "
    "taken before, are marked [c]."
)


@dataclass(frozen=True)
class Asked:
    """What respondents read: the question, its items, and the answers they could choose."""

    code: str
    wording: str
    items: tuple[str, ...]
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Result:
    """One table with everything that belongs to it."""

    table: TablePage
    bounds: TablePage | None
    charts: tuple[ChartPage, ...]
    no_returns: str
    before: Link | None
    after: Link | None
    other_order: Link | None
    other_scale: Link | None
    scale_note: str
    asked: Asked
    recommendations: tuple[str, ...]
    findings_url: str
    files: tuple[Link, ...]
    code: str
    saving: SavingForm


@dataclass(frozen=True)
class ExplorerPage:
    """The choice, the table that was chosen if one was, and those that are kept."""

    wave: Wave
    basis: str
    form: ChoiceForm
    result: Result | None
    kept: tuple[Kept, ...]
    copies: tuple[Kept, ...]
    for_the_team: str = FOR_THE_TEAM


def explorer_page(
    wave: Wave, form: ChoiceForm, explored: Explored | None, *, order: Order = "net", saving: SavingForm | None = None
) -> ExplorerPage:
    """The page; `saving` is a form to keep the table that came back with something to mend."""
    returns = counted_returns(wave).count()
    return ExplorerPage(
        wave=wave,
        basis=f"From the {returns:,} submissions that count now.",
        form=form,
        result=_result(wave, explored, order, saving) if explored else None,
        kept=tuple(kept_tables(wave)),
        copies=tuple(copies_taken(wave)),
    )


def _result(wave: Wave, explored: Explored, order: Order, saving: SavingForm | None) -> Result:
    choice, table = explored.choice, by_agreement(explored.table) if order == "net" else explored.table
    shown = turned(table, stub_label="Answer") if len(table.rows) == 1 else table
    other, note = _other_scale(wave, explored)
    before, after = neighbours(wave, choice)
    open_to, shown = bounds_of(shown), replace(shown, notes=tuple(each for each in shown.notes if each != BOUNDS))
    return Result(
        table=table_page(shown),
        bounds=table_page(open_to) if open_to else None,
        charts=tuple(map(_named, charts_of(table, explored.spec.chart, unit=explored.unit, order=order))),
        before=before,
        after=after,
        other_order=_other_order(address(wave, choice), order) if has_items(table) else None,
        no_returns="" if _has_base(explored) else "No returns stand in the base, so there is nothing to draw.",
        other_scale=other,
        scale_note=note,
        asked=_asked(wave, choice),
        recommendations=tuple(_recommendations(wave, explored)),
        findings_url=f"{reverse('plan_tables:findings', args=[wave.slug])}#recommendations",
        files=tuple(Link(words, f"{reverse(f'exploring:{name}', args=[wave.slug])}?{choice.query}")
                    for name, words in FORMATS),
        code=code_of(explored.spec, plan=explored.plan),
        saving=saving or SavingForm(wave=wave, choice=choice),
    )  # fmt: skip


def _named(chart: ChartPage) -> ChartPage:
    """The chart with its title and all that must be said of it, which it needs wherever it is copied to."""
    table = chart.table
    words = filter(None, (table.base_note, chart.reading, *table.marks, table.evenness))
    return replace(chart, title=table.title, reading=" ".join(words))


def _has_base(explored: Explored) -> bool:
    return any(cell.base for cell in explored.table.cells.values())


def _other_order(url: str, order: Order) -> Link:
    """Items stand by net agreement; in the order of the questionnaire they are one click away."""
    if order == "net":
        return Link("The same table in the order of the questionnaire", f"{url}&order=questionnaire")
    return Link("The same table by net agreement", url)


def _other_scale(wave: Wave, explored: Explored) -> tuple[Link | None, str]:
    """Every collapsed table is one click from its full form, and back."""
    choice, item = explored.choice, items_of(wave.questionnaire, explored.choice.item)[0]
    can_collapse = bool(collapse_of(item, questionnaire=wave.questionnaire, plan=explored.plan))
    if choice.scale == "collapsed" and not can_collapse:
        return None, "This scale has no two ends to collapse, so it is shown in full."
    if choice.scale == "collapsed":
        return Link("The same table with every answer by itself", address(wave, choice.at("full"))), ""
    if can_collapse:
        return Link("The same table collapsed", address(wave, choice.at("collapsed"))), ""
    return None, ""


def _asked(wave: Wave, choice: Choice) -> Asked:
    items = items_of(wave.questionnaire, choice.item)
    question = wave.questionnaire.question(items[0].question_code)
    labels = tuple(item.label for item in items if item.label != question.wording)
    scale = items[0].scale
    return Asked(question.code, question.wording, labels, tuple(o.label for o in scale.options) if scale else ())


def _recommendations(wave: Wave, explored: Explored) -> Iterator[str]:
    """The recommendations on which any of the items bears, with their titles where the plan has them."""
    items = items_of(wave.questionnaire, explored.choice.item)
    titles = explored.plan.recommendations if explored.plan else {}
    for number in sorted({number for item in items for number in item.recommendations}):
        yield f"{number}. {titles[number]}" if number in titles else f"{number}"
