"""The language as it is documented: every message, every line that asks for blocks, and examples that can be read."""

import re
from pathlib import Path

import pytest

from analysis.core.document import lint, parse
from analysis.core.document.directives import DIRECTIVES
from analysis.outputs.report_material import material_of
from tests.analysis.outputs.reports import sources_2012

pytestmark = pytest.mark.pure

ROOT = Path(__file__).resolve().parents[4]
TEXT = (ROOT / "docs" / "report-templates.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```text\n(.*?)```", TEXT, re.DOTALL)


def test_every_message_has_its_line() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "analysis/core/document").glob("*.py"))
    assert set(re.findall(r'"(T\d{3})"', source)) == set(re.findall(r"^\| (T\d{3}) \|", TEXT, re.MULTILINE))


def test_everything_that_can_be_asked_for_is_told() -> None:
    material = material_of(sources_2012())
    for name in DIRECTIVES:
        assert f"::: {name}" in TEXT
    for name in (*material.parts, *material.facts):
        assert f"`{name}`" in TEXT or f"`{{{name}}}`" in TEXT


def test_the_examples_are_a_template_that_has_nothing_wrong() -> None:
    header, *others = EXAMPLES
    template = parse("\n".join([header, "# Report {#report}\n\nSee [@holmes_2010].\n", *others]))
    assert lint(template, material_of(sources_2012())) == ()
