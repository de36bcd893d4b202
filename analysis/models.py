"""Gathers the tables of this room, each beside the code that keeps its rules."""

from analysis.builds.models import Build
from analysis.calendar.models import CalendarFeed
from analysis.milestones.models import FrozenExtract, PlanRecord
from analysis.monitoring.models import Tally, WaveTarget

__all__ = ["Build", "CalendarFeed", "FrozenExtract", "PlanRecord", "Tally", "WaveTarget"]
