"""Gathers the tables of this room, each beside the code that keeps its rules."""

from analysis.builds.models import Build

__all__ = ["Build"]
