"""What an import would do, did, and how it is undone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from respondents.paging import ON_A_PAGE, Leaf, leaf_of
from respondents.register.history import ChangeKind, ImportState, RegisterChange, RegisterImport, Subject
from respondents.register.planning import LEFT, Move, Plan
from respondents.register.words import ChangedField, counts_in_words, fields_in_words, what_happened

TABLES = {Subject.AUTHORITY: "Authorities", Subject.BOARD: "Boards", Subject.APPOINTMENT: "Chairs"}
_FIRST = (ChangeKind.REMOVED, ChangeKind.ENDED, ChangeKind.CHANGED, ChangeKind.ADDED)
_MOST_PROBLEMS = 100


@dataclass(frozen=True)
class ImportRow:
    """One import in the list."""

    name: str
    url: str
    state: str
    who: str
    counts: str


@dataclass(frozen=True)
class MoveRow:
    """One row of the register that the import adds, changes or ends."""

    line: str
    what: str
    fields: tuple[ChangedField, ...]


@dataclass(frozen=True)
class ImportPage:
    """One import: what it does or did to each table, row by row."""

    name: str
    title: str
    lead: str
    counts: tuple[tuple[str, str], ...]
    warnings: Sequence[str]
    rows: tuple[MoveRow, ...]
    leaf: Leaf | None
    digest: str
    apply_url: str
    discard_url: str
    undo_url: str
    why_not_undoable: str


@dataclass(frozen=True)
class RefusedFile:
    """What was wrong with the files."""

    problems: tuple[str, ...]
    more: str
    sample: str


def refused_page(problems: Sequence[object], *, sample: str = "") -> RefusedFile:
    """The first hundred problems."""
    more = f"And {len(problems) - _MOST_PROBLEMS:,} more." if len(problems) > _MOST_PROBLEMS else ""
    return RefusedFile(tuple(str(problem) for problem in problems[:_MOST_PROBLEMS]), more, sample)


def import_rows(imports: Iterable[RegisterImport]) -> list[ImportRow]:
    """The imports there were."""
    return [
        ImportRow(
            name=each.name,
            url=reverse("register:import", args=[each.pk]),
            state=each.get_state_display(),
            who=f"{each.sent_by}, {timezone.localtime(each.sent_at):%-d %B %Y, %H:%M}",
            counts="; ".join(f"{name}: {words}" for name, words in _counts(each.counts)),
        )
        for each in imports
    ]


def preview_page(proposed: RegisterImport, made: Plan, warnings: Sequence[str], *, asked: QueryDict) -> ImportPage:
    """What the import would do, those that end or change first."""
    moves = sorted(made.moves, key=lambda move: _FIRST.index(move.kind))
    part = Paginator(moves, ON_A_PAGE).get_page(asked.get("page"))
    arguments = [proposed.pk]
    lead = "Nothing has been changed yet. Look through what would change, then import exactly this, or discard it."
    return ImportPage(
        name=proposed.name,
        title="What would change",
        lead=lead if moves else "The register says all this already: nothing would change.",
        counts=tuple(_counts({subject.value: dict(counts) for subject, counts in made.counts.items()})),
        warnings=warnings,
        rows=tuple(_move_row(move) for move in part),
        leaf=leaf_of(part, asked),
        digest=made.digest,
        apply_url=reverse("register:apply", args=arguments) if moves else "",
        discard_url=reverse("register:discard", args=arguments),
        undo_url="",
        why_not_undoable="",
    )


def done_page(done: RegisterImport, *, why_not: str, asked: QueryDict) -> ImportPage:
    """What the import did, from the history."""
    part = Paginator(done.changes.order_by("pk"), ON_A_PAGE).get_page(asked.get("page"))
    is_applied = done.state == ImportState.APPLIED
    lead = f"Imported by {done.applied_by} on {_moment(done.applied_at)}."
    if not is_applied:
        lead += f" Undone by {done.undone_by} on {_moment(done.undone_at)}."
    return ImportPage(
        name=done.name,
        title="What changed",
        lead=lead,
        counts=tuple(_counts(done.counts)),
        warnings=(),
        rows=tuple(_change_row(change) for change in part),
        leaf=leaf_of(part, asked),
        digest="",
        apply_url="",
        discard_url="",
        undo_url=reverse("register:undo", args=[done.pk]) if is_applied and not why_not else "",
        why_not_undoable=why_not if is_applied else "",
    )


def _moment(at: Any) -> str:  # noqa: ANN401 -- a moment that is there once the import is done
    return f"{timezone.localtime(at):%-d %B %Y, %H:%M}"


def _counts(counts: dict[str, dict[str, int]]) -> list[tuple[str, str]]:
    named = [(name, counts.get(subject.value, {})) for subject, name in TABLES.items()]
    return [(name, counts_in_words(_in_order(found))) for name, found in named if found]


def _in_order(found: dict[str, int]) -> dict[str, int]:
    return {kind: found.get(kind, 0) for kind in ("added", "changed", "ended", "unchanged", LEFT)}


def _move_row(move: Move) -> MoveRow:
    what = what_happened(move.subject, move.kind, move.about)
    return MoveRow(str(move.line or "–"), what, fields_in_words(move.values, kind=move.kind))


def _change_row(change: RegisterChange) -> MoveRow:
    what = what_happened(change.subject, change.kind, change.about)
    return MoveRow("–", what, fields_in_words(change.values, kind=change.kind))
