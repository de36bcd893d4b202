"""An answer as somebody may read it: with marks in place of what points to somebody, and its places in the original."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from accounts.digests import digest_of
from analysis.core.coding import Applied
from analysis.opentext.answers import Answer
from analysis.opentext.finding import Found
from analysis.opentext.local_names import names_of
from analysis.opentext.models import Redaction
from analysis.opentext.redacting import Edit, latest, redacted
from analysis.opentext.work import Work

Stretch = tuple[int, int, int, int]  # from, to in one text; from, to in the other


@dataclass(frozen=True)
class Reading:
    """One answer with the redaction that counts, or with what patterns and names found while nobody has decided."""

    answer: Answer
    redaction: Redaction | None
    found: tuple[Found, ...] = ()

    @cached_property
    def taken(self) -> tuple[Edit, ...]:
        """What is taken out, in order; nothing from an answer whose words are erased."""
        if self.answer.is_erased:
            return ()
        if self.redaction is None:
            return tuple(Edit(each.kind, each.mark, each.start, each.end, is_taken=True) for each in self.found)
        edits = sorted((Edit(**each) for each in self.redaction.edits), key=lambda each: each.start)
        return tuple(each for each in edits if each.is_taken)

    @cached_property
    def text(self) -> str:
        """The text with its marks."""
        return redacted(self.answer.text, self.taken)

    @property
    def digest(self) -> str:
        """By which a page is told from one on which the answer read otherwise."""
        return digest_of([self.answer.digest, self.text])

    @cached_property
    def stretches(self) -> tuple[Stretch, ...]:
        """Where each mark stands, in the original and in the text that is read."""
        found, longer = [], 0
        for each in self.taken:
            start, end = each.start + longer, each.start + longer + len(each.mark)
            found.append((each.start, each.end, start, end))
            longer = end - each.end
        return tuple(found)

    def as_written(self, applied: Iterable[Applied]) -> tuple[Applied, ...]:
        """The same passages in the answer as it was written; one that cuts a mark takes in all it stands for."""
        back = [(start, end, was, to) for was, to, start, end in self.stretches]
        return _moved(applied, back)

    def as_read(self, applied: Iterable[Applied]) -> tuple[Applied, ...]:
        """The same passages in the text that is read; of an answer whose words are erased only the codes."""
        if self.answer.is_erased:
            return tuple(dict.fromkeys(Applied(each.code) for each in applied))
        return _moved(applied, self.stretches)


def reading_of(work: Work, answer: Answer) -> Reading:
    """How this answer, with its text, is to be read."""
    rows = Redaction.objects.filter(survey_return=answer.return_id, item=work.item.code, text_digest=answer.digest)
    kept = rows.select_related("made_by").order_by("-pk").first()
    return Reading(answer, kept, () if kept else names_of(work.wave).find(answer.text))


def readings_of(work: Work, answers: Iterable[Answer]) -> tuple[Reading, ...]:
    """How each of these answers is to be read, in as many queries whatever their number."""
    kept, names = latest(work), names_of(work.wave)
    return tuple(
        Reading(each, kept.get(each.pseudonym), () if each.pseudonym in kept else names.find(each.text))
        for each in answers
    )


def _moved(applied: Iterable[Applied], stretches: Sequence[Stretch]) -> tuple[Applied, ...]:
    return tuple(
        each
        if each.start is None or each.end is None
        else replace(
            each, start=_place(each.start, stretches, is_end=False), end=_place(each.end, stretches, is_end=True)
        )
        for each in applied
    )


def _place(place: int, stretches: Sequence[Stretch], *, is_end: bool) -> int:
    """Where a place of one text stands in the other. An end lies before the character that it names."""
    further = 0
    for start, end, other_start, other_end in stretches:
        at = place - 1 if is_end else place
        if at < start:
            break
        if at < end:
            return other_end if is_end else other_start
        further = other_end - end
    return place + further
