"""Service: an exploratory table that is taken away is held against what was released of the wave, or is about to be."""

from dataclasses import replace

from analysis.core.cube import Cube, count, join
from analysis.core.plan import Plan
from analysis.core.release.copies import Copy
from analysis.core.release.counting import Counting
from analysis.core.release.groups import Group
from analysis.core.release.known import too_close, withheld
from analysis.core.release.returns_told import levels_told
from analysis.core.release.told import told_in
from analysis.disclosing.models import Release
from analysis.disclosing.released import released_or_coming, told_by
from analysis.exploring.looking import Explored
from analysis.exploring.refusals import TooClose
from analysis.frozen import read_frozen
from analysis.planning import plan_digest
from survey.models import Wave


def held_against_releases(explored: Explored, *, wave: Wave) -> Explored:
    """The table with what releases hid withheld; TooClose where a population differs from theirs by a few boards."""
    earlier = told_by(_against(wave, plan=explored.plan))
    if not earlier:
        return explored
    faults = tuple(dict.fromkeys(too_close(explored.choice.by, returns=explored.returns, earlier=earlier)))
    if faults:
        raise TooClose(" ".join(faults[:2]))
    return replace(explored, withheld=withheld(explored.cross, earlier=earlier))


def copies_released(wave: Wave, *, plan: Plan | None) -> tuple[Copy, ...]:
    """What the releases of the wave tell by groups and of two items together, as if each were a copy.

    Raises TooClose where a release was made with another plan than that of today: what it told is not known from this.
    """
    releases = _against(wave, plan=plan)
    others = [each for each in releases if plan is None or each.plan != plan_digest(wave.plan)]
    if others:
        raise TooClose(
            f"{others[0]} was made with another analysis plan than the wave has now, so this table cannot be held "
            "against what it told. Take the figures of that release instead, or look at this table here, where nothing "
            "leaves."
        )
    if plan is None:
        return ()
    cubes = {extract: _cube(wave, extract, plan) for extract in {each.extract for each in releases}}
    return tuple(
        copy
        for release, each in zip(releases, told_by(releases), strict=True)
        if (cube := cubes[release.extract]) is not None
        for copy in told_in(each, plan=plan, cube=cube)
    )


def levels_released(explored: Explored, *, wave: Wave) -> tuple[Group, ...]:
    """The types and regions of which a release tells how many boards answered."""
    plan = explored.plan
    if plan is None:
        return ()
    earlier = told_by(_against(wave, plan=plan))
    return tuple(levels_told(earlier, plan=plan, counting=Counting(explored.cube)))


def _against(wave: Wave, *, plan: Plan | None) -> tuple[Release, ...]:
    return released_or_coming(wave, plan=plan_digest(wave.plan) if plan else "")


def _cube(wave: Wave, extract: str, plan: Plan) -> Cube | None:
    frozen = wave.frozen_extracts.filter(digest=extract).first()
    if frozen is None:
        return None
    data = read_frozen(bytes(frozen.content), digest=extract, questionnaire=wave.questionnaire)
    return join(count(data.frame, questionnaire=data.questionnaire), data.frame, pairs=plan.pairs)
