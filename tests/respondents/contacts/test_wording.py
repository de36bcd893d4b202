"""Wordings: variables and nothing else that acts; each mistake is named with the way out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from respondents.contacts.models import TemplateKind
from respondents.contacts.standard import MEANINGS, STANDARD, needed_by, variables_of
from respondents.contacts.wording import LONGEST_TEXT, Wording, fill, problems_in

pytestmark = pytest.mark.pure
ALLOWED = ("board", "link")


def said(subject: str = "Hello {{board}}", text: str = "Dear all") -> list[str]:
    return [problem.message for problem in problems_in(Wording(subject, text), allowed=ALLOWED)]


@pytest.mark.parametrize("kind", list(TemplateKind))
def test_the_standard_wordings_are_without_fault_and_every_variable_is_explained(kind: TemplateKind) -> None:
    assert problems_in(STANDARD[kind], allowed=variables_of(kind), needed=needed_by(kind)) == []
    assert set(variables_of(kind)) <= set(MEANINGS)


@pytest.mark.parametrize(("subject", "text", "sentence"), [
    ("", "x", "Write a subject."),
    ("x", " \n", "Write the text of the message."),
    ("x\nBcc: all@example.org", "x", "The subject must be one line: a line break in it could add headers"),
    ("x\r\nBcc: all@example.org", "x", "The subject must be one line"),
    ("x\u2028y", "x", "The subject must be one line"),
    ("x" * 151, "x", "The subject has 151 characters; at most 150 fit."),
    ("x", "x" * (LONGEST_TEXT + 1), "The text has 10,001 characters; at most 10,000 fit."),
    ("x", "Dear {{chiar}}", "There is no variable {{chiar}}. You can use {{board}}, {{link}}."),
    ("{{wave}}", "x", "There is no variable {{wave}}. You can use {{board}}, {{link}}."),
    ("x", "{% include '/etc/passwd' %}", "“{% include '/etc/passwd' %}” is an order to a program"),
    ("x", "{# secret #}", "“{# secret #}” is an order to a program"),
    ("x", "{{board.authorities}}", "“{{board.authorities}}” is no variable. Write a name between two pairs"),
    ("x", "{{board|safe}}", "“{{board|safe}}” is no variable."),
    ("x", "{{board", "“{{board” is no variable."),
    ("x", "board}}", "“}}” is no variable."),
    ("x", "{{}}", "“{{}}” is no variable."),
    ("x", "a\0b", "There is a character in it that cannot be sent"),
    ("x\ud800", "b", "There is a character in it that cannot be sent"),
    ("x", "\u202eb", "There is a character in it that cannot be sent"),
])  # fmt: skip
def test_each_mistake_is_named(subject: str, text: str, sentence: str) -> None:
    assert [message for message in said(subject, text) if message.startswith(sentence)]


def test_a_text_that_must_have_the_link_says_so() -> None:
    [problem] = problems_in(Wording("x", "Answer, please."), allowed=ALLOWED, needed=["link"])
    assert problem.message == "The text must say {{link}} somewhere: without it nobody can answer."


def test_words_are_put_in_once_and_never_read_as_variables() -> None:
    assert fill("{{board}} {{ link }}", {"board": "{{link}}", "link": "L"}) == "{{link}} L"


@given(st.text(alphabet="{}%#| abl\n", max_size=30))
def test_whatever_passes_can_be_filled(text: str) -> None:
    if not problems_in(Wording("x", text), allowed=["a", "b"]):
        assert "{{" not in fill(text, {"a": "", "b": ""})
