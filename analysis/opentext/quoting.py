"""Services of the quote register: proposed from a redacted answer, permitted by the board, approved by another."""

import re
from collections.abc import Sequence
from datetime import datetime
from enum import Enum

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.append_only import AppendOnlyQuerySet
from accounts.audit.acts import declare
from accounts.audit.recording import record
from accounts.models import User
from analysis.opentext.models import Quote, QuoteStep, QuoteStepKind, Redaction
from analysis.opentext.refusals import NotReady, Settled
from respondents.returns.saving import lock_return
from survey.models import Wave

PROPOSED = declare("quote.proposed", "Proposed a quote")
STEPPED = declare("quote.step", "Decided on a quote")
CAP = 2
CREDIT = "LSCB Chair"
_BRACKETS = re.compile(r"\[[^\[\]]*\]")


class State(Enum):
    """How far a quote is, in words."""

    ASKING = "Waiting for the board’s permission"
    CHECKING = "Waiting for a second person"
    QUOTABLE = "May be quoted"
    DECLINED = "The board did not agree"
    REFUSED = "Refused"
    WITHDRAWN = "Withdrawn"


ENDED = {
    QuoteStepKind.REFUSED: State.REFUSED,
    QuoteStepKind.WITHDRAWN: State.WITHDRAWN,
    QuoteStepKind.DECLINED: State.DECLINED,
}
OVER = frozenset(ENDED.values())


def quotes_in(wave: Wave) -> AppendOnlyQuerySet[Quote]:
    """Every quote of the wave, the latest first."""
    return Quote.objects.filter(survey_return__wave=wave).order_by("-pk")


def quotes_of(wave: Wave) -> list[Quote]:
    """Every quote of the wave with its steps, the latest first."""
    beside = ("survey_return__wave", "survey_return__board", "made_by", "redaction")
    return list(quotes_in(wave).select_related(*beside).prefetch_related("steps__made_by"))


def state_of(quote: Quote, quotes: Sequence[Quote]) -> State:
    """How far a quote is. A board's permission, or its refusal, is for the answer and so for every quote from it."""
    steps = {step.kind for step in quote.steps.all()}
    for kind in (QuoteStepKind.WITHDRAWN, QuoteStepKind.REFUSED):
        if kind in steps:
            return ENDED[kind]
    said = _permission(quote, quotes)
    if said is None:
        return State.ASKING
    if said == QuoteStepKind.DECLINED:
        return State.DECLINED
    return State.QUOTABLE if QuoteStepKind.APPROVED in steps else State.CHECKING


def _permission(quote: Quote, quotes: Sequence[Quote]) -> str | None:
    """What the board last said about this answer as it reads."""
    of_answer = (quote.survey_return_id, quote.item, quote.text_digest)
    same = [each for each in quotes if (each.survey_return_id, each.item, each.text_digest) == of_answer]
    asked = {QuoteStepKind.CONSENTED, QuoteStepKind.DECLINED}
    said = [step for each in same for step in each.steps.all() if step.kind in asked]
    return max(said, key=lambda step: step.pk).kind if said else None


@transaction.atomic
def propose(redaction: Redaction, *, text: str, reason: str, by: User, now: datetime) -> Quote:
    """Puts a passage on the register. ValidationError for other words; NotReady where nothing may be quoted."""
    found = lock_return(redaction.survey_return)
    _refuse_blocked(redaction)
    if not stands_in(text, redaction.text):
        message = "These are not the words of the redacted answer. Put whatever you change or leave out in [brackets]"
        raise ValidationError({"text": message})
    quotes = quotes_of(found.wave)
    own = [each for each in quotes if each.survey_return_id == found.pk]
    if sum(state_of(each, quotes) not in OVER for each in own) >= CAP:
        raise NotReady(f"{CAP} quotes of this board are on the register. Withdraw one before you add another.")
    quote = Quote.objects.create(
        survey_return=found,
        item=redaction.item,
        text_digest=redaction.text_digest,
        redaction=redaction,
        text=text,
        reason=reason,
        made_by=by,
        made_at=now,
    )
    detail = {"item": redaction.item, "quote": quote.pk}
    record(PROPOSED, by=by, about=f"Return {found.pseudonym}", wave=found.wave.slug, detail=detail, now=now)
    return quote


@transaction.atomic
def take_step(quote: Quote, kind: QuoteStepKind, *, reason: str, by: User, now: datetime) -> QuoteStep:
    """A board's word, a second person's, or a withdrawal. Settled once it is over, NotReady out of turn."""
    found = lock_return(quote.survey_return)
    quotes = quotes_of(found.wave)
    quote = next(each for each in quotes if each.pk == quote.pk)
    _refuse_out_of_turn(quote, state_of(quote, quotes), kind, by=by)
    step = QuoteStep.objects.create(quote=quote, kind=kind, reason=reason, made_by=by, made_at=now)
    detail = {"item": quote.item, "quote": quote.pk, "step": kind}
    record(STEPPED, by=by, about=f"Return {found.pseudonym}", wave=found.wave.slug, detail=detail, now=now)
    return step


def stands_in(quote: str, text: str) -> bool:
    """Whether the quote, without what stands in brackets, is the text's own words in their order."""
    whole, at = " ".join(text.split()), 0
    pieces = [" ".join(piece.split()) for piece in _BRACKETS.split(quote)]
    for piece in filter(None, pieces):
        at = whole.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return any(pieces)


def _refuse_out_of_turn(quote: Quote, state: State, kind: QuoteStepKind, *, by: User) -> None:
    if state in OVER:
        raise Settled(f"This quote is over: {state.value.lower()}. Propose it again if that was wrong.")
    if kind in {QuoteStepKind.APPROVED, QuoteStepKind.REFUSED} and by == quote.made_by:
        raise NotReady("You proposed this quote: somebody else has to decide on it.")
    if kind == QuoteStepKind.APPROVED:
        _refuse_blocked(quote.redaction)
        if state is State.ASKING:
            raise NotReady("The board has not given its permission yet. The survey team asks it.")
        if state is State.QUOTABLE:
            raise Settled("This quote is approved already.")


def _refuse_blocked(redaction: Redaction) -> None:
    later = Redaction.objects.filter(
        survey_return=redaction.survey_return_id, item=redaction.item, text_digest=redaction.text_digest
    )
    last = later.order_by("-pk").first()
    if last is not None and last.is_blocked:
        raise NotReady("This answer tells of one child or case, so nothing is quoted from it.")
    if last != redaction:
        raise NotReady("This answer was redacted again since. Propose the quote from the newer text.")
