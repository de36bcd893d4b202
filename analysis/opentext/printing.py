"""Service: the quotes that a report may print, by the item they answer."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from analysis.core.document.blocks import Quotes
from analysis.opentext.answers import digests_of_each
from analysis.opentext.models import Quote, QuoteStepKind, Redaction
from analysis.opentext.quoting import CAP, CREDIT, State, quotes_of, state_of
from survey.models import Wave


def printed_quotes(wave: Wave, *, at: datetime | None = None) -> Mapping[str, Quotes]:
    """As approved, at most two of a board, of answers that still read as they did; in an order that says nothing.

    With a moment, only those that were approved by then.
    """
    quotes = quotes_of(wave)
    approved = [each for each in quotes if state_of(each, quotes) is State.QUOTABLE and _is_approved(each, at)]
    standing = _standing(wave, approved)
    kept = list(_capped(sorted((each for each in approved if each.pk in standing), key=lambda each: each.text)))
    items = wave.questionnaire.items
    return {
        code: Quotes(items[code].short, tuple(each.text for each in kept if each.item == code), CREDIT)
        for code in items
        if any(each.item == code for each in kept)
    }


def _is_approved(quote: Quote, at: datetime | None) -> bool:
    """By this moment, or at all."""
    approved = (step for step in quote.steps.all() if step.kind == QuoteStepKind.APPROVED)
    return at is None or any(step.made_at <= at for step in approved)


def _standing(wave: Wave, quotes: Sequence[Quote]) -> set[int]:
    """Those whose answer counts now as it was quoted, and was not redacted otherwise since."""
    if not quotes:
        return set()
    answers = {
        (answer.return_id, code, answer.digest)
        for code, said in digests_of_each(wave, sorted({each.item for each in quotes})).items()
        for answer in said
        if not answer.is_erased
    }
    rows = Redaction.objects.filter(survey_return__in={each.survey_return_id for each in quotes}).order_by("pk")
    latest = {(row.survey_return_id, row.item, row.text_digest): row for row in rows}
    return {
        each.pk
        for each in quotes
        if (key := (each.survey_return_id, each.item, each.text_digest)) in answers
        and latest[key].pk == each.redaction_id
        and not latest[key].is_blocked
    }


def _capped(quotes: Sequence[Quote]) -> Iterator[Quote]:
    """At most so many of one return, and so of one board."""
    told: dict[object, int] = {}
    for each in quotes:
        told[each.survey_return_id] = told.get(each.survey_return_id, 0) + 1
        if told[each.survey_return_id] <= CAP:
            yield each
