"""Doors of the chair's pages: find, bind, call one service, show."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.rules import public, signed_in


@public
def home(request: HttpRequest) -> HttpResponse:
    """The start page for a stranger; their own first page for anyone signed in."""
    if not request.user.is_authenticated:
        return render(request, "home.html")
    return redirect("monitoring:waves" if request.user.is_staff else "portal:returns")


@public
def help_page(request: HttpRequest) -> HttpResponse:
    """Whom to ask, and answers to what people ask."""
    return render(request, "respondents/help.html")


@public
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about people, and the cookies."""
    return render(request, "respondents/privacy.html")


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    """How usable the pages are, and what is known to be wanting."""
    return render(request, "respondents/accessibility.html")


@signed_in
def returns(request: HttpRequest) -> HttpResponse:
    """The returns of the boards this person chairs."""
    return render(request, "respondents/returns.html")
