"""The header of a template: titles and the list of references, between two lines of dashes."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from analysis.core.plan_document import Identifier, Words
from survey.schema.faults import Fault
from survey.schema.source import Problem, Source, check_shape, scan_yaml

RULE = "---"
EXAMPLE = "Begin with a line of three dashes, “title: The title”, and another line of three dashes."


class Entry(BaseModel):
    """One work that the text leans on: how it is cited, and how it is listed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Identifier
    cite: Words
    text: Words


class Header(BaseModel):
    """What stands on the cover and in the running head; an empty source is that of the analysis plan."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Annotated[str, Field(min_length=1, max_length=200)]
    subtitle: str = ""
    short_title: str = ""
    source: str = ""
    references: tuple[Entry, ...] = ()

    @property
    def short(self) -> str:
        """What stands in the running head."""
        return self.short_title or self.title


def read_header(text: str) -> tuple[Header | None, int, list[Problem]]:
    """Return the header, the number of lines it takes, and every problem in it."""
    lines = text.splitlines()
    if not lines or lines[0].rstrip() != RULE:
        return None, 0, [Problem("T001", "header", 1, "The template has no header.", EXAMPLE)]
    end = next((place for place, line in enumerate(lines[1:], start=1) if line.rstrip() == RULE), None)
    if end is None:
        return None, len(lines), [Problem("T001", "header", 1, "The header is not closed.", EXAMPLE)]
    source, problems = scan_yaml("\n".join(["", *lines[1:end], ""]))
    header: Header | None = None
    if source is not None and not problems:
        header, problems = check_shape(Header, source)
        problems += _doubled(header, source)
    return header, end + 1, problems


def _doubled(header: Header | None, source: Source) -> list[Problem]:
    ids = [entry.id for entry in header.references] if header else []
    return [
        source.problem(Fault("T002", ("references", place, "id"), f"The id {id_} is used twice.", "Give each its own."))
        for place, id_ in enumerate(ids)
        if id_ in ids[:place]
    ]
