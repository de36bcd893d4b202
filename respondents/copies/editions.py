"""The states in which a return's answers can be taken away: the draft as it stands, and each numbered submission."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from respondents.portal.words import moment_in_words
from respondents.returns.models import Return, Submission
from survey.schema.answers import Value
from survey.schema.routing import complete

DRAFT = "draft"
DRAFT_STANDING = "DRAFT, not submitted. These are the answers as they stand; nothing in this copy counts as sent."


@dataclass(frozen=True)
class Edition:
    """A return's answers in one state; every closed item has a code, -7 where it was not asked."""

    key: str
    name: str
    standing: str
    values: Mapping[str, Value]
    moment: datetime | None
    by: str
    reference: str = ""
    digest: str = ""

    @property
    def is_draft(self) -> bool:
        """Whether this was not submitted."""
        return self.key == DRAFT

    @property
    def heading(self) -> str:
        """Its name with its time, to be told from others in a list."""
        return f"{self.name}, {moment_in_words(self.moment)}" if self.moment else self.name


def draft_of(found: Return) -> Edition:
    """The return as it stands. Texts that routing does not open now are kept in it, so they are copied too."""
    answers, _ = complete(found.wave.questionnaire, found.values)
    return Edition(
        key=DRAFT,
        name="Draft",
        standing=DRAFT_STANDING,
        values={**answers, **found.texts},
        moment=found.changed_at,
        by=_named(found.changed_by) if found.changed_at else "",
    )


def edition_of(submission: Submission, *, latest: int) -> Edition:
    """What was sent under one number, and whether it counts."""
    counts = submission.number == latest
    return Edition(
        key=str(submission.number),
        name=f"Submission {submission.number}",
        standing="This submission counts."
        if counts
        else f"Replaced: submission {latest} counts instead of this one. It is kept as it was received.",
        values={**submission.answers, **submission.texts},
        moment=submission.submitted_at,
        by=_named(submission.submitted_by),
        reference=submission.reference,
        digest=submission.digest,
    )


def editions_of(found: Return, submissions: Iterable[Submission]) -> tuple[Edition, ...]:
    """Every state of the return, oldest first; the draft last, as soon as anything was saved."""
    sent = sorted(submissions, key=lambda submission: submission.number)
    latest = sent[-1].number if sent else 0
    drafts = (draft_of(found),) if found.version else ()
    return (*(edition_of(each, latest=latest) for each in sent), *drafts)


def _named(person: User | None) -> str:
    return str(person) if person else "the survey team"
