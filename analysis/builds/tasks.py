"""Doors for the worker: an id comes in, one service call does the work, and every task is safe to run twice."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from analysis.builds.clearing import clear_builds
from analysis.builds.doorbell import RUN, ring
from analysis.builds.requesting import sweep_builds
from analysis.builds.running import run_build


@shared_task(name=RUN)
def run(build_id: str) -> None:
    """Does the work of one build, if nobody else does."""
    run_build(UUID(build_id))


@shared_task(name="analysis.builds.tasks.sweep")
def sweep() -> int:
    """Rings for every build that waits or was abandoned."""
    return sweep_builds(now=timezone.now(), ring=ring)


@shared_task(name="analysis.builds.tasks.clear")
def clear() -> int:
    """Removes the files of builds that the rule does not keep."""
    return clear_builds(now=timezone.now())
