"""The staff's door: the second step, setting it up, and the recovery codes."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.mfa.utils import decrypt, encrypt
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import STAFF
from accounts.onwards import next_page, with_next
from accounts.provider.configured import provider
from accounts.requests import SignedInRequest
from accounts.rules import staff
from accounts.second.acts import CONFIRMED, SIGNED_IN
from accounts.second.forms import NewRecoveryForm, SecondForm, SetUpForm
from accounts.second.marks import confirms_elsewhere, has_passed, note_passed
from accounts.second.setting_up import SignInAnew, has_second, make_recovery_codes, recovery_codes, set_up_app
from accounts.second.trying import Tried, try_second
from accounts.signed_in.ending import end_others

NEW_SECRET = "new_authenticator"  # noqa: S105 -- in the session: the encrypted secret of the app being set up
TO_BE_KEPT = "recovery_codes_to_be_kept"  # in the session: whether the codes may still be shown
at_the_door = staff(*STAFF, at_door=True)


@at_the_door
@never_cache
def second(request: SignedInRequest) -> HttpResponse:
    """Asks for the second step, at sign-in and again before what matters most."""
    if confirms_elsewhere(request.session) and provider():
        return redirect(with_next("provider_begin", request))
    if not has_second(request.user):
        return redirect(with_next("second_set_up", request))
    again = has_passed(request.session)
    form = SecondForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        now = timezone.now()
        tried = try_second(request.user, code=form.cleaned_data["code"], act=CONFIRMED if again else SIGNED_IN, now=now)
        if tried is Tried.PASSED:
            return _let_in(request, onwards=next_page(request))
        form.add_error("code", tried.value)
    return render(request, "account/second/second.html", {"form": form, "again": again})


@at_the_door
@never_cache
def set_up(request: SignedInRequest) -> HttpResponse:
    """Shows a new app's secret and asks for the first code it gives."""
    if has_second(request.user):
        return redirect(with_next("second", request))
    if has_passed(request.session):  # at the provider: a new app here would confirm nothing
        raise SignInAnew("To set up an authenticator app here, sign out and sign in again.")
    secret = _new_secret(request)
    form = SetUpForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if set_up_app(request.user, secret=secret, code=form.cleaned_data["code"], now=timezone.now()):
            del request.session[NEW_SECRET]
            request.session[TO_BE_KEPT] = True
            return _let_in(request, onwards=with_next("second_recovery", request))
        form.add_error("code", "That is not the code the app shows now. Check the app and enter its six digits")
    spaced = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    return render(request, "account/second/set_up.html", {"form": form, "secret": spaced})


@at_the_door
@never_cache
@require_safe
def picture(request: SignedInRequest) -> HttpResponse:
    """The secret of the app being set up, as a picture for its camera."""
    if NEW_SECRET not in request.session:
        raise Http404
    adapter = get_adapter()
    drawn = adapter.build_totp_svg(adapter.build_totp_url(request.user, _new_secret(request)))
    return HttpResponse(drawn, content_type="image/svg+xml")


@staff(*STAFF)
@never_cache
def recovery(request: SignedInRequest) -> HttpResponse:
    """Shows the recovery codes until the person says that they have them; never again after that."""
    if not request.session.get(TO_BE_KEPT):
        return redirect(next_page(request))
    if request.method == "POST":
        del request.session[TO_BE_KEPT]
        return redirect(next_page(request))
    return render(request, "account/second/recovery.html", {"codes": recovery_codes(request.user)})


@staff(*STAFF)
@never_cache
@require_safe
def recovery_file(request: SignedInRequest) -> HttpResponse:
    """The same codes as a file."""
    if not request.session.get(TO_BE_KEPT):
        raise Http404
    page = {"codes": recovery_codes(request.user), "person": request.user}
    answer = render(request, "account/second/recovery.txt", page, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="recovery-codes.txt"'
    return answer


@staff(*STAFF, step_up=True)
@require_POST
def new_recovery(request: SignedInRequest) -> HttpResponse:
    """Makes new recovery codes and shows them; the other sessions end if the person says so."""
    form = NewRecoveryForm(request.POST)
    make_recovery_codes(request.user, now=timezone.now())
    if form.is_valid() and form.cleaned_data["elsewhere"]:
        end_others(request.user, but=request.session.session_key, now=timezone.now())
    request.session[TO_BE_KEPT] = True
    return redirect("second_recovery")


@staff(*STAFF)
@require_safe
def yours(request: SignedInRequest) -> HttpResponse:
    """What this person signs in with."""
    return render(request, "account/second/yours.html", {"left": len(recovery_codes(request.user))})


def _let_in(request: SignedInRequest, *, onwards: str) -> HttpResponse:
    """Under a new session key, so that one known before the second step is worth nothing after it."""
    request.session.cycle_key()
    note_passed(request.session, now=timezone.now())
    return redirect(onwards)


def _new_secret(request: SignedInRequest) -> str:
    if NEW_SECRET not in request.session:
        request.session[NEW_SECRET] = encrypt(generate_totp_secret())
    return str(decrypt(request.session[NEW_SECRET]))
