"""What may leave of the paper's ten tables with their breakdowns, decided and audited; and an intruder on 1,000 tables.

    python -m bench.disclosure [--tables 1000]

The intruder protects random tables with the product and then tries scipy's linprog on what is left of them.
"""

import argparse
import json
import time
from collections import Counter
from collections.abc import Callable

from bench.quiet import wait_for_quiet


def seconds(run: Callable[[], object]) -> tuple[object, float, float]:
    """What came of a run, with its wall and CPU seconds."""
    wait_for_quiet(at_most=20)
    wall, cpu = time.perf_counter(), time.process_time()
    found = run()
    return found, time.perf_counter() - wall, time.process_time() - cpu


def main() -> None:
    """Measures both and prints a line for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tables", type=int, default=1000)
    options = parser.parse_args()
    _paper()
    _intruder(options.tables)


def _paper() -> None:
    from analysis.core.cube import count
    from analysis.core.release.deciding import audit, decide
    from analysis.core.release.decisions import Choices, Decisions
    from analysis.core.release.participation import Frame
    from tests.golden import published

    frame = Frame(Counter((row["authority_type"], row["region"]) for row in published.lines("boards.csv")))
    cube, plan = count(published.frame(), questionnaire=published.questionnaire()), published.plan()
    decisions, wall, cpu = seconds(lambda: decide(cube, plan=plan, frame=frame, extract="d", choices=Choices()))
    assert isinstance(decisions, Decisions)
    told = {"hidden": len(decisions.hidden), "protected": len(decisions.ranges), "is_safe": decisions.is_safe}
    print(json.dumps({"what": "decided", "wall_s": round(wall, 1), "cpu_s": round(cpu, 1)} | told))
    faults, wall, cpu = seconds(lambda: audit(cube, plan=plan, frame=frame, extract="d", decisions=decisions))
    print(json.dumps({"what": "audited again", "wall_s": round(wall, 1), "cpu_s": round(cpu, 1), "faults": faults}))


def _intruder(tables: int) -> None:
    from tests.analysis.core.intruder import recovered

    found, wall, cpu = seconds(lambda: [line for seed in range(tables) for line in recovered(seed)])
    print(
        json.dumps({"what": f"{tables} random tables", "wall_s": round(wall), "cpu_s": round(cpu), "recovered": found})
    )


if __name__ == "__main__":
    main()
