"""Services: two people are named, each codes their answers without seeing the other's codes, and says when done."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.audit.acts import declare
from accounts.audit.recording import record
from accounts.models import User
from analysis.core.coding import Applied
from analysis.opentext.frames import applied_as_kept
from analysis.opentext.models import CoderDone, Coders, Coding
from analysis.opentext.reading import Reading
from analysis.opentext.refusals import AnswerChanged, NotReady, NotYours, Settled
from analysis.opentext.work import Work
from survey.models import Wave

NAMED = declare("coding.coders", "Named who codes answers")
CODED = declare("coding.coded", "Coded an answer")
DONE = declare("coding.done", "Was done with coding")


@transaction.atomic
def name_coders(wave: Wave, item: str, *, first: User, second: User, by: User | None, now: datetime) -> Coders:
    """Two people code the item from now on.

    ValidationError if they are one; Settled once two were done, since all may see their codes: nobody is blind then.
    """
    if first == second:
        raise ValidationError({"second": "Choose another person: two people have to code on their own"})
    _refuse_once_open(wave, item)
    kept = Coders.objects.create(wave=wave, item=item, first=first, second=second, made_by=by, made_at=now)
    detail = {"item": item, "first": first.pk, "second": second.pk}
    record(NAMED, by=by, subject=wave, wave=wave.slug, detail=detail, now=now)
    return kept


def _refuse_once_open(wave: Wave, item: str) -> None:
    done = set(CoderDone.objects.filter(wave=wave, item=item).values_list("coder", flat=True))
    pairs = Coders.objects.filter(wave=wave, item=item).values_list("first", "second")
    if any({first, second} <= done for first, second in pairs):
        raise Settled(
            f"Two people have coded {item} and said that they were done, so their codes are open to all who code: "
            "nobody named now would code without seeing them. Answers that arrive later are coded by those two."
        )


@transaction.atomic
def code_answer(
    work: Work,
    reading: Reading,
    *,
    applied: Sequence[Applied],
    seen: str,
    by: User,
    now: datetime,
) -> Coding:
    """Keeps what this person made of the answer: places are in the text they read, and `seen` is its digest.

    Raises NotYours, Settled once the person was done, AnswerChanged, ValidationError for codes the frame has not.
    """
    answer = reading.answer
    if work.frame is None:
        raise NotReady(f"{work.item.code} has no codes yet. Add the first one, then code.")
    if answer not in work.answers_for(by):
        raise NotYours(f"{by} was not named to code this answer to {work.item.code}.")
    if work.stands(by, answer):
        raise Settled("You said that you were done, so this coding stands: agreement is reckoned on it.")
    if seen != reading.digest:
        raise AnswerChanged(
            "Since you opened this page the board has sent its answers again, or somebody has redacted this one. "
            "Read this one again."
        )
    _check(work, reading, applied)
    kept = Coding.objects.create(
        survey_return_id=answer.return_id,
        item=work.item.code,
        text_digest=answer.digest,
        frame=work.frame,
        redaction=reading.redaction,
        applied=applied_as_kept(reading.as_written(applied)),
        made_by=by,
        made_at=now,
    )
    detail = {"item": work.item.code, "version": work.frame.number, "codes": len(applied)}
    record(CODED, by=by, about=f"Return {answer.pseudonym}", wave=work.wave.slug, detail=detail, now=now)
    return kept


@transaction.atomic
def say_done(work: Work, *, by: User, now: datetime) -> CoderDone:
    """From now on this person's codings stand. NotReady while something is uncoded."""
    left = len(work.uncoded(by))
    if not work.answers_for(by) or left:
        raise NotReady(f"{left} answers are still to be coded. Code them, then say that you are done.")
    kept = CoderDone.objects.create(wave=work.wave, item=work.item.code, coder=by, made_by=by, made_at=now)
    record(DONE, by=by, subject=work.wave, wave=work.wave.slug, detail={"item": work.item.code}, now=now)
    return kept


def _check(work: Work, reading: Reading, applied: Sequence[Applied]) -> None:
    offered = {code.key for code in work.codes if not code.is_retired}
    for each in applied:
        if each.code not in offered:
            raise ValidationError({"codes": f"The frame has no code {each.code}. Reload the page and choose again"})
        if (each.start is None) != (each.end is None):
            raise ValidationError({"codes": "A passage has a beginning and an end"})
        if each.start is not None and each.end is not None and not 0 <= each.start < each.end <= len(reading.text):
            raise ValidationError({"codes": "A passage lies outside the answer: mark it again"})
