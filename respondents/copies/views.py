"""Doors to the copies: find, build one copy, hand it over."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.rules import signed_in
from accounts.store.reach import seeing_everything
from respondents.copies.access import find_sent, sent_by
from respondents.copies.blank import blank_copy
from respondents.copies.data import answer_file
from respondents.copies.differences import differences_page
from respondents.copies.drawer import drawer_page
from respondents.copies.editions import Edition, draft_of, edition_of, editions_of
from respondents.copies.files import CSV, JSON, PDF, WORD, attachment
from respondents.copies.forms import CompareForm
from respondents.copies.held import held_about
from respondents.copies.my_data import my_data_file, my_data_page
from respondents.copies.press import printed, printed_once
from respondents.copies.sheet import answer_sheet
from respondents.copies.word import written_once
from respondents.portal.access import find_readable, find_shared
from respondents.portal.doors import person_of
from respondents.returns.models import Return


@signed_in
@require_safe
def questions_pdf(request: HttpRequest, return_id: UUID) -> HttpResponse:
    """The whole questionnaire as an accessible PDF."""
    found = find_shared(return_id, person=person_of(request), now=timezone.now())
    copy = blank_copy(found.wave, demonstration=settings.DEMONSTRATION)
    return attachment(
        printed_once("respondents/copies/blank.html", copy), name=f"{found.wave.slug}-questions", kind=PDF
    )


@signed_in
@require_safe
def questions_word(request: HttpRequest, return_id: UUID) -> HttpResponse:
    """The whole questionnaire as a Word document to write in."""
    found = find_shared(return_id, person=person_of(request), now=timezone.now())
    copy = blank_copy(found.wave, demonstration=settings.DEMONSTRATION)
    return attachment(written_once(copy), name=f"{found.wave.slug}-questions", kind=WORD)


@signed_in
@require_safe
def drawer(request: HttpRequest, return_id: UUID) -> HttpResponse:
    """Every copy there is of one return."""
    now = timezone.now()
    found = find_readable(return_id, person=person_of(request), now=now)
    page = drawer_page(found, found.submissions.select_related("submitted_by"), now=now)
    return render(request, "respondents/copies/drawer.html", {"page": page})


@signed_in
@require_safe
def draft_pdf(request: HttpRequest, return_id: UUID) -> HttpResponse:
    """The answers as they stand, on paper."""
    found = find_readable(return_id, person=person_of(request), now=timezone.now())
    return _sheet(found, draft_of(found))


@signed_in
@require_safe
def draft_csv(request: HttpRequest, return_id: UUID) -> HttpResponse:
    """The answers as they stand, as data."""
    found = find_readable(return_id, person=person_of(request), now=timezone.now())
    return _data(found, draft_of(found))


@signed_in
@require_safe
@seeing_everything()  # each row is found by who made it, whoever chairs the board by now
def sent_pdf(request: HttpRequest, return_id: UUID, number: int) -> HttpResponse:
    """What was sent under this number, on paper."""
    submission = find_sent(return_id, number, person=person_of(request), now=timezone.now())
    found = submission.survey_return
    return _sheet(found, edition_of(submission, latest=found.submissions.count()))


@signed_in
@require_safe
@seeing_everything()  # each row is found by who made it, whoever chairs the board by now
def sent_csv(request: HttpRequest, return_id: UUID, number: int) -> HttpResponse:
    """What was sent under this number, as data."""
    submission = find_sent(return_id, number, person=person_of(request), now=timezone.now())
    found = submission.survey_return
    return _data(found, edition_of(submission, latest=found.submissions.count()))


@signed_in
@require_safe
def differences(request: HttpRequest, return_id: UUID) -> HttpResponse:
    """What changed from one state of the return to another."""
    now = timezone.now()
    found = find_readable(return_id, person=person_of(request), now=now)
    editions = editions_of(found, found.submissions.select_related("submitted_by"))
    page = differences_page(found, editions, CompareForm(request.GET, editions=editions).chosen, now=now)
    return render(request, "respondents/copies/differences.html", {"page": page})


@signed_in
@require_safe
@seeing_everything()  # each row is found by who made it, whoever chairs the board by now
def my_data(request: HttpRequest) -> HttpResponse:
    """Everything held about the person who asks."""
    person = person_of(request)
    page = my_data_page(person, held_about(person), sent=sent_by(person), now=timezone.now())
    return render(request, "respondents/copies/my_data.html", {"page": page})


@signed_in
@require_safe
@seeing_everything()  # each row is found by who made it, whoever chairs the board by now
def my_data_json(request: HttpRequest) -> HttpResponse:
    """The same as a file."""
    person = person_of(request)
    return attachment(my_data_file(person, held_about(person), now=timezone.now()), name="my-data", kind=JSON)


def _sheet(found: Return, edition: Edition) -> HttpResponse:
    sheet = answer_sheet(found, edition, now=timezone.now(), demonstration=settings.DEMONSTRATION)
    return attachment(printed("respondents/copies/answers.html", sheet), name=_name(found, edition), kind=PDF)


def _data(found: Return, edition: Edition) -> HttpResponse:
    return attachment(answer_file(found, edition), name=_name(found, edition), kind=CSV)


def _name(found: Return, edition: Edition) -> str:
    board = found.board.slug if found.board else found.legacy_id
    return f"{found.wave.slug}-{board}-{edition.name}"
