"""References of one board, harvested from everything that its people and the team see, sent by another board's chair.

    python -m bench.references [--tries 1500] [--seed 1] [--sqlite]

On the demonstration's data. Harvested from: pages, JSON, PDF with its metadata, Word, spreadsheets, letters, calendar
entries, names of files, headers and lines of the log. Sent as the chair of another board, as who chaired this one until
yesterday, and as nobody, in the path with parents and children swapped, in queries, bodies and headers. A fault is a
word or a row of the one board in what the other is shown, a change of its rows, or a server error. Each request is
undone.
"""

import argparse
import os
import sys
from collections import Counter
from contextlib import nullcontext

from tests.postgres import postgresql


def main() -> int:
    """Harvest, send, and end with 1 where anything was disclosed or changed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tries", type=int, default=1_500, help="of each way and each person")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sqlite", action="store_true", help="on SQLite instead of a PostgreSQL of its own")
    said = parser.parse_args()
    with nullcontext("") if said.sqlite else postgresql() as url:
        from bench.fuzz.__main__ import database

        with database(url):
            from bench.references.running import run

            done = run(some=said.tries, seed=said.seed)
    print(f"harvested: {tell(done.kinds)}")
    print(f"references: {tell(done.references)}; {done.addresses:,} addresses")
    print(f"seed {said.seed}: {sum(done.ways.values()):,} requests: {tell(done.ways)}; statuses {tell(done.statuses)}")
    print(f"the page of a link that was sent to its mailbox: {done.by_link} times")
    print("\n".join(done.faults[:60]) or "0 disclosures, 0 changes, 0 server errors")
    return 1 if done.faults else 0


def tell(found: Counter[str]) -> str:
    """The counts, the largest first."""
    return ", ".join(f"{name} {count:,}" for name, count in found.most_common())


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    sys.exit(main())
