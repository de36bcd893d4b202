"""Pydantic's findings on a document's shape, in the author's words: missing or unknown keys, wrong kinds of value."""

from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, Tag, ValidationError
from pydantic_core import ErrorDetails

from survey.schema.faults import Fault, Path

MAX_NAMED = 15
TEXT_HINT = 'If it is text, put it in quotation marks: "like this".'
NUMBER_HINT = "Write it in digits, without quotation marks."
LIST_HINT = "Write one entry per line, each after a dash."
RULE_HINT = "Write {{item: F1, is: yes}} or {{item: A4, includes: other}}, or join rules by all:, any: or not:."
KEYS_HINT = 'Write lines such as "key: value".'

# pydantic's type of error -> our id, sentence and hint; a sentence may use the finding's own context.
SENTENCES: Mapping[str, tuple[str, str, str]] = {
    "string_type": ("D010", "{key} must be text, not {found}.", TEXT_HINT),
    "int_type": ("D010", "{key} must be a whole number, not {found}.", NUMBER_HINT),
    "float_type": ("D010", "{key} must be a number, not {found}.", NUMBER_HINT),
    "bool_type": ("D010", "{key} must be true or false, not {found}.", "Write true or false."),
    "tuple_type": ("D010", "{key} must be a list, not {found}.", LIST_HINT),
    "list_type": ("D010", "{key} must be a list, not {found}.", LIST_HINT),
    "dict_type": ("D010", "{key} must be keys with values, not {found}.", KEYS_HINT),
    "model_type": ("D010", "{key} must be keys with values, not {found}.", KEYS_HINT),
    "model_attributes_type": ("D010", "{key} must be keys with values, not {found}.", KEYS_HINT),
    "finite_number": ("D011", "{key} must be a finite number.", NUMBER_HINT),
    "string_too_short": ("D011", "{key} is blank.", "Write something or remove the key."),
    "string_too_long": ("D011", "{key} is longer than {max_length} characters.", "Shorten it."),
    "empty_list": ("D011", "{key} is an empty list.", "Add an entry or remove the key."),
    "rule_form": ("D012", "This is not a rule.", RULE_HINT),
    "greater_than_equal": ("D011", "{key} must be {ge} or more.", ""),
    "less_than_equal": ("D011", "{key} must be {le} or less.", ""),
    "literal_error": ("D011", "{key} must be {expected}, not {found}.", ""),
    "union_tag_not_found": ("D008", "The key {discriminator} is missing.", "Say of which kind this is."),
}


def explain(model: type[BaseModel], error: ValidationError, data: object) -> Iterator[Fault]:
    """One fault for each of pydantic's findings, at the path where the author wrote it."""
    for finding in error.errors(include_url=False):
        path = _written(finding["loc"], data)
        yield EXPLAINED_BY.get(finding["type"], _sentence)(model, finding, path, data)


def suggest(word: str, known: list[str]) -> str:
    """A hint that names the nearest known word, or else all of them."""
    near = get_close_matches(word, known, n=1)
    if near:
        return f'Did you mean "{near[0]}"?'
    return f"Known here: {', '.join(known)}." if 0 < len(known) <= MAX_NAMED else ""


def keys_at(annotation: Any, loc: Path) -> list[str]:  # noqa: ANN401 - an annotation may be anything
    """The keys that the models allow at pydantic's location."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        fields = {field.alias or name: field.annotation for name, field in annotation.model_fields.items()}
        return keys_at(fields[str(loc[0])], loc[1:]) if loc and loc[0] in fields else list(fields)
    if loc and get_origin(annotation) in {tuple, list, dict}:
        loc = loc[1:]
    members = get_args(annotation)
    chosen = [member for member in members if loc and loc[0] in _tags(member)]
    found = (keys_at(member, loc[1:] if chosen else loc) for member in chosen or members)
    return next((keys for keys in found if keys), [])


def _tags(member: Any) -> set[object]:  # noqa: ANN401 - an annotation may be anything
    """The names under which a member of a union appears in pydantic's locations."""
    tags: set[object] = {part.tag for part in get_args(member) if isinstance(part, Tag)}
    if isinstance(member, type) and issubclass(member, BaseModel):
        kinds = (field.annotation for field in member.model_fields.values())
        tags |= {word for kind in kinds if get_origin(kind) is Literal for word in get_args(kind)}
    return tags


def _sentence(_model: type[BaseModel], finding: ErrorDetails, path: Path, _data: object) -> Fault:
    context = finding.get("ctx", {})
    if finding["type"] not in SENTENCES:
        return Fault("D013", path, finding["msg"].rstrip(".") + ".")
    if finding["input"] is None:
        return Fault("D010", path, f"{_name(path)} is empty.", "Write something after the colon or remove the line.")
    id_, sentence, hint = SENTENCES[finding["type"]]
    words = {**context, "key": _name(path), "found": _found(finding["input"])}
    return Fault(id_, path, sentence.format_map(words), hint.format_map(words))


def _missing(_model: type[BaseModel], finding: ErrorDetails, path: Path, _data: object) -> Fault:
    key = finding["loc"][-1]
    return Fault("D008", path, f'The key "{key}" is missing.', f'Add a line that begins "{key}:".')


def _unknown(model: type[BaseModel], finding: ErrorDetails, path: Path, data: object) -> Fault:
    present = _value(path[:-1], data)
    known = [name for name in keys_at(model, finding["loc"][:-1]) if name not in present]
    return Fault("D009", path, f'The key "{path[-1]}" is not known here.', suggest(str(path[-1]), known))


def _unknown_kind(_model: type[BaseModel], finding: ErrorDetails, path: Path, _data: object) -> Fault:
    tag, expected = str(finding["ctx"]["tag"]), str(finding["ctx"]["expected_tags"])
    known = [word.strip(" '") for word in expected.split(",")]
    return Fault("D011", path, f'The kind "{tag[:60]}" is not known.', suggest(tag, known))


Explained = Callable[[type[BaseModel], ErrorDetails, Path, object], Fault]
EXPLAINED_BY: Mapping[str, Explained] = {
    "missing": _missing,
    "extra_forbidden": _unknown,
    "union_tag_invalid": _unknown_kind,
}


def _written(loc: Path, data: object) -> Path:
    """The part of pydantic's location that the author wrote: without missing keys and names of union members."""
    node: Any = data
    path: list[str | int] = []
    for step in loc:
        if (isinstance(node, dict) and step in node) or (isinstance(node, list) and isinstance(step, int)):
            node = node[step]  # type: ignore[index]
            path.append(step)
    return tuple(path)


def _value(path: Path, data: object) -> Any:  # noqa: ANN401 - the document is untyped until it is valid
    node: Any = data
    for step in path:
        node = node[step]
    return node


def _name(path: Path) -> str:
    words = [step for step in path if isinstance(step, str)]
    if not words:
        return "The document"
    return f'Each entry of "{words[-1]}"' if isinstance(path[-1], int) else f'"{words[-1]}"'


def _found(value: object) -> str:
    if value is None:
        return "empty"
    if isinstance(value, dict | list):
        return "keys with values" if isinstance(value, dict) else "a list"
    return str(value).lower() if isinstance(value, bool) else repr(value)[:60]
