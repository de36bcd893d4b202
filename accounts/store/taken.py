"""What two people, or one who clicks twice, write at the same moment: the database lets one, the other is told."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction


@contextmanager
def unless_taken(refused: Exception) -> Iterator[None]:
    """A savepoint around the block; raises `refused` where what it writes stands there once already.

    The look before it, which finds most of this, cannot see what somebody else is about to commit.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        raise refused from None
