"""The faults of pages: questions torn apart, pages without a title, titles without a page."""

import re
from collections.abc import Iterator
from itertools import groupby

from survey.schema.faults import Fault
from survey.schema.outline import Entry, Outline
from survey.schema.shape import suggest

PAGE = re.compile(r"[a-z][a-z0-9-]{0,39}")


def pages(outline: Outline) -> Iterator[Fault]:
    """A page's questions stand together in the section that gives the page its title."""
    taken: set[str] = set()
    for section in outline.sections:
        yield from _torn(section)
        yield from _untitled(section)
        yield from _titles(section, taken)
    for question in outline.questions:
        if question.text("code") in taken and not question.text("page"):
            yield Fault("Q017", question.path, "A page already has this question's code.", "Rename the page.")


def _torn(section: Entry) -> Iterator[Fault]:
    runs = [key for key, _ in groupby(section.entries("questions"), key=lambda question: question.text("page")) if key]
    for key in sorted({key for key in runs if runs.count(key) > 1}):
        message = f'The questions of page "{key}" do not stand together.'
        yield Fault("Q015", section.path, message, "Put them one after another.")


def _untitled(section: Entry) -> Iterator[Fault]:
    known = _titled(section)
    for question in section.entries("questions"):
        key = question.text("page")
        if key and key not in known:
            hint = suggest(key, known) or f'Add to the section: pages: {{{key}: "Its title"}}'
            path = (*question.path, "page")
            yield Fault("Q016", path, f'The page "{key}" has no title in this section.', hint)


def _titles(section: Entry, taken: set[str]) -> Iterator[Fault]:
    """The faults of the pages a section names; adds their names to those taken."""
    used = {question.text("page") for question in section.entries("questions")}
    for key in _titled(section):
        path = (*section.path, "pages", key)
        if key not in used:
            yield Fault("Q018", path, f'No question stands on the page "{key}".', "Write its name at a question.")
        if not PAGE.fullmatch(key):
            yield Fault("Q001", path, f'"{key[:60]}" cannot be a page.', "Use small letters, digits and hyphens.")
        if key in taken:
            yield Fault("Q017", path, f'The page "{key}" is also in another section.', "Give it another name.")
        taken.add(key)


def _titled(section: Entry) -> list[str]:
    titles = section.entry("pages")
    return list(titles.values) if titles else []
