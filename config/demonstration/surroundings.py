"""What the demonstration is told of its surroundings; settings are read once, so it is told before they are."""

import os
from argparse import ArgumentParser
from collections.abc import Sequence

from config.env import ROOT

PORT = 8000


def surround(arguments: Sequence[str]) -> None:
    """Switch the demonstration on for this process and those it starts, on the port that the arguments name."""

    parser = ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--port", default=str(PORT))
    port: str = parser.parse_known_args(arguments)[0].port
    os.environ |= {
        "DEMONSTRATION": "true",
        "SITE_URL": f"http://localhost:{port}",
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "EMAIL_URL": f"file://{ROOT / 'var' / 'demonstration-mail'}",
        "BEHIND_PROXY": "false",
    }
