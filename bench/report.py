"""The report of the 57 invented returns as a tagged PDF in a warm worker, beside WeasyPrint alone on the same pages.

python -m bench.report [--rounds 5] [--beside FOLDER]

FOLDER holds the plain report that WeasyPrint is measured with (`pdfbench.py`, engine `weasy_ua`): a report of the same
size, set by WeasyPrint as it comes. It runs in a process of its own in every round, in turn with ours.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from bench.quiet import wait_for_quiet

ROOT = Path(__file__).resolve().parent.parent

if TYPE_CHECKING:
    from survey.models import Wave


Way = Callable[[], float]  # returns the seconds of CPU it took
PLAIN = "a plain report"


def main() -> None:
    """Measures all ways in turn, after one warm-up each, and prints medians and their ratio to the last."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--beside", type=Path, help="the folder of the plain report")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DATABASE_URL": f"sqlite:///{Path(folder) / 'bench.sqlite3'}",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        _measure(_ways(given.beside, out=Path(folder) / "plain.pdf"), given.rounds)


def _ways(beside: Path | None, *, out: Path) -> dict[str, Way]:
    import django

    django.setup()
    wave = _wave_of_2012()
    ways = {
        "the report from the database": _timed(lambda: _report(wave)),
        "WeasyPrint alone on its HTML": _timed(_bare(wave)),
    }
    if beside:
        ways[PLAIN] = lambda: plain(beside, out)
    return ways


def _measure(ways: dict[str, Way], rounds: int) -> None:
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for way in ways.values():
        way()
    for _ in range(rounds):
        for name, way in ways.items():
            wait_for_quiet(at_most=10)
            taken[name].append(way())
    last = statistics.median(taken[list(ways)[-1]])
    for name, seconds in taken.items():
        median = statistics.median(seconds)
        print(json.dumps({"way": name, "cpu_s": round(median, 2), "ratio_to_the_last": round(median / last, 2)}))
    print(json.dumps({"peak_MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}))


def _timed(work: Callable[[], bytes]) -> Way:
    def run() -> float:
        start = time.process_time()
        work()
        return time.process_time() - start

    return run


def plain(beside: Path, out: Path) -> float:
    """The plain report measures itself; its time leaves out what importing takes."""
    command = (sys.executable, "pdfbench.py", "one", "weasy_ua", str(out))
    said = subprocess.run(command, cwd=beside, check=True, capture_output=True, text=True).stdout
    found: dict[str, float] = json.loads(said.strip().splitlines()[-1])
    return found["cpu"]


def _wave_of_2012() -> "Wave":
    from django.core.management import call_command

    from respondents.returns.importing import import_returns
    from tests.builders import NOW, RETURNS, wave, whole_register

    call_command("migrate", verbosity=0)
    whole_register()
    munro = wave()
    import_returns(munro, RETURNS.read_bytes(), now=NOW)
    return munro


def _report(wave: "Wave") -> bytes:
    from analysis.reporting import report_of
    from tests.builders import NOW

    return report_of(wave, lambda *_: None, now=NOW)


def _bare(wave: "Wave") -> Callable[[], bytes]:
    """WeasyPrint with the very HTML, styles and fonts of the report, and nothing else of ours."""
    from unittest.mock import patch

    from django.template.loader import render_to_string
    from weasyprint import CSS, HTML, svg
    from weasyprint.svg.text import text
    from weasyprint.text.fonts import FontConfiguration

    from survey.printing.fetching import BASE_URL, AssetFetcher

    drawn: list[str] = []

    def keep(template: str, context: dict[str, object]) -> str:
        drawn.append(render_to_string(template, context))
        return drawn[0]

    with patch("analysis.outputs.report_pdf.render_to_string", keep):
        _report(wave)
    fetcher, fonts = AssetFetcher(ROOT / "static" / "build"), FontConfiguration()
    styles = CSS(url=f"{BASE_URL}report.css", url_fetcher=fetcher, font_config=fonts)

    def run() -> bytes:
        with patch.dict(svg.TAGS, {"text": text}):
            source = HTML(string=drawn[0], base_url=BASE_URL, url_fetcher=fetcher)
            pdf: bytes = source.write_pdf(font_config=fonts, stylesheets=[styles], pdf_variant="pdf/ua-1")
        return pdf

    return run


if __name__ == "__main__":
    main()
