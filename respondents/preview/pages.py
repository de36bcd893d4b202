"""One page of a questionnaire with nothing behind it: a return in memory that is never stored."""

from dataclasses import dataclass

from django.urls import reverse

from respondents.portal.forms import AnswerForm
from respondents.portal.pages.place import Place
from respondents.returns.models import Return
from survey.authoring.documents import Document
from survey.models import QuestionnaireVersion, Wave
from survey.schema.document import Page, Questionnaire

BOARD = "Your Local Safeguarding Children Board"


@dataclass(frozen=True)
class PreviewPage:
    """A page in its two frames, and the way to the others."""

    title: str
    name: str
    page_title: str
    position: str
    screen_url: str
    before_url: str
    after_url: str
    pages: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True)
class Screen:
    """What stands around the questions."""

    place: Place
    caption: str
    title: str
    heading: str


def preview_page(document: Document, questionnaire: Questionnaire, page: Page) -> PreviewPage:
    """The page with its neighbours."""
    pages = list(questionnaire.pages)
    here = pages.index(page)
    return PreviewPage(
        title=document.title,
        name=document.name,
        page_title=page.title,
        position=f"Page {here + 1} of {len(pages)}",
        screen_url=reverse("preview:screen", args=[document.name, page.code]),
        before_url=_url(document, pages[here - 1]) if here else "",
        after_url=_url(document, pages[here + 1]) if here + 1 < len(pages) else "",
        pages=tuple((f"{each.code} {each.title}", _url(document, each), each is page) for each in pages),
    )


def screen_of(questionnaire: Questionnaire, page: Page) -> Screen:
    """What a chair would see around these questions."""
    return Screen(
        place=Place(BOARD, questionnaire.title, "Preview: nothing is saved"),
        caption=questionnaire.section_of(page.code).title,
        title=page.title,
        heading=page.title if len(page.questions) > 1 else "",
    )


def form_of(document: Document, page: Page) -> AnswerForm:
    """The portal's own form of this page, every item shown whatever its routing."""
    version = QuestionnaireVersion(document=document.text, digest="")
    wave = Wave(title=document.title)
    wave.questionnaire_version = version
    return AnswerForm(None, found=Return(wave=wave), page=page, shown=page.items)


def _url(document: Document, page: Page) -> str:
    return reverse("preview:page", args=[document.name, page.code])
