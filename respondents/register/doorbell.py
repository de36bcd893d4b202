"""The doorbell of large imports."""

from uuid import UUID

from accounts import doorbell

RUN = "respondents.register.tasks.run"


def ring(job_id: UUID) -> None:
    """Wakes a worker for this job."""
    doorbell.ring(RUN, [job_id])
