"""The page on which staff get their calendar address, and the address itself."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.onwards import whole_address
from accounts.requests import see_other
from accounts.rules import public
from accounts.store.reach import seeing_everything
from analysis.access import watches
from analysis.calendar.dates import calendar_of_waves
from analysis.calendar.feeds import feed_of, find_feed, make_feed, revoke_feed, token_of
from respondents.portal.doors import person_of


@watches
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The person's address, if there is one, and what to do with it."""
    feed = feed_of(person_of(request))
    address = whole_address(reverse("calendar:feed", args=[token_of(feed)])) if feed else ""
    return render(request, "analysis/calendar.html", {"feed": feed, "address": address})


@watches
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Makes the address."""
    make_feed(person_of(request), now=timezone.now())
    return see_other(reverse("calendar:page"))


@watches
@require_POST
def revoke(request: HttpRequest) -> HttpResponse:
    """Takes the address back: calendars that read it show nothing new from now on."""
    if revoke_feed(person_of(request), now=timezone.now()):
        messages.success(request, "The address is taken back. Calendars that read it get nothing more.")
    return see_other(reverse("calendar:page"))


@public
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The dates, for a program that holds the secret address; “not found” for any other."""
    if find_feed(token) is None:
        raise Http404
    headers = {"Cache-Control": "private, max-age=900", "Referrer-Policy": "no-referrer"}
    with seeing_everything():  # the address is the proof; no board is named
        content = calendar_of_waves(now=timezone.now())
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
