"""A document as one tagged PDF, the same bytes for the same document, with its tables attached as CSV."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from django.template.loader import render_to_string

from accounts.refusals import Refusal
from analysis.core.document.blocks import Block, ChartBlock, Document, TableBlock
from analysis.outputs.document_pages import Watch, document_page
from analysis.outputs.tidy_csv import tidy_csv
from survey.printing import steps
from survey.printing.attaching import Attached

Progress = Callable[[str, int, int], None]
GATHERED = 1  # the step that is done before there is anything to make a report from
STEPS = GATHERED + 1 + len(steps.STEPS)
DRAWN: Mapping[type[Block], str] = {TableBlock: "Table", ChartBlock: "Drawing charts:"}


class CannotPrint(Refusal):
    """What the report holds cannot be set."""

    title = "The report cannot be printed"


def make_report(document: Document, progress: Progress) -> bytes:
    """Return the PDF for whoever asked for it; CannotPrint says in words what stands in the way."""
    from survey.printing.pdf import PrintingError  # noqa: PLC0415 -- a second and 40 MB that most processes save

    try:
        return build_report(document, progress=progress)
    except PrintingError as problem:
        raise CannotPrint(f"{problem} Nothing was built.") from problem


def build_report(document: Document, *, progress: Progress) -> bytes:
    """Return the PDF (PDF/UA-1: tagged, with language, title and bookmarks); `progress` is told each step in words."""
    from survey.printing.pdf import print_pdf  # noqa: PLC0415 -- as above

    at = GATHERED

    def say(doing: str) -> None:
        nonlocal at
        at += 1
        progress(doing, at, STEPS)

    def tell(doing: str) -> None:
        progress(doing, at, STEPS)

    say("Drawing tables and charts")
    page = document_page(document, watch=_telling(document, tell))
    html = render_to_string("analysis/report/report.html", {"report": page})
    return print_pdf(
        html,
        stylesheet="report.css",
        say=say,
        turn=tell,
        attached=tuple(_attached(document)),
        pictures=pictures_of(document),
    )


def _telling(document: Document, tell: Callable[[str], None]) -> Watch:
    """Tells which table or chart is reached, of how many."""
    reached: Counter[type[Block]] = Counter()
    of = Counter(type(block) for block in document.blocks)

    def watch(block: Block) -> None:
        kind = type(block)
        reached[kind] += 1
        if kind in DRAWN:
            tell(f"{DRAWN[kind]} {reached[kind]} of {of[kind]}")

    return watch


def pictures_of(document: Document) -> dict[str, bytes]:
    """Return the pictures that the printed document names."""
    shown = [document.cover.house.logo, *(block.picture for block in document.pictures)]
    return {each.name: each.content for each in shown if each}


def _attached(document: Document) -> Iterator[Attached]:
    for block in document.tables:
        words = f"Table {block.table.numeral}: {block.short}" if block.table.number else block.short
        yield Attached(f"{block.id}.csv", words, tidy_csv([block.table]).encode())
