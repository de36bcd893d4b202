"""A cross-table of two items as a release shows it: each row on all returns that gave its answer."""

from collections.abc import Sequence

from analysis.core.plan import Plan
from analysis.core.plan_document import CrossSpec
from analysis.core.release.counting import Counting
from analysis.core.release.crossed import both
from analysis.core.release.lines import boards_in, figure, row_of
from analysis.core.release.participation import Frame
from analysis.core.release.questions import Question, question_of, questions_of
from analysis.core.shape import TOTAL_ID, TOTAL_LABEL, Place, share
from analysis.core.table import Cell, Column, Row, Table

ALL = "All returns"


def crossed_by_item(
    spec: CrossSpec, table: Table, *, plan: Plan, counting: Counting, frame: Frame
) -> tuple[Table, dict[Place, str]]:
    """Return the table and the name of the count in each place; all returns together are told whole."""
    questions, by = questions_of(spec, plan=plan), question_of(spec.by, plan=plan)
    cells: dict[Place, Cell] = {}
    names: dict[Place, str] = {}
    everyone, total = boards_in(None, frame=frame), counting.cube.total
    for question in questions:
        for line in by.parts:
            row, base = row_of(spec, question, line.id), counting.count(line.answer, counting.everyone)
            cells[row, TOTAL_ID] = share(base, base=base)
            for part in question.parts:
                count = counting.together(part.answer, line.answer)
                cells[row, part.id] = figure(count, base=base, population=None)
                names[row, part.id] = both(part.answer, line.answer)
        row = row_of(spec, question, TOTAL_ID)
        cells[row, TOTAL_ID] = share(total, base=total)
        for part in question.parts:
            count = counting.count(part.answer, counting.everyone)
            cells[row, part.id] = figure(count, base=total, population=everyone)
    return _laid_out(spec, table, questions, by, cells=cells), names


def _laid_out(
    spec: CrossSpec, table: Table, questions: Sequence[Question], by: Question, *, cells: dict[Place, Cell]
) -> Table:
    lines = [(part.id, part.label, part.apart, False) for part in by.parts]
    lines.append((TOTAL_ID, ALL, False, True))
    return Table(
        id=table.id,
        number=table.number,
        title=table.title,
        stub_label=table.stub_label,
        rows=tuple(
            Row(row_of(spec, question, id_), label, panel=question.label, total=total, apart=apart)
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
