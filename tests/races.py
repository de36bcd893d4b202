"""Many at once: the same thing done by threads that start together, each on a database connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connections

T = TypeVar("T")


def at_once(times: int, do: Callable[[], T]) -> list[T]:
    """What each of them got; the first error, if there was one."""
    barrier = Barrier(times)

    def together() -> T:
        barrier.wait(timeout=30)
        try:
            return do()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as pool:
        return [future.result() for future in [pool.submit(together) for _ in range(times)]]
