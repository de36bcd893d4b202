"""Blocks from ready words."""

from collections.abc import Iterable, Iterator

from analysis.core.document.blocks import Block, Facts, Heading, Items, Paragraph, Words

Parts = dict[str, tuple[Block, ...]]


def said(*sentences: str) -> tuple[Block, ...]:
    """A paragraph for each sentence that is there."""
    return tuple(Paragraph((Words(each),)) for each in sentences if each)


def listed(sentences: Iterable[str]) -> tuple[Block, ...]:
    """A list; nothing without sentences."""
    lines = tuple((Words(each),) for each in sentences if each)
    return (Items(lines),) if lines else ()


def heading(id_: str, words: str, *, level: int = 3) -> Heading:
    """A heading within a chapter."""
    return Heading(id_, level, (Words(words),))


def facts(
    id_: str, title: str, head: tuple[str, ...], rows: Iterable[Iterable[object]], *, words: tuple[int, ...] = ()
) -> Iterator[Facts]:
    """A small table; nothing without rows."""
    found = tuple(tuple("–" if cell is None else str(cell) for cell in row) for row in rows)
    if found:
        yield Facts(id_, title, head, found, words)
