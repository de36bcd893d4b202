"""Service: a person decides on each passage that was found; the redacted text is kept beside the original."""

import re
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.audit.acts import declare
from accounts.audit.recording import record
from accounts.models import User
from analysis.opentext.answers import Answer
from analysis.opentext.finding import Found
from analysis.opentext.models import Redaction
from analysis.opentext.work import Work

REDACTED = declare("answer.redacted", "Redacted an answer")
DETAIL = "[detail]"


@dataclass(frozen=True)
class Edit:
    """A passage with what was decided: taken out, or kept."""

    kind: str
    mark: str
    start: int
    end: int
    is_taken: bool


@transaction.atomic
def redact(
    work: Work, answer: Answer, *, edits: Sequence[Edit], is_blocked: bool, by: User, now: datetime
) -> Redaction:
    """Keeps the text with a mark for each passage that was taken out, and what was decided of every other."""
    kept = Redaction.objects.create(
        survey_return_id=answer.return_id,
        item=work.item.code,
        text_digest=answer.digest,
        text=redacted(answer.text, edits),
        edits=[asdict(edit) for edit in edits],
        is_blocked=is_blocked,
        made_by=by,
        made_at=now,
    )
    taken = sum(edit.is_taken for edit in edits)
    detail = {"item": work.item.code, "taken": taken, "kept": len(edits) - taken, "blocked": is_blocked}
    record(REDACTED, by=by, about=f"Return {answer.pseudonym}", wave=work.wave.slug, detail=detail, now=now)
    return kept


def redacted(text: str, edits: Collection[Edit]) -> str:
    """The text with marks in place of what is taken out."""
    for edit in sorted(edits, key=lambda each: each.start, reverse=True):
        if edit.is_taken:
            text = text[: edit.start] + edit.mark + text[edit.end :]
    return text


def more_edits(text: str, words: str, edits: Sequence[Edit]) -> list[Edit]:
    """What a person wants out besides: each line wherever it stands. ValidationError for one that does not."""
    found: list[Edit] = []
    for line in filter(None, map(str.strip, words.splitlines())):
        places = [match.span() for match in re.finditer(re.escape(line), text, re.IGNORECASE)]
        if not places:
            raise ValidationError({"more": f"“{line}” does not stand in the answer: copy it word for word"})
        found += [Edit("chosen by hand", DETAIL, start, end, is_taken=True) for start, end in places]
    kept = [edit for edit in edits if not any(_overlap(edit, new) for new in found)]
    return sorted([*kept, *_joined(found)], key=lambda each: each.start)


def decided(found: Sequence[Found], taken: Collection[int]) -> list[Edit]:
    """What was found, with what was decided of it; `taken` names the passages by where they start."""
    return [Edit(each.kind, each.mark, each.start, each.end, is_taken=each.start in taken) for each in found]


def latest(work: Work) -> dict[str, Redaction]:
    """The redaction that counts of each answer as it reads now, by pseudonym."""
    rows = Redaction.objects.filter(survey_return__wave=work.wave, item=work.item.code).order_by("pk")
    by_key = {(row.survey_return_id, row.text_digest): row for row in rows.select_related("made_by")}
    return {
        answer.pseudonym: by_key[answer.return_id, answer.digest]
        for answer in work.answers
        if (answer.return_id, answer.digest) in by_key
    }


def _overlap(one: Edit, other: Edit) -> bool:
    return one.start < other.end and other.start < one.end


def _joined(edits: Sequence[Edit]) -> list[Edit]:
    """Without those that lie in another: what is taken out once is out."""
    return [
        edit
        for place, edit in enumerate(edits)
        if not any(_overlap(edit, other) and (other.end - other.start, -number) > (edit.end - edit.start, -place)
                   for number, other in enumerate(edits) if number != place)
    ]  # fmt: skip
