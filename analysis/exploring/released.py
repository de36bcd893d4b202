"""Service: an exploratory table that is taken away is held against what was released of the wave."""

from dataclasses import replace

from analysis.core.release.known import too_close, withheld
from analysis.disclosing.released import released, told_by
from analysis.exploring.looking import Explored
from analysis.exploring.refusals import TooClose
from survey.models import Wave


def held_against_releases(explored: Explored, *, wave: Wave) -> Explored:
    """The table with what releases hid withheld; TooClose where a population differs from theirs by a few boards."""
    earlier = told_by(released(wave))
    if not earlier:
        return explored
    faults = tuple(dict.fromkeys(too_close(explored.choice.by, returns=explored.returns, earlier=earlier)))
    if faults:
        raise TooClose(" ".join(faults[:2]))
    return replace(explored, withheld=withheld(explored.cross, earlier=earlier))
