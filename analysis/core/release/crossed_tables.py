"""A cross-table of two items as a release shows it: each row on all returns that gave its answer."""

from collections.abc import Sequence

from analysis.core.plan import Plan
from analysis.core.plan_document import CrossSpec
from analysis.core.release.counting import Counting
from analysis.core.release.crossed import both
from analysis.core.release.questions import Question, question_of, questions_of
from analysis.core.shape import TOTAL_ID, TOTAL_LABEL, Place, share
from analysis.core.table import Cell, Column, Row, Table

ALL = "All returns"


def crossed_by_item(spec: CrossSpec, table: Table, *, plan: Plan, counting: Counting) -> tuple[Table, dict[Place, str]]:
    """Return the table and the name of the count in each place; all returns together are told whole."""
    questions, by = questions_of(spec, plan=plan), question_of(spec.by, plan=plan)
    cells: dict[Place, Cell] = {}
    names: dict[Place, str] = {}
    for question in questions:
        for row in by.parts:
            base = counting.count(row.answer, counting.everyone)
            cells[f"{question.id}.{row.id}", TOTAL_ID] = share(base, base=base)
            for part in question.parts:
                place = f"{question.id}.{row.id}", part.id
                cells[place] = share(counting.together(part.answer, row.answer), base=base)
                names[place] = both(part.answer, row.answer)
        base = counting.cube.total
        cells[f"{question.id}.{TOTAL_ID}", TOTAL_ID] = share(base, base=base)
        for part in question.parts:
            count = counting.count(part.answer, counting.everyone)
            cells[f"{question.id}.{TOTAL_ID}", part.id] = share(count, base=base)
    return _laid_out(table, questions, by, cells=cells), names


def _laid_out(table: Table, questions: Sequence[Question], by: Question, *, cells: dict[Place, Cell]) -> Table:
    lines = [(part.id, part.label, part.apart, False) for part in by.parts]
    lines.append((TOTAL_ID, ALL, False, True))
    return Table(
        id=table.id,
        number=table.number,
        title=table.title,
        stub_label=table.stub_label,
        rows=tuple(
            Row(f"{question.id}.{id_}", label, panel=question.label, total=total, apart=apart)
            for question in questions
            for id_, label, apart, total in lines
        ),
        columns=(
            *(Column(part.id, part.label, apart=part.apart) for part in questions[0].parts),
            Column(TOTAL_ID, TOTAL_LABEL, measures=("count",)),
        ),
        cells=cells,
        base_note="Each row is on all returns that gave its answer.",
        notes=(),
        source=table.source,
        kind="cross",
        overlaps=questions[0].unasked is not None,
        evenness=table.evenness,
    )
