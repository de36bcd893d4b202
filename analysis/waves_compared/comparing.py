"""Service: two waves of one questionnaire, read once each, linked by board, and paired item by item."""

from dataclasses import dataclass

from analysis.core.two_surveys import Family
from analysis.core.two_waves import PairedItem, PairedSpec, Panel, link, pair, specs_of
from analysis.extracts import read_by_board
from analysis.waves_compared.refusals import NotOneQuestionnaire
from survey.models import Wave, WaveQuerySet
from survey.schema.comparison import ItemComparison, compare
from survey.schema.document import Questionnaire


@dataclass(frozen=True)
class ComparedWaves:
    """Two waves: the boards in both, every item that was asked alike, and those that were not."""

    earlier: Wave
    later: Wave
    panel: Panel
    items: tuple[PairedItem, ...]
    family: Family
    refused: tuple[ItemComparison, ...]
    added: tuple[ItemComparison, ...]
    dropped: tuple[ItemComparison, ...]


def others_of(wave: Wave) -> WaveQuerySet:
    """The waves that this one may be paired with: opened, of the same questionnaire, rehearsals with rehearsals."""
    found = Wave.objects.opened().exclude(pk=wave.pk).filter(is_test=wave.is_test)
    return found.filter(questionnaire_version__code=wave.questionnaire.code)


def compare_waves(wave: Wave, other: Wave) -> ComparedWaves:
    """The two waves in the order of their opening; NotOneQuestionnaire where they are not runs of one survey."""
    _refuse_unlike(wave, other)
    earlier, later = sorted((wave, other), key=lambda each: each.opens_at)
    before, after = earlier.questionnaire, later.questionnaire
    changed = compare(before, after).items if before.digest != after.digest else ()
    panel = link(read_by_board(earlier), read_by_board(later))
    broken = {each.code for each in changed if each.breaks}
    items, family = pair(panel, [spec for code in _common(before, after, broken) for spec in _specs(after, code)])
    return ComparedWaves(
        earlier=earlier,
        later=later,
        panel=panel,
        items=items,
        family=family,
        refused=tuple(each for each in changed if each.breaks),
        added=_alone(changed, "added"),
        dropped=_alone(changed, "removed"),
    )


def _specs(questionnaire: Questionnaire, code: str) -> tuple[PairedSpec, ...]:
    item = questionnaire.items[code]
    question = questionnaire.question(item.question_code)
    return specs_of(item, panel=question.short if len(question.items) > 1 else "")


def _common(before: Questionnaire, after: Questionnaire, broken: set[str]) -> list[str]:
    """The coded items of both that were asked alike, in the order of the later one."""
    return [code for code, item in after.items.items() if item.coded and code in before.items and code not in broken]


def _alone(changed: tuple[ItemComparison, ...], kind: str) -> tuple[ItemComparison, ...]:
    return tuple(each for each in changed if any(change.kind == kind for change in each.changes))


def _refuse_unlike(wave: Wave, other: Wave) -> None:
    if wave.questionnaire.code != other.questionnaire.code:
        raise NotOneQuestionnaire(
            f"{wave} asks the questionnaire {wave.questionnaire.code}, {other} asks {other.questionnaire.code}. Only "
            "waves of one questionnaire are paired; bring the figures of the other as those of another survey."
        )
    if wave.is_test != other.is_test:
        raise NotOneQuestionnaire(
            f"One of {wave} and {other} is a rehearsal. Its answers are paired with no real ones."
        )
