"""What the codings of an item come to: how far two coders agree on each code, and how many boards have it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from analysis.core.agreement import PairAgreement, Publication, alpha_of_code, may_publish, pair_agreement
from analysis.core.coding import Applied, Code, boards_per_code, with_parents
from analysis.opentext.answers import Answer
from analysis.opentext.frames import applied_of, codes_of
from analysis.opentext.models import Coding
from analysis.opentext.work import Work, keys


@dataclass(frozen=True)
class CodeCount:
    """One code: how many boards have it, how two coders agreed on it, and what may be printed of it."""

    code: Code
    boards: int
    pairs: tuple[tuple[int, int], ...]
    alpha: float | None
    pair: PairAgreement | None

    @property
    def publication(self) -> Publication:
        """What may be printed; nothing where no answer was coded twice."""
        return Publication.NOTHING if self.alpha is None else may_publish(self.alpha, positives=self.boards)


@dataclass(frozen=True)
class Reckoning:
    """Every code of an item's frame, and the answers whose codes are settled."""

    work: Work

    @cached_property
    def settled(self) -> tuple[tuple[Answer, frozenset[str]], ...]:
        """Each answer whose codes are settled, with these and those above them."""
        found = ((answer, self.work.settled(answer)) for answer in self.work.answers)
        return tuple((answer, with_parents(keys(each), self.work.codes)) for answer, each in found if each is not None)

    @property
    def unsettled(self) -> int:
        """How many answers no count holds yet: uncoded, or coded differently and not decided."""
        return len(self.work.answers) - len(self.settled)

    @property
    def twice(self) -> int:
        """How many answers two people coded."""
        return sum(self.work.both(answer) is not None for answer in self.work.answers)

    @property
    def once(self) -> int:
        """How many answers are in the counts as one person alone coded them."""
        return sum(answer.pseudonym not in self.work.twice for answer, _ in self.settled)

    @cached_property
    def counts(self) -> tuple[CodeCount, ...]:
        """The codes in the order of the frame, those that are retired and on no board left out."""
        boards = boards_per_code([codes for _, codes in self.settled], self.work.codes)
        return tuple(
            self._count(code, boards[code.key]) for code in self.work.codes if boards[code.key] or not code.is_retired
        )

    def passages(self, code: str) -> Iterator[tuple[Answer, tuple[Applied, ...]]]:
        """The answers with this code or one under it, each with what was marked for it."""
        for answer, codes in self.settled:
            if code in codes:
                yield answer, self._marked(answer, code)

    def _marked(self, answer: Answer, code: str) -> tuple[Applied, ...]:
        """What the decision marks, or either coder."""
        decision = self.work.decision(answer)
        coded = [decision] if decision else [self.work.coding(person, answer) for person in self.work.people]
        marked = (each for row in coded if row is not None for each in applied_of(row.applied))
        own = (each for each in marked if code in with_parents([each.code], self.work.codes))
        return tuple(dict.fromkeys(each for each in own if each.start is not None))

    def _count(self, code: Code, boards: int) -> CodeCount:
        both = [pair for answer in self.work.answers if (pair := self.work.both(answer))]
        rated = [(_rating(first, code.key), _rating(second, code.key)) for first, second in both]
        pairs = tuple((a, b) for a, b in rated if a is not None and b is not None)
        reliability = alpha_of_code([[a for a, _ in rated], [b for _, b in rated]])
        two = pair_agreement([a for a, _ in pairs], [b for _, b in pairs]) if pairs else None
        return CodeCount(code, boards, pairs, reliability, two)


def _rating(coding: Coding, code: str) -> Literal[0, 1] | None:
    """Whether the coder gave the code; nothing where the frame did not offer it to them yet."""
    codes = codes_of(coding.frame)
    if code not in {each.key for each in codes if not each.is_retired}:
        return None
    return 1 if code in with_parents(keys(coding), codes) else 0
