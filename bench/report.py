"""The report of the 57 invented returns as a tagged PDF in a warm worker, beside WeasyPrint alone on the same pages.

python -m bench.report [--rounds 5]
"""

import argparse
import json
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from bench.quiet import wait_for_quiet

ROOT = Path(__file__).resolve().parent.parent

if TYPE_CHECKING:
    from survey.models import Wave


def main() -> None:
    """Measures both in turn, after one warm-up each, and prints medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DATABASE_URL": f"sqlite:///{Path(folder) / 'bench.sqlite3'}",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        _measure(rounds)


def _measure(rounds: int) -> None:
    import django

    django.setup()
    wave = _wave_of_2012()
    ways = {"the report from the database": lambda: _report(wave), "WeasyPrint alone on its HTML": _bare(wave)}
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for way in ways.values():
        way()
    for _ in range(rounds):
        for name, way in ways.items():
            wait_for_quiet(at_most=10)
            start = time.process_time()
            way()
            taken[name].append(time.process_time() - start)
    for name, seconds in taken.items():
        print(json.dumps({"way": name, "cpu_s": round(statistics.median(seconds), 2)}))
    print(json.dumps({"peak_MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}))


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
    from weasyprint import CSS, HTML
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
        source = HTML(string=drawn[0], base_url=BASE_URL, url_fetcher=fetcher)
        pdf: bytes = source.write_pdf(font_config=fonts, stylesheets=[styles], pdf_variant="pdf/ua-1")
        return pdf

    return run


if __name__ == "__main__":
    main()
