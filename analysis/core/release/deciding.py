"""Decides over all tables of a release, and the releases before it, what may leave; audits what was decided before.

Items are decided one by one: nothing unknown links two of them (see `answers`), so this is the same as all at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.core.coded import Coded
from analysis.core.cube import Cube
from analysis.core.disclosure import SMALLEST_NATIONAL_BASE
from analysis.core.plan import Plan
from analysis.core.release.beside_copies import cautions_of, given_away, with_copies
from analysis.core.release.case import Case
from analysis.core.release.codes import differing_bases
from analysis.core.release.copies import Copy
from analysis.core.release.counting import Counting
from analysis.core.release.decisions import BY_DECISION, Choices, Decisions
from analysis.core.release.earlier import Earlier, differences
from analysis.core.release.participation import Frame


def decide(
    cube: Cube,
    *,
    plan: Plan,
    frame: Frame,
    extract: str,
    choices: Choices,
    earlier: Sequence[Earlier] = (),
    coded: Sequence[Coded] = (),
    copies: Sequence[Copy] = (),
) -> Decisions:
    """Return what may leave of a plan's tables. It is always whole: where something is not safe, it says so.

    `extract` is the digest of the data the cube was counted from; `copies` are single tables that were taken away.
    """
    case = Case(Counting(cube), plan, frame, extract, choices, tuple(earlier), tuple(coded))
    outcomes = [case.of_returns, *case.of_answers, *case.of_crossings, case.of_codes]
    made = Decisions(
        smallest=choices.smallest,
        groups=case.groups,
        tables=case.tables,
        left_out=case.left_out,
        bases=case.bases,
        hidden={name: rule for one in outcomes for name, rule in one.hidden.items()},
        ranges={name: found for one in outcomes for name, found in one.ranges.items()},
        weak=tuple(name for one in outcomes for name in one.weak),
        refusals=(*_too_few(cube), *dict.fromkeys(_differences(case))),
    )
    return with_copies(made, copies=copies, case=case)


def audit(
    cube: Cube,
    *,
    plan: Plan,
    frame: Frame,
    extract: str,
    decisions: Decisions,
    earlier: Sequence[Earlier] = (),
    coded: Sequence[Coded] = (),
    copies: Sequence[Copy] = (),
) -> tuple[str, ...]:
    """Return what is wrong with decisions that were made before: counts that are not protected, groups that are not
    those of the data, populations that differ from others by a few boards, copies that nobody was warned of. Nothing is
    decided anew.
    """
    left_out = frozenset(id_ for id_, why in decisions.left_out.items() if why == BY_DECISION)
    choices = Choices(decisions.smallest, left_out)
    case = Case(Counting(cube), plan, frame, extract, choices, tuple(earlier), tuple(coded))
    if case.groups != decisions.groups or case.bases != decisions.bases:
        return ("The groups are not those that the data give.",)
    if not (set(decisions.tables) <= set(case.tables) and set(case.left_out) <= set(decisions.left_out)):
        return ("It has tables that may not leave.",)
    told = (name for name in case.of_codes.hidden if name not in decisions.hidden)
    beside = given_away(decisions, copies=copies, case=case)
    weak = (f"{name} is not protected." for name in (*case.weak(decisions.hidden), *told, *beside))
    cautions = cautions_of(decisions, copies=copies, case=case)
    unwarned = (each for each in cautions if each not in decisions.cautions)
    return (*_too_few(cube), *_differences(case), *weak, *unwarned)


def _differences(case: Case) -> Iterator[str]:
    yield from differences(case.groups, bases=case.bases, earlier=case.earlier)
    yield from case.rings_before
    yield from differing_bases(case.bases, earlier=case.earlier)


def _too_few(cube: Cube) -> Iterator[str]:
    if cube.total < SMALLEST_NATIONAL_BASE:
        made = "No return counts" if not cube.total else f"{cube.total:,} return{'s' * (cube.total > 1)} only"
        yield f"{made}: national tables may be released from {SMALLEST_NATIONAL_BASE} returns on. Wait for more."
