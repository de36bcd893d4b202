"""How far a printing is, in words."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

STEPS = ("Unpacking fonts and styles", "Setting the pages", "Writing the PDF")
LOGGER = logging.getLogger("weasyprint.progress")


class _Pages(logging.Handler):
    """Hears from WeasyPrint which page it begins."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        super().__init__(logging.INFO)
        self._tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        if str(record.msg).endswith("Page %d") and isinstance(record.args, tuple):
            self._tell(f"Setting page {record.args[0]}")


@contextmanager
def telling_pages(tell: Callable[[str], None]) -> Iterator[None]:
    """Tells each page as it is begun."""
    handler, before = _Pages(tell), (LOGGER.level, LOGGER.propagate)
    LOGGER.addHandler(handler)
    LOGGER.setLevel(logging.INFO)
    LOGGER.propagate = False  # it is no news to the log
    try:
        yield
    finally:
        LOGGER.removeHandler(handler)
        LOGGER.setLevel(before[0])
        LOGGER.propagate = before[1]


def tell_painting(pages: Sequence[Any], tell: Callable[[str], None]) -> None:
    """Has each of WeasyPrint's pages tell when it is painted."""
    for number, page in enumerate(pages, start=1):
        page.paint = _telling(page.paint, f"Writing page {number} of {len(pages)}", tell)


def _telling(paint: Callable[..., None], words: str, tell: Callable[[str], None]) -> Callable[..., None]:
    def painted(*given: object, **named: object) -> None:
        tell(words)
        paint(*given, **named)

    return painted
