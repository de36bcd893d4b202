"""Every mistake in a plan's findings that its tables can show before there is a single return."""

from collections.abc import Iterator, Mapping, Sequence

from analysis.core.finding_tokens import FindingError, places, tokens
from analysis.core.layouts import Layout
from analysis.core.plan_document import FindingSpec, Theme
from survey.schema.faults import Fault, Path
from survey.schema.shape import suggest


def finding_faults(themes: Sequence[Theme], *, layouts: Mapping[str, Layout]) -> Iterator[Fault]:
    """Yield a fault for each finding whose id is used twice, that cannot be read, or whose tokens name no cell."""
    known: set[str] = set()
    for place, theme in enumerate(themes):
        for number, finding in enumerate(theme.findings):
            path: Path = ("findings", place, "findings", number)
            if finding.id in known:
                yield Fault("P023", (*path, "id"), f"The id {finding.id} is used twice.", "Give each finding its own.")
            known.add(finding.id)
            yield from _text_faults(finding, layouts=layouts, path=(*path, "text"))


def _text_faults(finding: FindingSpec, *, layouts: Mapping[str, Layout], path: Path) -> Iterator[Fault]:
    try:
        found = tokens(finding.text)
    except FindingError as error:
        yield Fault("P024", path, error.message, error.hint)
        return
    for token in found:
        layout = layouts.get(token.table)
        if layout is None:
            yield Fault("P025", path, f"The plan has no table {token.table}.", suggest(token.table, list(layouts)))
            continue
        try:
            places(token, rows=[row.id for row in layout.rows], columns=[column.id for column in layout.columns])
        except FindingError as error:
            yield Fault("P026", path, error.message, error.hint)
