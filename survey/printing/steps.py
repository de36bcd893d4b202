"""How far a printing is, in words."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

STEPS = ("Unpacking fonts and styles", "Setting the pages", "Writing the PDF")
LOGGER = logging.getLogger("weasyprint.progress")


class _Pages(logging.Handler):
    """Hears from WeasyPrint which page it begins."""

    def __init__(self, turn: Callable[[int], None]) -> None:
        super().__init__(logging.INFO)
        self._turn = turn

    def emit(self, record: logging.LogRecord) -> None:
        if str(record.msg).endswith("Page %d") and isinstance(record.args, tuple):
            self._turn(int(str(record.args[0])))


@contextmanager
def telling_pages(turn: Callable[[int], None]) -> Iterator[None]:
    """Calls `turn` with the number of each page as it is begun."""
    handler, before = _Pages(turn), (LOGGER.level, LOGGER.propagate)
    LOGGER.addHandler(handler)
    LOGGER.setLevel(logging.INFO)
    LOGGER.propagate = False  # it is no news to the log
    try:
        yield
    finally:
        LOGGER.removeHandler(handler)
        LOGGER.setLevel(before[0])
        LOGGER.propagate = before[1]
