"""Whatever an author submits, the answer is a questionnaire or a list of problems, never a traceback."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from survey.schema.document import DocumentError, load

pytestmark = pytest.mark.pure

TEXT = (Path(__file__).parents[3] / "survey" / "documents" / "munro_2012.yaml").read_text(encoding="utf-8")
LINES = TEXT.splitlines(keepends=True)
SMALL = (Path(__file__).parent / "examples" / "routing.yaml").read_text(encoding="utf-8").splitlines(keepends=True)

ANYTHING = st.text(st.characters(), max_size=80)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
WORDS = st.sampled_from(
    ["code", "kind", "number", "scale", "items", "shown_when", "all", "any", "not", "item", "is", "options", "value"]
)
MARKS = st.text(st.sampled_from("abAB19.-_:, []{}#&*!|>'\"%@`?\n\t\\\0\r\u2028"), max_size=60)


def loads_or_says_why(text: str) -> None:
    try:
        load(text)
    except DocumentError as error:
        said = [problem.id and problem.place and problem.message for problem in error.problems] or [""]
    else:
        said = ["nothing is wrong"]
    assert all(said)


@given(ANYTHING)
@example("\ud800")
@example('a: "\\UFFFFFFFF"')
@example("%YAML 9.9\n---\na: b")
@example("a: !!binary x")
@example("a: " + "9" * 5000)
@example("[" * 3000)
@example("a: &x b\nc: &x d\ne: *x\n")
def test_load_never_fails_on_arbitrary_text(text: str) -> None:
    loads_or_says_why(text)


@given(MARKS)
def test_load_never_fails_on_the_signs_of_yaml(text: str) -> None:
    loads_or_says_why(text)


@given(st.dictionaries(WORDS | st.just("sections"), st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3))))
def test_load_never_fails_on_keys_with_any_value(values: dict[str, object]) -> None:
    loads_or_says_why("".join(f"{key}: {value}\n" for key, value in values.items()))


@given(st.integers(0, len(SMALL) - 1), MARKS | ANYTHING)
def test_load_never_fails_on_an_example_with_a_line_replaced(number: int, line: str) -> None:
    loads_or_says_why("".join([*SMALL[:number], line + "\n", *SMALL[number + 1 :]]))


@given(st.integers(0, len(SMALL) - 1), st.integers(0, 60), MARKS)
def test_load_never_fails_on_an_example_with_signs_put_in(number: int, column: int, signs: str) -> None:
    line = SMALL[number]
    loads_or_says_why("".join([*SMALL[:number], line[:column] + signs + line[column:], *SMALL[number + 1 :]]))


@settings(max_examples=30)
@given(st.integers(0, len(LINES) - 1))
def test_load_never_fails_on_munro_without_a_line(number: int) -> None:
    loads_or_says_why("".join([*LINES[:number], *LINES[number + 1 :]]))


@settings(max_examples=30)
@given(st.integers(0, len(LINES) - 1), MARKS)
def test_load_never_fails_on_munro_with_a_line_replaced(number: int, line: str) -> None:
    loads_or_says_why("".join([*LINES[:number], line + "\n", *LINES[number + 1 :]]))
