"""One experiment in a process of its own: `python -m bench.faults.one ID FOLDER --seed N --rounds N`."""

import argparse
import json
import os
import traceback
from dataclasses import asdict
from pathlib import Path

from tests.faults.house import Ports, environment_of


def main() -> None:
    """Runs it and writes its outcome beside its logs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("id")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--rounds", type=int, required=True)
    given = parser.parse_args()
    ports = Ports()
    os.environ.update(environment_of(ports, mail=25))
    import django

    django.setup()
    from bench.faults import experiments
    from bench.faults.lab import Lab
    from bench.faults.registry import EXPERIMENTS, Outcome

    experiments.load()
    told = json.loads((given.folder.parent / "prepared.json").read_text())
    lab = Lab(
        folder=given.folder,
        programs=Path(told["programs"]),
        prepared=Path(told["cluster"]),
        people=[tuple(pair) for pair in told["people"]],
        ports=ports,
        seed=given.seed,
        rounds=given.rounds,
    )
    run = EXPERIMENTS[given.id].run
    assert run
    try:
        outcome = run(lab)
    except Exception as error:  # noqa: BLE001 -- an experiment that breaks down has not passed
        traceback.print_exc()
        outcome = Outcome(f"broke down: {type(error).__name__}: {str(error)[:300]}", passed=False)
    (given.folder / "outcome.json").write_text(json.dumps(asdict(outcome)))


if __name__ == "__main__":
    main()
