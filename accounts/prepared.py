"""Queries of the pages that are asked for most: put together once in a process, run with new values each time.

Putting an ORM query together costs a page several times what running it does. A prepared query is written as any other,
once, with samples in the places of its values; afterwards only the values change.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connections, models

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Given:
    """One value of a prepared query: the field it is compared with, and a sample unlike any constant of the query."""

    model: type[models.Model]
    field: str
    sample: object

    def fit(self, value: object, *, using: str) -> object:
        """Return the value as this database takes it."""
        field: Any = self.model._meta.get_field(self.field)  # noqa: SLF001 -- Django's documented way to a field
        return field.get_db_prep_value(value, connections[using])


@dataclass(frozen=True, slots=True)
class _Kept:
    """The query as it was put together: its text, its constants, and where the values go."""

    queryset: Any
    sql: str
    parameters: tuple[object, ...]
    places: dict[int, str]


class Prepared(Generic[T]):
    """A query by values that are always of the same kind."""

    def __init__(self, build: Callable[..., "models.QuerySet[Any, T]"], **values: Given) -> None:
        self._build, self._values = build, values
        self._here = threading.local()  # a compiler belongs to the connection of its thread

    def rows(self, **values: object) -> list[T]:
        """Run the query with these values; its rows are those the queryset would give."""
        kept = self._kept()
        using: str = kept.queryset.db
        fit = {name: self._values[name].fit(value, using=using) for name, value in values.items()}
        parameters = tuple(
            fit[kept.places[place]] if place in kept.places else constant
            for place, constant in enumerate(kept.parameters)
        )
        compiler = kept.queryset.query.get_compiler(using)
        compiler.as_sql = lambda *_, **__: (kept.sql, parameters)
        return list(kept.queryset._iterable_class(kept.queryset))  # noqa: SLF001 -- the queryset would cache the rows

    def _kept(self) -> _Kept:
        if not hasattr(self._here, "kept"):
            self._here.kept = self._put_together()
        kept: _Kept = self._here.kept
        return kept

    def _put_together(self) -> _Kept:
        queryset: Any = self._build(**{name: given.sample for name, given in self._values.items()})
        compiler = queryset.query.get_compiler(queryset.db)
        sql, parameters = compiler.as_sql()
        samples = {name: given.fit(given.sample, using=queryset.db) for name, given in self._values.items()}
        places = {
            place: name
            for place, value in enumerate(parameters)
            for name, sample in samples.items()
            if type(value) is type(sample) and value == sample
        }
        if set(places.values()) != set(samples):
            raise ValueError(f"Not every value found its place in: {sql}")
        queryset.query.get_compiler = lambda *_, **__: compiler
        return _Kept(queryset, sql, tuple(parameters), places)
