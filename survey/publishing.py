"""Service: publishing a questionnaire freezes it as the next version."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from survey.models import QuestionnaireVersion, read_once


@transaction.atomic
def publish_questionnaire(
    document: str, *, now: datetime, person: User | None = None
) -> tuple[QuestionnaireVersion, bool]:
    """The published version of this document and whether it is new; DocumentError if the document has problems.

    Publishing the very same text again gives the version that already stands.
    """
    questionnaire = read_once(document)
    if known := QuestionnaireVersion.objects.filter(digest=questionnaire.digest).first():
        return known, False
    versions = QuestionnaireVersion.objects.filter(code=questionnaire.code)
    latest = versions.aggregate(latest=Max("version"))["latest"] or 0
    published = QuestionnaireVersion.objects.create(
        code=questionnaire.code,
        version=latest + 1,
        title=questionnaire.title,
        document=document,
        digest=questionnaire.digest,
        published_at=now,
        published_by=person,
    )
    return published, True
