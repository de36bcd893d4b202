"""Doors: to the department's provider, and back from it."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit.recording import record
from accounts.models import User
from accounts.onwards import next_page
from accounts.provider.acts import CAME_IN
from accounts.provider.claims import Identity, identity_of
from accounts.provider.configured import provider_or_404
from accounts.provider.letting_in import person_let_in
from accounts.provider.protocol import Answer, answer_of, begin_at
from accounts.provider.refusals import NOT_TRUE, SOMEBODY_ELSE, NotSignedIn
from accounts.rules import public
from accounts.second.acts import CONFIRMED, SIGNED_IN
from accounts.second.marks import confirms_elsewhere, note_elsewhere, note_passed


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Sends the browser to the provider once the person presses; whoever is in already proves themselves again there.

    A link of another site leads to the button and not into a session. The way on is no redirect: browsers hold the
    whole way of a form to this site's policy, and the provider may send it further.
    """
    found = provider_or_404()
    again = request.user.is_authenticated and confirms_elsewhere(request.session)
    if request.user.is_authenticated and not again:
        return redirect(next_page(request))
    page = {"provider": found.name, "again": again}
    if request.method != "POST":
        return render(request, "account/provider/begin.html", page)
    there = begin_at(found, request, onwards=next_page(request), again=again, now=timezone.now())
    answer = render(request, "account/provider/onwards.html", page | {"there": there})
    answer["Refresh"] = f"0; url={there}"
    return answer


@public
@never_cache
@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """Signs in the person whom the provider vouches for, or confirms that it is still they."""
    found = provider_or_404()
    answer = answer_of(found, request)
    identity = identity_of(answer.claims, by=found)
    person = person_let_in(identity, now=timezone.now())
    if answer.again and request.user.is_authenticated:
        return _confirm(request, person, identity, answer)
    return _sign_in(request, person, identity, answer)


def _sign_in(request: HttpRequest, person: User, identity: Identity, answer: Answer) -> HttpResponse:
    record_authentication(request, person, method="provider", email=person.email)
    response: HttpResponse = perform_login(request, Login(user=person, email=person.email, redirect_url=answer.onwards))
    now = timezone.now()
    record(CAME_IN, by=person, now=now)
    if identity.did_second:
        note_passed(request.session, now=now)
        note_elsewhere(request.session)
        record(SIGNED_IN, by=person, detail={"with": "the department’s sign-in"}, now=now)
    return response


def _confirm(request: HttpRequest, person: User, identity: Identity, answer: Answer) -> HttpResponse:
    if request.user.pk != person.pk:
        raise NotSignedIn(SOMEBODY_ELSE)
    if not identity.did_second or not confirms_elsewhere(request.session):
        raise NotSignedIn(NOT_TRUE)
    request.session.cycle_key()
    note_passed(request.session, now=timezone.now())
    record(CONFIRMED, by=person, detail={"with": "the department’s sign-in"}, now=timezone.now())
    return redirect(answer.onwards)
