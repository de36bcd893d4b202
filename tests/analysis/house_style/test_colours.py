"""Colours that can be read where they are used."""

import pytest

from analysis.core.contrast import contrast
from analysis.core.house_style import ACCENT, MAIN, HouseStyle, colour_problems

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [  # as the WebAIM contrast checker gives them
        ("#000000", "#FFFFFF", 21.0),
        ("#767676", "#FFFFFF", 4.54),
        ("#777777", "#FFFFFF", 4.48),
        ("#FF0000", "#FFFFFF", 4.0),
        ("#0000FF", "#FFFFFF", 8.59),
        ("#FFFF00", "#000000", 19.56),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.006)


def test_the_plain_look_can_be_read() -> None:
    assert not list(colour_problems(MAIN, ACCENT))


def test_a_main_colour_that_is_too_pale_is_told_with_both_ratios() -> None:
    found = dict(colour_problems("#777777", "#000000"))
    assert set(found) == {"main"}
    assert "#777777 has a contrast of 4.47 to 1 against white" in found["main"]
    assert "4.5 to 1 is needed" in found["main"]


def test_an_accent_is_measured_against_the_colour_it_stands_on() -> None:
    found = dict(colour_problems(MAIN, "#28A197"))
    assert set(found) == {"accent"}
    assert f"against {MAIN}, on which the department’s name stands" in found["accent"]


@pytest.mark.parametrize("colour", ["red", "#12436d", "#12436D; } body { display: none", "#FFF", "#12436D\n"])
def test_a_style_takes_nothing_but_colours(colour: str) -> None:
    with pytest.raises(ValueError, match="is no colour"):
        HouseStyle(main=colour)
