"""manage.py verify_audit [--anchor NUMBER:DIGEST]"""

import re
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from accounts.audit.checking import Anchor, check_chain
from accounts.commands import OperatorCommand


class Command(OperatorCommand):
    """Reads the whole audit again and names the first entry that is not as it was written."""

    tells_store = True
    help = "Checks every entry of the audit against the chain of digests. Ends with 1 and names the first bad entry."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What the log knows."""
        parser.add_argument(
            "--anchor",
            type=_anchor,
            metavar="NUMBER:DIGEST",
            help="what a line “audit anchor” of the log said; tells a chain that was written anew",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Checks and says how many entries hold."""
        checked = check_chain(anchor=options["anchor"])
        if checked.problem:
            self.fail(
                f"The audit was tampered with. The {checked.entries} entries before that hold.", [checked.problem]
            )
        self.stdout.write(f"All {checked.entries} entries of the audit are as they were written.")


def _anchor(text: str) -> Anchor:
    if not re.fullmatch(r"\d{1,18}:(?:[0-9a-f]{64}|[a-z0-9-]+\.[A-Za-z0-9_-]{43})", text):
        raise ArgumentTypeError(f"“{text}” is not a number and a digest, such as 128:5f0c…")
    number, _, digest = text.partition(":")
    return Anchor(int(number), digest)
