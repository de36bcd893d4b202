"""What the public may see, found at each request by the server's clock; whatever is not out is not found."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.http import Http404

from accounts.refusals import Refusal
from analysis.core.table import Table
from analysis.core.table_record import read, read_all
from analysis.publishing.models import Edition, Publication
from analysis.publishing.standing import Out, Standing, standings
from survey.moments import moment_in_words


class Withdrawn(Refusal):
    """The publication was taken back: its page says why, its tables are gone."""

    status = HTTPStatus.GONE
    title = "This was withdrawn"


@dataclass(frozen=True)
class Found:
    """A publication with the edition that is looked at."""

    standing: Standing
    out: Out

    @property
    def edition(self) -> Edition:
        """The edition that is looked at."""
        return self.out.edition


def all_out(*, now: datetime) -> tuple[Standing, ...]:
    """Every publication of which something is out, the latest first."""
    found = [each for each in standings(Publication.objects.all()) if each.is_out(now=now)]
    return tuple(sorted(found, key=lambda each: each.out(now=now)[0].moment, reverse=True))


def find_out(slug: str, *, number: int | None = None, now: datetime) -> Found:
    """The current edition, or the one with this number; Http404 for whatever is not out."""
    for standing in standings(Publication.objects.filter(slug=slug)):
        out = standing.out(now=now)
        chosen = [each for each in out if number is None or each.edition.number == number]
        if chosen:
            return Found(standing, chosen[-1])
    raise Http404


def require_tables(found: Found) -> None:
    """Withdrawn if the tables are shown no more."""
    withdrawal = found.standing.withdrawal
    if withdrawal:
        raise Withdrawn(
            f"{found.standing.publication} was withdrawn on {moment_in_words(withdrawal.at)}: {withdrawal.reason}"
        )


def tables_of(edition: Edition) -> tuple[Table, ...]:
    """The tables of the edition, as it was prepared."""
    return read_all(_tables(edition))


def table_of(edition: Edition, table: str) -> Table:
    """One of them; Http404 if it has none of this id."""
    for document in _tables(edition):
        if document["id"] == table:
            return read(document)
    raise Http404


def content_of(edition: Edition) -> bytes:
    """The files of the edition, as one zip file."""
    return bytes(Edition.objects.values_list("content", flat=True).get(pk=edition.pk))


def report_of(edition: Edition, *, form: str) -> bytes:
    """The report of the edition in this form; Http404 if it came out without it."""
    content = edition.files.filter(form=form).values_list("content", flat=True).first()
    if content is None:
        raise Http404
    return bytes(content)


def forms_of(edition: Edition) -> dict[str, int]:
    """In which forms the edition has its report, each with its size in bytes."""
    return dict(edition.files.order_by("form").values_list("form", "size"))


def summaries_of(editions: Iterable[Edition]) -> dict[int, str]:
    """The summary of each of these editions, by its number in the database; one query."""
    keys = [edition.pk for edition in editions]
    return dict(Edition.objects.filter(pk__in=keys).values_list("pk", "page__summary"))


def page_of(edition: Edition) -> dict[str, Any]:
    """The texts of the edition."""
    found: dict[str, Any] = Edition.objects.values_list("page", flat=True).get(pk=edition.pk)
    return found


def _tables(edition: Edition) -> list[dict[str, object]]:
    found: list[dict[str, object]] = Edition.objects.values_list("tables", flat=True).get(pk=edition.pk)
    return found
