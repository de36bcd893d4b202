"""The acts that are recorded. Each room declares its own, beside the code that records them."""

from dataclasses import dataclass

_DECLARED: dict[str, "Act"] = {}


@dataclass(frozen=True)
class Act:
    """Something that staff do: its permanent name, and what it is called on screen."""

    name: str
    words: str


def declare(name: str, words: str) -> Act:
    """An act under this name, as in `declare("return.reopened", "Reopened a return")`; ValueError if it is taken."""
    if _DECLARED.get(name, Act(name, words)) != Act(name, words):
        raise ValueError(f"The act {name} is declared twice.")
    return _DECLARED.setdefault(name, Act(name, words))


def declared() -> tuple[Act, ...]:
    """Every act that the rooms have declared, by name."""
    return tuple(_DECLARED[name] for name in sorted(_DECLARED))


def words_of(name: str) -> str:
    """What the act is called on screen; its name if no room declares it any more."""
    return _DECLARED[name].words if name in _DECLARED else name
