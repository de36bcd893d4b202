"""Doors of the preview: find, draw, store nothing."""

from csp.constants import NONE, SELF
from csp.decorators import csp_replace, csp_update
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from accounts.models import Role
from accounts.rules import staff
from respondents.preview.pages import form_of, preview_page, screen_of
from survey.authoring.documents import find_readable
from survey.schema.document import Page, Questionnaire

writes_questionnaires = staff(Role.RESEARCHER)
FRAMES = {"frame-src": [SELF]}
IN_A_FRAME = {"frame-ancestors": [SELF], "form-action": [NONE]}


@writes_questionnaires
@require_safe
def start(request: HttpRequest, name: str) -> HttpResponse:
    """On to the first page."""
    _, questionnaire = find_readable(name)
    return redirect("preview:page", name, questionnaire.pages[0].code)


@writes_questionnaires
@require_safe
@csp_update(FRAMES)  # type: ignore[arg-type]  # its types know no view with arguments
def page(request: HttpRequest, name: str, page_code: str) -> HttpResponse:
    """One page as a telephone and a desktop show it."""
    document, questionnaire = find_readable(name)
    shown = preview_page(document, questionnaire, _page(questionnaire, page_code))
    return render(request, "respondents/preview/page.html", {"page": shown})


@writes_questionnaires
@require_safe
@xframe_options_sameorigin
@csp_replace(IN_A_FRAME)  # type: ignore[arg-type]
def screen(request: HttpRequest, name: str, page_code: str) -> HttpResponse:
    """The page alone, as it stands in either frame: for nobody in particular."""
    document, questionnaire = find_readable(name)
    found = _page(questionnaire, page_code)
    context = {"page": screen_of(questionnaire, found), "form": form_of(document, found), "user": AnonymousUser()}
    return render(request, "respondents/preview/screen.html", context)


def _page(questionnaire: Questionnaire, code: str) -> Page:
    try:
        return questionnaire.page(code)
    except KeyError:
        raise Http404 from None
