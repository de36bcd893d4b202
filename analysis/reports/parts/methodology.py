"""The parts of the methodology and response report (M3, M98): everything about how the figures came to be."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, F

from accounts.outbox.models import Message, MessageState
from analysis.core.agreement import Publication
from analysis.core.disclosure import LARGEST_PRIMARY, SMALLEST_NATIONAL_BASE
from analysis.core.document.blocks import Block
from analysis.core.item_response import ItemResponse
from analysis.core.plan import Plan
from analysis.core.response import Rate
from analysis.disclosing.choosing import choices_of
from analysis.monitoring.figures import Figures, figures_of
from analysis.monitoring.going import completion
from analysis.monitoring.pages.answering import AnsweringPanel, answering_panel
from analysis.monitoring.pages.evenness import evenness_panels
from analysis.nonresponse.reading import Silence, silence_of
from analysis.nonresponse.words import asked_words, items_words, scheme_words, weighing_words
from analysis.opentext.reckoning import CodeCount, Reckoning
from analysis.opentext.work import work_on
from analysis.reports.parts.making import Parts, facts, listed, said
from respondents.contacts.eligibility import counted_returns
from respondents.contacts.models import ContactEntry, DispositionWords, MailingKind
from respondents.contacts.outcomes import settings_of
from respondents.returns.extension import Extension
from respondents.returns.models import Save, SaveSource
from respondents.returns.reopening import Reopening
from survey.counting import counted
from survey.models import Wave
from survey.moments import moment_in_words
from survey.schema.codes import MISSING_WORDS, NOT_ASKED

NOT_IN_BASE = (DispositionWords.NOT_ELIGIBLE, DispositionWords.DUPLICATE)
PERCENT = "Share (%)"
NOT_YET = "What became of each board has not been reckoned yet. A worker does so within a minute or two."


def methodology_parts(wave: Wave, plan: Plan, *, now: datetime) -> Parts:
    """Every part by name; outcomes and how boards answered are those of the worker's last tally."""
    figures, silence = figures_of(wave, now=now), silence_of(wave, now=now)
    panel = answering_panel(figures)
    return {
        **common_parts(wave, figures, smallest=choices_of(wave).smallest),
        "representativeness": tuple(_representativeness(figures)),
        "time": said(panel.minutes, panel.cost) if panel else (),
        "answering": tuple(_answering(panel)),
        "item-response": item_response(silence.items),
        "weighting": tuple(_weighting(silence)),
        "coding": tuple(_coding(wave, plan)),
    }


def common_parts(wave: Wave, figures: Figures, *, smallest: int) -> Parts:
    """What is the same for the team and for the public: no group of boards is counted in it.

    `smallest` is the base that a row of a table by groups needs.
    """
    return {
        "fieldwork": (*facts("fieldwork", "Fieldwork", ("What", "When or how many"), _fieldwork(wave), words=(1,)),),
        "contacts": tuple(_contacts(wave)),
        "modes": tuple(_modes(wave)),
        "outcomes": tuple(_outcomes(wave, figures)),
        "disclosure": listed(_disclosure(smallest)),
        "missing": listed(f"{code}: {words}" for code, words in MISSING_WORDS.items() if code != NOT_ASKED),
    }


def _fieldwork(wave: Wave) -> Iterator[tuple[str, str]]:
    questionnaire = wave.questionnaire
    yield "Questionnaire", f"{questionnaire.title}, {counted(len(questionnaire.items), 'item')}"
    yield "Opened", moment_in_words(wave.opens_at)
    yield "Closed", moment_in_words(wave.closes_at)
    moved = wave.closing_changes.filter(kind="extended").count()
    yield "Extended for all", counted(moved, "time")
    yield "Extended for single boards", f"{Extension.objects.filter(survey_return__wave=wave).count():,}"
    yield "Reopened after closing", f"{Reopening.objects.filter(survey_return__wave=wave).count():,}"
    yield "Answers frozen", _frozen(wave)


def _frozen(wave: Wave) -> str:
    last = wave.frozen_extracts.defer("content").order_by("-number").first()
    return f"{moment_in_words(last.frozen_at)}, {counted(last.rows, 'return')}" if last else "Not yet"


def _contacts(wave: Wave) -> Iterator[Block]:
    """Letters that went, by kind, and calls."""
    sent = Message.objects.filter(wave=wave.slug, kind__in=MailingKind.values, state=MessageState.SENT).order_by()
    letters = dict(sent.values_list("kind").annotate(Count("pk")))
    mailed = dict(wave.mailings.filter(queued__gt=0).order_by().values_list("kind").annotate(Count("pk")))
    rows = [(kind.label, f"{mailed.get(kind, 0):,}", f"{letters.get(kind, 0):,}") for kind in MailingKind]
    calls = ContactEntry.objects.filter(survey_return__wave=wave).count()
    yield from facts("contacts", "Letters that were sent", ("Kind", "Mailings", "Letters"), rows)
    yield from said(f"The contact log has {counted(calls, 'entry', 'entries')} of calls and other contacts.")


def _modes(wave: Wave) -> Iterator[Block]:
    sent = Save.objects.filter(survey_return__in=counted_returns(wave), version=F("survey_return__submitted_version"))
    found = dict(sent.order_by().values_list("source").annotate(Count("pk")))
    rows = [(source.label, f"{found[source]:,}") for source in SaveSource if source in found]
    yield from facts("modes", "How the answers that count were last given", ("By", "Returns"), rows)


def _outcomes(wave: Wave, figures: Figures) -> Iterator[Block]:
    """M2 to M4: one disposition for each board, the rates that follow, and the cut-offs behind them."""
    found = figures.tally.content.get("outcomes") if figures.tally else None
    if not found:
        yield from said(NOT_YET)
        return
    counts = {each: int(found.get(each.value, 0)) for each in DispositionWords}
    total = sum(counts.values())
    rows = [(each.label, f"{number:,}") for each, number in counts.items() if number]
    yield from facts("outcomes", "What became of each board", ("Outcome", "Boards"), [*rows, ("All", f"{total:,}")])
    eligible = total - sum(counts[each] for each in NOT_IN_BASE)
    complete, partial = counts[DispositionWords.COMPLETE], counts[DispositionWords.PARTIAL]
    begun = completion(figures.tally.content) if figures.tally else None
    yield from listed((
        f"RR2, complete and partial returns: {Rate(complete + partial, eligible, 'boards')}.",
        f"RR1, complete returns alone: {Rate(complete, eligible, 'boards')}.",
        f"Completion: {begun}." if begun else "",
    ))  # fmt: skip
    cut = settings_of(wave).cut_offs
    yield from said(
        f"N is {eligible:,}: the boards of the frame but for those that were not eligible or on it twice, whose "
        "returns, if any, are kept and counted in no figure. "
        "Rates are those of the American Association for Public Opinion Research for a closed list on which every "
        "board is known to be eligible, so that RR1 is RR3 and RR5, and RR2 is RR4 and RR6. A return is partial from "
        f"{cut.partial_from}% of the items that applied to it, and complete above {cut.complete_above}%; one with "
        "less, or one that was begun and not sent, is a break-off."
    )


def _representativeness(figures: Figures) -> Iterator[Block]:
    for panel in evenness_panels(figures):
        yield from said(f"{panel.verdict} {panel.test} {panel.indicator}")


def _answering(panel: AnsweringPanel | None) -> Iterator[Block]:
    if panel is None:
        return
    for id_, title, rows in (
        ("stopped", "The last page of returns that were begun and not sent", panel.stopped),
        ("devices", "On what the pages were answered", panel.devices),
        ("satisfaction", "How those who said so found it", panel.satisfaction),
    ):
        counts = ((row.name, f"{row.number:,}", row.percent) for row in rows)
        yield from facts(id_, title, ("Which", "Returns", PERCENT), counts)


def item_response(items: tuple[ItemResponse, ...]) -> tuple[Block, ...]:
    """How many answered each of these items, those in full that too few did."""
    low = (
        (f"{item.code}. {item.label}", f"{item.asked:,}", f"{item.answered:,}", item.percent)
        for item in items
        if item.is_low
    )
    heads = ("Item", "Asked", "Answered", PERCENT)
    return (
        *said(items_words(items)),
        *facts("low-items", "Items that fewer than nine in ten answered", heads, low),
    )


def _weighting(silence: Silence) -> Iterator[Block]:
    yield from said(asked_words(silence))
    yield from listed(f"{scheme_words(each.assessment.scheme)}: {weighing_words(each)}" for each in silence.weighings)


def _disclosure(smallest: int) -> Iterator[str]:
    yield f"National tables of answers are published whole from a base of {SMALLEST_NATIONAL_BASE} returns."
    yield (
        f"A row of a table by type of authority or region stands on at least {smallest} returns; smaller "
        "groups are merged with their neighbours in a fixed order."
    )
    yield (
        f"There, counts from 1 to {LARGEST_PRIMARY} are withheld, [c], with as many others as it takes that none of "
        "them can be deduced from all that is public, earlier releases among it."
    )
    yield "Where all returns of a group gave one answer, the group is withheld for that question."
    yield "No list of the boards that answered is published, and nothing that would tell which did."


def _coding(wave: Wave, plan: Plan) -> Iterator[Block]:
    for spec in plan.coded:
        work = work_on(wave, spec.item, texts=False)
        if work.is_open_to_all:
            counts = Reckoning(work).counts
            rows = ((each.code.name, *agreement(each), len(each.pairs)) for each in counts)
            heads = ("Code", "Boards", "Krippendorff’s alpha", "Coded twice")
            yield from facts(f"coding-{spec.id}", f"Agreement of two coders: {spec.short or spec.title}", heads, rows)


def agreement(count: CodeCount) -> tuple[str | None, str | None]:
    """What may be printed of a code: of a rare one no coefficient, and no number of boards without agreement (M60)."""
    if count.publication is Publication.WORDS:
        return "a small number", None
    alpha = None if count.alpha is None else f"{count.alpha:.2f}"
    return (None if count.publication is Publication.NOTHING else f"{count.boards:,}"), alpha
