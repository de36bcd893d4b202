"""What a chair may be shown of a group: never what would tell of another board, with their own answers known."""

import pytest

from analysis.core.nation.figures import Figure, read_figures
from analysis.core.nation.positions import is_safe
from analysis.core.nation.saying import lowered
from analysis.core.nation.told import Among

pytestmark = pytest.mark.pure
MINE = frozenset({0})


def among(*counts: int | None, base: int) -> Among:
    return Among("North", tuple(Figure(count, base) for count in counts), base)


@pytest.mark.parametrize(
    ("counts", "base", "given", "safe"),
    [
        ((6, 5, 0), 11, [MINE], True),
        ((6, 4, 0), 10, [MINE], False),  # nine others
        ((6, 5, 0), 11, [MINE, MINE], False),  # nine others, for a chair of two of them
        ((6, 6, 0), 12, [MINE, MINE], True),
        ((3, 9, 0), 12, [MINE], False),  # two others said the same
        ((4, 8, 0), 12, [MINE], True),
        ((4, 8, 0), 12, [MINE, MINE], False),
        ((4, 8, 0), 12, [MINE, frozenset({1})], True),
        ((1, 14, 0), 15, [MINE], False),  # all others said one thing
        ((15, 0, 0), 15, [MINE], False),
        ((None, None, 9), 15, [MINE], False),  # it would become narrower what is withheld
        ((None, None, 9), 15, [frozenset({2})], True),
        ((12, 3, 0), 15, [], True),
    ],
)
def test_a_group_is_shown_only_where_it_stays_safe_without_the_boards_that_the_chair_knows(
    counts: tuple[int | None, ...], base: int, given: list[frozenset[int]], *, safe: bool
) -> None:
    assert is_safe(among(*counts, base=base), given=given, smallest=10) is safe


def test_figures_are_read_from_the_file_of_a_release() -> None:
    line = '{"table": "t", "row": "%s", "column": "c", "measure": "%s", "value": %s, "base": 57, "marker": ""}'
    lines = (line % ("a", "count", 21), line % ("a", "percent", 37), line % ("b", "count", "null"))
    figures = read_figures(f"[{', '.join(lines)}]")
    assert figures["t", "a", "c"].words == "21 of 57 boards (37%)"
    assert (figures["t", "b", "c"].words, figures["t", "b", "c"].percent) == ("withheld, [c]", None)
    weak = read_figures(
        f"[{', '.join(lines)}]".replace('37, "base": 57, "marker": ""', '37, "base": 57, "marker": "[u]"')
    )
    assert (weak["t", "a", "c"].words, weak["t", "a", "c"].cell) == ("21 of 57 boards (37% [u])", "21 (37% [u])")


@pytest.mark.parametrize(
    ("label", "word"),
    [
        ("Agree", "agree"),
        ("Don't know", "don't know"),
        ("DCS", "DCS"),
        ("I do not know", "I do not know"),
    ],
)
def test_answers_stand_in_a_sentence(label: str, word: str) -> None:
    assert lowered(label) == word
