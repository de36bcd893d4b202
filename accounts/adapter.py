"""How sign-in differs from allauth's default: nobody signs up, and messages speak our words."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.http import HttpRequest


class SurveyAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """People are made known by the register or by staff, never by themselves."""

    error_messages: ClassVar[dict[str, str]] = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": "That is not the code we sent last. Check the email and enter the code again",
        "too_many_login_attempts": "Too many attempts, so the code no longer works. Ask for a new one. "
        "If that is refused, wait five minutes",
        "rate_limited": "Too many codes were asked for. Wait five minutes, then ask for a new one",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Passes on what went wrong; of everything else our pages speak in their own words."""
        if level == messages.ERROR and kwargs.get("message"):
            messages.error(request, kwargs["message"])
