"""Gathers the tables of this room, each beside the code that keeps its rules."""

from analysis.builds.models import Build
from analysis.calendar.models import CalendarFeed
from analysis.comparators.models import Comparator, ComparatorProposal, ComparatorWithdrawal
from analysis.disclosing.models import Release, ReleaseChoice, ReleaseStep
from analysis.exploring.models import CopyTaken, SavedTable
from analysis.house_style.models import HouseStyleVersion
from analysis.milestones.models import FrozenExtract, KeptPlan, PlanRecord
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
from analysis.pictures.models import KeptPicture
from analysis.publishing.models import (
    CalendarEntry,
    EarlyAccess,
    EarlyAccessEnd,
    Edition,
    EditionFile,
    Publication,
    SignOff,
    Withdrawal,
    Wording,
)
from analysis.reports.models import Announcement
from analysis.templating.models import ReportPicture, ReportText

__all__ = [
    "Adjudication",
    "Announcement",
    "Build",
    "CalendarEntry",
    "CalendarFeed",
    "CoderDone",
    "Coders",
    "Coding",
    "Comparator",
    "ComparatorProposal",
    "ComparatorWithdrawal",
    "CopyTaken",
    "EarlyAccess",
    "EarlyAccessEnd",
    "Edition",
    "EditionFile",
    "FrameVersion",
    "FrozenExtract",
    "HouseStyleVersion",
    "KeptPicture",
    "KeptPlan",
    "LocalName",
    "PlanRecord",
    "Publication",
    "Quote",
    "QuoteStep",
    "Redaction",
    "Release",
    "ReleaseChoice",
    "ReleaseStep",
    "ReportPicture",
    "ReportText",
    "SavedTable",
    "SignOff",
    "Tally",
    "WaveTarget",
    "Withdrawal",
    "Wording",
]
