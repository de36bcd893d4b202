"""The house itself, so that its commands are found."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Holds the commands that need every room."""

    name = "config"
