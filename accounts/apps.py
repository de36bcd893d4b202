"""The room of people."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Registers the checks that guard the routes."""

    name = "accounts"

    def ready(self) -> None:
        """Loads the checks."""
        from accounts import checks, clock  # noqa: F401, PLC0415 -- they register themselves once the apps are loaded
        from accounts.second import signals  # noqa: F401, PLC0415 -- and so do receivers
