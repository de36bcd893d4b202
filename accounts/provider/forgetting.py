"""Service: whom the provider's accounts belong to is forgotten, for a provider that is called otherwise from now on."""

from datetime import datetime

from django.db import transaction

from accounts.audit.recording import record
from accounts.models import User
from accounts.provider.acts import FORGOTTEN


@transaction.atomic
def forget_accounts(*, now: datetime) -> int:
    """Each person is tied anew to the first account that comes with their address; says how many there were."""
    people = User.objects.exclude(provider_account=None).update(provider_account=None)
    record(FORGOTTEN, by=None, about="The department’s sign-in", detail={"people": people}, now=now)
    return people
