import pytest

from respondents.copies.typed import isolated, visible

pytestmark = pytest.mark.pure

FIRST, LAST = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
OVERRIDE, POP = "\N{RIGHT-TO-LEFT OVERRIDE}", "\N{POP DIRECTIONAL FORMATTING}"


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


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("plain", f"{FIRST}plain{LAST}"),
        (f"{OVERRIDE}open", f"{FIRST}{OVERRIDE}open{POP}{LAST}"),
        (f"{OVERRIDE}shut{POP}", f"{FIRST}{OVERRIDE}shut{POP}{LAST}"),
        (f"{FIRST}{OVERRIDE}both", f"{FIRST}{FIRST}{OVERRIDE}both{POP}{LAST}{LAST}"),
    ],
)
def test_direction_ends_where_the_text_ends(typed: str, held: str) -> None:
    assert isolated(typed) == held
