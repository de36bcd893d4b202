"""The page that an invitation leads to. It only says what is asked; whoever opens it, and however, changes nothing."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from accounts.models import User
from accounts.onwards import sign_in_url
from accounts.rules import public
from accounts.store.reach import seeing_everything
from respondents.fieldwork.facts import Facts, facts_of
from respondents.fieldwork.inviting import NotInvited, invited_by
from respondents.portal.words import times_in_words
from respondents.returns.models import Return
from respondents.returns.openness import is_in_time


@dataclass(frozen=True)
class ArrivalPage:
    """What somebody who was invited wants to know before starting."""

    facts: Facts
    times: str
    button: str
    start_url: str


# Scanners of mail post forms and use other methods too: there is nothing to guard, and they get the same page.
@public
@csrf_exempt
@never_cache
def arrival(request: HttpRequest, token: str) -> HttpResponse:
    """Why this board, who sees what, how long, until when, and the way to sign in."""
    try:
        with seeing_everything():  # the link's signature is the proof, and what is told are facts of the whole wave
            page = _page(*invited_by(token), now=timezone.now())
    except NotInvited:
        raise Http404 from None
    return render(request, "respondents/arrival.html", {"page": page})


def _page(found: Return, person: User, *, now: datetime) -> ArrivalPage:
    return ArrivalPage(
        facts=facts_of(found),
        times=times_in_words(found, now=now),
        button="Start now" if is_in_time(found, now=now) else "Sign in",
        start_url=sign_in_url(person, then=reverse("portal:tasks", args=[found.pk])),
    )
