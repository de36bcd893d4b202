"""Service: what the report and the analysts' pages print of the silent, and the weighted figures a plan asks for."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from analysis.core.cube import count
from analysis.core.evenness import before_weighting, with_evenness
from analysis.core.table import Table
from analysis.core.weighted_figures import WeightedFigure
from analysis.core.weighted_tables import weighted_tables
from analysis.core.weighting_choice import Scheme, assess
from analysis.extracts import Standing, read_standing
from analysis.marking import marked
from analysis.nonresponse.reading import Silence, Weighing, silence_of
from analysis.nonresponse.words import (
    asked_words,
    cost_words,
    groups_words,
    items_words,
    lateness_words,
    scheme_words,
    split_words,
)
from analysis.outputs.certainty import certain_rows
from analysis.outputs.silence import PrintedSilence
from analysis.outputs.weighted_rows import weighted_row
from analysis.planning import plan_of
from survey.models import Wave


def printed_silence(wave: Wave, *, now: datetime, standing: Standing | None = None) -> PrintedSilence:
    """The compact version of the page that precedes all findings; `standing` is what was read already."""
    silence = silence_of(wave, now=now, standing=standing)
    asked = next((each for each in silence.weighings if each.is_asked), None)
    return PrintedSilence(
        paragraphs=(items_words(silence.items), _late(silence)),
        certain=certain_rows(silence.headlines, response=silence.response),
        weighting=" ".join(filter(None, (asked_words(silence), _cost(asked)))),
        weighted=tuple(weighted_row(figure) for figure in asked.figures) if asked else (),
    )


def weighted_tables_of(wave: Wave, *, now: datetime, standing: Standing | None = None) -> Mapping[str, Table]:
    """The weighted tables by the unweighted ones' ids, marked as those are; none unless the plan asks for them."""
    plan = plan_of(wave)
    if plan.weighting is None:
        return {}
    found = standing or read_standing(wave, now=now)
    extract, population = found.extract, found.population
    cube = count(extract.frame, questionnaire=extract.questionnaire)
    scheme = Scheme(plan.weighting.method, plan.weighting.margins)
    assessment = assess(cube, scheme=scheme, boards=population.boards)
    note = f"{scheme_words(scheme)}. {cost_words(assessment)}"
    made = weighted_tables(cube, assessment=assessment, plan=plan, population=population, note=note)
    even = with_evenness(made.values(), cube=cube, population=population, unit=plan.unit)
    said = (replace(table, evenness=before_weighting(table.evenness)) for table in even)
    return dict(zip(made, marked(said, wave=wave, now=now), strict=True))


def weighted_figures_of(wave: Wave, *, now: datetime) -> Mapping[tuple[str, str], WeightedFigure]:
    """The weighted headlines by table and selector; none unless the plan asks for them and the returns bear them."""
    if plan_of(wave).weighting is None:
        return {}
    weighings = (each for each in silence_of(wave, now=now).weighings if each.is_asked)
    figures = (figure for each in weighings for figure in each.figures)
    return {(each.headline.figure.token.table, each.headline.figure.token.selector): each for each in figures}


def _late(silence: Silence) -> str:
    if silence.split is None:
        return split_words(None)
    groups = (groups_words(each, unit=silence.unit) for each in silence.groups)
    return " ".join((split_words(silence.split), *groups, lateness_words(silence.lateness)))


def _cost(asked: Weighing | None) -> str:
    return cost_words(asked.assessment) if asked and asked.assessment.is_allowed else ""
