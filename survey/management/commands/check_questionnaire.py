"""manage.py check_questionnaire FILE"""

from argparse import ArgumentParser
from typing import Any

from accounts.commands import OperatorCommand
from survey.commands import read_document
from survey.schema.document import load
from survey.schema.source import DocumentError


class Command(OperatorCommand):
    """Says everything that is wrong with a questionnaire document, by line."""

    needs_database = False
    help = "Checks a questionnaire document without storing anything."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The document."""
        parser.add_argument("file", help="the questionnaire as YAML")

    def handle(self, *args: Any, **options: Any) -> None:
        """Reads the document and counts what it holds."""
        document = read_document(options["file"])
        try:
            questionnaire = load(document)
        except DocumentError as error:
            self.fail(f"{options['file']} cannot be published yet.", error.problems)
        self.stdout.write(
            f"{questionnaire.code}: {len(questionnaire.sections)} sections, {len(questionnaire.questions)} questions, "
            f"{len(questionnaire.items)} items. No problems."
        )
