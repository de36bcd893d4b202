"""Health: whether this process lives, and whether it can do its work."""

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from accounts.rules import public, public_without_database
from config.watching.state import disk_free, migrations_missing, outbox_age

LEAST_FREE, LONGEST_WAIT = 0.02, 600.0


@public_without_database
def live(request: HttpRequest) -> JsonResponse:
    """The process answers; needs nothing else."""
    return JsonResponse({"live": True})


@public
def ready(request: HttpRequest) -> JsonResponse:
    """Whether the database answers and has every migration and the disk has room; otherwise 503 and which has not.

    Whether the post goes is told but does not decide: a house whose mail waits can still take answers.
    """
    state = {"database": False, "migrations": False, "disk": disk_free() > LEAST_FREE}
    told = {"outbox": False}
    try:
        missing = migrations_missing()
        state["database"], state["migrations"] = True, not missing
        if not missing:
            told["outbox"] = outbox_age(now=timezone.now()) < LONGEST_WAIT
    except DatabaseError:
        pass
    return JsonResponse(state | told, status=200 if all(state.values()) else 503)
