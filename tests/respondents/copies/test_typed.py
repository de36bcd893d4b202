import pytest

from respondents.copies.typed import breakable, visible

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("plain\ttext\nand a line", "plain\ttext\nand a line"),
        ("a\0b\x07c\x1b", "a[U+0000]b[U+0007]c[U+001B]"),
        ("\ud800 \ufffe \uffff", "[U+D800] [U+FFFE] [U+FFFF]"),
        ("\N{THUMBS UP SIGN}", "\N{THUMBS UP SIGN}"),
    ],
)
def test_what_no_document_can_hold_is_named(typed: str, shown: str) -> None:
    assert visible(typed) == shown


def test_only_words_longer_than_a_line_may_be_broken_and_nowhere_inside_a_character() -> None:
    assert breakable("w" * 60 + " " + "short " * 50) == "w" * 60 + " " + "short " * 50
    assert breakable("w" * 150) == "\u200b".join(("w" * 60, "w" * 60, "w" * 30))
    accented = "e\N{COMBINING ACUTE ACCENT}" * 100
    assert breakable(accented).replace("\u200b", "") == accented
    assert "\u200b\N{COMBINING ACUTE ACCENT}" not in breakable(accented)
