"""Doors: sign-in by code, sign-out, and the page for a form that went stale."""

from allauth.account import views as allauth_views
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.audit.recording import record
from accounts.codes.asking import ask_for_code
from accounts.codes.trying import Ended, ended, try_code
from accounts.forms import LIMITED, WRONG, ConfirmCodeForm, RequestCodeForm
from accounts.models import User
from accounts.onwards import next_page, prefilled_email, with_next
from accounts.provider.acts import GLASS_BROKEN
from accounts.provider.configured import breaks_glass, provider
from accounts.rules import public, signed_in_at_door
from accounts.second.acts import CODE_ENTERED
from accounts.security_log import Event, note

ASKED = "asked_for_code"  # in the session: the address, and the secret that binds the code to this browser

FORGET = '"cache", "storage"'  # not "cookies", which would take the words “You have signed out” along


@signed_in_at_door
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session; the browser is told to forget every page and draft of this site."""
    response: HttpResponse = allauth_views.logout(request)
    if not request.user.is_authenticated:
        response["Clear-Site-Data"] = FORGET
    return response


@public
@never_cache
def request_code(request: HttpRequest) -> HttpResponse:
    """Asks for an address and has a code sent to it; the reply is the same whether we know the address or not."""
    if request.user.is_authenticated:
        return redirect(next_page(request))
    sent = request.POST if request.method == "POST" else None
    form = RequestCodeForm(sent, request=request, initial={"email": prefilled_email(request)})
    if not form.is_valid():
        return render(request, "account/request_login_code.html", _provider_link(request) | {"form": form})
    _ask(request, form.cleaned_data["email"])
    return redirect(with_next("account_confirm_login_code", request))


@public
@never_cache
def confirm_code(request: HttpRequest) -> HttpResponse:
    """Asks for the code and signs in the person it was sent to."""
    asked = request.session.get(ASKED)
    if request.user.is_authenticated:
        return redirect(next_page(request))
    if not asked:
        return redirect(with_next("account_request_login_code", request))
    form = ConfirmCodeForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _code_page(request, form, ended(asked["secret"], now=timezone.now()))
    outcome = try_code(form.cleaned_data["code"], secret=asked["secret"], now=timezone.now())
    if isinstance(outcome, User):
        return _sign_in(request, outcome)
    note(Event.FAILED, email=asked["email"], reason=outcome.name.lower() if outcome else "wrong")
    form.add_error("code", WRONG)
    return _code_page(request, form, outcome)


@public
@require_POST
def another_code(request: HttpRequest) -> HttpResponse:
    """Has a new code sent to the same address; the one before no longer works."""
    asked = request.session.get(ASKED)
    if request.user.is_authenticated or not asked:
        return redirect(with_next("account_request_login_code", request))
    form = RequestCodeForm({"email": asked["email"]}, request=request)
    if form.is_valid():
        _ask(request, form.cleaned_data["email"])
    else:
        messages.error(request, LIMITED)
    return redirect(with_next("account_confirm_login_code", request))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came back without its token: the page had been open too long, or came from elsewhere."""
    note(Event.FORM_REFUSED, route=request.resolver_match.view_name if request.resolver_match else "none")
    return render(request, "csrf_failure.html", status=403)


def _ask(request: HttpRequest, email: str) -> None:
    """Queues the code and binds it to this browser, under a new session key that nobody can have planted."""
    before = request.session.get(ASKED, {}).get("secret", "")
    secret = ask_for_code(email, replaces=before, now=timezone.now())
    request.session.cycle_key()
    request.session[ASKED] = {"email": email, "secret": secret}
    note(Event.ASKED, email=email)


def _provider_link(request: HttpRequest) -> dict[str, str]:
    found = provider()
    return {"provider": found.name, "provider_url": with_next("provider_begin", request)} if found else {}


def _sign_in(request: HttpRequest, person: User) -> HttpResponse:
    del request.session[ASKED]
    record_authentication(request, person, method="code", email=person.email)
    login = Login(user=person, email=person.email, redirect_url=next_page(request))
    response: HttpResponse = perform_login(request, login)
    if person.is_staff:
        record(GLASS_BROKEN if breaks_glass(person) else CODE_ENTERED, by=person, now=timezone.now())
    return response


def _code_page(request: HttpRequest, form: ConfirmCodeForm, why: Ended | None) -> HttpResponse:
    page = {"form": form, "email": request.session[ASKED]["email"], "ended": why}
    page |= {name: with_next(f"account_{name}", request) for name in ("another_code", "request_login_code")}
    return render(request, "account/confirm_login_code.html", page)
