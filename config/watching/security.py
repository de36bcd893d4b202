"""Lines of the security log are counted, so that alerts need not read the log."""

import logging


class CountingHandler(logging.Handler):
    """Counts each line by its event; used only where somebody may read the counts."""

    def emit(self, record: logging.LogRecord) -> None:
        """Adds one. The library of the counts is loaded with the first line."""
        from config.watching.counts import counts  # noqa: PLC0415 -- the settings name this handler: nothing is loaded by then

        counts().security.labels(getattr(record, "event", "none")).inc()
