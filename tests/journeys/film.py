"""`python -m tests.journeys.film`: walks a chair's journey and keeps its pictures in docs/images/journey."""

import os
import subprocess
import sys


def main() -> int:
    """Runs the walk as the test it is, with the camera on."""
    walk = (sys.executable, "-m", "pytest", "-q", "-m", "journey", "tests/journeys/test_film.py")
    return subprocess.run(walk, env={**os.environ, "FILM": "1"}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
