"""Every exact interval for 0 <= x <= n <= N <= 200 against a second implementation: about three minutes.

    python -m bench.intervals [--largest 200]

The tests do the same for populations up to 30 and for 57, 100 and 148.
"""

import argparse
import json
import time

from tests.analysis.core.tails import differing


def main() -> None:
    """Says how many cases there were and which differed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--largest", type=int, default=200)
    largest = parser.parse_args().largest
    began = time.process_time()
    wrong = [case for population in range(1, largest + 1) for case in differing(population)]
    cases = sum((n + 1) for population in range(1, largest + 1) for n in range(1, population + 1))
    seconds = round(time.process_time() - began, 1)
    print(json.dumps({"cases": cases, "differing": wrong[:20], "number_differing": len(wrong), "cpu_s": seconds}))


if __name__ == "__main__":
    main()
