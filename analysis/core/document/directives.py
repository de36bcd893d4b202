"""What a line of three colons may ask for, and with how many words."""

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.core.document.faults import Notebook
from analysis.core.document.nodes import DirectiveNode
from survey.schema.shape import suggest

MANY = 1_000
THINGS = ("table", "chart", "quotes", "finding", "part")


@dataclass(frozen=True, slots=True)
class Directive:
    """How it is written, how many words it takes, and whether it must be closed by a line of three colons."""

    example: str
    least: int
    most: int
    is_container: bool = False


DIRECTIVES: Mapping[str, Directive] = {
    "table": Directive("::: table table_8", 1, 1),
    "chart": Directive("::: chart table_8", 1, 1),
    "quotes": Directive("::: quotes F1.details", 1, 1),
    "finding": Directive("::: finding willingness", 1, 1),
    "findings": Directive("::: findings willingness confidence", 1, MANY),
    "picture": Directive("::: picture regions", 1, 1),
    "part": Directive("::: part response", 1, 1),
    "left-out": Directive("::: left-out", 0, 0),
    "notice": Directive("::: notice", 0, 0, is_container=True),
    "if": Directive("::: if table table_8", 2, 2, is_container=True),
    "unless": Directive("::: unless table table_8", 2, 2, is_container=True),
}


def read_directive(content: str, *, line: int, notebook: Notebook) -> DirectiveNode | None:
    """Return what the line asks for; nothing, with a problem noted, where it is none of ours."""
    name, *arguments = content.split()
    known = DIRECTIVES.get(name)
    if known is None:
        notebook.note("T010", line, f"“{name}” is nothing that can be asked for.", suggest(name, list(DIRECTIVES)))
        return None
    if not known.least <= len(arguments) <= known.most:
        message = f"“{name}” stands with {len(arguments)} words behind it."
        notebook.note("T011", line, message, f"Write it as in {known.example}.")
        return None
    if name in {"if", "unless"} and arguments[0] not in THINGS:
        message = f"“{arguments[0]}” is nothing that can be there or not."
        notebook.note("T011", line, message, suggest(arguments[0], list(THINGS)))
        return None
    return DirectiveNode(line, name, tuple(arguments))
