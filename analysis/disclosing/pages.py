"""What the page on what may leave says: the decision, what it hides and why, the choices, the releases."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.urls import reverse
from django.utils import timezone

from analysis.core.release.decisions import Decisions, is_by_item
from analysis.core.release.linked import REASONS
from analysis.core.release.tables import Placed
from analysis.disclosing.choosing import parts_of
from analysis.disclosing.deciding import Decided, decided
from analysis.disclosing.material import Material, material_of
from analysis.disclosing.models import ChoiceKind, Release, ReleaseChoice, ReleaseState
from analysis.disclosing.packing import placed_of
from survey.models import Wave
from survey.moments import moment_in_words

STATES = {"": "Prepared", ReleaseState.CHECKED: "Checked", ReleaseState.RELEASED: "Released"}
CROSSED = (
    "Tables of two items together are decided by themselves, bound by what is shown of each of the two for all boards. "
    "Where both items are shown by groups of boards as well, they are left out: the tables would tell of each other."
)
MERGE = (
    "No choice of cells protects these counts. Leave the breakdown out, or merge rows: give the plan fewer groups, or "
    "answers that are counted together."
)


@dataclass(frozen=True)
class TableLine:
    """One table or breakdown, and how much of it is hidden."""

    name: str
    url: str
    hidden: str
    why: str


@dataclass(frozen=True)
class Alike:
    """Tables of which the same is to be said, once."""

    words: str
    tables: tuple[str, ...]


@dataclass(frozen=True)
class ReleaseLine:
    """One release, and how far it is."""

    name: str
    url: str
    state: str
    words: str


@dataclass(frozen=True)
class Audit:
    """Whether what was decided may leave, and what stands against it."""

    heading: str
    words: str
    faults: tuple[str, ...]
    merge: str
    cautions: tuple[str, ...]


@dataclass(frozen=True)
class DisclosurePage:
    """Everything on the page; tables and audit are there once something was decided."""

    wave: Wave
    basis: str
    crossed: str
    doing: str
    is_under_way: bool
    stale: str
    audit: Audit | None
    tables: tuple[TableLine, ...]
    left_out: tuple[Alike, ...]
    left_out_words: str
    choices: tuple[Alike, ...]
    releases: tuple[ReleaseLine, ...]
    may_prepare: bool


def disclosure_page(wave: Wave, *, now: datetime) -> DisclosurePage:
    """What was decided last, and whether it still holds; NoPlan if the wave has no plan."""
    found = material_of(wave, now=now)
    last = decided(found)
    decisions = last.decisions
    placed = placed_of(found, decisions) if decisions and last.is_current else ()
    return DisclosurePage(
        wave=wave,
        basis=_basis(found),
        crossed=CROSSED if any(map(is_by_item, found.plan.every_spec)) else "",
        doing=last.build.doing if last.build and last.build.state == "failed" else "",
        is_under_way=bool(last.build and last.build.is_under_way),
        stale=_stale(last),
        audit=_audit(decisions, words=_words(placed)) if decisions and last.is_current else None,
        tables=tuple(_table(wave, each, decisions, parts_of(found.plan)) for each in placed if decisions),
        left_out=_left_out(found, decisions) if decisions and last.is_current else (),
        left_out_words=f"Tables and breakdowns left out: {len(decisions.left_out) if decisions else 0:,}",
        choices=tuple(_choices(wave, parts_of(found.plan))),
        releases=tuple(_releases(wave)),
        may_prepare=bool(found.frozen and decisions and last.is_current and decisions.is_safe),
    )


def _basis(found: Material) -> str:
    rows = f"A row of a breakdown needs {found.choices.smallest} returns."
    if found.frozen is None:
        return f"From the submissions that count now, to see what would be hidden. {rows}"
    return f"From the data frozen under number {found.frozen.number} ({found.frozen.rows:,} returns). {rows}"


def _stale(last: Decided) -> str:
    if last.decisions is None:
        return "It has not been decided yet what may leave."
    return "" if last.is_current else "Something has changed since it was decided what may leave: decide again."


def _words(placed: Iterable[Placed]) -> dict[str, str]:
    """Where each count stands, in words: the first table that shows it."""
    found: dict[str, str] = {}
    for each in placed:
        rows = {row.id: ": ".join(word for word in (row.panel, row.label) if word) for row in each.table.rows}
        columns = {column.id: column.label for column in each.table.columns}
        for (row, column), name in each.names.items():
            found.setdefault(name, f"{each.table.name}, {rows[row]}, {columns[column]}")
    return found


def _audit(decisions: Decisions, *, words: Mapping[str, str]) -> Audit:
    by_rule = Counter(decisions.hidden.values())
    rules = "; ".join(f"{count:,} ({REASONS[rule]}, {rule})" for rule, count in by_rule.most_common())
    hidden = f"{len(decisions.hidden):,} counts are hidden: {rules}." if by_rule else "Nothing has to be hidden."
    if decisions.is_safe:
        narrowest = min((found.high - found.low for found in decisions.ranges.values()), default=0)
        told = (
            f"Of {len(decisions.ranges):,} counts that tell of one board or a few, an intruder who knows all that is "
            f"shown can deduce a range and no more; the narrowest is {narrowest + 1} values wide."
        )
        return Audit(
            "The audit passes", f"{hidden} {told if decisions.ranges else ''}".strip(), (), "", decisions.cautions
        )
    weak = tuple(f"{words.get(name, name)}: it can be worked out." for name in decisions.weak)
    return Audit("The audit fails", hidden, (*decisions.refusals, *weak), MERGE if weak else "", decisions.cautions)


def _table(wave: Wave, placed: Placed, decisions: Decisions, names: dict[str, str]) -> TableLine:
    hidden = placed.hidden(decisions)
    rules = dict.fromkeys(sorted(hidden.values()))
    return TableLine(
        name=names[placed.table.id],
        url=reverse("disclosing:table", args=[wave.slug, placed.table.id]),
        hidden=f"{len(hidden):,}\u00a0of\u00a0{len(placed.table.cells):,}" if hidden else "none",
        why=", ".join(f"{REASONS[rule]} ({rule})" for rule in rules),
    )


def _left_out(found: Material, decisions: Decisions) -> tuple[Alike, ...]:
    """What is left out, by the reason."""
    names = parts_of(found.plan)
    by_reason: dict[str, list[str]] = {}
    for id_, why in decisions.left_out.items():
        by_reason.setdefault(why, []).append(names.get(id_, id_))
    return tuple(Alike(f"{why[:1].upper()}{why[1:]}", tuple(each)) for why, each in by_reason.items())


def _choices(wave: Wave, names: Mapping[str, str]) -> Iterator[Alike]:
    """The latest first; those that one person made one after the other, on one day and for one reason, together."""
    made = wave.release_choices.select_related("made_by").order_by("-pk")
    for (_, reason, _, _), run in groupby(made, key=_alike):
        each = list(run)
        about = tuple(names.get(choice.value, choice.value) for choice in reversed(each))
        first, is_base = each[0], each[0].kind == ChoiceKind.SMALLEST
        what = f"Rows need {first.value} returns" if is_base else first.get_kind_display()
        told = f"{reason} ({first.made_by}, {moment_in_words(first.made_at)})"
        yield Alike(f"{what}: {told}", () if is_base else about)


def _alike(choice: ReleaseChoice) -> tuple[str, str, int | None, date]:
    return choice.kind, choice.reason, choice.made_by_id, timezone.localdate(choice.made_at)


def _releases(wave: Wave) -> Iterator[ReleaseLine]:
    kept = wave.releases.defer("content", "decisions").select_related("prepared_by").prefetch_related("steps")
    for release in kept.order_by("-number"):
        yield ReleaseLine(
            name=f"Release {release.number}",
            url=reverse("disclosing:release", args=[wave.slug, release.number]),
            state=STATES[state_of(release)],
            words=f"by {release.prepared_by} on {moment_in_words(release.prepared_at)}",
        )


def state_of(release: Release) -> str:
    """The last step of a release, nothing while it is only prepared."""
    steps = sorted(release.steps.all(), key=lambda step: step.pk)
    return steps[-1].state if steps else ""
