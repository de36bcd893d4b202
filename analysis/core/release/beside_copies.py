"""A release beside copies of single tables that have left already: what it must hide besides, and what to beware of."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from analysis.core.plan import Plan
from analysis.core.release.beside import REMEDY, changed, hidden_beside, is_one_system, tie_of
from analysis.core.release.copies import Copy
from analysis.core.release.counting import Counting
from analysis.core.release.decisions import Decisions
from analysis.core.release.earlier import Earlier
from analysis.core.release.groups import EVERYONE
from analysis.core.release.linked import SECONDARY
from analysis.core.release.rings import Knots
from analysis.core.release.told import told_in, told_of_all


def with_copies(decisions: Decisions, *, copies: Sequence[Copy], counting: Counting, plan: Plan) -> Decisions:
    """Return the decisions with everything hidden besides that a copy, or several, would give away together with them.

    Copies from other answers, and those that close a ring, cannot be undone by hiding: they are told as cautions, since
    it is for people to know whether such a copy has left the team.
    """
    if not copies:
        return decisions
    told = told_in(_as_told(decisions), plan=plan, cube=counting.cube)
    besides = dict.fromkeys(_besides(told, copies, counting, plan), SECONDARY)
    cautions = cautions_of(decisions, copies=copies, counting=counting, plan=plan)
    return replace(decisions, hidden={**besides, **decisions.hidden}, cautions=cautions)


def cautions_of(decisions: Decisions, *, copies: Sequence[Copy], counting: Counting, plan: Plan) -> tuple[str, ...]:
    """Return what copies from other answers, and those that close a ring, could tell beside these decisions."""
    if not copies:
        return ()
    told = told_in(_as_told(decisions), plan=plan, cube=counting.cube)
    of_all = told_of_all(_as_told(decisions), plan=plan, cube=counting.cube)
    return tuple(dict.fromkeys((*_changes((*told, *of_all), copies), *_rings(told, copies))))


def given_away(decisions: Decisions, *, copies: Sequence[Copy], counting: Counting, plan: Plan) -> tuple[str, ...]:
    """Return the counts that would have to be hidden besides; none where the decisions stand beside these copies."""
    told = told_in(_as_told(decisions), plan=plan, cube=counting.cube) if copies else ()
    return tuple(sorted(_besides(told, copies, counting, plan)))


def _besides(told: Sequence[Copy], copies: Sequence[Copy], counting: Counting, plan: Plan) -> Iterator[str]:
    """Tables of one item come one after the other, each held against those before it as well."""
    before = list(copies)
    for copy in told:
        found = frozenset[str]()
        if any(is_one_system(copy, each) for each in copies):
            item = plan.questionnaire.items[copy.item]
            found = hidden_beside(copy, before=before, counting=counting, item=item) - copy.hidden
            yield from sorted(found)
        before.append(replace(copy, hidden=copy.hidden | found))


def _changes(told: Sequence[Copy], copies: Sequence[Copy]) -> Iterator[str]:
    for each in told:
        for copy in copies:
            yield from (sentence.removesuffix(f" {REMEDY}") for sentence in changed(each, copy))


def _rings(told: Sequence[Copy], copies: Sequence[Copy]) -> Iterator[str]:
    knots = Knots()
    for tie in map(tie_of, told):
        knots.tie(tie.first, tie.second)
    for copy in copies:
        if told and copy.by and not copy.is_by_groups and copy.bases[EVERYONE] == told[0].bases[EVERYONE]:
            yield from (
                f"{tie.first} and {tie.second} are both told by one third thing here, and together in {copy.name}: "
                "these tables tell of each other."
                for tie in knots.closing([tie_of(copy)])
            )


def _as_told(decisions: Decisions) -> Earlier:
    return Earlier(
        number=0,
        extract="",
        groups=decisions.groups,
        bases=decisions.bases,
        hidden=frozenset(decisions.hidden),
        tables=frozenset(decisions.tables),
        left_out=frozenset(decisions.left_out),
    )
