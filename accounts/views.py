"""Doors: sign-in by code, sign-out, health, and the page for a form that went stale."""

from allauth.account import views as allauth_views
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.rules import public, signed_in

request_code = public(allauth_views.request_login_code)
confirm_code = public(allauth_views.confirm_login_code)
sign_out = signed_in(allauth_views.logout)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came back without its token: the page had been open too long, or came from elsewhere."""
    return render(request, "csrf_failure.html", status=403)
