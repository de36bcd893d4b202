"""The ways in which confined work ends without a result, each with what to say of it."""


class Ended(Exception):
    """The work has no result; says why, and what to do, to the person who waits for it."""


class Refused(Ended):
    """The work itself says what is wrong with what it was given."""


class OutOfTime(Ended):
    """It took more time than is allowed."""


class OutOfMemory(Ended):
    """It took more memory than is allowed."""


class OutOfRoom(Ended):
    """A file grew too large, or the disk is full."""


class Killed(Ended):
    """The process was stopped from outside."""


class Broken(Ended):
    """A fault of ours; `trace` is for the log and never for the person."""

    def __init__(self, message: str, trace: str) -> None:
        super().__init__(message)
        self.trace = trace
