"""Blocks of words and ready figures as plain values that can be kept as JSON, and read again without loss.

What is kept was true at one moment and is said again later: paragraphs, lists, headings and small tables. Tables of the
survey are kept as tables (`analysis.core.table_record`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from analysis.core.document.blocks import Block, Facts, Heading, Items, Line, Paragraph, Words

Kept = Mapping[str, Any]


def written(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """Return the blocks in plain values; ValueError for one that is none of these, or has links or footnotes."""
    return [_written(block) for block in blocks]


def read(kept: Iterable[Kept]) -> tuple[Block, ...]:
    """Return the blocks that were written."""
    return tuple(map(_read, kept))


def _written(block: Block) -> dict[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", "id": block.id, "level": block.level, "line": _line(block.line)}
        case Paragraph():
            return {"kind": "paragraph", "line": _line(block.line)}
        case Items():
            return {"kind": "items", "lines": list(map(_line, block.lines)), "is_ordered": block.is_ordered}
        case Facts():
            return {"kind": "facts", **asdict(block)}
    raise ValueError(f"{type(block).__name__} cannot be kept as words.")


def _line(line: Line) -> list[dict[str, Any]]:
    if not all(isinstance(part, Words) for part in line):
        raise ValueError("Only words can be kept, not links or footnotes.")
    return [asdict(part) for part in line]


def _read(kept: Kept) -> Block:
    match kept["kind"]:
        case "heading":
            return Heading(kept["id"], kept["level"], _read_line(kept["line"]))
        case "paragraph":
            return Paragraph(_read_line(kept["line"]))
        case "items":
            return Items(tuple(map(_read_line, kept["lines"])), kept["is_ordered"])
    rows = tuple(tuple(row) for row in kept["rows"])
    return Facts(kept["id"], kept["title"], tuple(kept["head"]), rows, tuple(kept["words"]))


def _read_line(kept: Iterable[Kept]) -> Line:
    return tuple(Words(**part) for part in kept)
