"""Batteries that ask the same of the same agencies, turned: one page for each agency, with the same items on it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from survey.schema.parts import Item, Page, Question, Questionnaire, Section


@dataclass(frozen=True)
class Turning:
    """The pages by agency, and the whole questionnaire in the order in which they are met."""

    pages: Mapping[str, Page]
    route: tuple[Page, ...]
    sections: Mapping[str, Section]
    counterparts: Mapping[str, Page]

    def page(self, code: str) -> Page:
        """The page by agency with this code; KeyError when there is none."""
        return self.pages[code]


def turn(questionnaire: Questionnaire) -> Turning:
    """Every run of two or more batteries on the same scale and rows, turned; without any, nothing is turned."""
    route: list[Page] = []
    pages: dict[str, Page] = {}
    sections: dict[str, Section] = {}
    counterparts: dict[str, Page] = {}
    for section in questionnaire.sections:
        for run in _runs(section):
            turned = tuple(_turned(section, run)) if len(run) > 1 else ()
            taken = {page.code for page in turned} & ({page.code for page in questionnaire.pages} | pages.keys())
            if not turned or taken:
                route += run
                continue
            route += turned
            pages |= {page.code: page for page in turned}
            sections |= {page.code: section for page in turned}
            counterparts |= {page.code: turned[0] for page in run} | {page.code: run[0] for page in turned}
    return Turning(pages, tuple(route), sections, counterparts)


def _runs(section: Section) -> Iterator[list[Page]]:
    """The section's pages, those that can be turned together in one list, every other alone."""
    for key, group in groupby(section.pages, key=_shape):
        run = list(group)
        yield from [run] if key else ([page] for page in run)


def _shape(page: Page) -> tuple[object, ...]:
    """What batteries must have in common to be turned together; nothing for a page that is no such battery."""
    if len(page.questions) != 1 or page.questions[0].kind != "rating_battery":
        return ()
    [question] = page.questions
    return (question.items[0].scale, *((_row(question, item), item.label) for item in question.items))


def _row(question: Question, item: Item) -> str:
    return item.code.removeprefix(f"{question.code}.")


def _turned(section: Section, run: list[Page]) -> Iterator[Page]:
    questions = [page.questions[0] for page in run]
    for place, first in enumerate(questions[0].items):
        code = f"{section.code}.{_row(questions[0], first)}"
        items = tuple(
            question.items[place].model_copy(
                update={"label": question.wording, "short": question.short, "question_code": code}
            )
            for question in questions
        )
        question = questions[0].model_copy(
            update={"code": code, "wording": first.label, "short": first.label, "page": code, "items": items}
        )
        yield Page(code=code, title=first.label, questions=(question,))
