"""The topline: every question in the order of the questionnaire, every answer with its count, share and base."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from analysis.core.multiple import ASKED, SEVERAL
from analysis.core.nation.figures import Figure
from analysis.core.nation.told import ALL_BOARDS, Among, Told
from analysis.core.plan import Plan
from analysis.core.plan_document import MultipleSpec
from analysis.core.release.answers import base_of
from analysis.core.release.counting import Counting
from analysis.core.release.questions import Question as Counted
from analysis.core.release.questions import question_of, questions_of
from analysis.core.reliability import is_unstable
from analysis.core.shape import TOTAL_ID, TOTAL_LABEL, Cells, Place, share
from analysis.core.table import UNSTABLE, Cell, Column, Row, Table
from analysis.core.tabulate import rounding_note, shorthand
from survey.schema.document import Item, Question, Questionnaire

COLUMNS = (
    Column("frequency", "Frequency", measures=("count",)),
    Column("percentage", "Percentage", measures=("percent",)),
)


@dataclass(frozen=True)
class Asked:
    """One question with its tables; a question whose items have other answers each has several."""

    question: Question
    tables: tuple[Table, ...]


def count_items(plan: Plan, *, counting: Counting, boards: int) -> dict[str, Told]:
    """Return every closed item and multiple choice as all returns answered it, of so many boards; nothing withheld."""
    items = (item for item in plan.questionnaire.items.values() if _is_counted(item))
    return {item.code: _counted(item, plan, counting, boards) for item in items}


def topline(questionnaire: Questionnaire, *, told: Mapping[str, Told], source: str) -> tuple[Asked, ...]:
    """Return the tables of every question that has been told of; they are numbered through."""
    number, found = 1, []
    for section in questionnaire.sections:
        for question in section.questions:
            items = [item for item in question.items if item.code in told]
            tables = tuple(_tables(question, items, told, source, number))
            number += len(tables)
            if tables:
                found.append(Asked(question, tables))
    return tuple(found)


def _is_counted(item: Item) -> bool:
    return item.kind in {"closed", "multiple"} and item.scale is not None


def _counted(item: Item, plan: Plan, counting: Counting, boards: int) -> Told:
    question = _question(item, plan)
    base = base_of(question, counting=counting, boards=counting.everyone)
    counts = (counting.count(part.answer, counting.everyone) for part in question.parts)
    figures = tuple(Figure(each, base, is_unstable(each, n=base, population=boards)) for each in counts)
    nation = Among(ALL_BOARDS, figures, base)
    return Told(item.code, question.parts, question.unasked is not None, nation, groups=())


def _question(item: Item, plan: Plan) -> Counted:
    if item.kind == "closed":
        return question_of(item.code, plan=plan)
    spec = MultipleSpec(kind="multiple", id="choices", number=1, title=item.label, stub="Answer", item=item.code)
    return questions_of(spec, plan=plan)[0]


def _tables(
    question: Question, items: Iterable[Item], told: Mapping[str, Told], source: str, number: int
) -> Iterator[Table]:
    """Items in a row that are answered in the same words stand in one table."""
    alike = groupby(items, key=lambda item: ([part.id for part in told[item.code].parts], told[item.code].overlaps))
    for place, (_, some) in enumerate(alike):
        every = list(some)
        id_ = f"topline_{question.code}" + (f"_{place + 1}" if place else "")
        if len(every) == 1:
            yield _of_one(question, every[0], told[every[0].code], source, id_=id_, number=number + place)
        else:
            yield _of_many(question, every, told, source, id_=id_, number=number + place)


def _of_one(question: Question, item: Item, found: Told, source: str, *, id_: str, number: int) -> Table:
    base = found.nation.base
    figures = zip(found.parts, found.nation.figures, strict=True)
    cells = {part.id: _cell(figure, base) for part, figure in figures} | {TOTAL_ID: share(base, base=base)}
    lines = {(found.item, id_): cell for id_, cell in cells.items()}
    rows = (*(Row(part.id, part.label, apart=part.apart) for part in found.parts), _total(found))
    return Table(
        id=id_,
        number=number,
        title=_title(question, item),
        stub_label="Answer",
        rows=rows,
        columns=COLUMNS,
        cells={(row.id, column.id): cells[row.id] for row in rows for column in COLUMNS},
        base_note=_base(found),
        notes=(*((SEVERAL,) if found.overlaps else ()), *_called_for([found], lines)),
        source=source,
        kind="multiple" if found.overlaps else "frequency",
    )


def _of_many(
    question: Question, items: list[Item], told: Mapping[str, Told], source: str, *, id_: str, number: int
) -> Table:
    first = told[items[0].code]
    columns = (*(Column(part.id, part.label, apart=part.apart) for part in first.parts), Column(TOTAL_ID, TOTAL_LABEL))
    cells = {place: cell for item in items for place, cell in _line(item, told[item.code])}
    return Table(
        id=id_,
        number=number,
        title=f"{question.code}. {question.wording}",
        stub_label="Item",
        rows=tuple(Row(item.code, item.label) for item in items),
        columns=columns,
        cells=cells,
        base_note=_base(first),
        notes=_called_for([told[item.code] for item in items], cells),
        source=source,
        kind="statements",
    )


def _called_for(told: Iterable[Told], cells: Cells) -> tuple[str, ...]:
    """What the figures call for: that they are rounded, and what their marks mean."""
    return (*rounding_note(cells, filter(None, map(_whole, told))), *shorthand(cells.values()))


def _line(item: Item, found: Told) -> Iterator[tuple[Place, Cell]]:
    base = found.nation.base
    for part, figure in zip(found.parts, found.nation.figures, strict=True):
        yield (item.code, part.id), _cell(figure, base)
    yield (item.code, TOTAL_ID), share(base, base=base)


def _cell(figure: Figure, base: int) -> Cell:
    found = share(figure.count or 0, base=base)
    return replace(found, marker=UNSTABLE) if figure.is_unstable else found


def _whole(found: Told) -> tuple[Place, ...]:
    return () if found.overlaps else tuple((found.item, part.id) for part in found.parts)


def _total(found: Told) -> Row:
    return Row(TOTAL_ID, ASKED if found.overlaps else TOTAL_LABEL, total=True)


def _base(found: Told) -> str:
    return f"{ASKED if found.overlaps else 'All returns'} (N = {found.nation.base:,})."


def _title(question: Question, item: Item) -> str:
    """A question of several items names the one that stands alone."""
    same = item.label == question.wording or len(question.items) == 1
    return f"{question.code}. {question.wording}" if same else f"{item.code}. {question.wording} {item.label}"
