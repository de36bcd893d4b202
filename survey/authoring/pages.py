"""What the pages of the questionnaires say, ready to be placed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse

from survey.authoring.documents import Document
from survey.counting import counted
from survey.models import DocumentDraft, QuestionnaireVersion
from survey.moments import moment_in_words
from survey.schema.comparison import ChangeKind, Comparison, ItemComparison
from survey.schema.document import Problem, Questionnaire


@dataclass(frozen=True)
class Row:
    """A version or a draft in a list."""

    words: str
    url: str
    when: str


@dataclass(frozen=True)
class VersionsPage:
    """What is published, and what is being written."""

    versions: tuple[Row, ...]
    drafts: tuple[Row, ...]


@dataclass(frozen=True)
class Line:
    """One line of a document with the problems that were found on it."""

    number: int
    text: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class DocumentPage:
    """A document with what is to be known of it, and where one may go from here."""

    title: str
    said: str
    digest: str
    problems: tuple[Problem, ...]
    lines: tuple[Line, ...]
    preview_url: str
    publish_url: str
    compare: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Said:
    """One change of an item, in words."""

    what: str
    before: str
    after: str
    effect: str
    breaks: bool


@dataclass(frozen=True)
class ChangedItem:
    """One item with its changes, or several that changed in the very same way."""

    codes: str
    label: str
    others: int
    changes: tuple[Said, ...]
    like: str


@dataclass(frozen=True)
class ComparisonPage:
    """Two versions, item by item."""

    old: str
    new: str
    lead: str
    counts: tuple[str, ...]
    items: tuple[ChangedItem, ...]
    back_url: str


KINDS: Mapping[ChangeKind, str] = {
    "added": "Added",
    "removed": "Removed",
    "reworded": "Reworded",
    "hint": "Hint changed",
    "rescaled": "Rescaled",
    "relabelled": "Answers renamed",
    "moved": "Moved",
    "routing": "Routing changed",
}


def versions_page(versions: Iterable[QuestionnaireVersion], drafts: Iterable[DocumentDraft]) -> VersionsPage:
    """Both lists, the newest first."""
    return VersionsPage(
        tuple(
            Row(
                f"{each}: {each.title}",
                _url(f"version-{each.pk}"),
                f"Published by {each.published_by or 'an operator'} on {moment_in_words(each.published_at)}",
            )
            for each in versions
        ),
        tuple(
            Row(
                f"Draft {each.pk}: {each.title or 'no title yet'}",
                _url(f"draft-{each.pk}"),
                f"Saved by {each.saved_by} on {moment_in_words(each.saved_at)}",
            )
            for each in drafts
        ),
    )


def document_page(document: Document, *, others: Iterable[QuestionnaireVersion]) -> DocumentPage:
    """A document line by line, with its problems in place."""
    examined = document.examined
    asked = examined.questionnaire
    is_sound = asked is not None
    is_draft = document.name.startswith("draft-")
    return DocumentPage(
        title=document.title,
        said=sizes_in_words(asked) if asked else counted(len(examined.problems), "problem"),
        digest=asked.digest if asked else "",
        problems=examined.problems,
        lines=_lines(document.text, examined.problems),
        preview_url=reverse("preview:start", args=[document.name]) if is_sound else "",
        publish_url=reverse("authoring:publish", args=[document.name]) if is_sound and is_draft else "",
        compare=tuple(
            (f"Compare with {each}", reverse("authoring:compare", args=[f"version-{each.pk}", document.name]))
            for each in others
            if is_sound and f"version-{each.pk}" != document.name
        ),
    )


def sizes_in_words(questionnaire: Questionnaire) -> str:
    """How much is asked."""
    sizes = (len(questionnaire.sections), len(questionnaire.questions), len(questionnaire.items))
    words = ("section", "question", "item")
    said = [counted(size, word) for size, word in zip(sizes, words, strict=True)]
    return f"No problems: {', '.join(said)}."


def comparison_page(old: Document, new: Document, comparison: Comparison) -> ComparisonPage:
    """What changed from the older document to the newer, and what that does to comparing their figures."""
    counts = [f"{KINDS[kind]}: {number}" for kind in KINDS if (number := comparison.count(kind))]
    return ComparisonPage(
        old=old.title,
        new=new.title,
        lead=_lead(comparison),
        counts=(*counts, f"Unchanged: {comparison.unchanged}"),
        items=tuple(_changed(tuple(alike)) for _, alike in groupby(comparison.items, key=_way)),
        back_url=_url(new.name),
    )


def _lead(comparison: Comparison) -> str:
    if not comparison.items:
        return "Every item is as it was: all figures may be compared."
    if not comparison.broken:
        return "No change breaks a comparison over time."
    items = counted(comparison.broken, "item")
    return f"For {items} no trend may be drawn from the earlier version to this one. Each is marked below."


def _way(item: ItemComparison) -> tuple[object, ...]:
    """What items must share to be shown as one: their changes; an item that has a likeness stands alone."""
    return (item.changes, item.like and item.code)


def _changed(alike: tuple[ItemComparison, ...]) -> ChangedItem:
    item = alike[0]
    return ChangedItem(
        ", ".join(each.code for each in alike),
        item.label if len(alike) == 1 else f"{len(alike)} items changed in the same way",
        len(alike) - 1,
        tuple(Said(KINDS[each.kind], each.before, each.after, each.effect, each.breaks) for each in item.changes),
        f"{item.like} of the other version asks the same in the same words: keep its code if it is the same item."
        if item.like
        else "",
    )


def _lines(text: str, problems: Iterable[Problem]) -> tuple[Line, ...]:
    on_line: dict[int, list[Problem]] = {}
    for problem in problems:
        on_line.setdefault(problem.line or 1, []).append(problem)
    return tuple(
        Line(number, line, tuple(on_line.get(number, ()))) for number, line in enumerate(text.split("\n"), start=1)
    )


def _url(name: str) -> str:
    return reverse("authoring:document", args=[name])
