"""Work that makes a great many objects and keeps them to its end gains nothing from looking for unused ones often."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collecting_rarely(objects: int = 50_000) -> Iterator[None]:
    """Looks for unused objects each time this many more were made, which may halve the time; also a decorator."""
    usual = gc.get_threshold()
    gc.set_threshold(objects, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
