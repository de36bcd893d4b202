"""System checks of the house: in production nothing leaves the machine in the clear unless somebody said it may."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from config.env import Environment
from config.inside import in_the_clear


@register()
def what_leaves_is_protected(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """config.E001 for each connection to another machine that anybody between could read."""
    return problems(settings.ENV)


def problems(environment: Environment) -> list[CheckMessage]:
    """What is wrong in this environment; nothing where people reach the site without TLS, since it is tried out."""
    if not environment.is_https:
        return []
    return [
        Error(
            f"{way.setting} leads to {way.host} in the clear.",
            hint=f"Protect it: {way.remedy}. Or name {way.host} in CLEAR_HOSTS, if nobody can listen in between.",
            id="config.E001",
        )
        for way in in_the_clear(environment)
    ]
