"""No worked example is without a test: each id stands in a test module that reads the file of examples."""

import ast
from pathlib import Path

import pytest

from tests.golden.published import worked_examples

pytestmark = pytest.mark.pure

TESTS = Path(__file__).parents[1]


def named_in_tests() -> set[str]:
    """Every string that is the id of an example, in the test modules that read the examples."""
    texts = [path.read_text(encoding="utf-8") for path in TESTS.rglob("test_*.py")]
    readers = [ast.parse(text) for text in texts if "from tests.golden.published import" in text]
    nodes = [node for tree in readers for node in ast.walk(tree)]
    return {str(node.value) for node in nodes if isinstance(node, ast.Constant)} & set(worked_examples())


def test_every_worked_example_is_a_test() -> None:
    assert len(worked_examples()) == 71
    assert set(worked_examples()) - named_in_tests() == set()
