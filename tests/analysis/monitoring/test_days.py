"""Names at the ends of the lines of a chart are never printed over each other."""

import pytest

from analysis.monitoring.pages.days import NAME_HEIGHT, Line, apart

pytestmark = pytest.mark.pure


def line(name: str, x: float, y: float) -> Line:
    return Line("", "#000", name, x, y)


def test_names_too_near_stand_one_under_another_and_the_order_of_the_lines_stays() -> None:
    lines = (line("57 returns", 300, 100), line("Wave before", 310, 98), line("Target", 305, 104))

    assert [(each.name, each.y) for each in apart(lines)] == [
        ("57 returns", 98 + NAME_HEIGHT),
        ("Wave before", 98),
        ("Target", 98 + 2 * NAME_HEIGHT),
    ]


def test_names_far_from_each_other_stay_where_they_are() -> None:
    lines = (line("57 returns", 300, 100), line("Wave before", 300, 140), line("Target", 616, 101))

    assert apart(lines) == lines
