"""The quote register, and the permissions that boards are asked for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from analysis.opentext.models import Quote, QuoteStepKind
from analysis.opentext.quoting import CREDIT, OVER, State, state_of
from survey.models import Wave
from survey.moments import moment_in_words

VERBS = {
    QuoteStepKind.APPROVED: ("Approve", "opentext:approve"),
    QuoteStepKind.REFUSED: ("Refuse", "opentext:refuse"),
    QuoteStepKind.WITHDRAWN: ("Withdraw", "opentext:withdraw"),
    QuoteStepKind.CONSENTED: ("The board agrees", "opentext:given"),
    QuoteStepKind.DECLINED: ("The board does not agree", "opentext:declined"),
}


TAKEN_BACK = "The board takes its permission back"


@dataclass(frozen=True)
class QuoteCard:
    """One quote with its state, its story and what can be done now."""

    text: str
    credit: str
    question: str
    state: str
    reason: str
    story: tuple[str, ...]
    acts: tuple[tuple[str, str], ...]
    name: str


@dataclass(frozen=True)
class QuotesPage:
    """Every quote of a wave."""

    wave: Wave
    cards: tuple[QuoteCard, ...]
    items_url: str


@dataclass(frozen=True)
class PermissionRow:
    """One answer of a board that somebody wants to quote from; not what it says."""

    board: str
    question: str
    state: str
    acts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PermissionsPage:
    """Whom to ask."""

    wave: Wave
    rows: tuple[PermissionRow, ...]


def quotes_page(wave: Wave, quotes: Sequence[Quote], *, person: User) -> QuotesPage:
    """The register as this analyst may act on it."""
    cards = tuple(_card(wave, each, quotes, person=person) for each in quotes)
    return QuotesPage(wave, cards, reverse("opentext:items", args=[wave.slug]))


def permissions_page(wave: Wave, quotes: Sequence[Quote]) -> PermissionsPage:
    """One row for each answer, whatever the number of quotes from it; without a word of it.

    Where some of its quotes are over, the row is of one that is not.
    """
    stands = {each.pk: state_of(each, quotes) for each in quotes}
    over_first = sorted(quotes, key=lambda each: stands[each.pk] not in OVER)
    asked = {(each.survey_return_id, each.item, each.text_digest): each for each in over_first}
    rows = sorted(asked.values(), key=lambda each: -each.pk)
    return PermissionsPage(wave, tuple(_permission(wave, each, stands[each.pk]) for each in rows))


def _card(wave: Wave, quote: Quote, quotes: Sequence[Quote], *, person: User) -> QuoteCard:
    state = state_of(quote, quotes)
    return QuoteCard(
        text=quote.text,
        credit=CREDIT,
        question=wave.questionnaire.items[quote.item].short,
        state=state.value,
        reason=quote.reason,
        story=tuple(_story(quote)),
        acts=tuple(
            (VERBS[kind][0], reverse(VERBS[kind][1], args=[wave.slug, quote.pk]))
            for kind in _acts(quote, state, person)
        ),
        name=f"quote {quote.pk}",
    )


def _acts(quote: Quote, state: State, person: User) -> Iterator[QuoteStepKind]:
    if state in OVER:
        return
    if person != quote.made_by:
        if state is State.CHECKING:
            yield QuoteStepKind.APPROVED
        yield QuoteStepKind.REFUSED
    yield QuoteStepKind.WITHDRAWN


def _story(quote: Quote) -> Iterator[str]:
    yield f"Proposed by {quote.made_by} on {moment_in_words(quote.made_at)}"
    for step in quote.steps.all():
        yield f"{step.get_kind_display()}, recorded by {step.made_by} on {moment_in_words(step.made_at)}: {step.reason}"


def _permission(wave: Wave, quote: Quote, state: State) -> PermissionRow:
    board = quote.survey_return.board
    told = {State.ASKING: "To be asked", State.DECLINED: "Did not agree", State.WITHDRAWN: "No longer wanted"}
    return PermissionRow(
        board=board.name if board else "A return that names no board: nobody can be asked",
        question=f"{quote.item}. {wave.questionnaire.items[quote.item].short}",
        state=told.get(state, "Agreed" if state is not State.REFUSED else "No longer wanted"),
        acts=tuple(
            (words, reverse(VERBS[kind][1], args=[wave.slug, quote.pk])) for kind, words in _words_of(board, state)
        ),
    )


def _words_of(board: object, state: State) -> Iterator[tuple[QuoteStepKind, str]]:
    """What a board can say now: yes or no, and that it takes back its yes as long as the quote may be printed."""
    if not board or state in OVER:
        return
    if state is State.ASKING:
        yield QuoteStepKind.CONSENTED, VERBS[QuoteStepKind.CONSENTED][0]
        yield QuoteStepKind.DECLINED, VERBS[QuoteStepKind.DECLINED][0]
    else:
        yield QuoteStepKind.DECLINED, TAKEN_BACK
