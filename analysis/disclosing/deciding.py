"""Service: what may leave is decided by a worker; the page shows what was decided as long as nothing has changed."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from analysis.builds.models import Build, BuildState
from analysis.core.coded import Coded
from analysis.core.cube import Cube
from analysis.core.plan import Plan
from analysis.core.release.copies import Copy
from analysis.core.release.deciding import decide
from analysis.core.release.decisions import Choices, Decisions
from analysis.core.release.earlier import Earlier
from analysis.core.release.participation import Frame
from analysis.core.release.record import read, written
from analysis.disclosing.builds import DISCLOSURE
from analysis.disclosing.material import Material, material_of

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Decided:
    """What was decided last, whether it still holds, and the build that is at it."""

    build: Build | None
    decisions: Decisions | None
    is_current: bool


@dataclass(frozen=True)
class Undecided:
    """All that a decision is made from, without the database, and the key that tells whether it still holds."""

    key: str
    cube: Cube
    plan: Plan
    frame: Frame
    extract: str
    choices: Choices
    earlier: tuple[Earlier, ...]
    coded: tuple[Coded, ...]
    copies: tuple[Copy, ...]


def gather_decisions(build: Build, progress: Progress, *, now: datetime) -> Undecided:
    """What is to be decided for the build's wave."""
    progress("Counting answers", 0, 2)
    found = material_of(build.wave, now=now)
    return Undecided(
        key=found.key,
        cube=found.cube,
        plan=found.plan,
        frame=found.frame,
        extract=found.data,
        choices=found.choices,
        earlier=found.earlier,
        coded=found.coded,
        copies=found.copies,
    )


def make_decisions(found: Undecided, progress: Progress) -> bytes:
    """The decisions as JSON, with the key of what they were made from."""
    progress("Deciding what may leave", 1, 2)
    decisions = decide(
        found.cube,
        plan=found.plan,
        frame=found.frame,
        extract=found.extract,
        choices=found.choices,
        earlier=found.earlier,
        coded=found.coded,
        copies=found.copies,
    )
    return json.dumps({"key": found.key, "decisions": written(decisions)}).encode()


def decided(found: Material) -> Decided:
    """The last build of decisions that is finished, or under way."""
    builds = found.wave.builds.filter(kind=DISCLOSURE.name)
    last = builds.defer("content").order_by("-requested_at").first()
    done = builds.filter(state=BuildState.DONE).order_by("-requested_at").first()
    if done is None:
        return Decided(last, None, is_current=False)
    kept = json.loads(bytes(done.content or b"{}"))
    return Decided(last, read(kept["decisions"]), is_current=kept["key"] == found.key)
