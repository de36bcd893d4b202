"""Gathers the tables of this room, each beside the code that keeps its rules."""

from respondents.register.models import Appointment, Authority, Board, BoardAuthority
from respondents.returns.models import FrameAuthority, Return, Save, Submission

__all__ = [
    "Appointment",
    "Authority",
    "Board",
    "BoardAuthority",
    "FrameAuthority",
    "Return",
    "Save",
    "Submission",
]
