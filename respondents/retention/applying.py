"""Service: what has been kept long enough is forgotten, in small batches, and one audit entry says how much it was."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Self

from accounts.audit.acts import declare
from accounts.audit.recording import record
from accounts.codes.asking import forget_codes
from accounts.models import User
from respondents.retention.classes import CLASSES, RetentionClass

APPLIED = declare("retention.applied", "Forgot what had been kept long enough")


class NotForgotten(ExceptionGroup[Exception]):
    """Some kinds could not be forgotten: `kinds` says which and why, `done` how much of each was forgotten."""

    def __new__(cls, done: Mapping[str, int], kinds: Mapping[str, Exception]) -> Self:
        """Of at least one kind."""
        found = super().__new__(cls, "Not everything that was due could be forgotten.", list(kinds.values()))
        found.done, found.kinds = done, kinds
        return found

    done: Mapping[str, int]
    kinds: Mapping[str, Exception]


def due_now(*, now: datetime) -> dict[str, int]:
    """How many there are of each kind that would be forgotten now."""
    return {each.name: each.due(now).count() for each in CLASSES}


def never() -> bool:
    """There is time for all."""
    return False


def apply_retention(*, by: User | None = None, now: datetime, is_over: Callable[[], bool] = never) -> Mapping[str, int]:
    """Forgets what is due, until `is_over`; what was done is recorded whatever ends the run.

    Each batch is a transaction of its own. A kind that cannot be forgotten keeps no other: NotForgotten comes last.
    """
    done: Counter[str] = Counter({each.name: 0 for each in CLASSES})
    broken: dict[str, Exception] = {}
    try:
        done["sign_in_codes"] = forget_codes(now=now)
        for each in CLASSES:
            try:
                _forget(each, done, now=now, is_over=is_over)
            except Exception as error:  # noqa: BLE001 -- raised with the others once all have had their turn
                broken[each.name] = error
    finally:
        record(APPLIED, by=by, about="Retention", detail=dict(done), now=now)
    if broken:
        raise NotForgotten(done, broken)
    return done


def _forget(each: RetentionClass, done: Counter[str], *, now: datetime, is_over: Callable[[], bool]) -> None:
    while not is_over() and (keys := list(each.due(now).values_list("pk", flat=True)[: each.at_once])):
        each.forget(each.due(now).model._default_manager.all(), keys, now)  # noqa: SLF001 -- Django documents it
        done[each.name] += len(keys)
        if set(keys) & set(each.due(now).filter(pk__in=keys).values_list("pk", flat=True)):
            raise RuntimeError(f"What was due of {each.name} is still due after it was forgotten.")
