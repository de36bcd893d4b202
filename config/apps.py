"""The house itself, so that its commands and checks are found."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Holds the commands and checks that need every room."""

    name = "config"

    def ready(self) -> None:
        """Loads the checks."""
        from config import checks  # noqa: F401, PLC0415 -- they register themselves once the apps are loaded
