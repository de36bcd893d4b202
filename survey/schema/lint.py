"""What a document's shape cannot show: every check of its sense, those of scales and numbers here."""

from collections.abc import Iterator
from itertools import pairwise

from survey.schema.codes import DONT_KNOW, RECOMMENDATIONS, RESERVED_OPTIONS
from survey.schema.faults import Fault
from survey.schema.naming import ITEM, codes, repeats
from survey.schema.outline import Entry, Outline
from survey.schema.paging import pages
from survey.schema.reach import rule_faults
from survey.schema.shape import suggest


def lint(root: Entry) -> Iterator[Fault]:
    """Every fault of sense in the readable part of a document."""
    outline = Outline(root)
    for check in (codes, repeats, options, scales, sections, pages, batteries, recommendations, limits, rule_faults):
        yield from check(outline)


def options(outline: Outline) -> Iterator[Fault]:
    """A list of options offers a choice, in ascending values that stay what they are."""
    for listed in outline.option_lists:
        entries = listed.entries("options")
        offered = [option for option in entries if option.text("kind") != "dont_know"]
        if isinstance(listed.values.get("options"), list) and len(offered) < 2:
            yield Fault("Q008", listed.path, "There are fewer than two options.", 'A "don\'t know" is not counted.')
        if len(entries) - len(offered) > 1:
            yield Fault("Q009", listed.path, 'There is more than one "don\'t know".', "Keep one of them.")
        yield from _values(offered)
        for option in entries:
            yield from _meaning(option)


def scales(outline: Outline) -> Iterator[Fault]:
    """A question's scale is one of the document's."""
    for question in outline.questions:
        name = question.text("scale")
        if name and name not in outline.scales:
            path = (*question.path, "scale")
            yield Fault("Q013", path, f'The scale "{name}" is not known.', suggest(name, list(outline.scales)))


def sections(outline: Outline) -> Iterator[Fault]:
    """A section asks something."""
    for section in outline.sections:
        if section.values.get("questions") == []:
            yield Fault("Q014", section.path, "The section has no questions.", "Add a question or remove the section.")


def batteries(outline: Outline) -> Iterator[Fault]:
    """A battery's items belong to it by their code, and a rating battery has agencies to rate."""
    for question in outline.questions:
        if question.text("kind") == "rating_battery" and not outline.root.entries("agencies"):
            yield Fault("Q020", question.path, "There are no agencies to rate.", 'List them once under "agencies:".')
        start = question.text("code") + "."
        for item in question.entries("items"):
            code = item.text("code")
            if ITEM.fullmatch(code) and not code.startswith(start):
                yield Fault("Q019", item.path, "The item's code does not begin with its question's.", f'Use "{start}".')


def recommendations(outline: Outline) -> Iterator[Fault]:
    """A recommendation is one of the fifteen."""
    for entry in (*outline.questions, *outline.statements):
        for path, number in entry.whole_numbers("recommendations"):
            if number not in RECOMMENDATIONS:
                yield Fault("Q021", path, f"There is no recommendation {number}.", "They are numbered 1 to 15.")


def limits(outline: Outline) -> Iterator[Fault]:
    """A number's least value is not above its greatest."""
    for question in outline.questions:
        least, most = question.values.get("min"), question.values.get("max")
        if isinstance(least, int | float) and isinstance(most, int | float) and least > most:
            yield Fault("Q022", question.path, f"No number is at least {least} and at most {most}.", "Swap them.")


def _values(offered: list[Entry]) -> Iterator[Fault]:
    valued = [option for option in offered if type(option.values.get("value")) is int]
    for before, option in pairwise(valued):
        value, last = option.values["value"], before.values["value"]
        if value <= last:
            message = f"The value {value} does not come after {last}."
            yield Fault("Q010", (*option.path, "value"), message, "Number the options upwards: 1, 2, 3.")


def _meaning(option: Entry) -> Iterator[Fault]:
    value, code = option.values.get("value"), option.text("code")
    if option.text("kind") == "dont_know" and value is not None:
        yield Fault("Q011", option.path, 'A "don\'t know" has no value of its own.', f"It is always {DONT_KNOW}.")
    if option.text("kind") != "dont_know" and value is None:
        yield Fault("Q011", option.path, "The option has no value.", 'Add a whole number, such as "value: 1".')
    if code in RESERVED_OPTIONS:
        yield Fault("Q012", option.path, f'"{code}" is the word for a missing answer.', "Choose another code.")
