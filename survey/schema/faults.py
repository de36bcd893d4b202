"""A mistake in a document before it is put into words: where it is, by path, and what it is."""

from dataclasses import dataclass

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Fault:
    """One mistake at a path of the document; `line` only where the path does not tell it (a repeated key)."""

    id: str
    path: Path
    message: str
    hint: str = ""
    line: int | None = None
