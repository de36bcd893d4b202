"""manage.py verify_submissions"""

from typing import Any

from accounts.commands import OperatorCommand
from respondents.returns.checking import check_submissions


class Command(OperatorCommand):
    """Reads every submission again and names those that are not as they were sent."""

    tells_store = True
    help = "Checks every submission against its digest and its packed codes. Ends with 1 and names those that differ."

    def handle(self, *args: Any, **options: Any) -> None:
        """Checks and says how many hold."""
        checked = check_submissions()
        if checked.problems:
            self.fail(f"Of {checked.submissions} submissions some are not as they were sent.", list(checked.problems))
        self.stdout.write(f"All {checked.submissions} submissions are as they were sent.")
        if checked.unsealed:
            self.stdout.write(
                f"Of {checked.unsealed} words or a name were erased since: their codes were read, not their digest."
            )
