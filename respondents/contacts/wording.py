"""Words with variables (pure): names between double braces, and nothing else that could act."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass

LONGEST_SUBJECT = 150
LONGEST_TEXT = 10_000
_VARIABLE = re.compile(r"\{\{ ?([A-Za-z][A-Za-z0-9_]{0,40}) ?\}\}")
_ORDERS = re.compile(r"\{[%#].{0,40}")
_BRACES = re.compile(r"(\{\{|\}\}).{0,40}")


@dataclass(frozen=True)
class Wording:
    """The subject and the text of a message to many, with variables."""

    subject: str
    text: str


@dataclass(frozen=True)
class Problem:
    """What is wrong with the subject or with the text, in a sentence."""

    field: str
    message: str


def fill(text: str, words: Mapping[str, str]) -> str:
    """The text with its variables replaced, once: what stands in a word is never read as a variable."""
    return _VARIABLE.sub(lambda found: words[found.group(1)], text)


def problems_in(wording: Wording, *, allowed: Collection[str], needed: Collection[str] = ()) -> list[Problem]:
    """Everything that keeps this wording from being used."""
    problems = [Problem("subject", each) for each in _subject_problems(wording.subject)]
    if not wording.text.strip():
        problems.append(Problem("text", "Write the text of the message."))
    if len(wording.text) > LONGEST_TEXT:
        problems.append(
            Problem("text", f"The text has {len(wording.text):,} characters; at most {LONGEST_TEXT:,} fit.")
        )
    for field, text in (("subject", wording.subject), ("text", wording.text)):
        problems += [Problem(field, each) for each in _variable_problems(text, allowed)]
    named = set(_VARIABLE.findall(wording.text))
    problems += [
        Problem("text", f"The text must say {{{{{name}}}}} somewhere: without it nobody can answer.")
        for name in needed
        if name not in named
    ]
    return problems


def _subject_problems(subject: str) -> list[str]:
    if not subject.strip():
        return ["Write a subject."]
    if len(subject.splitlines()) > 1:
        return ["The subject must be one line: a line break in it could add headers to the message."]
    if len(subject) > LONGEST_SUBJECT:
        return [f"The subject has {len(subject):,} characters; at most {LONGEST_SUBJECT} fit."]
    return []


def _variable_problems(text: str, allowed: Collection[str]) -> list[str]:
    problems = []
    unknown = [name for name in dict.fromkeys(_VARIABLE.findall(text)) if name not in allowed]
    known = ", ".join(f"{{{{{name}}}}}" for name in allowed)
    problems += [f"There is no variable {{{{{name}}}}}. You can use {known}." for name in unknown]
    rest = _VARIABLE.sub("", text)
    if found := _ORDERS.search(rest):
        problems.append(f"“{found.group()}” is an order to a program, which a message cannot hold. Remove it.")
    elif found := _BRACES.search(rest):
        problems.append(f"“{found.group()}” is no variable. Write a name between two pairs of braces: {known}.")
    if any(_cannot_be_sent(each) for each in text):
        problems.append("There is a character in it that cannot be sent (a control character). Type the text anew.")
    return problems


def _cannot_be_sent(character: str) -> bool:
    is_turn = "\u202a" <= character <= "\u202e" or "\u2066" <= character <= "\u2069"
    return character not in "\r\n\t" and (is_turn or unicodedata.category(character) in {"Cc", "Cs"})
