"""Rows that are made once for all tests of a module: each test is undone to them, and the last one takes them along."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import transaction
from pytest_django import DjangoDbBlocker

Made = TypeVar("Made")


@contextmanager
def kept(make: Callable[[], Made], blocker: DjangoDbBlocker) -> Iterator[Made]:
    """What `make` returns, in a transaction around those of the tests; not for tests that commit."""
    with blocker.unblock():
        around = transaction.atomic()
        around.__enter__()
        made = make()
    yield made
    with blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)
