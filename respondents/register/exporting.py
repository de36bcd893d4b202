"""Service: the register as tables that can be imported again unchanged."""

from collections.abc import Callable
from datetime import datetime

from accounts.audit.recording import record
from accounts.models import User
from respondents.register.acts import EXPORTED
from respondents.register.models import Appointment
from respondents.register.snapshot import AUTHORITY_FIELDS, BOARD_FIELDS, snapshot
from respondents.register.tables import chair_row
from respondents.tabular.writing import Row, Sheet, write_csv, write_xlsx

Rows = list[Row]


def authorities_sheet() -> Sheet:
    """Every authority."""
    rows: Rows = [(code, *map(_plain, fields.values())) for code, fields in snapshot().authorities.items()]
    return Sheet("Authorities", ("gss_code", *AUTHORITY_FIELDS), rows)


def boards_sheet() -> Sheet:
    """Every board with the codes of the authorities it covers, the lead authority first."""
    rows: Rows = [(slug, *map(_plain, fields.values())) for slug, fields in snapshot().boards.items()]
    return Sheet("Boards", ("slug", *BOARD_FIELDS, "authorities"), rows)


def chairs_sheet() -> Sheet:
    """Every appointment there is and was."""
    found = Appointment.objects.select_related("board", "person").order_by("board__slug", "from_date", "pk")
    heads = ("board", "chair_name", "chair_email", "from", "until", "kind")
    return Sheet("Chairs", heads, [chair_row(appointment) for appointment in found.iterator()])


SHEETS: dict[str, Callable[[], Sheet]] = {
    "authorities": authorities_sheet,
    "boards": boards_sheet,
    "chairs": chairs_sheet,
}


def export_workbook(*, by: User, now: datetime) -> bytes:
    """The whole register as a workbook."""
    content = write_xlsx([make() for make in SHEETS.values()], title="The register")
    record(EXPORTED, by=by, about="The whole register", detail={"format": "xlsx"}, now=now)
    return content


def export_csv(name: str, *, by: User, now: datetime) -> bytes:
    """One table of the register as CSV; KeyError if there is none of this name."""
    sheet = SHEETS[name]()
    record(EXPORTED, by=by, about=sheet.title, detail={"format": "csv"}, now=now)
    return write_csv(sheet.heads, sheet.rows)


def _plain(value: object) -> str:
    return ";".join(value) if isinstance(value, list) else str(value or "")
