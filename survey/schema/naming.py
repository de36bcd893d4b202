"""The faults of codes: characters that a code may not have, and codes given twice."""

import re
from collections.abc import Iterable, Iterator

from survey.schema.faults import Fault, Path
from survey.schema.outline import Entry, Outline

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")
WORD = re.compile(r"[a-z][a-z0-9_]{0,39}")
ITEM = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}\.[A-Za-z0-9_]{1,40}")
OF_NAME = "Use letters, digits and underscores, first a letter."
OF_WORD = "Use small letters, digits and underscores, first a letter."
OF_ITEM = "Use the question's code, a full stop, then letters and digits."


def codes(outline: Outline) -> Iterator[Fault]:
    """Codes are made of letters, digits and underscores: they become names of columns and parts of addresses."""
    root = outline.root
    listed = [
        (OF_WORD, WORD, _named(root.entries("scales"))),
        (OF_WORD, WORD, _named(root.entries("agencies"))),
        (OF_NAME, NAME, _named(outline.sections)),
        (OF_NAME, NAME, _named(outline.questions)),
        (OF_ITEM, ITEM, _named(outline.statements)),
        (OF_WORD, WORD, _named(_options(outline))),
        (OF_WORD, WORD, _named([root], "questionnaire")),
    ]
    for hint, pattern, named in listed:
        for path, code in named:
            if code and not pattern.fullmatch(code):
                yield Fault("Q001", path, f'The code "{code[:60]}" has characters that a code may not have.', hint)


def repeats(outline: Outline) -> Iterator[Fault]:
    """Nothing has the code of another thing of its sort, capital letters or not."""
    root = outline.root
    yield from _twice("Q002", "section", _named(outline.sections))
    yield from _twice("Q003", "question", _named(outline.questions))
    yield from _twice("Q004", "item", _named(outline.statements))
    yield from _twice("Q005", "scale", _named(root.entries("scales")))
    yield from _twice("Q006", "agency", _named(root.entries("agencies")))
    for listed in outline.option_lists:
        yield from _twice("Q007", "option", _named(listed.entries("options")))


def _named(entries: Iterable[Entry], key: str = "code") -> list[tuple[Path, str]]:
    return [((*entry.path, key), entry.text(key)) for entry in entries]


def _options(outline: Outline) -> list[Entry]:
    return [option for listed in outline.option_lists for option in listed.entries("options")]


def _twice(id_: str, noun: str, named: list[tuple[Path, str]]) -> Iterator[Fault]:
    seen: set[str] = set()
    for path, code in named:
        if code and code.casefold() in seen:
            yield Fault(id_, path, f'The {noun} code "{code}" is used before.', "Give each its own code.")
        seen.add(code.casefold())
