"""Blocks that are kept as JSON come back as they were."""

import json

import pytest

from analysis.core.document.blocks import Facts, Heading, Items, Link, Notice, Paragraph, Words
from analysis.core.document.kept import read, written

pytestmark = pytest.mark.pure

BLOCKS = (
    Heading("response", 3, (Words("Response"),)),
    Paragraph((Words("57 of 148 "), Words("boards", is_strong=True))),
    Items(((Words("One"),), (Words("Two", is_emphasised=True),)), is_ordered=True),
    Facts("outcomes", "What became of each", ("Outcome", "Boards"), (("Complete", "57"),), (1,)),
)


def test_what_is_read_is_what_was_written() -> None:
    assert read(json.loads(json.dumps(written(BLOCKS)))) == BLOCKS


@pytest.mark.parametrize("block", [Notice((Words("Draft"),)), Paragraph((Link("here", "#there"),))])
def test_what_cannot_be_kept_is_refused(block: Notice | Paragraph) -> None:
    with pytest.raises(ValueError, match=r"can be kept|cannot be kept"):
        written([block])
