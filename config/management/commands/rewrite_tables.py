"""manage.py rewrite_tables"""

from typing import Any

from accounts.commands import OperatorCommand
from config.roles.rewriting import changing_tables, rewrite_tables


class Command(OperatorCommand):
    """Run it in a quiet hour after something was erased that must not be left in the files either."""

    help = "Writes the tables anew, so that nothing of what was erased is left in PostgreSQL's own files."

    def handle(self, *args: Any, **options: Any) -> None:
        """Writes them anew, or says which were in use."""
        tables = changing_tables()
        if left := rewrite_tables(tables):
            self.fail(
                "The others were written anew. Run it again in a quieter hour.",
                [f"{each} was in use, or somebody could still see its old rows." for each in left],
            )
        self.stdout.write(f"{len(tables)} tables were written anew.")
