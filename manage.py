#!/usr/bin/env python3
"""Runs Django's commands with this project's settings."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if sys.argv[1:2] in (["demo"], ["publish_example"]):
        from config.demonstration.surroundings import surround

        surround(sys.argv[2:])
    execute_from_command_line(sys.argv)
