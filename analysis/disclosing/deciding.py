"""Service: what may leave is decided by a worker; the page shows what was decided as long as nothing has changed."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from analysis.builds.models import Build, BuildKind, BuildState
from analysis.core.release.deciding import decide
from analysis.core.release.decisions import Decisions
from analysis.core.release.record import read, written
from analysis.disclosing.material import Material, material_of
from survey.models import Wave

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Decided:
    """What was decided last, whether it still holds, and the build that is at it."""

    build: Build | None
    decisions: Decisions | None
    is_current: bool


def decide_wave(wave: Wave, progress: Progress, *, now: datetime) -> bytes:
    """The decisions as JSON, with the key of what they were made from."""
    progress("Deciding what may leave", 0, 1)
    found = material_of(wave)
    decisions = decide(
        found.cube,
        plan=found.plan,
        frame=found.frame,
        extract=found.extract,
        choices=found.choices,
        earlier=found.earlier,
        coded=found.coded,
    )
    return json.dumps({"key": found.key, "decisions": written(decisions)}).encode()


def decided(found: Material) -> Decided:
    """The last build of decisions that is finished, or under way."""
    builds = found.wave.builds.filter(kind=BuildKind.DISCLOSURE)
    last = builds.defer("content").order_by("-requested_at").first()
    done = builds.filter(state=BuildState.DONE).order_by("-requested_at").first()
    if done is None:
        return Decided(last, None, is_current=False)
    kept = json.loads(bytes(done.content or b"{}"))
    return Decided(last, read(kept["decisions"]), is_current=kept["key"] == found.key)
