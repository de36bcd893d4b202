"""Service: does one build from claim to product. What needs the database is done here, the rest in confinement."""

import logging
from time import monotonic
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone
from django.utils.module_loading import import_string

from accounts.confined.ends import Broken, Ended, Killed, Refused
from accounts.confined.limits import Limits
from accounts.confined.running import run_confined
from accounts.keeping import keeping
from accounts.refusals import Refusal
from analysis.builds.kinds import kind_of
from analysis.builds.models import Build
from analysis.builds.requesting import claim_build, fail_build, finish_build, keep_hold, note_progress, put_back

FAULT = "It failed through a fault of ours. Try again. If it fails again, tell whoever runs the service, who has a log."
NOT_STORED = "It was built, but the database could not store it: its disk may be full. Tell the administrator."
ANEW = "It was stopped from outside, as happens when a machine runs out of memory, and is begun anew by itself.{}"
SHOWN_EVERY = 0.5  # seconds between two notes of progress of the same step
WARM = ("analysis.builds.warm",)
log = logging.getLogger("survey.builds")


class LetGo(Exception):
    """The build is not this worker's any more: it was cancelled, or another worker took it over."""


class Holding:
    """One build in this worker's hands: shows its progress, and notices when it is let go."""

    def __init__(self, build: Build) -> None:
        self._build, self._step, self._shown, self.at = build, -1, 0.0, ""

    def tell(self, doing: str, step: int, steps: int) -> None:
        """Shows every step, and what is said within a step from time to time."""
        self.at = doing
        if step == self._step and monotonic() < self._shown + SHOWN_EVERY:
            return
        self._step, self._shown = step, monotonic()
        if not note_progress(self._build, doing=doing, step=step, steps=steps, now=timezone.now()):
            raise LetGo

    def beat(self) -> None:
        """Prolongs the lease."""
        if not keep_hold(self._build, now=timezone.now()):
            raise LetGo


def run_build(build_id: UUID) -> None:
    """Claims the build and does it; whatever ends it is told to the person, a fault to the log as well."""
    build = claim_build(build_id, now=timezone.now())
    if build is None:
        return
    holding = Holding(build)
    try:
        content = _made(build, holding)
    except LetGo:
        log.info("build %s was cancelled or taken over by another worker", build.pk)
    except Killed as ended:
        _begin_anew(build, ended, at=holding.at)
    except (Refusal, Ended) as ended:
        _tell_end(build, ended, at=holding.at)
    except Exception:
        log.exception("build %s failed", build.pk)
        fail_build(build, reason=FAULT, now=timezone.now())
    else:
        _keep(build, content)


def _made(build: Build, holding: Holding) -> bytes:
    """Its lease is kept while it is gathered too, and until its process has begun: neither can say so itself."""
    kind, limits = kind_of(build.kind), Limits(**settings.BUILD_LIMITS)
    with keeping(build):
        gathered = import_string(kind.gather)(build, holding.tell, now=timezone.now())
        return run_confined(kind.make, gathered, limits=limits, tell=holding.tell, beat=holding.beat, warm=WARM)


def _begin_anew(build: Build, ended: Killed, *, at: str) -> None:
    """What was stopped from outside is done again without a hand, unless that has happened before."""
    if build.attempts > 1:
        return _tell_end(build, ended, at=at)
    log.warning("build %s was stopped from outside and is begun anew", build.pk)
    return put_back(build, reason=ANEW.format(_where(at)), now=timezone.now())


def _tell_end(build: Build, ended: Refusal | Ended, *, at: str) -> None:
    trace = ended.trace if isinstance(ended, Broken) else type(ended).__name__
    log.warning("build %s ended without a product: %s", build.pk, trace)
    reason = str(ended) if isinstance(ended, Refusal | Refused) else f"{ended}{_where(at)}"
    fail_build(build, reason=reason, now=timezone.now())


def _where(at: str) -> str:
    return f" It had come to: {at[:1].lower()}{at[1:]}." if at else ""


def _keep(build: Build, content: bytes) -> None:
    """Stores it in one statement, so whole or not at all."""
    try:
        is_kept = finish_build(build, content, now=timezone.now())
    except DatabaseError:
        log.exception("build %s could not be stored", build.pk)
        fail_build(build, reason=NOT_STORED, now=timezone.now())
    else:
        if not is_kept:
            log.info("build %s was cancelled or taken over by another worker", build.pk)
