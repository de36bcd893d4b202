"""From a choice to the spec of its table, and to the lines that would define it in a plan."""

import io
import re
from collections.abc import Iterable
from typing import Any

from ruamel.yaml import YAML

from analysis.core.plan import Plan, load_plan
from analysis.core.plan_document import CrossSpec, StratumRow
from analysis.core.shape import Population
from analysis.exploring.choice import Choice
from analysis.exploring.choices import FRAME, items_of, name_of
from analysis.exploring.scales import chart_of, collapse_of
from survey.schema.document import Questionnaire


def spec_of(
    choice: Choice, *, questionnaire: Questionnaire, plan: Plan | None, source: str, levels: Iterable[StratumRow]
) -> CrossSpec:
    """The spec of the table that was chosen; a scale that cannot be collapsed is told in full."""
    item = items_of(questionnaire, choice.item)[0]
    is_item = choice.item in questionnaire.items
    collapse = collapse_of(item, questionnaire=questionnaire, plan=plan) if choice.scale == "collapsed" else ()
    title = _title(choice, questionnaire)
    return CrossSpec(
        id=identifier(choice.item, choice.by),
        number=1 + max((spec.number for spec in plan.every_table), default=0) if plan else 1,
        title=f"{title if title.endswith('?') else f'{title}.'} {source}",
        kind="cross",
        chart=chart_of(item, questionnaire=questionnaire, plan=plan),
        stub=_stub(choice, questionnaire),
        item=choice.item if is_item else "",
        question="" if is_item else choice.item,
        by=choice.by,
        base=choice.base,
        collapse=collapse,
        rows=tuple(levels),
    )


def levels_of(
    stratum: str, *, plan: Plan | None, population: Population, found: Iterable[str]
) -> tuple[StratumRow, ...]:
    """The levels of a variable of the frame: those of the plan in its order, then every other that there is."""
    rows = plan.levels(stratum) if plan else ()
    known = {row.value for row in rows} | {""}
    others = sorted({*population.boards[stratum], *found} - known)
    return (*rows, *(StratumRow(id=identifier(value), label=value, value=value) for value in others))


def code_of(spec: CrossSpec, *, plan: Plan | None) -> str:
    """The lines that define this table, to be copied into the tables of a plan."""
    return _written([_definition(spec, plan=plan)])


def plan_alone(spec: CrossSpec, *, source: str, questionnaire: Questionnaire) -> Plan:
    """A plan that holds this table and nothing else, for a wave that has none."""
    tables = [_definition(spec, plan=None)]
    text = _written({"title": source, "unit": "boards", "source": source, "tables": tables})
    return load_plan(text, questionnaire=questionnaire, files={})


def _definition(spec: CrossSpec, *, plan: Plan | None) -> dict[str, Any]:
    """What a plan says of the table; levels that the plan has already are left out."""
    kept: dict[str, Any] = {"id": spec.id, "number": spec.number, "title": spec.title, "kind": spec.kind}
    kept |= {"chart": spec.chart, "stub": spec.stub}
    kept |= {key: getattr(spec, key) for key in ("item", "question", "by") if getattr(spec, key)}
    kept |= {"base": spec.base}
    if spec.collapse:
        kept["collapse"] = [{"id": row.id, "label": row.label, "options": list(row.options)} for row in spec.collapse]
    if spec.rows and (plan is None or spec.rows != plan.levels(spec.by)):
        kept["rows"] = [row.model_dump() for row in spec.rows]
    return kept


def _written(value: object) -> str:
    yaml, text = YAML(), io.StringIO()
    yaml.width = 100
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.dump(value, text)
    return text.getvalue()


def identifier(*parts: str) -> str:
    """An id made of these parts: letters, digits and underscores, beginning with a letter."""
    words = "_by_".join(re.sub(r"[^A-Za-z0-9]+", "_", part).strip("_") for part in parts if part)
    return words if words[:1].isalpha() else f"t_{words}"


def _title(choice: Choice, questionnaire: Questionnaire) -> str:
    by = f", by {_name(choice.by, questionnaire)}" if choice.by else ""
    return f"{thing_of(choice.item, questionnaire)}{by}".replace("?,", ",").removesuffix(".")


def spoken(choice: Choice, questionnaire: Questionnaire) -> str:
    """A table in a few words: what, by what, on which base."""
    return f"{_title(choice, questionnaire)} ({choice.scale}, on those {choice.base})"


def thing_of(code: str, questionnaire: Questionnaire) -> str:
    """An item or a battery, as titles name it."""
    if code in questionnaire.items:
        return name_of(questionnaire.items[code], questionnaire)
    return questionnaire.question(code).short


def _name(by: str, questionnaire: Questionnaire) -> str:
    return FRAME[by].lower() if by in FRAME else f"the answer to “{name_of(questionnaire.items[by], questionnaire)}”"


def _stub(choice: Choice, questionnaire: Questionnaire) -> str:
    if choice.by:
        return FRAME.get(choice.by) or name_of(questionnaire.items[choice.by], questionnaire)
    return "Returns" if choice.item in questionnaire.items else "Item"
