"""The product with a fault hook: a request that names a point ends its own process there. For the laboratory alone."""

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import connection

from config.wsgi import application as product

STATEMENTS = {
    "the lock": ("SELECT", "FOR UPDATE"),
    "the return": ("UPDATE", '"respondents_return"'),
    "the save": ("INSERT", '"respondents_save"'),
    "the submission": ("INSERT", '"respondents_submission"'),
    "the letters": ("INSERT", '"accounts_message"'),
}
SAVING = (
    *("request", "before the return", "after the return", "before the save", "after the save"),
    *("before commit", "after commit", "before the reply", "during the reply"),
)
SUBMITTING = (
    *("request", "before the lock", "after the lock", "before the submission", "after the submission"),
    *("after the return", "before the letters", "after the letters", "before commit", "after commit"),
    *("while ringing", "before the reply"),  # which is a redirection: all of it goes at once
)


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """One request, which may be this process's last."""
    point = str(environ.get("HTTP_X_FAULT", ""))
    if not point:
        return product(environ, start_response)
    if point == "request":
        die()
    _arm(point)
    reply = product(environ, start_response)
    if point == "before the reply":
        die()
    return _half(reply) if point == "during the reply" else reply


def die() -> None:
    """As the machine would: without a word."""
    os.kill(os.getpid(), signal.SIGKILL)


def _half(reply: Iterable[bytes]) -> Iterator[bytes]:
    whole = b"".join(reply)
    yield whole[: len(whole) // 2] or b" "
    die()


def _arm(point: str) -> None:
    """This process lives only for the rest of this request, or less: nothing need be undone."""
    has_written = False
    when, _, what = point.partition(" ")

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: ANN401
        nonlocal has_written
        verb, words = STATEMENTS.get(what, ("", ""))
        is_it = bool(verb) and sql.startswith(verb) and words in sql
        if is_it and when == "before":
            die()
        result = execute(sql, params, many, context)
        if is_it and when == "after":
            die()
        has_written |= "respondents_save" in sql or ("respondents_submission" in sql and sql.startswith("INSERT"))
        return result

    commit = connection._commit  # type: ignore[attr-defined]

    def watched_commit() -> None:
        if point == "before commit" and has_written:
            die()
        commit()
        if point == "after commit" and has_written:
            die()

    connection.execute_wrappers.append(watch)
    connection._commit = watched_commit  # type: ignore[attr-defined]
    if point == "while ringing":
        from accounts import doorbell  # noqa: PLC0415 -- only where it is to be broken

        doorbell.ring = lambda *_, **__: die()
