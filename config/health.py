"""Health: whether this process lives, and whether it can do its work."""

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

from accounts.rules import public


@public
def live(request: HttpRequest) -> JsonResponse:
    """The process answers; needs nothing else."""
    return JsonResponse({"live": True})


@public
def ready(request: HttpRequest) -> JsonResponse:
    """The database answers and has every migration; otherwise 503 and which of the two is missing."""
    state = {"database": False, "migrations": False}
    try:
        executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
        state["database"] = True
        state["migrations"] = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        pass
    return JsonResponse(state, status=200 if all(state.values()) else 503)
