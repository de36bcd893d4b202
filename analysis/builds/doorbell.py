"""The doorbell of builds."""

from uuid import UUID

from accounts import doorbell

RUN = "analysis.builds.tasks.run"


def ring(build_id: UUID) -> None:
    """Wakes a worker for this build."""
    doorbell.ring(RUN, [build_id])
