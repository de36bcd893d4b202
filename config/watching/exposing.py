"""The numbers in the form that Prometheus reads: the counts of all web processes, and the state of the house."""

from datetime import datetime

from django.db import DatabaseError
from prometheus_client import generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from config.watching.counts import counts
from config.watching.state import Number, state

ANSWERS = "survey_database_answers"
CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4


def exposed(*, now: datetime) -> bytes:
    """Everything that is counted, then everything that is so at this moment."""
    return generate_latest(counts().readable()) + _state_text(now=now).encode()


def _state_text(*, now: datetime) -> str:
    """Written by hand: the library keeps a number in a file of this process, where it would outlive its moment."""
    lines: list[str] = []
    told: set[str] = set()
    for name, labels, number in _numbers(now=now):
        if name not in told:
            lines.append(f"# TYPE {name} gauge")
            told.add(name)
        inside = ",".join(f'{label}="{value}"' for label, value in labels.items())
        lines.append(f"{name}{{{inside}}} {number}" if inside else f"{name} {number}")
    return "\n".join(lines) + "\n"


def _numbers(*, now: datetime) -> list[Number]:
    """The state, or that the database does not answer: the counts are told without it."""
    try:
        return [*state(now=now), (ANSWERS, {}, 1.0)]
    except DatabaseError:
        return [(ANSWERS, {}, 0.0)]
