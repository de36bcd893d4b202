"""The state of returns told by the database, for lists and counts of many; `Return.state` tells that of one."""

from typing import Any

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When

from respondents.returns.models import Return, ReturnState


def state_at(prefix: str = "") -> Case:
    """The state as an expression, where `prefix` leads to the return, as in `survey_return__`."""
    waiting = Q(**{f"{prefix}awaiting_version__isnull": False, f"{prefix}awaiting_version": F(f"{prefix}version")})
    unsent = Q(**{f"{prefix}submitted_version__isnull": True})
    return Case(
        When(waiting, then=Value(ReturnState.WAITING.value)),
        When(unsent & Q(**{f"{prefix}version": 0}), then=Value(ReturnState.NOT_STARTED.value)),
        When(unsent, then=Value(ReturnState.IN_PROGRESS.value)),
        When(Q(**{f"{prefix}submitted_version": F(f"{prefix}version")}), then=Value(ReturnState.SUBMITTED.value)),
        default=Value(ReturnState.CHANGED.value),
        output_field=CharField(),
    )


def with_state(returns: "QuerySet[Return]") -> "QuerySet[Any]":
    """Each return with the state it is in as `state_now`."""
    return returns.annotate(state_now=state_at())
