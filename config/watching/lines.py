"""Log lines: one object of JSON for machines, or one line for people; the same is withheld from both."""

import logging
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Literal, TypeAlias

from accounts.redaction import WITHHELD, redacted, told
from config.watching.numbers import current_request, current_task

ExcInfo: TypeAlias = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
LogFormat = Literal["line", "json"]
# What a caller may say beside the message; anything else that hangs on a record may hold a request or its form.
BESIDE = ("route", "method", "status", "ms", "directive", "event", "person", "address", "reason")
_QUOTED = ("args", "kwargs", "exc", "traceback")  # what Celery hands to its own lines about a task


def house_formatter(form: LogFormat) -> logging.Formatter:
    """How every program of the house writes its lines."""
    if form == "line":
        return Line("{asctime} {levelname} {name} {message}", style="{")
    return JsonLine()


class Line(logging.Formatter):
    """A line for people."""

    def format(self, record: logging.LogRecord) -> str:
        return redacted(super().format(_bare(record)))

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 -- as logging has it
        return told(ei[1]) if ei[1] else ""


class JsonLine(logging.Formatter):
    """One object for each line: when, how grave, who says it, what, for which request and task."""

    def __init__(self) -> None:
        from pythonjsonlogger.json import JsonFormatter  # noqa: PLC0415 -- only where it is asked for

        super().__init__()
        self._json = JsonFormatter("{message}", style="{", json_ensure_ascii=False)

    def format(self, record: logging.LogRecord) -> str:
        return self._json.serialize_log_record(self._json.process_log_record(self._fields(_bare(record))))

    def _fields(self, record: logging.LogRecord) -> dict[str, Any]:
        fields: dict[str, Any] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": redacted(record.getMessage()),
            "request_id": current_request(),
            "task": current_task(),
        }
        fields |= {name: getattr(record, name) for name in BESIDE if hasattr(record, name)}
        if record.exc_info and record.exc_info[1]:
            fields["error"] = redacted(told(record.exc_info[1]))
        return {name: value for name, value in fields.items() if value not in (None, "")}


def _bare(record: logging.LogRecord) -> logging.LogRecord:
    """A copy without what Celery's task was given, what its error said, and what another formatter made of an error."""
    bare = logging.makeLogRecord(record.__dict__)
    bare.exc_text = None
    if isinstance(bare.args, Mapping):
        bare.args = {**bare.args} | {name: WITHHELD for name in _QUOTED if name in bare.args}
    return bare
