"""The staff's doors to publications: find, bind, call one service, show."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts import clock
from accounts.forms_served import carried_out
from accounts.models import Role
from accounts.requests import SignedInRequest, see_other
from accounts.rules import staff
from analysis.builds.doorbell import ring
from analysis.publishing.early import end_access, give_access
from analysis.publishing.edition_pages import edition_page
from analysis.publishing.forms import AccessForm, AnnounceForm, PrepareForm, StartForm, WordsForm
from analysis.publishing.ground import Ground, ground_of
from analysis.publishing.models import EarlyAccess, Edition, Publication
from analysis.publishing.pages import lines_of, workflow_page
from analysis.publishing.preparing import checked_releases, prepare_edition
from analysis.publishing.reporting import request_reports
from analysis.publishing.signing import sign_off, withdraw
from analysis.publishing.standing import Standing, standings
from analysis.publishing.starting import announce, start_publication, write_words
from analysis.publishing.turns import in_turn
from respondents.form_pages import FORM_PAGE, FormPage
from respondents.whole_forms import ReasonForm, WholeForm
from survey.waves import find_opened_wave

publishes = staff(Role.ANALYST)
answers_for = staff(Role.ANALYST, step_up=True)

WITHDRAWS = (
    "The page of the publication stays and gives your reason; its tables and files are shown no more, and nobody is "
    "written to. This cannot be undone: the release is not published again, another one must be prepared. Where a "
    "figure or a text is wrong, correct the publication instead."
)


@publishes
def publications(request: SignedInRequest, slug: str) -> HttpResponse:
    """The publications of a wave; another is started."""
    wave, now = find_opened_wave(slug), clock.now()
    form = StartForm(request.POST if request.method == "POST" else None, title=wave.title)
    if form.is_valid():
        made = start_publication(wave, title=form.cleaned_data["title"], by=request.user, now=now)
        return see_other(reverse("publishing:workflow", args=[slug, made.pk]))
    lines = lines_of(standings(wave.publications.order_by("pk")), now=now)
    return render(request, "analysis/publishing/publications.html", {"wave": wave, "lines": lines, "form": form})


@publishes
@require_safe
def workflow(request: HttpRequest, slug: str, publication_id: int) -> HttpResponse:
    """The steps of one publication in order, and what is missing for each."""
    page = workflow_page(ground_at(slug, publication_id))
    return render(request, "analysis/publishing/workflow.html", {"page": page})


@publishes
def words(request: SignedInRequest, slug: str, publication_id: int) -> HttpResponse:
    """What the page says beside the tables."""
    found = _find(slug, publication_id)
    last = found.publication.wordings.order_by("-pk").values(*WordsForm.base_fields).first()
    form = WordsForm(request.POST if request.method == "POST" else None, kept=last or {})
    if form.is_valid():
        write_words(found.publication, words=form.cleaned_data, by=request.user, now=clock.now())
        return _back(slug, publication_id)
    return _form(request, found, form, "Summary, contact, methods and quality notes")


@publishes
def announced(request: SignedInRequest, slug: str, publication_id: int) -> HttpResponse:
    """The day of the calendar."""
    found = _find(slug, publication_id)
    form = AnnounceForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        publication, told = found.publication, {**form.cleaned_data, "by": request.user}
        if carried_out(form, lambda: in_turn(publication.wave, lambda now: announce(publication, **told, now=now))):
            return _back(slug, publication_id)
    return _form(request, found, form, "Announce in the calendar")


@answers_for
def prepare(request: SignedInRequest, slug: str, publication_id: int) -> HttpResponse:
    """An edition is put together; once something is out, a correction."""
    found, now = _find(slug, publication_id), clock.now()
    releases = {str(each.number): f"Release {each.number}" for each in checked_releases(found.publication.wave)}
    corrects = found.is_out(now=now)
    sent = request.POST if request.method == "POST" else None
    form = PrepareForm(sent, releases=releases, corrects=corrects)
    if form.is_valid():
        told = dict(form.cleaned_data)
        release = found.publication.wave.releases.get(number=int(told.pop("release")))
        try:
            made = prepare_edition(found.publication, release=release, **told, by=request.user, now=now)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            request_reports(made, person=request.user, now=now, ring=ring)
            return see_other(reverse("publishing:edition", args=[slug, publication_id]))
    return _form(request, found, form, "Prepare a correction" if corrects else "Prepare an edition")


@publishes
@require_safe
def edition(request: SignedInRequest, slug: str, publication_id: int) -> HttpResponse:
    """The last edition as the public would see it, to be read and signed off."""
    page = edition_page(ground_at(slug, publication_id), reader=request.user)
    if page is None:
        raise Http404
    return render(request, "analysis/publishing/edition.html", {"page": page})


@answers_for
@require_POST
def build(request: SignedInRequest, slug: str, publication_id: int, number: int) -> HttpResponse:
    """A worker builds the report of an edition."""
    request_reports(_edition(slug, publication_id, number), person=request.user, now=clock.now(), ring=ring)
    return see_other(reverse("publishing:edition", args=[slug, publication_id]))


@answers_for
@require_POST
def sign(request: SignedInRequest, slug: str, publication_id: int, number: int) -> HttpResponse:
    """A second person answers for it."""
    found = _edition(slug, publication_id, number)
    in_turn(found.publication.wave, lambda now: sign_off(found, by=request.user, now=now))
    return _back(slug, publication_id)


@answers_for
def give(request: SignedInRequest, slug: str, publication_id: int) -> HttpResponse:
    """A person is put on a list."""
    found = _find(slug, publication_id)
    form = AccessForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and carried_out(
        form, lambda: give_access(found.publication, **form.cleaned_data, by=request.user, now=clock.now())
    ):
        return _back(slug, publication_id)
    return _form(request, found, form, "Access before it is out")


@answers_for
@require_POST
def end(request: SignedInRequest, slug: str, publication_id: int, access_id: int) -> HttpResponse:
    """A person is taken off a list."""
    found = _find(slug, publication_id)
    access = get_object_or_404(EarlyAccess, publication=found.publication, pk=access_id)
    end_access(access, by=request.user, now=clock.now())
    return _back(slug, publication_id)


@answers_for
def withdrawn(request: SignedInRequest, slug: str, publication_id: int) -> HttpResponse:
    """It is taken back with a reason."""
    found = _find(slug, publication_id)
    form = ReasonForm(
        request.POST if request.method == "POST" else None,
        button="Withdraw this publication",
        missing="Say why",
        label="Why is it withdrawn?",
        help_text="The page shows it.",
        is_warning=True,
    )
    if form.is_valid():
        withdraw(found.publication, reason=form.cleaned_data["reason"], by=request.user, now=clock.now())
        return _back(slug, publication_id)
    return _form(request, found, form, "Withdraw", WITHDRAWS)


def _find(slug: str, publication_id: int) -> Standing:
    wave = find_opened_wave(slug)
    for standing in standings(Publication.objects.filter(wave=wave, pk=publication_id)):
        return standing
    raise Http404


def _edition(slug: str, publication_id: int, number: int) -> Edition:
    kept = Edition.objects.select_related("publication__wave", "release__wave", "prepared_by", "corrects")
    return get_object_or_404(kept, publication=publication_id, publication__wave__slug=slug, number=number)


def ground_at(slug: str, publication_id: int) -> Ground:
    """What its steps are reckoned from; Http404 if the wave has no such publication."""
    return ground_of(_find(slug, publication_id), now=clock.now())


def _back(slug: str, publication_id: int) -> HttpResponse:
    return see_other(reverse("publishing:workflow", args=[slug, publication_id]))


def _form(request: HttpRequest, found: Standing, form: WholeForm, title: str, lead: str = "") -> HttpResponse:
    publication = found.publication
    back = reverse("publishing:workflow", args=[publication.wave.slug, publication.pk])
    page = FormPage(title, lead, back, publication.title, caption=publication.title, wave=publication.wave)
    return render(request, FORM_PAGE, {"page": page, "form": form})
