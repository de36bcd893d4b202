"""An author's document: its values with their lines, and every mistake in it as a sentence with a place."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml.nodes import MappingNode, ScalarNode

from survey.schema.faults import Fault, Path
from survey.schema.reading import Reader, compose
from survey.schema.shape import explain

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Problem:
    """One mistake of an author: what is wrong, where, and what to do about it."""

    id: str
    place: str
    line: int | None
    message: str
    hint: str

    def __str__(self) -> str:
        start = f"line {self.line}, " if self.line else ""
        return f"{start}{self.place}: {self.message} {self.hint}".rstrip()


class DocumentError(Exception):
    """A document cannot be used; carries every problem found in it, in order of line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.line or 0, problem.id, problem.message)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True)
class Source:
    """A document as plain values, with the line on which each of them stands."""

    data: dict[str, Any]
    lines: Mapping[Path, int] = field(repr=False)

    def line(self, path: Path) -> int | None:
        """The line of the value at this path, or of the nearest thing around it."""
        return next((self.lines[path[:n]] for n in range(len(path), -1, -1) if path[:n] in self.lines), None)

    def place(self, path: Path) -> str:
        """The path in the author's words: "question B1, item B1.health"."""
        return ", ".join(list(self._steps(path))[-2:]) or "document"

    def problem(self, fault: Fault) -> Problem:
        """The fault in words that a person can find in the text."""
        line = fault.line or self.line(fault.path)
        return Problem(fault.id, self.place(fault.path), line, fault.message, fault.hint)

    def _steps(self, path: Path) -> Iterator[str]:
        node: Any = self.data
        noun = ""
        for step in path:
            if isinstance(node, dict) and step in node:
                node, noun = node[str(step)], str(step)
            elif isinstance(node, list) and isinstance(step, int) and step < len(node):
                node = node[step]
                yield _element(noun, step, node)


def _element(noun: str, index: int, node: object) -> str:
    singular = noun[:-3] + "y" if noun.endswith("ies") else noun.removesuffix("s")
    code = (node.get("code") or node.get("id")) if isinstance(node, dict) else None
    return f"{singular} {code}" if isinstance(code, str) else f"{singular} number {index + 1}"


def read_yaml(text: str) -> Source:
    """The values of a YAML document whose top is a mapping; DocumentError when it is broken or repeats a key."""
    source, problems = scan_yaml(text)
    if source is None or problems:
        raise DocumentError(problems)
    return source


def validate(model: type[M], source: Source) -> M:
    """The document as this pydantic model; DocumentError with every misshapen part."""
    value, problems = check_shape(model, source)
    if value is None:
        raise DocumentError(problems)
    return value


def scan_yaml(text: str) -> tuple[Source | None, list[Problem]]:
    """The document as far as it can be read, and the problems of its notation."""
    nothing = Source({}, {})
    root, fault = compose(text)
    if fault:
        return None, [nothing.problem(fault)]
    if root is None or (isinstance(root, ScalarNode) and root.value in {"", "~", "null"}):
        return None, [nothing.problem(Fault("D001", (), "The document is empty.", "Write at least its title."))]
    if not isinstance(root, MappingNode):
        hint = 'Write lines such as "title: The title".'
        return None, [nothing.problem(Fault("D002", (), "The document is not made of keys and values.", hint, 1))]
    reader = Reader()
    source = Source(reader.plain(root) or {}, reader.lines)
    return source, [source.problem(fault) for fault in reader.faults]


def check_shape(model: type[M], source: Source) -> tuple[M | None, list[Problem]]:
    """The document as this pydantic model, or None and every misshapen part."""
    try:
        return model.model_validate(source.data), []
    except ValidationError as error:
        return None, [source.problem(fault) for fault in explain(model, error, source.data)]
