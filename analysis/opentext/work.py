"""Where the coding of one item stands: read at once, in as many queries whatever the number of answers."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import TypeVar, cast
from uuid import UUID

from django.http import Http404
from django.utils.functional import SimpleLazyObject

from accounts.models import User
from analysis.core.coding import Code, double_coded
from analysis.opentext.answers import Answer, answers_to, digests_of_answers, digests_of_each, text_items
from analysis.opentext.frames import applied_of, codes_of
from analysis.opentext.models import Adjudication, CoderDone, Coders, Coding, FrameVersion
from analysis.opentext.refusals import StillBlind
from survey.models import Wave
from survey.schema.document import Item

R = TypeVar("R", Coding, Adjudication, FrameVersion, CoderDone)


@dataclass(frozen=True)
class Work:
    """Answers to one item, its frame, its coders, what each of them coded and what was decided."""

    wave: Wave
    item: Item
    answers: tuple[Answer, ...]
    frame: FrameVersion | None
    coders: Coders | None
    codings: Mapping[int, Mapping[UUID, Coding]]
    done: Mapping[int, CoderDone]
    decisions: Mapping[UUID, Adjudication]

    @property
    def codes(self) -> tuple[Code, ...]:
        """The codes of the frame as it is now, those that are retired among them."""
        return codes_of(self.frame)

    @cached_property
    def twice(self) -> frozenset[str]:
        """The answers that both coders code, by pseudonym."""
        return double_coded([each.pseudonym for each in self.answers], seed=f"{self.wave.slug}:{self.item.code}")

    @property
    def people(self) -> tuple[User, ...]:
        """The first and the second coder; nobody until they are named."""
        return (self.coders.first, self.coders.second) if self.coders else ()

    def answers_for(self, coder: User) -> tuple[Answer, ...]:
        """What this person is to code."""
        if self.coders is None or coder.pk not in {self.coders.first_id, self.coders.second_id}:
            return ()
        if coder.pk == self.coders.first_id:
            return self.answers
        return tuple(each for each in self.answers if each.pseudonym in self.twice)

    def coding(self, coder: User, answer: Answer) -> Coding | None:
        """What this person made of the answer as it reads now."""
        return self.codings.get(coder.pk, {}).get(answer.return_id)

    def uncoded(self, coder: User) -> tuple[Answer, ...]:
        """What this person has still to code."""
        coded = self.codings.get(coder.pk, {})
        return tuple(each for each in self.answers_for(coder) if each.return_id not in coded)

    def stands(self, coder: User, answer: Answer) -> bool:
        """Whether the person said that they were done after coding this answer."""
        coding, done = self.coding(coder, answer), self.done.get(coder.pk)
        return coding is not None and done is not None and coding.made_at <= done.made_at

    @property
    def is_open_to_all(self) -> bool:
        """Whether both have said that they are done."""
        return bool(self.people) and all(person.pk in self.done for person in self.people)

    def both(self, answer: Answer) -> tuple[Coding, Coding] | None:
        """The two codings of an answer that is coded twice, once both are there."""
        if not self.people or answer.pseudonym not in self.twice:
            return None
        first, second = (self.coding(person, answer) for person in self.people)
        return (first, second) if first and second else None

    @cached_property
    def differing(self) -> tuple[Answer, ...]:
        """The answers that the two coded with different codes; where in the text is no difference."""
        return tuple(each for each in self.answers if (pair := self.both(each)) and keys(pair[0]) != keys(pair[1]))

    @property
    def undecided(self) -> tuple[Answer, ...]:
        """Those of them that nobody has decided on yet."""
        return tuple(each for each in self.differing if self.decision(each) is None)

    def decision(self, answer: Answer) -> Adjudication | None:
        """What was decided between these two codings; a decision between others says nothing of them."""
        decision, pair = self.decisions.get(answer.return_id), self.both(answer)
        is_of_them = decision and pair and [decision.first_id, decision.second_id] == [each.pk for each in pair]
        return decision if is_of_them else None

    def settled(self, answer: Answer) -> Coding | Adjudication | None:
        """What counts for this answer: the decision, what the coders agreed on, or the only coding there is to be."""
        if decision := self.decision(answer):
            return decision
        if answer.pseudonym not in self.twice:
            return self.coding(self.people[0], answer) if self.people else None
        pair = self.both(answer)
        return pair[0] if pair and keys(pair[0]) == keys(pair[1]) else None

    def answer(self, pseudonym: str) -> Answer:
        """The answer under this name; not found if there is none."""
        found = next((each for each in self.answers if each.pseudonym == pseudonym), None)
        if found is None:
            raise Http404
        return found

    def refuse_while_blind(self) -> None:
        """Raises StillBlind until both coders have said that they are done."""
        if not self.is_open_to_all:
            raise StillBlind(
                f"The two who code {self.item.code} do not see each other’s codes until both have said that they are "
                "done. Come back then: agreement, differences and counts are shown together."
            )


def keys(coded: Coding | Adjudication) -> frozenset[str]:
    """The codes of a coding, wherever in the text they stand."""
    return frozenset(each.code for each in applied_of(coded.applied))


def item_of(wave: Wave, code: str) -> Item:
    """The text item of the wave with this code; not found if there is none."""
    found = next((item for item in text_items(wave.questionnaire) if item.code == code), None)
    if found is None:
        raise Http404
    return found


def work_on(wave: Wave, code: str, *, texts: bool = True) -> Work:
    """Everything about the coding of one item, or all but the `texts`; not found if the wave has no such item."""
    item_of(wave, code)
    return _read(wave, {code: answers_to(wave, code) if texts else digests_of_answers(wave, code)})[code]


def works_begun(wave: Wave, codes: Iterable[str], *, by: datetime | None = None) -> dict[str, Work]:
    """The same of each of these items of which some coder is done, without texts, in as many queries as of one.

    With a moment, of the answers that counted then.
    """
    done = _by_item(CoderDone.objects.filter(wave=wave, item__in=[*codes]).order_by("pk"))
    return _read(wave, digests_of_each(wave, sorted(done), by=by), done=done) if done else {}


def _read(
    wave: Wave, answers: Mapping[str, tuple[Answer, ...]], *, done: Mapping[str, Sequence[CoderDone]] | None = None
) -> dict[str, Work]:
    of_answers = {"survey_return__wave": wave, "item__in": [*answers]}
    codings = _by_item(Coding.objects.filter(**of_answers).order_by("pk"))
    decisions = _by_item(Adjudication.objects.filter(**of_answers).order_by("pk"))
    around, works = _around(wave, [*answers], done=done), {}
    for code, said in answers.items():
        by_return = {answer.return_id: answer for answer in said}
        decided = {each.survey_return_id: each for each in decisions[code] if _is_of(each, by_return)}
        works[code] = _work(wave, code, said, around=around, codings=codings[code], decisions=decided)
    return works


def _by_item(rows: Iterable[R]) -> dict[str, list[R]]:
    found: defaultdict[str, list[R]] = defaultdict(list)
    for each in rows:
        found[each.item].append(each)
    return found


def work_of(wave: Wave, code: str, coder: User) -> Work:
    """As much of it as this person needs to go on coding: no texts, no decisions, and which they coded."""
    item_of(wave, code)
    answers = digests_of_answers(wave, code)
    found = _work(wave, code, answers, around=_around(wave, [code]), codings=(), decisions={})
    by_return = {answer.return_id: answer for answer in answers}
    rows = Coding.objects.filter(survey_return__wave=wave, item=code, made_by=coder).order_by("pk")
    coded = {
        key: pk
        for pk, key, digest in rows.values_list("pk", "survey_return_id", "text_digest")
        if (answer := by_return.get(key)) and (answer.is_erased or answer.digest == digest)
    }
    return replace(found, codings={coder.pk: _Unread(coded)})


class _Unread(Mapping[UUID, Coding]):
    """Which answers are coded; a coding is read when it is asked for."""

    def __init__(self, keys: Mapping[UUID, int]) -> None:
        self._keys = keys

    def __getitem__(self, key: UUID) -> Coding:
        return Coding.objects.select_related("frame").get(pk=self._keys[key])

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[UUID]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


@dataclass(frozen=True)
class _Around:
    """What stands around the answers, by item: versions of the frame, who codes, who is done once somebody asks."""

    frames: Mapping[str, Sequence[FrameVersion]]
    coders: Mapping[str, Coders]
    done: Mapping[str, Sequence[CoderDone]]


def _around(wave: Wave, codes: Sequence[str], *, done: Mapping[str, Sequence[CoderDone]] | None = None) -> _Around:
    here = {"wave": wave, "item__in": codes}
    coders = Coders.objects.filter(**here).select_related("first", "second").order_by("pk")
    later = SimpleLazyObject(lambda: _by_item(CoderDone.objects.filter(**here).order_by("pk")))
    return _Around(
        frames=_by_item(FrameVersion.objects.filter(**here).order_by("number")),
        coders={each.item: each for each in coders},
        done=done or cast("Mapping[str, Sequence[CoderDone]]", later),
    )


def _work(
    wave: Wave,
    code: str,
    answers: tuple[Answer, ...],
    *,
    around: _Around,
    codings: Iterable[Coding],
    decisions: Mapping[UUID, Adjudication],
) -> Work:
    frames = {each.pk: each for each in around.frames[code]}
    done = SimpleLazyObject(lambda: {each.coder_id: each for each in around.done[code]})
    return Work(
        wave=wave,
        item=item_of(wave, code),
        answers=answers,
        frame=next(reversed(frames.values()), None),
        coders=around.coders.get(code),
        codings=_latest(codings, answers, frames),
        done=cast("Mapping[int, CoderDone]", done),
        decisions=decisions,
    )


def _latest(
    codings: Iterable[Coding], answers: tuple[Answer, ...], frames: Mapping[int, FrameVersion]
) -> dict[int, dict[UUID, Coding]]:
    """The last coding of each person of each answer that still reads as it did, with its version of the frame."""
    by_return = {answer.return_id: answer for answer in answers}
    found: dict[int, dict[UUID, Coding]] = {}
    for coding in codings:
        if _is_of(coding, by_return):
            coding.frame = frames[coding.frame_id]
            found.setdefault(coding.made_by_id, {})[coding.survey_return_id] = coding
    return found


def _is_of(row: Coding | Adjudication, answers: Mapping[UUID, Answer]) -> bool:
    answer = answers.get(row.survey_return_id)
    return answer is not None and (answer.is_erased or answer.digest == row.text_digest)
