"""Service: does one build from claim to product."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.utils import timezone

from analysis.builds.models import Build, BuildKind
from analysis.builds.requesting import claim_build, fail_build, finish_build, note_progress
from analysis.disclosing.deciding import decide_wave
from analysis.disclosing.reporting import report_of_release
from analysis.refusals import NoPlan
from analysis.reporting import report_of

Progress = Callable[[str, int, int], None]
log = logging.getLogger("survey.builds")


class Builder(Protocol):
    """Makes the product of one kind of build."""

    def __call__(self, build: Build, progress: Progress, *, now: datetime) -> bytes:
        """The product, whole."""


def _report(build: Build, progress: Progress, *, now: datetime) -> bytes:
    return report_of(build.wave, progress, now=now)


def _disclosure(build: Build, progress: Progress, *, now: datetime) -> bytes:
    return decide_wave(build.wave, progress, now=now)


def _release(build: Build, progress: Progress, *, now: datetime) -> bytes:
    return report_of_release(build.wave.releases.get(number=build.number or 0), progress, now=now)


BUILDERS: Mapping[str, Builder] = {
    BuildKind.REPORT_PDF: _report,
    BuildKind.DISCLOSURE: _disclosure,
    BuildKind.RELEASE_PDF: _release,
}


def run_build(build_id: UUID) -> None:
    """Claims the build and does it; an unexpected error is logged with its traceback and told to the person."""
    build = claim_build(build_id, now=timezone.now())
    if build is None:
        return

    def progress(doing: str, step: int, steps: int) -> None:
        note_progress(build, doing=doing, step=step, steps=steps, now=timezone.now())

    try:
        content = BUILDERS[build.kind](build, progress, now=timezone.now())
    except NoPlan as refusal:
        fail_build(build, reason=refusal.message, now=timezone.now())
    except Exception:
        log.exception("build %s failed", build.pk)
        fail_build(
            build, reason="The build failed. The survey team can find the reason in the log.", now=timezone.now()
        )
    else:
        _keep(build, content)


def _keep(build: Build, content: bytes) -> None:
    if not finish_build(build, content, now=timezone.now()):
        log.warning("build %s was taken over by another worker", build.pk)
