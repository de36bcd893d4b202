"""The migrations make exactly the tables that the models speak of."""

import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_models_have_not_moved_on_from_their_migrations() -> None:
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)
