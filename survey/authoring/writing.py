"""Services: a text is kept as a draft whatever is wrong with it; one without problems is published."""

import re
from datetime import datetime
from http import HTTPStatus

from django.db import transaction

from accounts.audit.recording import record
from accounts.models import User
from accounts.refusals import Refusal
from survey.authoring.acts import KEPT, PUBLISHED
from survey.counting import counted
from survey.models import DocumentDraft, QuestionnaireVersion
from survey.publishing import publish_questionnaire
from survey.schema.document import DocumentError

_TITLE = re.compile(r"^title:\s*[\"'>|]?\s*(.+?)[\"']?\s*$", re.MULTILINE)


class HasProblems(Refusal):
    """Somebody published a text that has problems."""

    status = HTTPStatus.CONFLICT
    title = "This draft cannot be published yet"


@transaction.atomic
def keep_draft(text: str, *, follows: DocumentDraft | None = None, by: User, now: datetime) -> DocumentDraft:
    """The text as a draft of its own; sent again unchanged, the draft that holds it already."""
    if follows is not None and follows.text == text:
        return follows
    named = _TITLE.search(text)
    title = named[1][:300] if named else ""
    draft = DocumentDraft.objects.create(text=text, title=title, saved_by=by, saved_at=now, follows=follows)
    record(KEPT, by=by, subject=draft, about=title, now=now)
    return draft


@transaction.atomic
def publish_draft(draft: DocumentDraft, *, by: User, now: datetime) -> QuestionnaireVersion:
    """The published version of the draft's text; the one that stands if this very text was published before."""
    try:
        version, is_new = publish_questionnaire(draft.text, now=now, person=by)
    except DocumentError as error:
        problems = counted(len(error.problems), "problem")
        raise HasProblems(f"The draft has {problems}. Go back, mend them, and publish it then.") from None
    if is_new:
        record(PUBLISHED, by=by, subject=version, detail={"digest": version.digest, "draft": draft.pk}, now=now)
    return version
