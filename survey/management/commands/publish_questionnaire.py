"""manage.py publish_questionnaire FILE"""

from argparse import ArgumentParser
from typing import Any

from django.utils import timezone

from accounts.commands import OperatorCommand
from survey.commands import read_document
from survey.publishing import publish_questionnaire
from survey.schema.source import DocumentError


class Command(OperatorCommand):
    """Freezes a questionnaire document as the next version."""

    help = (
        "Publishes a questionnaire. A published version never changes; publishing the same text again changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The document."""
        parser.add_argument("file", help="the questionnaire as YAML")

    def handle(self, *args: Any, **options: Any) -> None:
        """Publishes and says which version this is."""
        document = read_document(options["file"])
        try:
            published, is_new = publish_questionnaire(document, now=timezone.now())
        except DocumentError as error:
            self.fail("Nothing was published.", error.problems)
        self.stdout.write(f"{'Published' if is_new else 'Already published:'} {published}, digest {published.digest}.")
