"""Service: where two coders differ, somebody decides, with the reason; both codings stay beside the decision."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.audit.acts import declare
from accounts.audit.recording import record
from accounts.models import User
from analysis.core.coding import Applied
from analysis.opentext.answers import Answer
from analysis.opentext.frames import applied_as_kept, applied_of
from analysis.opentext.models import Adjudication, Coding
from analysis.opentext.refusals import NotReady
from analysis.opentext.work import Work

DECIDED = declare("coding.decided", "Decided between two codings")


@transaction.atomic
def decide(work: Work, answer: Answer, *, codes: Sequence[str], reason: str, by: User, now: datetime) -> Adjudication:
    """Keeps which codes count, on the passages either coder marked. StillBlind before both are done.

    Raises NotReady where they do not differ.
    """
    work.refuse_while_blind()
    pair = work.both(answer)
    if pair is None or answer not in work.differing:
        raise NotReady("The two coders gave this answer the same codes, so there is nothing to decide.")
    kept = Adjudication.objects.create(
        survey_return_id=answer.return_id,
        item=work.item.code,
        text_digest=answer.digest,
        first=pair[0],
        second=pair[1],
        applied=applied_as_kept(_applied(codes, pair)),
        reason=reason,
        made_by=by,
        made_at=now,
    )
    detail = {"item": work.item.code, "codes": len(codes)}
    record(DECIDED, by=by, about=f"Return {answer.pseudonym}", wave=work.wave.slug, detail=detail, now=now)
    return kept


def _applied(codes: Sequence[str], pair: tuple[Coding, Coding]) -> tuple[Applied, ...]:
    """The chosen codes with the passages that either coder marked for them."""
    marked = dict.fromkeys(each for row in pair for each in applied_of(row.applied) if each.start is not None)
    whole = (Applied(code) for code in codes if code not in {each.code for each in marked})
    return (*whole, *(each for each in marked if each.code in codes))
