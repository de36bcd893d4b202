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

from bench.quiet import wait_for_quiet


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
    from django.core.management import call_command
    from django.template import loader
    from weasyprint import HTML

    from analysis.outputs import report_pdf
    from analysis.reporting import report_of
    from respondents.returns.importing import import_returns
    from tests.builders import NOW, RETURNS, wave, whole_register

    call_command("migrate", verbosity=0)
    whole_register()
    munro = wave()
    import_returns(munro, RETURNS.read_bytes(), now=NOW)

    drawn: list[str] = []

    def keep(template: str, context: dict[str, object]) -> str:
        drawn[:] = [loader.render_to_string(template, context)]
        return drawn[0]

    usual, report_pdf.render_to_string = report_pdf.render_to_string, keep
    pages = report_of(munro, lambda *_: None, now=NOW)
    report_pdf.render_to_string = usual
    folder = report_pdf._assets()  # noqa: SLF001 -- the very styles and fonts of the report
    fonts, styles = report_pdf._styles(folder)  # noqa: SLF001

    def bare() -> bytes:
        source = HTML(string=drawn[0], base_url=report_pdf.BASE_URL, url_fetcher=report_pdf.AssetFetcher(folder))
        pdf: bytes = source.write_pdf(font_config=fonts, stylesheets=[styles], pdf_variant=report_pdf.VARIANT)
        return pdf

    ways: dict[str, Callable[[], bytes]] = {
        "the report from the database": lambda: report_of(munro, lambda *_: None, now=NOW),
        "WeasyPrint alone on its HTML": bare,
    }
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            wait_for_quiet(at_most=10)
            start = time.process_time()
            way()
            taken[name].append(time.process_time() - start)
    for name, seconds in taken.items():
        print(json.dumps({"way": name, "cpu_s": round(statistics.median(seconds), 2), "kB": len(pages) // 1024}))
    print(json.dumps({"peak_MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}))


if __name__ == "__main__":
    main()
