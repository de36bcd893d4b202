"""Requests on PostgreSQL are answered as production answers them: by the role of web, under its rights and policies."""

from collections.abc import Callable
from contextlib import suppress

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse

from config.roles.plan import WEB


class AsWeb:
    """Takes on the role for each request; what a test does beside them is done as the owner."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        _tell(f"SET ROLE {WEB}")
        try:
            return self.get_response(request)
        finally:
            if not connection.needs_rollback:
                with suppress(DatabaseError):  # a line that was cut takes the role with it
                    _tell("RESET ROLE")


def _tell(statement: str) -> None:
    """Beside Django, so that it counts as no query of a page."""
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    if not connection.connection.closed:
        with connection.wrap_database_errors:
            connection.connection.execute(statement)
