"""Rules that cannot work: they look at what is not there, at something later, or can never be true."""

from collections.abc import Iterator, Mapping
from itertools import chain, combinations, product
from math import prod

from survey.schema.faults import Fault, Path
from survey.schema.outline import Outline, OutlineItem, Placed
from survey.schema.rules import ItemIncludes, Leaf, holds, leaves
from survey.schema.shape import suggest

MAX_TRIALS = 20_000
Items = Mapping[str, OutlineItem]


def rule_faults(outline: Outline) -> Iterator[Fault]:
    """Every rule that looks at what is not there or not yet answered, and every item that nobody could be asked."""
    earlier: dict[str, OutlineItem] = {}
    sound: dict[str, OutlineItem] = {}
    every = {item.code: item for item in reversed(outline.items)}
    told: set[tuple[str, Path, str]] = set()  # a question's rule is written once and holds for all its items
    for item in outline.items:
        faults = [fault for placed in item.rules for fault in _misplaced(placed, earlier, every)]
        if not faults and all(leaf.item in sound for leaf in _leaves(item)):
            faults = list(_unreachable(item, sound))
            if not faults and (item.options is not None or item.typed):
                sound.setdefault(item.code, item)
        earlier.setdefault(item.code, item)
        yield from (fault for fault in faults if (fault.id, fault.path, fault.message) not in told)
        told.update((fault.id, fault.path, fault.message) for fault in faults)


def _leaves(item: OutlineItem) -> Iterator[Leaf]:
    return chain.from_iterable(leaves(placed.rule) for placed in item.rules)


def _misplaced(placed: Placed, earlier: Items, every: Items) -> Iterator[Fault]:
    for leaf in leaves(placed.rule):
        if leaf.item not in every:
            hint = suggest(leaf.item, list(earlier))
            yield Fault("Q023", placed.path, f'The rule looks at "{leaf.item}", which is not an item.', hint)
        elif leaf.item not in earlier:
            hint = "A rule can look at earlier items only; move one of the two."
            yield Fault("Q024", placed.path, f'The rule looks at "{leaf.item}", which comes later.', hint)
        else:
            yield from _unanswerable(leaf, placed, earlier[leaf.item])


def _unanswerable(leaf: Leaf, placed: Placed, asked: OutlineItem) -> Iterator[Fault]:
    if asked.typed:
        message = f'The rule looks at "{leaf.item}", which is answered by typing.'
        yield Fault("Q025", placed.path, message, "A rule can look at items with options only.")
    elif asked.options is None:
        return  # its scale or kind is a fault of its own
    elif asked.multiple is not isinstance(leaf, ItemIncludes):
        word = "includes" if asked.multiple else "is"
        yield Fault("Q026", placed.path, f'A rule about "{leaf.item}" says "{word}".', f"Write {word}: {leaf.option}")
    elif leaf.option not in asked.options:
        message = f'"{leaf.item}" has no option "{leaf.option}".'
        yield Fault("Q027", placed.path, message, suggest(leaf.option, list(asked.options)))


def _unreachable(item: OutlineItem, sound: Items) -> Iterator[Fault]:
    grounds = _grounds(item, sound)
    mentioned = {leaf for asked in (*grounds, item) for leaf in _leaves(asked)}
    options = [sorted({leaf.option for leaf in mentioned if leaf.item == ground.code}) for ground in grounds]
    if prod(map(_trials, grounds, options)) > MAX_TRIALS:
        return  # too many to try; such a rule is taken on trust
    tried = product(*map(_answers, grounds, options))
    if not any(_asked(item, grounds, answers) for answers in tried):
        hint = "Try the rule on paper: no combination of answers makes it true."
        yield Fault("Q028", item.rules[-1].path, "The rule can never be true, so nobody would be asked.", hint)


def _trials(item: OutlineItem, options: list[str]) -> int:
    return 2 ** len(options) if item.multiple else 1 + len(options)


def _grounds(item: OutlineItem, sound: Items) -> list[OutlineItem]:
    """The items on whose answers it depends, directly or through their own rules, in document order."""
    needed: set[str] = set()
    waiting = [leaf.item for leaf in _leaves(item)]
    while waiting:
        code = waiting.pop()
        if code not in needed:
            needed.add(code)
            waiting.extend(leaf.item for leaf in _leaves(sound[code]))
    return [ground for code, ground in sound.items() if code in needed]


def _answers(item: OutlineItem, options: list[str]) -> Iterator[frozenset[str]]:
    """The answers that rules can tell apart: none of the options they mention, one, or (several answers) any set."""
    for size in range(len(options) + 1 if item.multiple else 2):
        for chosen in combinations(options, size):
            if size < 2 or item.exclusive.isdisjoint(chosen):
                yield frozenset(chosen)


def _asked(item: OutlineItem, grounds: list[OutlineItem], answers: tuple[frozenset[str], ...]) -> bool:
    chosen: dict[str, frozenset[str]] = {}

    def fact(leaf: Leaf) -> bool:
        return leaf.option in chosen[leaf.item]

    for ground, answer in zip(grounds, answers, strict=True):
        asked = all(holds(placed.rule, fact) for placed in ground.rules)
        chosen[ground.code] = answer if asked else frozenset()
    return all(holds(placed.rule, fact) for placed in item.rules)
