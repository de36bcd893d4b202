"""148 reports of boards beside the nation, each printed as a tagged PDF, in one warm worker.

python -m bench.board_reports [--reports 148] [--beside FOLDER]

The wave of 2012 is released with the breakdowns of its plan; the boards that answered are printed in turn until there
are enough. What each board's chair knows is the board's own return. The main report is printed beside them, before,
between and after, so that a busy machine can be told from a quiet one, and so is the plain report of FOLDER as
`bench.report` has it: see docs/performance.md for its time on a quiet one.
"""

import argparse
import json
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

from bench.report import plain

BETWEEN = 10  # reports between two looks at how busy the machine is

if TYPE_CHECKING:
    from survey.models import Wave


def main() -> None:
    """Prints what all reports took, what one takes, and what the main report takes meanwhile."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=148)
    parser.add_argument("--beside", type=Path, help="the folder of the plain report")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DATABASE_URL": f"sqlite:///{Path(folder) / 'bench.sqlite3'}",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        _measure(given.reports, given.beside, Path(folder) / "plain.pdf")


def _measure(reports: int, beside: Path | None, out: Path) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from tests.analysis.reports.releases import released_wave

    wave = released_wave(left_out=())
    making = _making(wave)
    making(0)
    _main_report(wave)
    times, sizes, main, plain_reports = [], [], [], []
    for place in range(reports):
        if place % BETWEEN == 0:
            main.append(_cpu(lambda: _main_report(wave)))
            plain_reports += [plain(beside, out)] if beside else []
        begun = time.process_time()
        sizes.append(making(place))
        times.append(time.process_time() - begun)
    told = {
        "reports": reports,
        "cpu_s": round(sum(times), 1),
        "one_s": round(statistics.median(times), 3),
        "kB": round(statistics.median(sizes) / 1000),
        "peak_MiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    for name, found in (("main_report", main), ("plain", plain_reports)):
        if found:
            told |= {f"{name}_s": round(statistics.median(found), 2)}
            told |= {f"all_to_{name}": round(sum(times) / statistics.median(found), 1)}
    print(json.dumps(told))


def _making(wave: "Wave") -> Callable[[int], int]:
    """Makes one board's report, from the release to the file."""
    from django.utils import timezone

    from analysis.reports.boards import BoardReport
    from analysis.reports.nation import nation_of
    from analysis.reports.pages.beside import beside_page
    from analysis.reports.published import published_of
    from analysis.reports.respondents import counted_in, respondents_of
    from respondents.copies.press import printed

    published = published_of([wave.pk], now=timezone.now())[wave.pk]
    returns = list(counted_in(published.release).select_related("board", "wave"))
    respondents = respondents_of(published.release, returns)
    found = list(islice(cycle(returns), 1_000))

    def make(place: int) -> int:
        me = respondents[found[place].pk]
        beside = nation_of(published.release, wave=wave).beside(me, known=[me])
        page = beside_page(BoardReport(found[place], published, beside), demonstration=True)
        return len(printed("analysis/beside/printed.html", page))

    return make


def _main_report(wave: "Wave") -> bytes:
    from django.utils import timezone

    from analysis.reporting import report_of

    return report_of(wave, lambda *_: None, now=timezone.now())


def _cpu(work: Callable[[], bytes]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


if __name__ == "__main__":
    main()
