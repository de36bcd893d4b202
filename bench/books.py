"""Long work of the builder, each in a confined process of its own on a warm stem: time and memory are that process's.

python -m bench.books [--rounds 3]

The report of the 57 invented returns; a book of 200 pages, which is the report's chapters over and over; and 148 short
reports of a few pages, as one for each board is, one after the other in one process. The ratio is to the report.
"""

import argparse
import json
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from bench.quiet import wait_for_quiet

if TYPE_CHECKING:
    from analysis.core.document.blocks import Block, Document

REPEATED, BOARDS = 8, 148


def main() -> None:
    """Measures all ways in turn, after one warm-up of the stem, and prints medians and their ratio to the first."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DATABASE_URL": f"sqlite:///{Path(folder) / 'bench.sqlite3'}",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        import django

        django.setup()
        _measure(_ways(), given.rounds)


def _ways() -> "dict[str, list[Document]]":
    from tests.analysis.outputs.reports import document_2012

    report = document_2012()
    return {
        "the report": [report],
        "a book": [replace(report, blocks=tuple(_repeated(report)))],
        f"{BOARDS} short reports": [_short(report)] * BOARDS,
    }


def _repeated(report: "Document") -> "list[Block]":
    """The chapters again and again, every block with an address of its own."""
    return [_numbered(block, time) for time in range(REPEATED) for block in report.blocks]


def _numbered(block: "Block", time: int) -> "Block":
    from analysis.core.document.blocks import ChartBlock, Facts, Heading, TableBlock

    if isinstance(block, TableBlock | ChartBlock):
        return replace(block, table=replace(block.table, id=f"{block.table.id}_{time}"))
    return replace(block, id=f"{block.id}-{time}") if isinstance(block, Heading | Facts) else block


def _short(report: "Document") -> "Document":
    """The first chapter with a table, and four tables with their charts."""
    from analysis.core.document.blocks import ChartBlock, Heading, Paragraph, TableBlock

    told = [block for block in report.blocks if isinstance(block, Heading | Paragraph)][:12]
    shown = [block for block in report.blocks if isinstance(block, TableBlock | ChartBlock)]
    small = [block for block in shown if len(block.table.columns) < 8][:6]
    return replace(report, blocks=(*told, *small))


def _measure(ways: "dict[str, list[Document]]", rounds: int) -> None:
    work: Callable[[list[Document]], dict[str, float]] = _in_confinement
    work(ways["the report"])
    taken: dict[str, list[dict[str, float]]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, documents in ways.items():
            wait_for_quiet(at_most=10)
            taken[name].append(work(documents))
    first = statistics.median(each["cpu_s"] for each in taken["the report"])
    for name, found in taken.items():
        cpu = statistics.median(each["cpu_s"] for each in found)
        print(json.dumps({"way": name, **found[-1], "cpu_s": round(cpu, 2), "ratio": round(cpu / first, 2)}))


def _in_confinement(documents: "list[Document]") -> dict[str, float]:
    from django.conf import settings

    from accounts.confined.limits import Limits
    from accounts.confined.running import run_confined
    from analysis.builds.running import WARM

    limits = Limits(**settings.BUILD_LIMITS)
    began = time.monotonic()
    said = run_confined(
        "bench.books.build", documents, limits=limits, tell=lambda *_: None, beat=lambda: None, warm=WARM
    )
    found: dict[str, float] = json.loads(said)
    return found | {"wall_s": round(time.monotonic() - began, 2)}


def build(documents: "list[Document]", _tell: object) -> bytes:
    """In the confined process: builds them all, and says what that took."""
    from pypdf import PdfReader

    from analysis.outputs.report_pdf import make_report

    made = [make_report(document, lambda *_: None) for document in documents]
    cpu, most = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    pages = sum(len(PdfReader(BytesIO(each)).pages) for each in made[:1]) * len(made)
    asked = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmPeak"))
    sizes = {"peak_MiB": most // 1024, "address_MiB": int(asked.split()[1]) // 1024}
    return json.dumps({"cpu_s": cpu, "pages": pages, **sizes}).encode()


if __name__ == "__main__":
    main()
