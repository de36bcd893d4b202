"""Texts that are held back until the person has seen what in them may point to somebody."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from respondents.returns.scanning import Finding, scan
from survey.schema.answers import Value
from survey.schema.document import Item

AROUND = 40


@dataclass(frozen=True)
class Passage:
    """What was found, with a few words on either side."""

    kind: str
    before: str
    words: str
    after: str

    @property
    def key(self) -> str:
        """The words as a form sends them back, whatever the line ends."""
        return " ".join(self.words.split())


@dataclass(frozen=True)
class HeldText:
    """A text that is not saved yet, and the passages to look at."""

    item: Item
    text: str
    passages: tuple[Passage, ...]

    @property
    def warning(self) -> str:
        """What the text holds, in one sentence."""
        kinds = list(dict.fromkeys(passage.kind for passage in self.passages))
        return f"Not saved yet. This text has what looks like {' and '.join(kinds)}."


@dataclass(frozen=True)
class Deed:
    """What becomes of a text once it has been looked at, in the words of the page."""

    verb: str
    participle: str


SAVED, SENT = Deed("save", "saved"), Deed("send", "sent")


@dataclass(frozen=True)
class HeldNotice:
    """Texts that are not saved or sent yet, with the passages to look at."""

    deed: Deed
    lead: str
    texts: tuple[tuple[str, str, tuple[Passage, ...]], ...]
    keep: str


def held_notice(held: Sequence[HeldText], deed: Deed) -> HeldNotice:
    """What the person is asked to look at."""
    texts = "One text is" if len(held) == 1 else f"{len(held)} texts are"
    return HeldNotice(
        deed=deed,
        lead=f"{texts} not {deed.participle} yet: look at what may point to a child, a family or another person",
        texts=tuple((f"#id_{each.item.code}", each.item.short, each.passages) for each in held),
        keep=f"{deed.verb.capitalize()} {'it as it is' if len(held) == 1 else 'them as they are'}",
    )


def hold(item: Item, value: Value, saved: Value, shown: Collection[str]) -> HeldText | None:
    """The text with the passages that are neither saved already nor shown before; nothing when there are none."""
    if item.kind != "text" or not isinstance(value, str) or value == saved:
        return None
    passages = [_passage(value, found) for found in scan(value)]
    known = str(saved or "")
    new = tuple(each for each in passages if each.key not in shown and each.words not in known)
    return HeldText(item, value, new) if new else None


def _passage(text: str, found: Finding) -> Passage:
    start, end = max(0, found.start - AROUND), found.end + AROUND
    before = ("…" if start else "") + text[start : found.start]
    after = text[found.end : end] + ("…" if end < len(text) else "")
    return Passage(found.kind, before, text[found.start : found.end], after)
