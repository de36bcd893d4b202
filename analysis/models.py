"""Gathers the tables of this room, each beside the code that keeps its rules."""

from analysis.builds.models import Build
from analysis.milestones.models import FrozenExtract, PlanRecord

__all__ = ["Build", "FrozenExtract", "PlanRecord"]
