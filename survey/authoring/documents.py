"""A document by its name on the pages: “draft-3” or “version-2”. Read as far as it can be read."""

import re
from dataclasses import dataclass
from functools import lru_cache

from django.http import Http404
from django.shortcuts import get_object_or_404

from survey.models import DocumentDraft, QuestionnaireVersion
from survey.schema.document import DocumentError, Problem, Questionnaire, load

_NAME = re.compile(r"(draft|version)-(\d{1,9})")


@dataclass(frozen=True)
class Examined:
    """What a text means, or everything that is wrong with it."""

    questionnaire: Questionnaire | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Document:
    """A draft or a published version: its name in addresses, what it is called, and its text."""

    name: str
    title: str
    text: str

    @property
    def examined(self) -> Examined:
        """What it means."""
        return examine(self.text)


@lru_cache(maxsize=32)
def examine(text: str) -> Examined:
    """The questionnaire in a text, or its problems. Whoever writes looks again and again, so the last few are kept."""
    try:
        return Examined(load(text))
    except DocumentError as error:
        return Examined(None, error.problems)


def find_document(name: str) -> Document:
    """The document of this name, or “not found”."""
    match = _NAME.fullmatch(name)
    if match is None:
        raise Http404
    if match[1] == "draft":
        return document_of_draft(get_object_or_404(DocumentDraft, pk=int(match[2])))
    return document_of_version(get_object_or_404(QuestionnaireVersion, pk=int(match[2])))


def find_readable(name: str) -> tuple[Document, Questionnaire]:
    """A document without problems and what it means, or “not found”."""
    document = find_document(name)
    if document.examined.questionnaire is None:
        raise Http404
    return document, document.examined.questionnaire


def document_of_draft(draft: DocumentDraft) -> Document:
    """A draft as a document."""
    return Document(f"draft-{draft.pk}", f"Draft {draft.pk}: {draft.title or 'no title yet'}", draft.text)


def document_of_version(version: QuestionnaireVersion) -> Document:
    """A published version as a document."""
    return Document(f"version-{version.pk}", f"{version}: {version.title}", version.document)
