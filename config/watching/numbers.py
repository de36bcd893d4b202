"""The number of the request that is being answered, from the proxy through the web process to the worker's tasks."""

import re
from contextvars import ContextVar
from uuid import uuid4

HEADER = "request_id"  # what a task's message bears
_FROM_PROXY = re.compile("[0-9a-f]{32}")
REQUEST: ContextVar[str] = ContextVar("request", default="")
TASK: ContextVar[str] = ContextVar("task", default="")


def number_of(given: str) -> str:
    """The number the proxy gave, or a new one."""
    return given if _FROM_PROXY.fullmatch(given) else uuid4().hex


def current_request() -> str:
    """The request that is being answered, or that rang for the task; empty in a command."""
    return REQUEST.get()


def current_task() -> str:
    """The name of the task that is being done; empty elsewhere."""
    return TASK.get()
