"""The notebook of a reading: every problem with the line and the chapter it stands in."""

from dataclasses import dataclass, field

from survey.schema.source import Problem


@dataclass(slots=True)
class Notebook:
    """Problems as they are found; `under` is the heading they stand under."""

    problems: list[Problem] = field(default_factory=list)
    under: str = ""

    def note(self, id_: str, line: int | None, message: str, hint: str = "") -> None:
        """Keep a problem: what is wrong, where, and what to do about it."""
        place = f"under “{self.under}”" if self.under else "before the first heading"
        self.problems.append(Problem(id_, place, line, message, hint))
