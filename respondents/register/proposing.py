"""Services: a register is sent, looked at, and imported exactly as it was looked at."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.audit.recording import record
from accounts.collecting import collecting_rarely
from accounts.models import STAFF, User
from accounts.refusals import Refusal
from respondents.register.acts import IMPORTED
from respondents.register.applying import Author, apply_moves, unheard
from respondents.register.checking import problems_of
from respondents.register.history import ImportState, RegisterImport, hold_register
from respondents.register.models import Authority, Board
from respondents.register.planning import Plan, counts_of, plan
from respondents.register.resembling import warnings_of
from respondents.register.snapshot import Snapshot, snapshot
from respondents.register.tables import CHAIRS, RegisterTables, in_file, tables_from, unpacked
from respondents.register.telling_many import tell_of_import
from respondents.tabular.lines import FileRefused
from survey.schema.source import Problem

MANY = 100_000


class PreviewOutdated(Refusal):
    """The register or the import is not as it was when the preview was made."""

    title = "The preview is out of date"


@collecting_rarely(MANY)
def propose_import(
    files: Sequence[tuple[str, bytes]], *, encoding: str = "", ends_absent: bool, by: User, now: datetime
) -> RegisterImport:
    """Keeps the tables for a preview and changes nothing; FileRefused names every bad line."""
    tables = checked_tables(files, encoding=encoding)
    return RegisterImport.objects.create(
        name=", ".join(name for name, _ in files)[:300],
        ends_absent=ends_absent,
        tables=tables.packed(),
        sent_by=by,
        sent_at=now,
    )


def checked_tables(files: Sequence[tuple[str, bytes]], *, encoding: str = "") -> RegisterTables:
    """The tables in the files; FileRefused names every bad line."""
    tables = tables_from(files, encoding=encoding)
    problems = problems_of(
        tables,
        authorities=Authority.objects.values_list("gss_code", flat=True),
        boards=Board.objects.values_list("slug", flat=True),
    )
    problems += _staff_as_chairs(tables)
    if problems:
        raise FileRefused(problems)
    return tables


def _staff_as_chairs(tables: RegisterTables) -> list[Problem]:
    """Whoever works for the survey comes in by another door, so a chair needs an address of their own."""
    staff = set(User.objects.filter(role__in=STAFF).values_list("email", flat=True))
    return in_file(
        CHAIRS.name,
        [
            line.problem("R016", "chair_email", f"{line['chair_email']} works for the survey team", "Use another one")
            for line in tables.chairs or []
            if line["chair_email"].strip().lower() in staff
        ],
    )


def plan_of(proposed: RegisterImport, *, now: datetime) -> tuple[Plan, list[str]]:
    """What the import would do to the register as it stands now, and what looks odd about it."""
    return plan_from(unpacked(bytes(proposed.tables)), proposed, now=now)


@collecting_rarely(MANY)
def plan_from(tables: RegisterTables, proposed: RegisterImport, *, now: datetime) -> tuple[Plan, list[str]]:
    """The same from tables that are at hand."""
    found = snapshot()
    return _plan(proposed, tables, found, now=now), warnings_of(tables, found)


def _plan(proposed: RegisterImport, tables: RegisterTables, found: Snapshot, *, now: datetime) -> Plan:
    return plan(tables, found, ends_absent=proposed.ends_absent, today=timezone.localdate(now))


@collecting_rarely(MANY)
@transaction.atomic
def apply_import(
    import_id: int,
    *,
    digest: str,
    by: User,
    now: datetime,
    state: ImportState = ImportState.PROPOSED,
    count: Callable[[int], None] = unheard,
) -> RegisterImport:
    """Does exactly what the preview with this digest showed; PreviewOutdated if it would do anything else."""
    hold_register()
    proposed = RegisterImport.objects.select_for_update().get(pk=import_id)
    if proposed.state != state:
        raise PreviewOutdated(f"This import is {proposed.get_state_display().lower()} already. Send the file again.")
    found = snapshot()
    made = _plan(proposed, unpacked(bytes(proposed.tables)), found, now=now)
    if made.digest != digest:
        raise PreviewOutdated(
            "The register has changed since you looked at the preview, so nothing was imported. "
            "Open the preview again, look at what it does now, and confirm that."
        )
    apply_moves(made.moves, found, Author(by=by, now=now, of_import=proposed, count=count))
    proposed.state, proposed.applied_by, proposed.applied_at = ImportState.APPLIED, by, now
    proposed.tables = b""  # what came of them is in the history; people’s addresses are kept no second time
    proposed.counts = counts_of(made)
    proposed.save()
    record(IMPORTED, by=by, subject=proposed, about=proposed.name, detail=proposed.counts, now=now)
    tell_of_import(proposed, by=by, now=now)
    return proposed
