"""Service: where two coders differ, somebody decides, with the reason; both codings stay beside the decision."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.audit.acts import declare
from accounts.audit.recording import record
from accounts.models import User
from analysis.core.coding import Applied
from analysis.opentext.answers import Answer
from analysis.opentext.frames import applied_as_kept
from analysis.opentext.models import Adjudication
from analysis.opentext.refusals import NotReady
from analysis.opentext.work import Work

DECIDED = declare("coding.decided", "Decided between two codings")


@transaction.atomic
def decide(
    work: Work, answer: Answer, *, applied: Sequence[Applied], reason: str, by: User, now: datetime
) -> Adjudication:
    """Keeps which codes count. StillBlind before both are done, NotReady where they do not differ."""
    work.refuse_while_blind()
    pair = work.both(answer)
    if pair is None or answer not in work.differing:
        raise NotReady("The two coders gave this answer the same codes, so there is nothing to decide.")
    known = {code.key for code in work.codes}
    if any(each.code not in known for each in applied):
        raise ValidationError({"codes": "Choose among the codes of the frame"})
    kept = Adjudication.objects.create(
        survey_return_id=answer.return_id,
        item=work.item.code,
        text_digest=answer.digest,
        first=pair[0],
        second=pair[1],
        applied=applied_as_kept(tuple(applied)),
        reason=reason,
        made_by=by,
        made_at=now,
    )
    detail = {"item": work.item.code, "codes": len(applied)}
    record(DECIDED, by=by, about=f"Return {answer.pseudonym}", wave=work.wave.slug, detail=detail, now=now)
    return kept
