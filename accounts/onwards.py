"""Where sign-in and forms lead to, and the address it may start with."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, QueryDict
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import User

NEXT, PERSON = "next", "as"
_SIGNER = signing.Signer(salt="accounts.onwards")


def next_page(request: HttpRequest) -> str:
    """The page that was wanted before sign-in, if it is one of ours; otherwise the first page."""
    wanted = request.GET.get(NEXT, "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    # A word without a stroke would be taken for the name of a page.
    return wanted if is_ours and "/" in wanted else resolve_url(settings.LOGIN_REDIRECT_URL)


def whole_address(path: str) -> str:
    """The address of this path on our site, as letters and feeds give it."""
    return f"{settings.SITE_URL}{path}"


def way_back(request: HttpRequest) -> str:
    """The page to return to once the door is passed: the one asked for, or the one whose form was sent."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    came_from = request.META.get("HTTP_REFERER", "")
    is_ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
    parts = urlsplit(came_from if is_ours else "")
    return (parts._replace(scheme="", netloc="", fragment="").geturl()) or resolve_url(settings.LOGIN_REDIRECT_URL)


def with_next(name: str, request: HttpRequest) -> str:
    """The address of one of the sign-in pages, still knowing which page was wanted."""
    return _with(reverse(name), {NEXT: request.GET.get(NEXT, "")})


def sign_in_url(person: User, *, then: str) -> str:
    """The sign-in page with this person's address filled in; the link neither holds it nor signs anybody in."""
    return _with(reverse("account_request_login_code"), {NEXT: then, PERSON: _SIGNER.sign(str(person.pk))})


def prefilled_email(request: HttpRequest) -> str:
    """The address to fill in: that of the person whom a link of ours names, or nothing."""
    try:
        pk = _SIGNER.unsign(request.GET.get(PERSON, ""))
    except signing.BadSignature:
        return ""
    return User.objects.filter(pk=pk).values_list("email", flat=True).first() or ""


def _with(url: str, values: dict[str, str]) -> str:
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in values.items() if value})
    return f"{url}?{query.urlencode(safe='/')}" if query else url
