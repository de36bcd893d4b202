"""Two texts side by side."""

import pytest

from analysis.templating.differing import side_by_side

pytestmark = pytest.mark.pure


def test_texts_that_are_alike_differ_in_no_line() -> None:
    assert side_by_side("a\nb", "a\nb") == ()


def test_each_line_stands_beside_the_one_that_took_its_place_with_both_numbers() -> None:
    rows = side_by_side("a\nb\nc", "a\nB\nnew\nc")

    assert [(row.what, row.old_number, row.old, row.new_number, row.new) for row in rows] == [
        ("", 1, "a", 1, "a"),
        ("Changed", 2, "b", 2, "B"),
        ("Added", None, "", 3, "new"),
        ("", 3, "c", 4, "c"),
    ]


def test_what_is_far_from_every_change_is_left_out_and_that_is_said() -> None:
    old = [str(number) for number in range(100)]
    new = ["first", *old[1:-1]]

    rows = side_by_side("\n".join(old), "\n".join(new))

    assert len(rows) == 7
    assert [row.what for row in rows if row.what] == ["Changed", "Taken out"]
    assert [row.gap for row in rows if row.gap] == ["Lines that are alike are left out"]
