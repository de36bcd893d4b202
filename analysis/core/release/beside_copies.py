"""A release beside copies of single tables that have left already: what it must hide besides, and what to beware of."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from analysis.core.plan import Plan
from analysis.core.release.beside import REMEDY, changed, hidden_beside, is_one_system, tie_of
from analysis.core.release.case import Case
from analysis.core.release.copies import Copy
from analysis.core.release.counting import Counting
from analysis.core.release.decisions import Decisions
from analysis.core.release.earlier import Earlier
from analysis.core.release.groups import EVERYONE
from analysis.core.release.linked import SECONDARY
from analysis.core.release.participation import returns_at
from analysis.core.release.returns_told import Besides, besides, groups_told
from analysis.core.release.rings import Knots
from analysis.core.release.told import told_in, told_of_all


def with_copies(decisions: Decisions, *, copies: Sequence[Copy], case: Case) -> Decisions:
    """Return the decisions with everything hidden besides that a copy, or several, would give away together with them.

    Copies from other answers, and those that close a ring, cannot be undone by hiding: they are told as cautions, since
    it is for people to know whether such a copy has left the team.
    """
    if not copies:
        return decisions
    hidden = given_away(decisions, copies=copies, case=case)
    cautions = cautions_of(decisions, copies=copies, case=case)
    return replace(decisions, hidden={**dict.fromkeys(hidden, SECONDARY), **decisions.hidden}, cautions=cautions)


def cautions_of(decisions: Decisions, *, copies: Sequence[Copy], case: Case) -> tuple[str, ...]:
    """Return what copies from other answers, and those that close a ring or told who answered, tell beside these."""
    if not copies:
        return ()
    release, cube = _as_told(decisions), case.counting.cube
    told = told_in(release, plan=case.plan, cube=cube)
    of_all = told_of_all(release, plan=case.plan, cube=cube)
    returns = _returns_lost(decisions, copies, case)
    return tuple(dict.fromkeys((*_changes((*told, *of_all), copies), *_rings(told, copies), *returns)))


def given_away(decisions: Decisions, *, copies: Sequence[Copy], case: Case) -> tuple[str, ...]:
    """Return the counts that would have to be hidden besides; none where the decisions stand beside these copies."""
    if not copies:
        return ()
    told = told_in(_as_told(decisions), plan=case.plan, cube=case.counting.cube)
    answers = _besides(told, copies, case.counting, case.plan)
    return tuple(sorted({*answers, *_returns(decisions, copies, case).hidden}))


def _returns(decisions: Decisions, copies: Sequence[Copy], case: Case) -> Besides:
    told = groups_told(copies, counting=case.counting)
    names = [returns_at(group.name) for group in told]
    return besides(case.linked_returns(told=told), told=names, hidden=decisions.hidden)


def _returns_lost(decisions: Decisions, copies: Sequence[Copy], case: Case) -> Iterator[str]:
    """A sentence for each group of which copies tell how many boards answered, though that tells which of them did."""
    told = {returns_at(group.name): name for group, name in groups_told(copies, counting=case.counting).items()}
    for lost in sorted(_returns(decisions, copies, case).lost):
        where, source = lost.partition(" @ ")[2], told.get(lost, "what copies told together")
        yield f"How many boards answered in {where} is known from {source}, and tells which of them did."


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
