"""Gathers the tables of this room, each beside the code that keeps its rules."""

from respondents.backups.models import Backup, RestoreCheck
from respondents.contacts.models import (
    ContactEntry,
    ContactSettings,
    Mailing,
    OutcomeDecision,
    Stop,
    TemplateVersion,
)
from respondents.correspondence.models import (
    Feedback,
    Query,
    QueryStep,
    ReopeningRequest,
    ReopeningWish,
    TeamMessage,
)
from respondents.fieldwork.models import ApprovalOverride, ClosingChange, Preparation
from respondents.register.jobs import ImportFile, ImportJob, PreviewLeaf
from respondents.register.models import (
    Appointment,
    Authority,
    Board,
    BoardAuthority,
    RegisterChange,
    RegisterImport,
    RegisterLock,
    Succession,
)
from respondents.returns.attribution import Attribution
from respondents.returns.extension import Extension
from respondents.returns.models import FrameAuthority, Return, Save, Submission
from respondents.returns.reopening import Reopening
from respondents.returns.tabs import OpenTab
from respondents.returns.telephone import Call
from respondents.together.models import Comment, Consultation, Contribution, Handback, SignatureRequest, Transfer

__all__ = [
    "Appointment",
    "ApprovalOverride",
    "Attribution",
    "Authority",
    "Backup",
    "Board",
    "BoardAuthority",
    "Call",
    "ClosingChange",
    "Comment",
    "Consultation",
    "ContactEntry",
    "ContactSettings",
    "Contribution",
    "Extension",
    "Feedback",
    "FrameAuthority",
    "Handback",
    "ImportFile",
    "ImportJob",
    "Mailing",
    "OpenTab",
    "OutcomeDecision",
    "Preparation",
    "PreviewLeaf",
    "Query",
    "QueryStep",
    "RegisterChange",
    "RegisterImport",
    "RegisterLock",
    "Reopening",
    "ReopeningRequest",
    "ReopeningWish",
    "RestoreCheck",
    "Return",
    "Save",
    "SignatureRequest",
    "Stop",
    "Submission",
    "Succession",
    "TeamMessage",
    "TemplateVersion",
    "Transfer",
]
