"""How far a web process may see into the answers: told to the database for each request, which holds to it by itself.

The pages find what a person may see by their own rules. This is the wall behind them, for the day one of them forgets:
policies on returns, saves and submissions (config/roles/policies.py) read what is told here. It is told to the
connection and not to a transaction, since most pages have none; so each request tells it before its view runs, and
what the last one told never holds. A connection to which nothing was told sees none. Workers and the owner see all.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeAlias

from django.db import DatabaseError, connection

Reach: TypeAlias = tuple[str, str]  # “on” if all is seen, and otherwise the key of the person whose own is seen
NOTHING: Reach = ("", "")
EVERYTHING: Reach = ("on", "")
TELL = "SELECT set_config('survey.everything', %s, false), set_config('survey.person', %s, false)"


def reach_of(person_id: int) -> Reach:
    """As far as this person’s own boards and what they were asked for."""
    return ("", str(person_id))


def tell(reach: Reach) -> Reach:
    """From here on this connection sees so far; says how far it saw before. Costs nothing where that is the same."""
    if connection.vendor != "postgresql":
        return NOTHING
    connection.close_if_health_check_failed()  # as a query would; this one goes past Django
    connection.ensure_connection()
    held = connection.connection
    before, is_sure = getattr(held, "survey_reach", (NOTHING, True))
    if before != reach or not is_sure:
        with connection.wrap_database_errors:
            held.execute(TELL, reach)
        # What is told within a transaction is undone with it, so that it must be told again after that.
        held.survey_reach = reach, not connection.in_atomic_block
    return before


@contextmanager
def seeing_everything() -> Iterator[None]:
    """For what is found by another proof than who asks, such as a signed link."""
    before = tell(EVERYTHING)
    try:
        yield
    finally:
        _tell_again(before)


def _tell_again(before: Reach) -> None:
    """Where the connection or its transaction has failed the caller hears of that, and the next request tells anew."""
    try:
        tell(before)
    except DatabaseError:
        held = connection.connection
        if held is not None:
            held.survey_reach = NOTHING, False
