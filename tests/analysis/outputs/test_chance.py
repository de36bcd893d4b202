"""Tests in words."""

import pytest

from analysis.comparators.words import points_in_words
from analysis.core.two_surveys import difference
from analysis.outputs.chance import p_in_words, p_named

pytestmark = pytest.mark.pure


def test_a_p_is_never_nought() -> None:
    assert [p_named(p) for p in (0.00001, 0.0005, 0.545)] == ["p below 0.001", "p = 0.001", "p = 0.545"]
    assert [p_in_words(p) for p in (None, 0.00001, 0.545)] == ["–", "below 0.001", "0.545"]


def test_a_difference_is_rounded_once_half_up_from_whole_numbers() -> None:
    """29 of 40 less 24 of 48 is 22.5 points, which as a product of machine numbers is a little less."""
    assert points_in_words(difference((29, 24), bases=(40, 48)).points) == "23"
    assert points_in_words(difference((24, 29), bases=(48, 40)).points) == "−23"
