"""Every question with its answers: what stands on too little is marked."""

import pytest

from analysis.core.release.counting import Counting
from analysis.core.topline import count_items, topline
from tests.analysis.core.examples import cube_of, small_plan, small_questionnaire

pytestmark = pytest.mark.pure


def test_a_share_on_few_returns_is_marked_in_the_topline_too() -> None:
    rows = [{"authority_type": "County", "region": "North", "A1": answer} for answer in ("agree", "disagree") * 8]
    counting = Counting(cube_of(rows, questionnaire=small_questionnaire()))
    told = count_items(small_plan(), counting=counting, boards=40)
    tables = {
        table.id: table for asked in topline(small_questionnaire(), told=told, source="S") for table in asked.tables
    }
    first = tables["topline_A1"]
    assert first.cell("agree", "percentage").marker == "[u]"
    assert first.cell("total", "percentage").marker == ""
    assert any(note.startswith("[u] = ") for note in first.notes)
