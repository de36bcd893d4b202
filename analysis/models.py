"""Gathers the tables of this room, each beside the code that keeps its rules."""

from analysis.builds.models import Build
from analysis.calendar.models import CalendarFeed
from analysis.comparators.models import Comparator, ComparatorProposal, ComparatorWithdrawal
from analysis.disclosing.models import Release, ReleaseChoice, ReleaseStep
from analysis.exploring.models import SavedTable
from analysis.milestones.models import FrozenExtract, PlanRecord
from analysis.monitoring.models import Tally, WaveTarget
from analysis.opentext.models import (
    Adjudication,
    CoderDone,
    Coders,
    Coding,
    FrameVersion,
    LocalName,
    Quote,
    QuoteStep,
    Redaction,
)
from analysis.reports.models import Announcement

__all__ = [
    "Adjudication",
    "Announcement",
    "Build",
    "CalendarFeed",
    "CoderDone",
    "Coders",
    "Coding",
    "Comparator",
    "ComparatorProposal",
    "ComparatorWithdrawal",
    "FrameVersion",
    "FrozenExtract",
    "LocalName",
    "PlanRecord",
    "Quote",
    "QuoteStep",
    "Redaction",
    "Release",
    "ReleaseChoice",
    "ReleaseStep",
    "SavedTable",
    "Tally",
    "WaveTarget",
]
