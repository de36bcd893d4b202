"""Doors to what may leave: find, bind, call one service, show."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.forms_served import carried_out
from accounts.models import Role
from accounts.requests import SignedInRequest, see_other
from accounts.rules import staff
from analysis.builds.doorbell import ring
from analysis.builds.products import file_name_of, handed_out
from analysis.builds.requesting import request_build
from analysis.core.table_record import read_all
from analysis.disclosing.builds import DISCLOSURE, REPORTS
from analysis.disclosing.choosing import choices_of, choose, parts_of
from analysis.disclosing.forms import ChoiceForm
from analysis.disclosing.models import Release
from analysis.disclosing.packing import content_of, formats_in, unpack
from analysis.disclosing.pages import disclosure_page
from analysis.disclosing.release_pages import release_page
from analysis.disclosing.releasing import check_release, prepare_release, rehearse
from analysis.disclosing.requesting import finished_report, request_reports
from analysis.disclosing.table_pages import protected_page
from analysis.outputs.formats import FORMATS
from analysis.outputs.one_table_csv import one_table_csv
from analysis.planning import plan_of
from analysis.publishing.taking_back import require_standing
from analysis.taking import note_taken
from survey.waves import find_opened_wave

discloses = staff(Role.ANALYST)
releases = staff(Role.ANALYST, step_up=True)


@discloses
@require_safe
def disclosure(request: HttpRequest, slug: str) -> HttpResponse:
    """What may leave, what is hidden in it and why; while a worker decides, whoever waits looks again."""
    page = disclosure_page(find_opened_wave(slug), now=timezone.now())
    return render(request, "analysis/disclosure/page.html", {"page": page})


@discloses
@require_POST
def decide(request: SignedInRequest, slug: str) -> HttpResponse:
    """A worker decides what may leave."""
    wave = find_opened_wave(slug)
    plan_of(wave)
    request_build(wave, kind=DISCLOSURE, person=request.user, now=timezone.now(), ring=ring)
    return see_other(reverse("disclosing:page", args=[slug]))


@discloses
@require_safe
def table(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """One table as it would leave."""
    page = protected_page(find_opened_wave(slug), code, now=timezone.now())
    return render(request, "analysis/disclosure/table.html", {"page": page})


@releases
def choice(request: SignedInRequest, slug: str) -> HttpResponse:
    """Somebody chooses what is released, with a reason."""
    wave = find_opened_wave(slug)
    sent = request.POST if request.method == "POST" else None
    form = ChoiceForm(sent, parts=parts_of(plan_of(wave)), choices=choices_of(wave))
    if form.is_valid() and carried_out(form, lambda: choose(wave, **form.chosen, by=request.user, now=timezone.now())):
        return see_other(reverse("disclosing:page", args=[slug]))
    return render(request, "analysis/disclosure/choice.html", {"wave": wave, "form": form})


@releases
@require_POST
def prepare(request: SignedInRequest, slug: str) -> HttpResponse:
    """What was decided is frozen as a release."""
    release = prepare_release(find_opened_wave(slug), by=request.user, now=timezone.now())
    return see_other(reverse("disclosing:release", args=[slug, release.number]))


@discloses
@require_safe
def release(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """One release, its files and its next step."""
    page = release_page(_release(slug, number), reader=request.user)
    return render(request, "analysis/disclosure/release.html", {"page": page})


@discloses
@require_POST
def build_report(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """A worker builds the report of a release, to be read and to be edited."""
    request_reports(_release(slug, number), person=request.user, now=timezone.now(), ring=ring)
    return see_other(reverse("disclosing:release", args=[slug, number]))


@releases
@require_safe
def report(request: SignedInRequest, slug: str, number: int, ending: str) -> HttpResponse:
    """The report of a release as a file with this ending; each copy is noted."""
    found, kind = _release(slug, number), REPORTS.get(ending)
    if kind is None or not kind.file_name:
        raise Http404
    built = finished_report(found, kind)
    if built is None:
        raise Http404
    content = handed_out(built)
    note_taken(found.wave, what=f"report of release {number} as {ending}", by=request.user, now=timezone.now())
    headers = {"Content-Disposition": f'attachment; filename="{file_name_of(built)}"'}
    return HttpResponse(content, content_type=kind.content_type, headers=headers)


@releases
@require_POST
def check(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """A second person has looked at it."""
    check_release(_release(slug, number), by=request.user, now=timezone.now())
    return see_other(reverse("disclosing:release", args=[slug, number]))


@releases
@require_POST
def release_now(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """What was checked is released, of a rehearsal."""
    rehearse(_release(slug, number), by=request.user, now=timezone.now())
    return see_other(reverse("disclosing:release", args=[slug, number]))


@releases
@require_safe
def file(request: SignedInRequest, slug: str, number: int, name: str) -> HttpResponse:
    """The tables of a release in one format; each copy is noted."""
    if name not in FORMATS:
        raise Http404
    found = _release(slug, number)
    require_standing(found)
    packed = content_of(found)
    if name not in formats_in(packed):
        raise Http404
    content = unpack(packed, name=name)
    note_taken(found.wave, what=f"release {number} as {name}", by=request.user, now=timezone.now())
    headers = {"Content-Disposition": f'attachment; filename="{slug}-release-{number}.{name}"'}
    return HttpResponse(content, content_type=FORMATS[name].content_type, headers=headers)


@releases
@require_safe
def one_table(request: SignedInRequest, slug: str, number: int, table: str) -> HttpResponse:
    """One table of a release as CSV; each copy is noted."""
    release = _release(slug, number)
    require_standing(release)
    found = [each for each in read_all(release.tables) if each.id == table]
    if not found:
        raise Http404
    note_taken(release.wave, what=f"{table} of release {number} as csv", by=request.user, now=timezone.now())
    headers = {"Content-Disposition": f'attachment; filename="{slug}-release-{number}-{table}.csv"'}
    return HttpResponse(one_table_csv(found[0]), content_type=FORMATS["csv"].content_type, headers=headers)


def _release(slug: str, number: int) -> Release:
    kept = Release.objects.select_related("wave", "prepared_by").prefetch_related("steps__by")
    return get_object_or_404(kept, wave__slug=slug, number=number)
