"""Service: what is encrypted under a former key is encrypted under the present one, so that the former can go."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from accounts.audit.acts import declare
from accounts.audit.recording import record
from accounts.second.adapter import encrypted_anew

ROTATED = declare("keys.rotated", "Encrypted the keys of authenticator apps anew")


@transaction.atomic
def encrypt_anew(*, now: datetime) -> int:
    """Every authenticator app and every set of recovery codes; says how many rows. Safe to run twice."""
    rows = list(Authenticator.objects.select_for_update().order_by("pk"))
    for row in rows:
        row.data = {name: _anew(value) if name in ENCRYPTED else value for name, value in row.data.items()}
        row.save(update_fields=["data"])
    record(ROTATED, by=None, about="Authenticator apps and recovery codes", detail={"rows": len(rows)}, now=now)
    return len(rows)


ENCRYPTED = frozenset({"secret", "seed", "migrated_codes"})  # as allauth calls them


def _anew(value: str | list[str]) -> str | list[str]:
    return [encrypted_anew(each) for each in value] if isinstance(value, list) else encrypted_anew(value)
