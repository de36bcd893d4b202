"""YAML text to plain values (mappings, lists, text, numbers) with the line of each, and the faults of its notation."""

import re
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.composer import MaxDepthExceededError
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from survey.schema.faults import Fault, Path

MAX_DEPTH = 40
MAX_VALUES = 50_000
UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# ruamel.yaml lets these escape, besides its own errors, on texts that no author means (an escape beyond Unicode, say).
PARSER_ERRORS = (
    YAMLError,
    ValueError,
    TypeError,
    ArithmeticError,
    AttributeError,
    LookupError,
    AssertionError,
    RecursionError,
)
TOO_LARGE = "The document is too large or too deeply nested."
SIZE_HINT = f"It may hold {MAX_VALUES:,} values, {MAX_DEPTH} deep; look for brackets or an alias (*name) repeated."
TAG = "tag:yaml.org,2002:"


def compose(text: str) -> tuple[Node | None, Fault | None]:
    """The tree of YAML nodes (None when the document is empty), or the fault that makes it unreadable."""
    yaml = YAML(typ="safe", pure=True)
    yaml.max_depth = MAX_DEPTH
    yaml.composer.warn_double_anchors = False
    try:
        node: Node | None = yaml.compose(text)
    except PARSER_ERRORS as error:
        return None, _broken(error, text)
    return node, None


def _broken(error: Exception, text: str) -> Fault:
    if isinstance(error, ReaderError):
        line = text.count("\n", 0, error.position) + 1
        message = f"This is not valid YAML: the character U+{error.character:04X} may not stand in it."
        return Fault("D003", (), message, "Remove it; it may be invisible.", line)
    mark = (error.problem_mark or error.context_mark) if isinstance(error, MarkedYAMLError) else None
    line = mark.line + 1 if mark else 1
    if isinstance(error, MaxDepthExceededError | RecursionError):
        return Fault("D005", (), TOO_LARGE, SIZE_HINT, line)
    said = " ".join(str(getattr(error, "problem", None) or "it cannot be parsed").split())
    hint = "Look at this line and the one before it: indentation, a missing colon or an unclosed quotation mark."
    return Fault("D003", (), f"This is not valid YAML: {said}.", hint, line)


class Reader:
    """Turns nodes into plain values once, noting lines and faults on the way."""

    def __init__(self) -> None:
        self.lines: dict[Path, int] = {}
        self.faults: list[Fault] = []
        self._count = 0

    def plain(self, node: Node, path: Path = (), *, line: int | None = None) -> Any:  # noqa: ANN401 - YAML is untyped
        """The plain value of a node; parts that cannot be read are None and have a fault."""
        self._count += 1
        self.lines[path] = line or node.start_mark.line + 1
        if self._count > MAX_VALUES or len(path) > MAX_DEPTH:
            return self._refuse_size(path)
        if isinstance(node, ScalarNode):
            return self._scalar(node, path)
        if isinstance(node, MappingNode) and node.tag == TAG + "map":
            return self._mapping(node, path)
        if isinstance(node, SequenceNode) and node.tag == TAG + "seq":
            return [self.plain(child, (*path, index)) for index, child in enumerate(node.value)]
        return self._refuse_tag(node, path)

    def _mapping(self, node: MappingNode, path: Path) -> dict[str, Any]:
        plain: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, ScalarNode):
                self._fault("D006", path, "A key must be a word.", "Write the key as one word and a colon.", line)
                continue
            key = self._text(key_node.value, path, line)
            if key in plain:
                first = self.lines[*path, key]
                hint = f"It is already on line {first}; keep one of the two."
                self._fault("D004", path, f'The key "{key}" is written twice.', hint, line)
                continue
            plain[key] = self.plain(value_node, (*path, key), line=line)
        return plain

    def _scalar(self, node: ScalarNode, path: Path) -> object:
        tag = str(node.tag)
        if tag == TAG + "null":
            return None
        if tag == TAG + "bool" and node.value.lower() in {"true", "false"}:
            return node.value.lower() == "true"
        if tag in {TAG + "int", TAG + "float"}:
            return _number(node.value)
        if tag in {TAG + kind for kind in ("str", "bool", "timestamp", "merge", "value")}:
            return self._text(node.value, path, node.start_mark.line + 1)
        self._refuse_tag(node, path)
        return None

    def _text(self, text: str, path: Path, line: int) -> str:
        found = UNSTORABLE.search(text)
        if not found:
            return text
        message = f"The text holds a character that cannot be stored (U+{ord(found[0]):04X})."
        self._fault("D007", path, message, "Type that part of the text again.", line)
        return UNSTORABLE.sub("\ufffd", text)

    def _refuse_size(self, path: Path) -> None:
        if not any(fault.id == "D005" for fault in self.faults):
            self._fault("D005", path, TOO_LARGE, SIZE_HINT)

    def _refuse_tag(self, node: Node, path: Path) -> None:
        self._fault("D006", path, f'The tag "{node.tag}" is not used here.', "Remove it.")

    def _fault(self, id_: str, path: Path, message: str, hint: str, line: int | None = None) -> None:
        self.faults.append(Fault(id_, path, message, hint, line))


def _number(text: str) -> int | float | str:
    """The number that YAML means; text that only looks like one stays text."""
    digits = text.replace("_", "").lower()
    for convert in (lambda: int(digits, 0), lambda: int(digits), lambda: float(digits.replace(".inf", "inf"))):
        try:
            return convert()
        except ValueError:
            continue
    return float("nan") if digits == ".nan" else text
