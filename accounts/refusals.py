"""Refusals: a person may not do this, now. Each is a class, shown as a plain page that says why and what to do."""

from http import HTTPStatus


class Refusal(Exception):
    """What happened, in words for the person it happened to."""

    status: HTTPStatus = HTTPStatus.FORBIDDEN
    title: str = "You cannot do this"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Overtaken(Refusal):
    """What was asked for does not fit what stands by now, whoever changed it."""

    status = HTTPStatus.CONFLICT
