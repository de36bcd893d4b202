"""Service: the quotes that a report may print, by the item they answer."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from django.db.models import F, OuterRef, Subquery

from accounts.digests import bytes_digest
from analysis.core.document.blocks import Quotes
from analysis.opentext.models import Quote, QuoteStepKind, Redaction
from analysis.opentext.quoting import CAP, CREDIT, State, quotes_in, state_of
from respondents.contacts.eligibility import counted_submissions
from survey.models import Wave


def printed_quotes(wave: Wave, *, at: datetime | None = None) -> Mapping[str, Quotes]:
    """As approved, at most two of a board, of answers that still read as they did; in an order that says nothing.

    With a moment, only those that were approved by then.
    """
    return by_item(wave, quotable(wave, at=at))


def quotable(wave: Wave, *, at: datetime | None = None) -> list[Quote]:
    """The same quotes themselves."""
    quotes = _read(wave)
    approved = [each for each in quotes if state_of(each, quotes) is State.QUOTABLE and _is_approved(each, at)]
    return list(_capped(sorted(filter(_stands, approved), key=lambda each: each.text)))


def by_item(wave: Wave, kept: Sequence[Quote]) -> Mapping[str, Quotes]:
    """These quotes as a report prints them."""
    items = wave.questionnaire.items
    return {
        code: Quotes(items[code].short, tuple(each.text for each in kept if each.item == code), CREDIT, code)
        for code in items
        if any(each.item == code for each in kept)
    }


def _is_approved(quote: Quote, at: datetime | None) -> bool:
    """By this moment, or at all."""
    approved = (step for step in quote.steps.all() if step.kind == QuoteStepKind.APPROVED)
    return at is None or any(step.made_at <= at for step in approved)


def _read(wave: Wave) -> list[Quote]:
    """Every quote with what its board says now, and with the last redaction of the answer as it read then."""
    same = {name: OuterRef(name) for name in ("survey_return", "item", "text_digest")}
    redactions = Redaction.objects.filter(**same).order_by("-pk").values("pk")
    sent = counted_submissions(wave).filter(survey_return=OuterRef("survey_return")).values("texts")
    found = quotes_in(wave).select_related("redaction").prefetch_related("steps")
    beside = {"latest": Subquery(redactions[:1]), "erased_at": F("survey_return__texts_erased_at")}
    return list(found.annotate(said=Subquery(sent[:1]), **beside))


def _stands(quote: Quote) -> bool:
    """Whether the answer counts now as it was quoted, and was not redacted otherwise since."""
    told = vars(quote)
    said = (told["said"] or {}).get(quote.item) or ""
    reads_as_quoted = told["erased_at"] is None and bytes_digest(said.encode()) == quote.text_digest
    return reads_as_quoted and told["latest"] == quote.redaction_id and not quote.redaction.is_blocked


def _capped(quotes: Sequence[Quote]) -> Iterator[Quote]:
    """At most so many of one return, and so of one board."""
    told: dict[object, int] = {}
    for each in quotes:
        told[each.survey_return_id] = told.get(each.survey_return_id, 0) + 1
        if told[each.survey_return_id] <= CAP:
            yield each
