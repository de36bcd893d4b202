"""The two ways through batteries that ask the same of the same agencies: by aspect, as written, or by agency."""

from survey.schema.document import Page, Question, Questionnaire, Section
from survey.schema.turning import Turning, turn

# A published questionnaire never changes, so turning it once per process is enough.
_TURNED: dict[str, Turning] = {}


def turning_of(questionnaire: Questionnaire) -> Turning:
    """The questionnaire's pages by agency."""
    if questionnaire.digest not in _TURNED:
        _TURNED[questionnaire.digest] = turn(questionnaire)
    return _TURNED[questionnaire.digest]


def page_named(questionnaire: Questionnaire, code: str) -> Page:
    """The page with this code, as written or by agency; KeyError when there is none."""
    return turning_of(questionnaire).pages.get(code) or questionnaire.page(code)


def section_with(questionnaire: Questionnaire, page: Page) -> Section:
    """The section to which the page belongs, whichever way it is answered."""
    return turning_of(questionnaire).sections.get(page.code) or questionnaire.section_of(page.code)


def is_by_agency(questionnaire: Questionnaire, page: Page) -> bool:
    """Whether the page is one of those by agency."""
    return page.code in turning_of(questionnaire).pages


def counterpart_of(questionnaire: Questionnaire, page: Page) -> Page | None:
    """Where the other way begins; nothing for a page that is the same on both."""
    return turning_of(questionnaire).counterparts.get(page.code)


def route_through(questionnaire: Questionnaire, page: Page, *, by_agency: bool) -> tuple[Page, ...]:
    """All pages in the order in which this page is met: a page of one way stays on it, others follow the choice."""
    turning = turning_of(questionnaire)
    if page.code in turning.counterparts:
        by_agency = page.code in turning.pages
    return turning.route if by_agency else questionnaire.pages


def pages_in(section: Section, questionnaire: Questionnaire, *, by_agency: bool) -> tuple[Page, ...]:
    """The pages of a section, in the way that was chosen."""
    if not by_agency:
        return section.pages
    return tuple(
        page for page in turning_of(questionnaire).route if section_with(questionnaire, page).code == section.code
    )


def questions_in(section: Section, questionnaire: Questionnaire, *, by_agency: bool) -> tuple[Question, ...]:
    """The questions of a section in the way that was chosen, those that the frame answers first."""
    if not by_agency:
        return section.questions
    pages = pages_in(section, questionnaire, by_agency=True)
    return (*section.frame_questions, *(question for page in pages for question in page.questions))
