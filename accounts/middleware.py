"""The one place where rules are kept and refusals become pages."""

import logging
from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.refusals import Refusal
from accounts.rules import rule_of

log = logging.getLogger("survey.access")
GetResponse = Callable[[HttpRequest], HttpResponse]


class RuleMiddleware:
    """Lets a request through to its view only if the view's rule allows the person."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response["Cache-Control"] = "no-store"
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Nothing if the view may run; the sign-in page or “not found” if not."""
        rule = rule_of(view)
        if rule is None:
            raise RuntimeError(f"{view} declares no rule")
        if rule.needs_sign_in and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if rule.needs_sign_in and not rule.allows(request.user):
            log.warning("refused: person %s at %s (for %s)", request.user.pk, request.path, rule.name)
            raise Http404
        return None


class RefusalMiddleware:
    """Shows a refusal raised anywhere below a view as a plain page with its status."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for a refusal; nothing for any other exception, which is a bug and must be logged as one."""
        if not isinstance(error, Refusal):
            return None
        log.info("refused: %s for person %s at %s", type(error).__name__, request.user.pk, request.path)
        return render(request, "refusal.html", {"refusal": error}, status=error.status)
