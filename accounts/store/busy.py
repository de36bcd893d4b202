"""The database is busy, locked or away: what is tried once more, and what is told where that did not help."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import ParamSpec, TypeVar

from django.db import Error, InterfaceError, OperationalError, connection

Given = ParamSpec("Given")
Result = TypeVar("Result")
# Nothing was written, and the next attempt may succeed: serialization failure, deadlock, lock and statement time-outs.
PASSING = frozenset({"40001", "40P01", "55P03", "57014"})
# The server is full, starting, stopping or gone, or has ended a transaction in which nothing was done.
AWAY = frozenset({"53100", "53200", "53300", "57P01", "57P02", "57P03", "57P05", "25P03", "25P04"})
RETRY_AFTER = 10  # seconds
STATUS = HTTPStatus.SERVICE_UNAVAILABLE


def once_more(service: Callable[Given, Result]) -> Callable[Given, Result]:
    """Does the whole transaction of this service a second time where the first was taken back for a passing reason.

    Put it above `transaction.atomic`. Inside another transaction nothing is repeated: its beginning would be missing.
    """

    @wraps(service)
    def run(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        if connection.in_atomic_block:
            return service(*args, **kwargs)
        try:
            return service(*args, **kwargs)
        except Error as error:
            if _state(error) not in PASSING:
                raise
        return service(*args, **kwargs)

    return run


def is_busy(error: BaseException | None) -> bool:
    """Whether this is a matter of load or of a lost connection, and no fault in what was asked."""
    if not isinstance(error, Error):
        return False
    state = _state(error)
    if state:
        return state in PASSING | AWAY or state.startswith("08")
    # Without a state the connection itself failed; of SQLite it is the words that tell.
    told = str(error)
    return "locked" in told if connection.vendor == "sqlite" else isinstance(error, OperationalError | InterfaceError)


def _state(error: BaseException) -> str:
    return str(getattr(error.__cause__, "sqlstate", None) or "")
