"""What we change of WeasyPrint and pydyf is missed when a version no longer has it."""

import pytest
from pydyf import PDF  # type: ignore[import-untyped]
from weasyprint import svg
from weasyprint.html import UA
from weasyprint.layout import inline, table

from survey.printing.defaults import narrowed
from survey.printing.lines_known import set_lines_once
from survey.printing.pages_known import list_pages_once
from survey.printing.patching import NothingToChangeError
from survey.printing.plain_drawings import draw_plainly
from survey.printing.sizes_known import reckon_sizes_once

pytestmark = pytest.mark.pure


def test_styles_of_every_element_are_said_of_fewer() -> None:
    assert "\nli::marker {" in narrowed(UA)
    assert "\n::" not in narrowed(UA)


def test_styles_that_are_laid_out_otherwise_are_refused() -> None:
    with pytest.raises(NothingToChangeError, match="WeasyPrint in this version: there is no marker,"):
        narrowed(UA.replace("\n::marker", "\n*::marker"))


def test_what_nobody_would_read_is_not_put_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(PDF, "page_references")
    with pytest.raises(NothingToChangeError, match="page_references"):
        list_pages_once()
    monkeypatch.delitem(svg.TAGS, "text")
    with pytest.raises(NothingToChangeError, match="text"):
        draw_plainly()
    monkeypatch.delattr(svg, "color")
    with pytest.raises(NothingToChangeError, match="color"):
        draw_plainly()
    monkeypatch.delattr(inline, "split_first_line")
    with pytest.raises(NothingToChangeError, match="split_first_line"):
        set_lines_once()
    monkeypatch.delattr(table, "resolve_percentages")
    with pytest.raises(NothingToChangeError, match="resolve_percentages"):
        reckon_sizes_once()
