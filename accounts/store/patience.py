"""A transaction that reckons for seconds between two statements, and must not be given up for it."""

from django.db import connection

AS_LONG_AS_A_PAGE = "SET LOCAL idle_in_transaction_session_timeout = '60s'"  # its worker is ended by then


def take_time() -> None:
    """Until this transaction ends the database waits for its next statement as long as a page may take.

    Its roles are given up after ten seconds (config/roles/plan.py): an audit of a whole plan takes three by itself, and
    more where the machine is busy.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(AS_LONG_AS_A_PAGE)
