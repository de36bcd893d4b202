"""Tests of reading a template: its nodes, and every problem that the text shows by itself, at once."""

import pytest

from analysis.core.document import DocumentError, parse
from analysis.core.document.nodes import ContainerNode, DirectiveNode, HeadingNode, Number, ParagraphNode, Text
from tests.analysis.core.document.examples import HEADER

pytestmark = pytest.mark.pure


def problems_of(body: str, *, header: str = HEADER) -> list[tuple[str, int | None]]:
    with pytest.raises(DocumentError) as refusal:
        parse(header + body)
    assert all(problem.hint for problem in refusal.value.problems)
    return [(problem.id, problem.line) for problem in refusal.value.problems]


def test_a_template_is_headings_sentences_and_what_is_asked_for() -> None:
    body = "# Who **answered** {#who}\n\nOf\n{table_5.agree:of}.\n::: if table x\n::: table x\n:::"
    heading, paragraph, block = parse(HEADER + body).nodes
    assert isinstance(heading, HeadingNode)
    assert (heading.id, heading.level) == ("who", 2)
    assert [part.text for part in heading.sentence.parts if isinstance(part, Text)] == ["Who", "answered", ""]
    assert isinstance(paragraph, ParagraphNode)
    number = paragraph.sentence.parts[1]
    assert isinstance(number, Number)
    assert (number.line, str(number.token)) == (9, "{table_5.agree:of}")
    assert isinstance(block, ContainerNode)
    assert block.nodes == (DirectiveNode(11, "table", ("x",)),)


def test_every_problem_is_told_at_once_with_its_line() -> None:
    body = "### Deep\n\nHalf { open and {table_5.agree:half}\n::: tabel table_5\n::: if table table_5\n\n> said\n"
    assert problems_of(body) == [("T020", 6), ("T031", 8), ("T032", 8), ("T010", 9), ("T012", 10), ("T024", 12)]


@pytest.mark.parametrize(
    ("body", "id_"),
    [
        ("![x](https://example.org/x.png)", "T027"),
        ("![x](data:text/plain,no)", "T027"),
        ("![x](notes.txt)", "T027"),
        ("<b>bold</b>", "T028"),
        ("[x](javascript:alert)", "T029"),
        ("[x](file.html)", "T029"),
        ("See `code`.", "T025"),
        ("```\ncode\n```", "T025"),
        ("***", "T026"),
        ("| a | b |", "T030"),
        ("- a\n  - b", "T023"),
        ("See.[^1]", "T033"),
        ("See.\n\n[^1]: Never.", "T034"),
        ("[@nobody]", "T035"),
        ("::: table", "T011"),
        ("::: if weather fine\n:::", "T011"),
        (":::", "T013"),
        ("::: table x\n\n::: table x", "T014"),
        ("# A\n\n# A", "T022"),
        ("# A {table_5.agree:of}", "T022"),
        ("#### A", "T020"),
        ("", "T036"),
    ],
)
def test_what_is_not_understood_is_named(body: str, id_: str) -> None:
    assert id_ in {found for found, _ in problems_of(body)}


def test_a_text_that_no_report_would_have_is_refused_before_it_is_read() -> None:
    assert problems_of("word " * 50_000) == [("T003", None)]


@pytest.mark.parametrize(
    ("header", "id_", "line"),
    [
        ("", "T001", 1),
        ("---\ntitle: A\n", "T001", 1),
        ("---\nsubtitle: A\n---\n", "D008", 2),
        ("---\ntitle: A\ncolour: red\n---\n", "D009", 3),
    ],
)
def test_a_header_that_cannot_be_used_is_named(header: str, id_: str, line: int) -> None:
    found = problems_of("# A\n\nText.\n", header=header)
    assert found == [(id_, line)]
