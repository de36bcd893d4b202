"""How sign-in differs from allauth's default: nobody signs up, and our pages speak in their own words."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class SurveyAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """People are made known by the register or by staff, never by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def get_login_stages(self) -> list[str]:
        """None of allauth's: the second step of staff is kept by the rule of each route."""
        return []

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Says nothing."""
