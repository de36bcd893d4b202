"""Every mistake in a plan's tables that only the questionnaire can show: what is unknown, doubled or missed."""

from collections.abc import Iterable, Iterator, Sequence

from analysis.core.cross_checks import cross_faults, crossed_items
from analysis.core.plan_document import (
    CrossSpec,
    FrequencySpec,
    MultipleSpec,
    Panel,
    PlanDocument,
    Rating,
    RatingsSpec,
    ResponseRateSpec,
    Spec,
    Statement,
    StatementsSpec,
    StratumRow,
    TableSpec,
    WeightingSpec,
)
from analysis.core.shape import NOT_SPECIFIED_ID, TOTAL_ID
from survey.schema.document import Questionnaire, Scale
from survey.schema.faults import Fault, Path
from survey.schema.shape import suggest


def table_faults(document: PlanDocument, *, questionnaire: Questionnaire) -> Iterator[Fault]:
    """Yield every mistake in the tables, in their order."""
    placed = [(("tables", place), spec) for place, spec in enumerate(document.tables)]
    placed += [(("further", place), spec) for place, spec in enumerate(document.further)]
    coded = [(("coded", place), spec) for place, spec in enumerate(document.coded)]
    every: list[tuple[Path, TableSpec]] = [*placed, *coded]
    paths = [path for path, _ in every]
    yield from _repeated("P001", [spec.id for _, spec in every], paths=paths, key="id")
    yield from _repeated("P002", [spec.number for _, spec in every], paths=paths, key="number")
    for path, each in coded:
        yield from _words_faults(each.item, questionnaire=questionnaire, path=(*path, "item"))
    for path, spec in placed:
        yield from _spec_faults(spec, questionnaire=questionnaire, path=path)
        if isinstance(spec, CrossSpec):
            yield from _cross_faults(spec, document, questionnaire=questionnaire, path=path)
        elif spec.chart == "dots":
            yield Fault("P036", (*path, "chart"), "Only a cross-table can be drawn as dots.", "Choose another chart.")
    yield from _breakdown_faults(document)
    yield from _weighting_faults(document.weighting)


def _breakdown_faults(document: PlanDocument) -> Iterator[Fault]:
    found = document.breakdowns
    paths = [("breakdowns", place) for place, _ in enumerate(found)]
    yield from _repeated("P040", [each.stratum for each in found], paths=paths, key="stratum")
    for path, each in zip(paths, found, strict=True):
        levels = [level for group in each.groups for level in group.levels]
        for level in dict.fromkeys(level for level in levels if levels.count(level) > 1):
            remedy = "Leave each level in one group, so that nobody is counted twice."
            yield Fault("P041", (*path, "groups"), f"{level} stands in two groups.", remedy)


def _spec_faults(spec: Spec, *, questionnaire: Questionnaire, path: Path) -> Iterator[Fault]:
    match spec:
        case ResponseRateSpec():
            yield from _row_ids(spec.rows, path=(*path, "rows"))
            yield from _repeated(
                "P004", [row.value for row in spec.rows], paths=_under((*path, "rows"), spec.rows), key="value"
            )
        case FrequencySpec():
            yield from _item_faults(spec.item, questionnaire=questionnaire, path=(*path, "item"))
        case MultipleSpec():
            yield from _choice_faults(spec.item, questionnaire=questionnaire, path=(*path, "item"))
        case StatementsSpec():
            yield from _row_ids(spec.rows, path=(*path, "rows"))
            yield from _statement_faults(spec, questionnaire=questionnaire, path=(*path, "rows"))
        case RatingsSpec():
            yield from _row_ids(spec.panels, path=(*path, "panels"))
            yield from _row_ids(spec.rows, path=(*path, "rows"))
            yield from _panel_faults(spec, questionnaire=questionnaire, path=path)


def _cross_faults(
    spec: CrossSpec, document: PlanDocument, *, questionnaire: Questionnaire, path: Path
) -> Iterator[Fault]:
    every = (*document.tables, *document.further)
    has_levels = any(isinstance(each, ResponseRateSpec) and each.stratum == spec.by for each in every)
    yield from cross_faults(spec, questionnaire=questionnaire, path=path, has_levels=has_levels)
    yield from _row_ids(spec.rows, path=(*path, "rows"))
    values = [row.value for row in spec.rows]
    yield from _repeated("P004", values, paths=_under((*path, "rows"), spec.rows), key="value")
    yield from _row_ids(spec.collapse, path=(*path, "collapse"))
    items = crossed_items(spec, questionnaire)
    here = (*path, "collapse")
    if spec.collapse and any(item.kind == "multiple" for item in items):
        message = "The options of a multiple choice overlap, so they cannot be counted together."
        yield Fault("P038", here, message, "Leave the collapse out.")
    elif spec.collapse and items and items[0].scale is not None:
        yield from _collapse_faults(spec.collapse, scale=items[0].scale, path=here)
        yield from _mixed_faults(spec.collapse, scale=items[0].scale, path=here)


def _mixed_faults(ratings: Sequence[Rating], *, scale: Scale, path: Path) -> Iterator[Fault]:
    """Don't know is no position on a scale, so it is never counted with one."""
    unknown = {option.code for option in scale.options if option.kind == "dont_know"}
    for place, rating in enumerate(ratings):
        if unknown & set(rating.options) and set(rating.options) - unknown:
            message = f"{rating.label} counts don’t know together with other answers."
            yield Fault("P037", (*path, place, "options"), message, "Give don’t know a row of its own.")


def _choice_faults(code: str, *, questionnaire: Questionnaire, path: Path) -> Iterator[Fault]:
    if code not in questionnaire.items:
        yield _unknown_item(code, questionnaire, path)
    elif questionnaire.items[code].kind != "multiple":
        yield Fault("P013", path, f"The item {code} is no multiple choice.", "Choose one, or another kind of table.")


def _words_faults(code: str, *, questionnaire: Questionnaire, path: Path) -> Iterator[Fault]:
    if code not in questionnaire.items:
        yield _unknown_item(code, questionnaire, path)
    elif questionnaire.items[code].kind != "text":
        yield Fault("P050", path, f"The item {code} is not answered in words.", "Choose one that is coded.")


def _unknown_item(code: str, questionnaire: Questionnaire, path: Path) -> Fault:
    hint = suggest(code, list(questionnaire.items))
    return Fault("P005", path, f"The questionnaire has no item {code}.", hint)


def _item_faults(code: str, *, questionnaire: Questionnaire, path: Path) -> Iterator[Fault]:
    if code not in questionnaire.items:
        yield _unknown_item(code, questionnaire, path)
    elif questionnaire.items[code].kind != "closed" or questionnaire.items[code].scale is None:
        yield Fault("P006", path, f"The item {code} has no scale to tabulate.", "Choose a closed item.")


def _statement_faults(spec: StatementsSpec, *, questionnaire: Questionnaire, path: Path) -> Iterator[Fault]:
    first: tuple[str, Scale] | None = None
    for place, row in enumerate(spec.rows):
        faults = list(_item_faults(row.item, questionnaire=questionnaire, path=(*path, place, "item")))
        yield from faults
        scale = None if faults else questionnaire.items[row.item].scale
        if scale is None:
            continue
        first = first or (row.item, scale)
        if _codes(scale) != _codes(first[1]):
            message = f"The item {row.item} is on another scale than {first[0]}."
            yield Fault("P007", (*path, place, "item"), message, "Put items of one scale into a table.")


def _panel_faults(spec: RatingsSpec, *, questionnaire: Questionnaire, path: Path) -> Iterator[Fault]:
    questions = {question.code: question for question in questionnaire.questions}
    scales: dict[tuple[str, ...], Scale] = {}
    for place, panel in enumerate(spec.panels):
        here = (*path, "panels", place, "question")
        question = questions.get(panel.question)
        if question is None:
            hint = suggest(panel.question, list(questions))
            yield Fault("P008", here, f"The questionnaire has no question {panel.question}.", hint)
            continue
        found = [item.scale for item in question.items if item.kind == "closed" and item.scale is not None]
        if question.kind != "rating_battery" or len(found) != len(question.items):
            message = f"The question {panel.question} is not a battery of ratings."
            yield Fault("P009", here, message, "Choose a question of the kind rating_battery.")
            continue
        scales |= {_codes(scale): scale for scale in found}
    for scale in scales.values():
        yield from _collapse_faults(spec.rows, scale=scale, path=(*path, "rows"))


def _collapse_faults(ratings: Sequence[Rating], *, scale: Scale, path: Path) -> Iterator[Fault]:
    """Every option must be counted once: one left out or counted twice would not add to the base."""
    seen: dict[str, str] = {}
    for place, rating in enumerate(ratings):
        for number, option in enumerate(rating.options):
            here = (*path, place, "options", number)
            if option not in _codes(scale):
                message = f"The scale {scale.code} has no option {option}."
                yield Fault("P010", here, message, suggest(option, list(_codes(scale))))
            elif option in seen:
                message = f"The option {option} is already counted in {seen[option]}."
                yield Fault("P011", here, message, "Count it once.")
            seen.setdefault(option, rating.id)
    for option in _codes(scale):
        if option not in seen:
            message = f"The option {option} of the scale {scale.code} is not counted in any row."
            yield Fault("P012", path, message, "Add it to the row it belongs to.")


def _weighting_faults(asked: WeightingSpec | None) -> Iterator[Fault]:
    """Post-stratification is by one margin, raking by both."""
    if asked is None:
        return
    wanted = 1 if asked.method == "post_stratification" else 2
    if len(set(asked.margins)) != wanted or len(asked.margins) != wanted:
        named = "Post-stratification is by one margin" if wanted == 1 else "Raking is over two different margins"
        hint = "Name authority_type or region." if wanted == 1 else "Write [authority_type, region]."
        yield Fault("P030", ("weighting", "margins"), f"{named}; {len(asked.margins)} are named here.", hint)


def _codes(scale: Scale) -> tuple[str, ...]:
    return tuple(option.code for option in scale.options)


def _row_ids(rows: Iterable[StratumRow | Statement | Panel | Rating], *, path: Path) -> Iterator[Fault]:
    ids = [row.id for row in rows]
    yield from _repeated("P003", ids, paths=_under(path, ids), key="id")
    for place, row_id in enumerate(ids):
        if row_id in {NOT_SPECIFIED_ID, TOTAL_ID}:
            message = f"The id {row_id} belongs to a row that every table of this kind has."
            yield Fault("P003", (*path, place, "id"), message, "Leave this row out or give it another id.")


def _under(path: Path, parts: Sequence[object]) -> list[Path]:
    return [(*path, place) for place in range(len(parts))]


def _repeated(id_: str, values: Sequence[str | int], *, paths: Sequence[Path], key: str) -> Iterator[Fault]:
    for place, value in enumerate(values):
        if value in values[:place]:
            message = f"The {key} {value} is used twice."
            yield Fault(id_, (*paths[place], key), message, "Give each its own.")
