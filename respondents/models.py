"""Gathers the tables of this room, each beside the code that keeps its rules."""

from respondents.register.models import Appointment, Authority, Board, BoardAuthority
from respondents.returns.models import FrameAuthority, Return, Save, Submission
from respondents.returns.tabs import OpenTab
from respondents.together.models import Comment, Consultation, Contribution, Handback, SignatureRequest, Transfer

__all__ = [
    "Appointment",
    "Authority",
    "Board",
    "BoardAuthority",
    "Comment",
    "Consultation",
    "Contribution",
    "FrameAuthority",
    "Handback",
    "OpenTab",
    "Return",
    "Save",
    "SignatureRequest",
    "Submission",
    "Transfer",
]
