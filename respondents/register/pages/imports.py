"""What an import would do, did, and how it is undone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from respondents.paging import Leaf, leaf_of, page_of
from respondents.register.history import ImportState, RegisterChange, RegisterImport, Subject
from respondents.register.planning import LEFT, Move, Plan, counts_of, in_order
from respondents.register.previewing import moves_on
from respondents.register.words import ChangedField, counts_in_words, fields_in_words, what_happened

TABLES = {Subject.AUTHORITY: "Authorities", Subject.BOARD: "Boards", Subject.APPOINTMENT: "Chairs"}
_MOST_PROBLEMS = 100
UNDER_WAY = (ImportState.CHECKING, ImportState.IMPORTING, ImportState.UNDOING)
LOOK = "Nothing has been changed yet. Look through what would change, then import exactly this, or discard it."
NOTHING = "The register says all this already: nothing would change."


@dataclass(frozen=True)
class ImportRow:
    """One import in the list."""

    id: int
    name: str
    url: str
    state: str
    is_under_way: bool
    who: str
    counts: str


@dataclass(frozen=True)
class ImportsPage:
    """The imports there were."""

    rows: tuple[ImportRow, ...]
    is_under_way: bool


@dataclass(frozen=True)
class MoveRow:
    """One row of the register that the import adds, changes or ends."""

    line: str
    what: str
    fields: tuple[ChangedField, ...]


@dataclass(frozen=True)
class RefusedFile:
    """What was wrong with the files."""

    problems: tuple[str, ...]
    more: str
    sample: str


@dataclass(frozen=True)
class Progress:
    """What a worker is at, and how far it has come."""

    doing: str
    step: int
    steps: int


@dataclass(frozen=True, kw_only=True)
class ImportPage:
    """One import: what it does or did to each table, row by row, or how far a worker has come with it."""

    name: str
    title: str
    lead: str = ""
    note: str = ""
    counts: tuple[tuple[str, str], ...] = ()
    warnings: Sequence[str] = ()
    rows: tuple[MoveRow, ...] = ()
    leaf: Leaf | None = None
    progress: Progress | None = None
    refused: RefusedFile | None = None
    digest: str = ""
    apply_url: str = ""
    discard_url: str = ""
    undo_url: str = ""
    again_url: str = ""
    why_not_undoable: str = ""


def refused_page(problems: Sequence[object], *, sample: str = "", more: int = 0) -> RefusedFile:
    """The first hundred problems, and how many there are besides."""
    more += max(0, len(problems) - _MOST_PROBLEMS)
    shown = tuple(str(problem) for problem in problems[:_MOST_PROBLEMS])
    return RefusedFile(shown, f"And {more:,} more." if more else "", sample)


def imports_page(imports: Iterable[RegisterImport]) -> ImportsPage:
    """The imports there were, in this order."""
    rows = tuple(
        ImportRow(
            id=each.pk,
            name=each.name,
            url=reverse("register:import", args=[each.pk]),
            state=each.get_state_display(),
            is_under_way=each.state in UNDER_WAY,
            who=f"{each.sent_by}, {timezone.localtime(each.sent_at):%-d %B %Y, %H:%M}",
            counts="; ".join(f"{name}: {words}" for name, words in _counts(each.counts)),
        )
        for each in imports
    )
    return ImportsPage(rows, any(row.is_under_way for row in rows))


def preview_page(proposed: RegisterImport, made: Plan, warnings: Sequence[str], *, asked: QueryDict) -> ImportPage:
    """What the import would do, those that end or change first."""
    part = page_of(in_order(made.moves), asked)
    return ImportPage(
        name=proposed.name,
        title="What would change",
        lead=LOOK if made.moves else NOTHING,
        counts=tuple(_counts(counts_of(made))),
        warnings=warnings,
        rows=tuple(_move_row(move) for move in part),
        leaf=leaf_of(part, asked),
        digest=made.digest,
        apply_url=reverse("register:apply", args=[proposed.pk]) if made.moves else "",
        discard_url=reverse("register:discard", args=[proposed.pk]),
    )


def kept_preview_page(proposed: RegisterImport, *, asked: QueryDict) -> ImportPage:
    """The same from the preview that was made once."""
    part = Paginator(proposed.leaves.order_by("number"), 1).get_page(asked.get("page"))
    rows = tuple(_move_row(move) for leaf in part for move in moves_on(leaf))
    return ImportPage(
        name=proposed.name,
        title="What would change",
        lead=LOOK if rows else NOTHING,
        note=proposed.note,
        counts=tuple(_counts(proposed.counts)),
        warnings=proposed.warnings,
        rows=rows,
        leaf=leaf_of(part, asked),
        digest=proposed.digest,
        apply_url=reverse("register:apply", args=[proposed.pk]) if rows else "",
        discard_url=reverse("register:discard", args=[proposed.pk]),
    )


def under_way_page(found: RegisterImport) -> ImportPage:
    """What a worker is at."""
    job = found.jobs.first()
    doing = (job.doing if job else "") or "A worker will take it up in a moment."
    is_checked = found.state == ImportState.CHECKING
    return ImportPage(
        name=found.name,
        title=found.get_state_display(),
        progress=Progress(doing, job.step if job else 0, (job.steps if job else 0) or 1),
        discard_url=reverse("register:discard", args=[found.pk]) if is_checked else "",
    )


def refused_import_page(found: RegisterImport) -> ImportPage:
    """What was wrong with the files."""
    return ImportPage(
        name=found.name,
        title="Nothing was imported",
        lead="" if found.note else "Correct what is listed here in the files, and send them again.",
        note=found.note,
        refused=refused_page(found.problems, sample=found.sample, more=found.more_problems),
        discard_url=reverse("register:discard", args=[found.pk]),
        again_url=reverse("register:new_import"),
    )


def done_page(done: RegisterImport, *, why_not: str, asked: QueryDict) -> ImportPage:
    """What the import did, from the history."""
    part = page_of(done.changes.order_by("pk"), asked)
    is_applied = done.state == ImportState.APPLIED
    lead = f"Imported by {done.applied_by} on {_moment(done.applied_at)}."
    if not is_applied:
        lead += f" Undone by {done.undone_by} on {_moment(done.undone_at)}."
    return ImportPage(
        name=done.name,
        title="What changed",
        lead=lead,
        note=done.note,
        counts=tuple(_counts(done.counts)),
        rows=tuple(_change_row(change) for change in part),
        leaf=leaf_of(part, asked),
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
