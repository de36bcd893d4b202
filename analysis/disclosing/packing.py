"""The tables of a release as one file: each format once, the same bytes for the same tables."""

import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from accounts.digests import bytes_digest
from analysis.core.release.counting import Counting
from analysis.core.release.decisions import Decisions
from analysis.core.release.tables import Placed, placed_tables
from analysis.core.table import Table
from analysis.core.table_record import written
from analysis.covering import covered
from analysis.disclosing.material import Material
from analysis.disclosing.models import Release
from analysis.disclosing.refusals import NotSafe
from analysis.marking import unplanned_marks
from analysis.outputs.formats import FORMATS
from analysis.outputs.table_set import TableSet
from analysis.outputs.zipping import zipped

PROTECTED = "Counts that would tell what a board answered are withheld, [c]."


def placed_of(found: Material, decisions: Decisions) -> tuple[Placed, ...]:
    """Every table of the release with what is hidden in it."""
    counting = Counting(found.cube)
    return placed_tables(found.tables, plan=found.plan, counting=counting, frame=found.frame, decisions=decisions)


def protected_tables(found: Material, decisions: Decisions) -> tuple[Table, ...]:
    """Every table of the release as it may leave; where the plan was not recorded in time each says so."""
    digest = found.remade.plan if found.remade else found.plan_digest
    marks = unplanned_marks(found.wave, digest=digest)
    return tuple(
        replace(table, marks=(*table.marks, *marks))
        for table in (placed.protected(decisions) for placed in placed_of(found, decisions))
    )


def covered_tables(found: Material, decisions: Decisions, *, number: int, prepared: datetime) -> TableSet:
    """The same with what the files of release `number` say before them."""
    return covered(
        protected_tables(found, decisions),
        wave=found.wave,
        plan=found.plan,
        made=prepared,
        facts=(("Release", f"{number}. {PROTECTED}"),),
    )


def as_kept(tables: Sequence[Table]) -> list[dict[str, Any]]:
    """The tables in plain values, as they come back from the database."""
    kept: list[dict[str, Any]] = json.loads(json.dumps([written(table) for table in tables]))
    return kept


def pack(made: TableSet) -> bytes:
    """The tables in every format as a zip file."""
    return zipped({f"tables.{name}": kind.render(made) for name, kind in sorted(FORMATS.items())})


def content_of(release: Release) -> bytes:
    """What the release holds, after its digest was checked; NotSafe if it is not what was prepared."""
    content = bytes(release.content)
    if bytes_digest(content) != release.digest:
        raise NotSafe(
            f"What is stored of {release} is not what was prepared: its digest differs. Nothing was handed out. "
            "Prepare a new one, and tell whoever runs the machine."
        )
    return content


def unpack(content: bytes, *, name: str) -> bytes:
    """One file of the release; KeyError for a format that it was not packed in."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(f"tables.{name}")


def formats_in(content: bytes) -> tuple[str, ...]:
    """The formats that a release was packed in, in the order in which they are offered; none of nothing."""
    if not content:
        return ()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        held = set(archive.namelist())
    return tuple(name for name in FORMATS if f"tables.{name}" in held)
