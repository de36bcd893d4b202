"""What a release says of the survey beside its tables, kept as it was when the release was prepared.

Fieldwork goes on being recorded, outcomes are decided, answers are coded: what was said once must not follow them.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from analysis.core.document import kept
from analysis.core.document.blocks import Facts
from analysis.core.table import Table
from analysis.disclosing.material import Material
from analysis.disclosing.models import Release
from analysis.disclosing.refusals import NotKept
from analysis.monitoring.tallying import tally_wave
from analysis.outputs.report_sources import Response
from analysis.reports.parts.making import Parts
from analysis.reports.parts.methodology_released import GOING, reckoned_parts
from analysis.responses import frozen_response
from survey.moments import days_in_words
from survey.waves import days_of

AGAIN = "Prepare a new release: this one stays as it is."


def account_of(found: Material, tables: Sequence[Table], *, smallest: int, now: datetime) -> dict[str, Any]:
    """The account of a release with these protected tables, in plain values; `smallest` is the base of a row."""
    tally_wave(found.wave, now=now)
    parts = reckoned_parts(found, tables, smallest=smallest, now=now)
    return {
        "fieldwork": [f"{day}" for day in days_of(found.wave)],
        "parts": {name: kept.written(blocks) for name, blocks in parts.items()},
    }


def response_at(release: Release) -> Response:
    """Who could answer and who had, as it was kept with the release's data. NotKept where there are none."""
    found = frozen_response(release.wave, digest=release.extract)
    if found is None:
        raise NotKept(f"The data of {release} were not frozen, so nobody knows any more who had answered then. {AGAIN}")
    return found


def days_at(release: Release) -> tuple[date, date]:
    """The first and the last day of fieldwork. NotKept where the release has no account."""
    opened, closed = map(date.fromisoformat, _account(release)["fieldwork"])
    return opened, closed


def fieldwork_at(release: Release) -> str:
    """The same in words."""
    return days_in_words(*days_at(release))


def parts_at(release: Release) -> Parts:
    """The parts of its methodology that no table tells. NotKept where the release has no account."""
    return {name: kept.read(blocks) for name, blocks in _account(release)["parts"].items()}


def went_at(release: Release) -> tuple[tuple[str, ...], ...]:
    """How the survey went, measure by measure. NotKept where the release has no account."""
    found = (block for blocks in parts_at(release).values() for block in blocks)
    return next((block.rows for block in found if isinstance(block, Facts) and block.id == GOING), ())


def _account(release: Release) -> dict[str, Any]:
    found: dict[str, Any] = release.account
    if not found:
        raise NotKept(f"{release} was prepared before it was kept how its survey had been done. {AGAIN}")
    return found
