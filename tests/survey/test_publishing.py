"""Publishing freezes a version; the very same text is not published twice."""

import pytest

from accounts.append_only import AppendOnlyViolation
from survey.models import QuestionnaireVersion
from survey.publishing import publish_questionnaire
from survey.schema.source import DocumentError
from tests.builders import MUNRO, NOW, published

pytestmark = pytest.mark.django_db


def test_a_published_version_holds_the_text_and_its_digest() -> None:
    version = published()

    assert (version.code, version.version) == ("munro_2012", 1)
    assert version.document == MUNRO.read_text(encoding="utf-8")
    assert version.questionnaire.digest == version.digest


def test_the_same_text_is_the_same_version_and_another_text_the_next() -> None:
    first = published()
    again, is_new = publish_questionnaire(first.document, now=NOW)

    second, _ = publish_questionnaire(first.document + "# a word more\n", now=NOW)

    assert (again, is_new, second.version) == (first, False, 2)


def test_a_document_with_problems_is_not_published() -> None:
    with pytest.raises(DocumentError):
        publish_questionnaire("questionnaire: x\n", now=NOW)

    assert not QuestionnaireVersion.objects.exists()


def test_a_published_version_cannot_be_altered() -> None:
    version = published()
    version.document = "something else"

    for act in (version.save, version.delete, lambda: QuestionnaireVersion.objects.update(document="")):
        with pytest.raises(AppendOnlyViolation):
            act()
