"""Keeps a lease while one long transaction works, in which nothing that it writes itself could be seen by others."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

from django.db import OperationalError, connection
from django.utils import timezone

from accounts.leases import LeasedRow

BEAT = 5.0  # seconds


class Keeper(Thread):
    """Prolongs the lease of a row from time to time, with what was told of it last, over a connection of its own."""

    def __init__(self, row: LeasedRow) -> None:
        super().__init__(daemon=True)
        self._row, self._told, self._over = row, dict[str, object](), Event()

    def tell(self, **fields: object) -> None:
        """Notes how far the work has come; it is written at the next beat."""
        self._told = fields

    def run(self) -> None:
        """Beats until the work is over."""
        while not self._over.wait(BEAT):
            self._beat()
        connection.close()

    def _beat(self) -> None:
        held = type(self._row)._default_manager.all().held(self._row)  # type: ignore[attr-defined]  # noqa: SLF001 -- Django documents it
        with suppress(OperationalError):  # on SQLite the long transaction keeps all others out, and so the lease too
            held.update(lease_until=timezone.now() + self._row.LEASE, **self._told)

    def end(self) -> None:
        """The work is over."""
        self._over.set()
        self.join()


@contextmanager
def keeping(row: LeasedRow) -> Iterator[Keeper]:
    """The row stays leased for as long as the block takes, unless the process dies.

    Within a transaction that others cannot see yet there is no lease to keep.
    """
    keeper = Keeper(row)
    if connection.in_atomic_block:
        yield keeper
        return
    keeper.start()
    try:
        yield keeper
    finally:
        keeper.end()
