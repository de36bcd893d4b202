"""The researcher's pages: which waves there are, how one of them stands, and what it is watched against."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Role
from accounts.requests import see_other
from accounts.rules import staff
from analysis.access import watches
from analysis.monitoring.figures import figures_of
from analysis.monitoring.forms import StateFilterForm, TargetForm
from analysis.monitoring.leaving_blank import behind_item
from analysis.monitoring.pages.behind import behind_page
from analysis.monitoring.pages.timing import timing_of
from analysis.monitoring.pages.wave import boards_page, live_page
from analysis.monitoring.targets import set_targets, targets_of
from respondents.portal.doors import person_of
from survey.models import Wave
from survey.waves import find_opened_wave

runs_fieldwork = staff(Role.RESEARCHER)


@watches
@require_safe
def waves(request: HttpRequest) -> HttpResponse:
    """Every wave, the latest first."""
    now = timezone.now()
    rows = [(wave, timing_of(wave, now=now)) for wave in Wave.objects.all()]
    return render(request, "analysis/waves.html", {"rows": rows})


@watches
@require_safe
def wave(request: HttpRequest, slug: str) -> HttpResponse:
    """The dashboard: the response, who is missing, whether that matters, what to do; and every board's state."""
    form = StateFilterForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    figures = figures_of(find_opened_wave(slug), now=timezone.now())
    boards = boards_page(figures, wanted=wanted, number=request.GET.get("page", "1"))
    page = live_page(figures, may_settle=_may_settle(request))
    context = {"page": page, "boards": boards, "form": form}
    return render(request, "analysis/wave.html", context)


@staff(Role.RESEARCHER, Role.ANALYST, Role.ADMINISTRATOR, is_background=True)
@require_safe
def live(request: HttpRequest, slug: str) -> HttpResponse:
    """Only what changes, for the script that looks again every half a minute."""
    figures = figures_of(find_opened_wave(slug), now=timezone.now())
    return render(
        request, "analysis/dashboard/live.html", {"page": live_page(figures, may_settle=_may_settle(request))}
    )


def _may_settle(request: HttpRequest) -> bool:
    """Whether this person says whose a return is that names no board."""
    return person_of(request).role == Role.RESEARCHER


@runs_fieldwork
@require_safe
def behind(request: HttpRequest, slug: str, item: str) -> HttpResponse:
    """The boards that left an item blank, where many did."""
    found = find_opened_wave(slug)
    known = found.questionnaire.items.get(item)
    if known is None or not known.coded:
        raise Http404
    page = behind_page(found, item, behind_item(found, item, by=person_of(request), now=timezone.now()))
    return render(request, "analysis/dashboard/behind.html", {"page": page})


@runs_fieldwork
@require_safe
def target(request: HttpRequest, slug: str) -> HttpResponse:
    """The form for the target."""
    found = find_opened_wave(slug)
    form = TargetForm(targets=targets_of(found))
    return _target_page(request, found, form)


@runs_fieldwork
@require_POST
def change_target(request: HttpRequest, slug: str) -> HttpResponse:
    """Sets the target and leads back to the dashboard."""
    found = find_opened_wave(slug)
    form = TargetForm(request.POST, targets=targets_of(found))
    if not form.is_valid():
        return _target_page(request, found, form)
    set_targets(found, form.targets, by=person_of(request), now=timezone.now())
    messages.success(request, f"The target is {form.cleaned_data['percent']}% now.")
    return see_other(reverse("monitoring:wave", args=[slug]))


def _target_page(request: HttpRequest, found: Wave, form: TargetForm) -> HttpResponse:
    form.helper.form_action = reverse("monitoring:set_target", args=[found.slug])
    return render(request, "analysis/dashboard/target.html", {"wave": found, "form": form})
