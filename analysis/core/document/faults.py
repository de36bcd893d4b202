"""The notebook of a reading: every problem with the line and the chapter it stands in."""

from dataclasses import dataclass, field

from survey.schema.source import Problem


@dataclass(slots=True)
class Notebook:
    """Problems as they are found, and hints, for which nothing is left out; `under` is the heading they stand under."""

    problems: list[Problem] = field(default_factory=list)
    hints: list[Problem] = field(default_factory=list)
    under: str = ""

    def note(self, id_: str, line: int | None, message: str, hint: str = "") -> None:
        """Keep a problem: what is wrong, where, and what to do about it."""
        self.problems.append(Problem(id_, self._place, line, message, hint))

    def remark(self, id_: str, line: int | None, message: str, hint: str = "") -> None:
        """Keep what a person has to look at."""
        self.hints.append(Problem(id_, self._place, line, message, hint))

    @property
    def _place(self) -> str:
        return f"under “{self.under}”" if self.under else "before the first heading"
