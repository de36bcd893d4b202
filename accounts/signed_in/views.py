"""Where somebody is signed in, for themselves: they see it, and end what they do not know."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest, see_other
from accounts.rules import signed_in
from accounts.signed_in.ending import end_one, end_others, sessions_of
from accounts.signed_in.forms import EndForm
from accounts.signed_in.pages import sessions_page

GONE = "That browser had been signed out already."


@signed_in
@require_safe
def sessions(request: SignedInRequest) -> HttpResponse:
    """Every browser in which this person is signed in."""
    found = sessions_of(request.user, now=timezone.now())
    page = sessions_page(list(found), here=request.session.session_key)
    return render(request, "account/signed_in/sessions.html", {"page": page})


@signed_in
@require_POST
def end(request: SignedInRequest) -> HttpResponse:
    """Ends one of them."""
    form = EndForm(request.POST)
    handle = form.cleaned_data["session"] if form.is_valid() else ""
    ended = end_one(request.user, handle=handle, now=timezone.now())
    messages.success(request, "That browser is signed out." if ended else GONE)
    return see_other(reverse("signed_in"))


@signed_in
@require_POST
def end_all_others(request: SignedInRequest) -> HttpResponse:
    """Ends all but this one."""
    ended = end_others(request.user, but=request.session.session_key, now=timezone.now())
    browsers = "one other browser is" if ended == 1 else f"{ended} other browsers are"
    messages.success(request, f"Done: {browsers} signed out." if ended else "You were signed in nowhere else.")
    return see_other(reverse("signed_in"))
