"""The rules that say when a question or item is asked: a small tree over earlier answers."""

from collections.abc import Callable, Iterator
from typing import Annotated, TypeVar, Union

from pydantic import AfterValidator, BaseModel, ConfigDict, Discriminator, Field, Strict, StringConstraints, Tag
from pydantic_core import PydanticCustomError

T = TypeVar("T")


def _some(entries: tuple[T, ...]) -> tuple[T, ...]:
    if not entries:
        raise PydanticCustomError("empty_list", "The list is empty")
    return entries


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Many = Annotated[tuple[T, ...], Strict(strict=False)]  # YAML has lists; frozen models hold tuples
Some = Annotated[tuple[T, ...], Strict(strict=False), AfterValidator(_some)]


class Part(BaseModel):
    """A frozen part of a document that knows exactly its own keys."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class ItemIs(Part):
    """True when the answer to the item is this option."""

    item: Text
    option: Text = Field(alias="is")


class ItemIncludes(Part):
    """True when this option is among those chosen for the item."""

    item: Text
    option: Text = Field(alias="includes")


class AllOf(Part):
    """True when every one of its rules is."""

    rules: "Some[Rule]" = Field(alias="all")


class AnyOf(Part):
    """True when at least one of its rules is."""

    rules: "Some[Rule]" = Field(alias="any")


class NotRule(Part):
    """True when its rule is not."""

    rule: "Rule" = Field(alias="not")


Leaf = ItemIs | ItemIncludes

FORMS: dict[str, type[Part]] = {"is": ItemIs, "includes": ItemIncludes, "all": AllOf, "any": AnyOf, "not": NotRule}


def _form(value: object) -> str | None:
    """The tag of a rule's form; the tags are no keys, so that a finding's place can be told from its form."""
    if isinstance(value, Part):
        return next((f"rule {key}" for key, form in FORMS.items() if isinstance(value, form)), None)
    return next((f"rule {key}" for key in FORMS if key in value), None) if isinstance(value, dict) else None


Rule = Annotated[
    Union[  # noqa: UP007 - the members carry tags
        Annotated[ItemIs, Tag("rule is")],
        Annotated[ItemIncludes, Tag("rule includes")],
        Annotated[AllOf, Tag("rule all")],
        Annotated[AnyOf, Tag("rule any")],
        Annotated[NotRule, Tag("rule not")],
    ],
    Discriminator(
        _form,
        custom_error_type="rule_form",
        custom_error_message="This is not a rule",
    ),
]

for _model in (AllOf, AnyOf, NotRule):
    _model.model_rebuild()


def leaves(rule: Rule) -> Iterator[Leaf]:
    """The comparisons with single items of which a rule is made."""
    match rule:
        case AllOf() | AnyOf():
            for part in rule.rules:
                yield from leaves(part)
        case NotRule():
            yield from leaves(rule.rule)
        case _:
            yield rule


def holds(rule: Rule, fact: Callable[[Leaf], bool]) -> bool:
    """Whether a rule is true, given which of its comparisons are."""
    match rule:
        case AllOf():
            return all(holds(part, fact) for part in rule.rules)
        case AnyOf():
            return any(holds(part, fact) for part in rule.rules)
        case NotRule():
            return not holds(rule.rule, fact)
        case _:
            return fact(rule)
