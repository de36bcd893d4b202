"""What a release tells of every item, read once by a process: a release never changes."""

from collections.abc import Collection
from dataclasses import dataclass

from analysis.core.nation.figures import read_figures
from analysis.core.nation.positions import Respondent
from analysis.core.nation.report import Beside, beside
from analysis.core.nation.told import Told, told_items
from analysis.core.plan_document import BreakdownSpec
from analysis.core.release.record import read
from analysis.disclosing.models import Release
from analysis.disclosing.packing import unpack
from analysis.disclosing.planned import plan_at
from survey.models import Wave
from survey.schema.document import Questionnaire

MOST_HELD = 4
_HELD: dict[tuple[int, str], "Nation"] = {}


@dataclass(frozen=True)
class Nation:
    """All boards and their groups, as a release tells of them."""

    questionnaire: Questionnaire
    told: dict[str, Told]
    breakdowns: tuple[BreakdownSpec, ...]
    smallest: int

    def beside(self, me: Respondent, *, known: Collection[Respondent]) -> Beside:
        """One board beside the nation, for a chair who knows the answers of these boards."""
        return beside(
            self.questionnaire,
            told=self.told,
            breakdowns=self.breakdowns,
            me=me,
            known=known,
            smallest=self.smallest,
        )


def nation_of(release: Release, *, wave: Wave) -> Nation:
    """The figures of the release, from the file that was published."""
    key = release.pk, release.digest
    if key not in _HELD:
        found = _read(release, wave)
        for oldest in list(_HELD)[: len(_HELD) - MOST_HELD + 1]:
            del _HELD[oldest]
        _HELD[key] = found
    return _HELD[key]


def _read(release: Release, wave: Wave) -> Nation:
    plan, decisions = plan_at(release), read(release.decisions)
    figures = read_figures(unpack(bytes(release.content), name="json").decode())
    return Nation(
        questionnaire=wave.questionnaire,
        told=told_items(plan, decisions=decisions, figures=figures),
        breakdowns=plan.breakdowns,
        smallest=decisions.smallest,
    )
