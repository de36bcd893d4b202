"""Doors of the house style: look at it, try another, save it; its colours for browsers."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Role
from accounts.requests import SignedInRequest, see_other
from accounts.rules import public, staff
from analysis.core.house_style import HouseStyle
from analysis.house_style.changing import Wanted, change_house_style
from analysis.house_style.forms import HouseStyleForm
from analysis.house_style.models import HouseStyleVersion
from analysis.house_style.pages import change_page, house_page
from analysis.house_style.standing import house_now, house_of
from analysis.pictures.keeping import keep_picture, picture_of
from analysis.pictures.models import KeptPicture

looks = staff(Role.ADMINISTRATOR)
changes = staff(Role.ADMINISTRATOR, step_up=True)
A_DAY = "public, max-age=86400"  # the version never changes; where its colours go may, when the product does


@looks
@require_safe
def page(request: SignedInRequest) -> HttpResponse:
    """The house style that stands, and every version before it."""
    versions = HouseStyleVersion.objects.select_related("changed_by")
    return render(request, "analysis/house_style/page.html", {"page": house_page(house_now(), versions)})


@changes
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SignedInRequest) -> HttpResponse:
    """The form; sent, it becomes the next version."""
    standing = house_now()
    if request.method != "POST":
        return _shown(request, HouseStyleForm(standing=standing), standing)
    form = _bound(request, standing)
    if not form.is_valid():
        return _shown(request, form, None)
    number = change_house_style(form.wanted, base=form.cleaned_data["base"], by=request.user, now=timezone.now())
    messages.success(request, f"Version {number} of the house style stands from now on.")
    return see_other(reverse("house_style:page"))


@changes
@require_POST
def preview(request: SignedInRequest) -> HttpResponse:
    """The same page with the cover as it would look; nothing is saved but the picture."""
    form = _bound(request, house_now())
    return _shown(request, form, _house(form.wanted) if form.is_valid() else None)


@public
@require_safe
def styles(request: HttpRequest, number: int) -> HttpResponse:
    """The colours of one version for pages; a version never changes."""
    house = house_of(get_object_or_404(HouseStyleVersion.objects.select_related("logo"), number=number))
    response = render(request, "analysis/house_style/screen.css", {"house": house}, content_type="text/css")
    response["Cache-Control"] = A_DAY
    return response


def _bound(request: SignedInRequest, standing: HouseStyle) -> HouseStyleForm:
    """What was sent. A logo that can be used is kept, so that it need not be chosen again."""
    form = HouseStyleForm(request.POST, request.FILES, standing=standing)
    form.full_clean()
    logo = form.sent_logo
    if logo is None:
        return form
    kept = keep_picture(logo, by=request.user, now=timezone.now())
    data: QueryDict = request.POST.copy()
    data["kept"] = kept.digest
    return HouseStyleForm(data, standing=standing)


def _house(wanted: Wanted) -> HouseStyle:
    """The style as it would be."""
    words: dict[str, Any] = {name: getattr(wanted, name) for name in ("department", "publisher", "contact")}
    kept = KeptPicture.objects.filter(digest=wanted.logo).first() if wanted.logo else None
    logo = picture_of(kept, words=wanted.logo_words) if kept else None
    return HouseStyle(**words, main=wanted.main, accent=wanted.accent, logo=logo)


def _shown(request: SignedInRequest, form: HouseStyleForm, cover: HouseStyle | None) -> HttpResponse:
    found = change_page(cover, kept=str(form["kept"].value() or ""))
    return render(request, "analysis/house_style/change.html", {"page": found, "form": form})
