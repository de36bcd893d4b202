"""148 reports of boards beside the nation, each printed as a tagged PDF, in one warm worker.

python -m bench.board_reports [--reports 148]

The wave of 2012 is released with the breakdowns of its plan; the boards that answered are printed in turn until there
are enough. What each board's chair knows is the board's own return. The main report is printed beside them, before and
after, so that a busy machine can be told from a quiet one: see docs/performance.md for its time on a quiet one.
"""

import argparse
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from survey.models import Wave


def main() -> None:
    """Prints what all reports took, what one takes, and what the main report takes meanwhile."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=148)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DATABASE_URL": f"sqlite:///{Path(folder) / 'bench.sqlite3'}",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        _measure(given.reports)


def _measure(reports: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from tests.analysis.reports.releases import released_wave

    wave = released_wave(left_out=())
    making = _making(wave)
    making(0)
    main_report = [_cpu(lambda: _main_report(wave)) for _ in range(2)][1:]
    times, sizes = [], []
    for place in range(reports):
        begun = time.process_time()
        sizes.append(making(place))
        times.append(time.process_time() - begun)
    main_report.append(_cpu(lambda: _main_report(wave)))
    told = {
        "reports": reports,
        "cpu_s": round(sum(times), 1),
        "one_s": round(statistics.median(times), 3),
        "kB": round(statistics.median(sizes) / 1000),
        "main_report_s": [round(each, 2) for each in main_report],
        "ratio_to_main": round(statistics.median(times) / statistics.median(main_report), 3),
    }
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
