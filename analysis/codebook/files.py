"""The codebook as CSV and as a workbook: a row for each column, and in the workbook a row for each code as well."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from analysis.core.codebook import Codebook, Entry, Value
from respondents.tabular.writing import Row, Sheet, write_csv, write_xlsx

COLUMNS = (
    "Column", "Section", "Question", "Question as asked", "Item", "Kind", "Codes and labels", "Missing codes",
    "Asked when", "Base", "Returns", "Asked", "Answered", "Frequencies", "Questionnaire (SHA-256)",
)  # fmt: skip
CODES = ("Column", "Code", "Label", "Missing", "Returns")
UNPROTECTED = "Frequencies are not protected against disclosure: they are for the survey team alone."


@dataclass(frozen=True)
class CodebookFormat:
    """How a codebook is written into a file."""

    content_type: str
    write: Callable[[Codebook], bytes]


def csv_of(codebook: Codebook) -> bytes:
    """One row for each column of the data."""
    return write_csv(COLUMNS, _rows(codebook))


def xlsx_of(codebook: Codebook) -> bytes:
    """A sheet of columns, a sheet of codes, and notes on where they come from."""
    codes: list[Row] = [
        (entry.name, each.code, each.label, "Yes" if each.is_missing else "No", each.returns)
        for entry in codebook.entries
        for each in entry.values
    ]
    notes = (f"{codebook.title}.", f"SHA-256 of the questionnaire: {codebook.digest}.", _told(codebook))
    sheets = (Sheet("Columns", COLUMNS, _rows(codebook), notes), Sheet("Codes", CODES, codes))
    return write_xlsx(sheets, title=f"Codebook, {codebook.title}")


def _told(codebook: Codebook) -> str:
    return f"{codebook.returns:,} returns. {UNPROTECTED}" if codebook.returns else "No returns."


def _rows(codebook: Codebook) -> list[Row]:
    return [_row(entry, codebook.digest) for entry in codebook.entries]


def _row(entry: Entry, digest: str) -> Row:
    counted = (f"{each.code}: {each.returns}" for each in entry.values if each.returns)
    return (
        entry.name,
        entry.section,
        entry.question,
        entry.wording,
        entry.item,
        entry.kind,
        _labels(each for each in entry.values if not each.is_missing),
        _labels(each for each in entry.values if each.is_missing),
        entry.asked_when,
        entry.base,
        entry.returns,
        entry.asked,
        entry.answered,
        "; ".join(counted),
        digest,
    )


def _labels(values: Iterable[Value]) -> str:
    """The label before its code, since a cell that begins with a minus would be taken for a formula."""
    return "; ".join(each.label if each.code == each.label else f"{each.label} = {each.code}" for each in values)


FORMATS: Mapping[str, CodebookFormat] = {
    "csv": CodebookFormat("text/csv; charset=utf-8", csv_of),
    "xlsx": CodebookFormat("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx_of),
}
