"""Service: an exploratory table is taken away, held against releases and against every copy taken before."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from accounts.models import User
from analysis.core.protecting import is_withheld
from analysis.core.release.beside import faults, hidden_beside
from analysis.core.release.copies import Copy, copies_of, places_of, written
from analysis.core.release.counting import Counting
from analysis.core.release.groups import Group
from analysis.core.release.known import Withheld
from analysis.core.release.returns_told import groups_told, rows_besides
from analysis.core.shape import TOTAL_ID
from analysis.exploring.choice import Choice
from analysis.exploring.files import FILES
from analysis.exploring.looking import Explored, explore
from analysis.exploring.models import CopyTaken
from analysis.exploring.refusals import TooClose
from analysis.exploring.released import copies_released, held_against_releases, levels_released
from analysis.exploring.taken import copies_before
from analysis.taking import note_taken
from survey.models import Wave


@dataclass(frozen=True)
class Taken:
    """A file, and the table that is in it."""

    content: bytes
    explored: Explored


@transaction.atomic
def take_copy(wave: Wave, choice: Choice, *, output_format: str, by: User, now: datetime) -> Taken:
    """The table as a file, protected, and entered among the copies that were taken of the wave.

    Raises TooClose where it may not stand beside a release or another copy, NothingToDraw for a chart of nothing.
    """
    Wave.objects.select_for_update().get(pk=wave.pk)  # one after the other, or two copies would not know of each other
    explored = held_against_releases(explore(wave, choice, now=now), wave=wave)
    before = (*copies_released(wave, plan=explored.plan), *copies_before(wave))
    known = (*groups_told(before, counting=Counting(explored.cube)), *levels_released(explored, wave=wave))
    explored = _held_against(_without_returns(explored, told=known), before=before)
    content = FILES[output_format].render(explored)
    told = [written(each) for each in copies_of(explored.cross, explored.safe, explored.cube)]
    CopyTaken.objects.create(
        wave=wave,
        specification=dict(choice.specification),
        output_format=output_format,
        told=told,
        taken_by=by,
        taken_at=now,
    )
    note_taken(wave, what=f"exploratory table {choice.query} as {output_format}", by=by, now=now)
    return Taken(content, explored)


def _without_returns(explored: Explored, *, told: Sequence[Group]) -> Explored:
    """The table without the rows whose base would give away who answered, beside what is known of these groups."""
    hidden = {row for (row, column), cell in explored.safe.cells.items() if column == TOTAL_ID and is_withheld(cell)}
    counting = Counting(explored.cube)
    rows = rows_besides(explored.cross, counting=counting, frame=explored.frame, told=told, hidden=hidden)
    if not rows:
        return explored
    places = {place for place in explored.table.cells if place[0] in rows}
    withheld = Withheld(explored.withheld.places | places, explored.withheld.rows | rows)
    return replace(explored, withheld=withheld)


def _held_against(explored: Explored, *, before: Sequence[Copy]) -> Explored:
    """The table with everything hidden that would tell more, beside these copies, than any of them alone."""
    copies = copies_of(explored.cross, explored.safe, explored.cube)
    found = tuple(dict.fromkeys(faults(copies, before=before)))
    if found:
        raise TooClose(" ".join(found[:2]))
    places, rows = set(explored.withheld.places), set(explored.withheld.rows)
    for copy, item in zip(copies, explored.cross.items, strict=True):
        hidden = hidden_beside(copy, before=before, counting=Counting(explored.cube), item=item)
        for place, told in places_of(explored.cross, item).items():
            if copy.named(*told) in hidden:
                places.add(place)
                rows |= {place[0]} if place[1] == TOTAL_ID else set()
    if all(is_withheld(explored.safe.cell(*place)) for place in places):
        return explored
    return replace(explored, withheld=Withheld(frozenset(places), frozenset(rows)))
