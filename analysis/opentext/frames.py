"""A coding frame as it is kept, and as codes."""

from dataclasses import asdict
from typing import Any

from analysis.core.coding import Applied, Code
from analysis.opentext.models import FrameVersion


def codes_of(frame: FrameVersion | None) -> tuple[Code, ...]:
    """The codes of a version, in order; none where there is no frame yet."""
    return tuple(Code(**each) for each in frame.codes) if frame else ()


def as_kept(codes: tuple[Code, ...]) -> list[dict[str, Any]]:
    """The codes as a row keeps them."""
    return [asdict(code) for code in codes]


def applied_of(kept: list[dict[str, Any]]) -> tuple[Applied, ...]:
    """The codes on an answer, from what a row keeps."""
    return tuple(Applied(**each) for each in kept)


def applied_as_kept(applied: tuple[Applied, ...]) -> list[dict[str, Any]]:
    """The codes on an answer as a row keeps them."""
    return [asdict(each) for each in applied]
