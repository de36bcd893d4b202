"""Two releases cell by cell, and what is checked of tables before they are published."""

from dataclasses import replace

import pytest

from analysis.core.cell_intervals import with_interval
from analysis.core.quality import base_faults, compared_with_print, total_faults
from analysis.core.revising import changes, figures_in, has_revised, largest, revised, uncovered
from analysis.core.shape import share
from analysis.core.table import Cell, Table
from analysis.core.table_record import read, written
from analysis.publishing.correcting import size_words
from tests.analysis.publishing.examples import answers_table, hidden, response_table
from tests.golden import published

pytestmark = pytest.mark.pure


def changed(table: Table, **cells: Cell) -> Table:
    return replace(table, cells={**table.cells, **{(row, "n"): cell for row, cell in cells.items()}})


def test_every_table_of_the_paper_is_kept_and_read_again_without_loss() -> None:
    tables = published.tables()
    assert tuple(read(written(table)) for table in tables) == tuple(tables)


def test_what_differs_is_told_figure_by_figure_with_what_came_and_went() -> None:
    old, new = answers_table(), answers_table(agree=39, disagree=17, other=1)
    found = [(each.row.id, each.measure, each.before and each.before.text, each.after and each.after.text)
             for each in changes([old], [new])]  # fmt: skip
    assert found == [
        *(("agree", "count", "40", "39"), ("agree", "percent", "70", "68")),
        *(("other", "count", None, "1"), ("other", "percent", None, "2")),
    ]
    assert [each.after for each in changes([old, response_table()], [old])] == [None] * 8
    assert largest(changes([old], [new]), measures={"percent"}) == 2
    assert changes([old], [old]) == ()


def test_revised_cells_are_marked_and_weak_ones_named() -> None:
    weak = replace(answers_table().cell("disagree", "n"), marker="[u]")
    old = changed(answers_table(), disagree=weak)
    new = changed(answers_table(agree=39), disagree=replace(share(18, base=57), marker="[u]"))
    (found,) = revised([new], before=[old])
    assert [found.cell(row, "n").marker for row in ("agree", "disagree", "total")] == ["[r]", "[r]", ""]
    assert found.notes == ("Also of low reliability, [u]: Disagree, Boards.",)
    assert changes([found], [new]) == ()  # what was marked once is not a change the next time
    withheld = hidden(new, "agree")
    assert revised([withheld], before=[old])[0].cell("agree", "n").marker == "[c]"


def test_what_was_revised_once_stays_marked_in_every_later_edition() -> None:
    first, second = answers_table(), answers_table(agree=39, disagree=18)
    (corrected,) = revised([second], before=[first])
    (third,) = revised([second], before=[corrected])
    assert third.cell("agree", "n").marker == "[r]"
    assert third.cell("total", "n").marker == ""
    assert has_revised([third])
    assert not has_revised([first])


def test_an_interval_that_moved_is_a_change_and_marks_its_cell() -> None:
    cell = answers_table().cell("agree", "n")
    old, new = (changed(answers_table(), agree=with_interval(cell, population=many)) for many in (148, 140))
    assert [(each.measure, each.size) for each in changes([old], [new])] == [
        ("interval_low", 4),
        ("interval_high", 7),
        ("bound_low", 0),  # the same, of fewer boards
        ("bound_high", 8),
    ]
    assert revised([new], before=[old])[0].cell("agree", "n").marker == "[r]"
    assert figures_in([new]) == figures_in([answers_table()]) + 4


def test_the_size_of_a_correction_tells_apart_what_changed_came_and_went() -> None:
    first, more = answers_table(), answers_table(agree=39, disagree=17, other=1)
    found = changes([first, response_table()], [more])
    assert size_words(found, figures=figures_in([more]), is_marked=True) == (
        "2 figures of 8 changed; 2 are new; 8 are no longer there. "
        "The largest change of a count is 1, of a percentage 2 points. Revised figures are marked [r]."
    )
    assert size_words(changes([first], [first, response_table()]), figures=14, is_marked=False) == (
        "No figure of 14 changed; 8 are new."
    )


def test_what_was_withheld_and_is_shown_is_found() -> None:
    shown = answers_table()
    assert [each.row.id for each in uncovered(changes([hidden(shown, "agree")], [shown]))] == ["agree", "agree"]
    assert uncovered(changes([shown], [hidden(shown, "agree")])) == ()


def test_totals_and_bases_that_do_not_hold_are_named() -> None:
    assert total_faults(published.tables()) == base_faults(published.tables()) == ()
    assert total_faults([answers_table(agree=41)]) == ("answers, Boards: the parts add to 58 and the total is 57.",)
    assert total_faults([hidden(answers_table(agree=41), "agree")]) == ()
    wrong = changed(answers_table(), agree=Cell(count=40, base=57, percent=71), disagree=Cell(percent=30))
    assert base_faults([replace(wrong, base_note=" ")]) == (
        "answers does not say what its base is.",
        "answers, Agree, Boards: 40 of 57 is not 71%.",
        "answers, Disagree, Boards: 30% stands without its base.",
    )


def test_573_printed_figures_are_equal_and_11_differ_by_an_erratum() -> None:
    reference = published.plan().published
    assert reference is not None
    found = compared_with_print(published.tables(), published=reference, comparators=published.plan().comparators)
    assert (found.equal, found.explained, found.unexplained, found.withheld) == (573, 11, (), 0)
