"""Two clicks at the same moment: one row, and a sentence for the other."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import Role
from accounts.staff.granting import ask_for_new
from accounts.staff.models import RoleRequest
from accounts.store.taken import unless_taken
from respondents.contacts.models import MailingKind, Stop
from respondents.contacts.noting import stop
from respondents.contacts.planning import plan_default, plan_mailing
from respondents.fieldwork.drafting import start_draft
from tests.builders import NOW, person, wave
from tests.races import at_once


@pytest.mark.django_db
def test_what_is_taken_is_told_and_the_transaction_goes_on() -> None:
    rita = person("rita@example.org", role=Role.RESEARCHER)
    with transaction.atomic():
        stop(email="a@example.org", reason="R", by=rita, now=NOW)
        with pytest.raises(ValidationError, match="already"), unless_taken(ValidationError("There already.")):
            Stop.objects.create(email="a@example.org", reason="R", by=rita, at=NOW)
        assert Stop.objects.count() == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_four_clicks_at_once_end_in_no_error_but_a_sentence() -> None:
    rita, munro = person("rita@example.org", role=Role.ADMINISTRATOR), wave()
    due = munro.opens_at.replace(hour=11)
    works = (
        lambda: stop(email="a@example.org", reason="R", by=rita, now=NOW),
        lambda: plan_mailing(munro, MailingKind.THANKS, due, by=rita, now=munro.opens_at.replace(hour=0)),
        lambda: ask_for_new("new@example.org", name="N", role=Role.RESEARCHER, by=rita, now=NOW),
        lambda: start_draft("next", title="Next", by=rita, now=NOW),
    )
    for work in works:
        assert sorted(at_once(4, lambda work=work: _said(work))) == ["done", "told", "told", "told"]  # type: ignore[misc]
    assert sum(at_once(4, lambda: plan_default(munro, by=rita, now=munro.opens_at))) > 0
    assert RoleRequest.objects.count() == 1


def _said(work: object) -> str:
    assert callable(work)
    try:
        work()
    except ValidationError:
        return "told"
    return "done"
