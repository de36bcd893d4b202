"""What is shown by groups of boards, now and in earlier releases, and which cross-tables of two items it forbids."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from analysis.core.plan import Plan
from analysis.core.plan_document import Spec
from analysis.core.release.crossed import ties_of
from analysis.core.release.decisions import breakdown_id, is_by_item, shows_group
from analysis.core.release.earlier import Earlier
from analysis.core.release.groups import Group
from analysis.core.release.questions import questions_of
from analysis.core.release.rings import GROUPS, Knots


def is_shown(spec: Spec, group: Group, *, out: Mapping[str, str]) -> bool:
    """Whether a table, or its breakdown, tells of this group, if these are left out."""
    is_in = spec.id not in out and breakdown_id(spec, group.stratum) not in out
    return is_in and shows_group(spec, group.stratum)


def showed(release: Earlier, spec: Spec, group: Group) -> bool:
    """Whether a table, or its breakdown, told of this group in a release."""
    is_in = release.shows(spec.id) and release.shows(breakdown_id(spec, group.stratum))
    return is_in and shows_group(spec, group.stratum)


@dataclass(frozen=True)
class Shown:
    """The tables of a plan with the groups of its breakdowns, and earlier releases of the same data."""

    plan: Plan
    specs: tuple[Spec, ...]
    groups: tuple[Group, ...]
    earlier: tuple[Earlier, ...]

    def in_rings(self, out: Mapping[str, str]) -> dict[str, str]:
        """Return the cross-tables of two items that would tell of breakdowns, or be told by them, with the reason."""
        knots, found = self._knots(out), {}
        list(self._tied_before(knots))
        for spec in self.specs:
            ties = ties_of(spec, plan=self.plan) if spec.id not in out else ()
            if closing := knots.closing(ties):
                found[spec.id] = (
                    f"{closing[0].first} and {closing[0].second} are both told by the groups of boards too, or with "
                    "one third item, and these tables would tell of each other: leave the breakdowns of one of them out"
                )
        return found

    def rings_before(self, out: Mapping[str, str]) -> Iterator[str]:
        """Yield the breakdowns that would tell of a cross-table that a release has shown, in a sentence each."""
        return self._tied_before(self._knots(out))

    def _tied_before(self, knots: Knots) -> Iterator[str]:
        """Tie what releases have shown together; a sentence for each tie that closes a ring."""
        for release in self.earlier:
            for spec in (each for each in self.specs if release.shows(each.id)):
                for tie in knots.closing(ties_of(spec, plan=self.plan)):
                    yield (
                        f"Release {release.number} shows {tie.first} and {tie.second} together, and each would be told "
                        "by the groups of boards too. Leave the breakdowns of one of them out."
                    )

    def _knots(self, out: Mapping[str, str]) -> Knots:
        """Every item that is or was shown by groups, tied to them."""
        knots = Knots()
        for spec in (each for each in self.specs if not is_by_item(each)):
            now = (group for group in self.groups if is_shown(spec, group, out=out))
            before = (group for each in self.earlier for group in each.groups if showed(each, spec, group))
            if any(now) or any(before):
                for question in questions_of(spec, plan=self.plan):
                    knots.tie(question.item, GROUPS)
        return knots
