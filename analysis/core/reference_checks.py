"""Reads the reference files a plan names, and reports every figure in them that has no place in the plan."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from analysis.core.layouts import Layout
from analysis.core.plan_document import ComparatorSpec, ErrataDocument, PlanDocument, PublishedSpec, RatingsSpec
from analysis.core.references import (
    Comparator,
    PrintedPlace,
    Published,
    UnreadableError,
    cells_of,
    read_percents,
    read_printed,
)
from survey.schema.faults import Fault, Path
from survey.schema.shape import suggest
from survey.schema.source import DocumentError, Problem, read_yaml, validate


@dataclass(frozen=True)
class References:
    """What could be read of a plan's reference files, and what is wrong with the rest."""

    comparators: Mapping[str, Comparator]
    published: Published | None
    faults: tuple[Fault, ...]
    problems: tuple[Problem, ...]  # of the errata, which are a document of their own


def read_references(document: PlanDocument, *, files: Mapping[str, str]) -> References:
    """Return the comparators and the published figures of a plan, with every mistake found on the way."""
    faults: list[Fault] = list(_comparator_faults(document))
    problems: list[Problem] = []
    comparators = {
        spec.id: _read_comparator(spec, path=("comparators", place, "file"), files=files, faults=faults)
        for place, spec in enumerate(document.comparators)
    }
    published = None
    if document.published is not None:
        published = _read_published(document.published, files=files, faults=faults, problems=problems)
    return References(comparators, published, tuple(faults), tuple(problems))


def _comparator_faults(document: PlanDocument) -> Iterator[Fault]:
    ids = [spec.id for spec in document.comparators]
    tables = [spec.id for spec in document.tables]
    for place, spec in enumerate(document.comparators):
        if spec.id in ids[:place]:
            message = f"The id {spec.id} is used twice."
            yield Fault("P013", ("comparators", place, "id"), message, "Give each comparator its own.")
        for number, note in enumerate(spec.notes):
            if note.table not in tables:
                path: Path = ("comparators", place, "notes", number, "table")
                yield Fault("P014", path, f"The plan has no table {note.table}.", suggest(note.table, tables))
    for place, table in enumerate(document.tables):
        if isinstance(table, RatingsSpec) and table.comparator is not None and table.comparator not in ids:
            message = f"The plan has no comparator {table.comparator}."
            yield Fault("P015", ("tables", place, "comparator"), message, suggest(table.comparator, ids))


def _read_comparator(spec: ComparatorSpec, *, path: Path, files: Mapping[str, str], faults: list[Fault]) -> Comparator:
    try:
        return Comparator(spec, read_percents(_text(spec.file, files), base=spec.base))
    except UnreadableError as why:
        faults.append(_unusable(spec.file, why, path=path))
        return Comparator(spec)


def _read_published(
    spec: PublishedSpec, *, files: Mapping[str, str], faults: list[Fault], problems: list[Problem]
) -> Published | None:
    errata: ErrataDocument | None = None
    try:
        errata = validate(ErrataDocument, read_yaml(_text(spec.errata, files)))
    except UnreadableError as why:
        faults.append(_unusable(spec.errata, why, path=("published", "errata")))
    except DocumentError as error:
        problems += [replace(problem, place=f"{spec.errata}, {problem.place}") for problem in error.problems]
    try:
        figures = read_printed(_text(spec.file, files))
    except UnreadableError as why:
        faults.append(_unusable(spec.file, why, path=("published", "file")))
        return None
    return Published(figures, errata.errata, spec.returns, spec.name) if errata else None


def _text(name: str, files: Mapping[str, str]) -> str:
    if name not in files:
        raise UnreadableError("there is no such file")
    return files[name]


def _unusable(name: str, why: UnreadableError, *, path: Path) -> Fault:
    return Fault("P016", path, f"{name} cannot be used: {why}.", "Correct the file, or the name of the file here.")


def misplaced(references: References, *, layouts: Mapping[str, Layout]) -> Iterator[Fault]:
    """Yield a fault for each figure or erratum that belongs to no cell of the plan's tables."""
    cells: set[PrintedPlace] = {
        (table, row.id, column.id, measure)
        for table, layout in layouts.items()
        for row in layout.rows
        for column in layout.columns
        for measure in column.measures
    }
    for place, comparator in enumerate(references.comparators.values()):
        yield from _without_cell(comparator, cells=cells, tables=set(layouts), path=("comparators", place, "file"))
    if references.published is not None:
        yield from _unknown_places(references.published, cells=cells, tables=set(layouts))


def _without_cell(comparator: Comparator, *, cells: set[PrintedPlace], tables: set[str], path: Path) -> Iterator[Fault]:
    for table, panel, agency, rating in comparator.percents:
        cell: PrintedPlace = (table, f"{panel}.{rating}", f"{agency}.{comparator.spec.id}", "percent")
        if table in tables and cell not in cells:
            message = f"{comparator.spec.file} has a figure that no table shows: {table}, {panel}, {agency}, {rating}."
            yield Fault("P017", path, message, "Correct its table, aspect, agency or rating.")


def _unknown_places(published: Published, *, cells: set[PrintedPlace], tables: set[str]) -> Iterator[Fault]:
    for place in published.figures:
        if place not in cells:
            message = f"The published figures name a cell that no table has: {', '.join(place)}."
            yield Fault("P018", ("published", "file"), message, "Correct its table, row, column or measure.")
    for erratum in published.errata:
        unknown = [", ".join(place) for place in cells_of(erratum) if place not in published.figures]
        for where in [*unknown, *(table for table in erratum.tables if table not in tables)]:
            message = f"The erratum {erratum.id} is about something that was not published: {where}."
            yield Fault("P019", ("published", "errata"), message, "Correct its table, row, column or measure.")
