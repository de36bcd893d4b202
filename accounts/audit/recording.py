"""Service: an act is recorded in the transaction that does it, so that there is neither without the other."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import models, transaction

from accounts.audit.acts import Act
from accounts.audit.models import AuditEntry, AuditHead
from accounts.audit.origin import current_address
from accounts.digests import chain_digest
from accounts.models import User


@transaction.atomic
def record(
    act: Act,
    *,
    by: User | None,
    subject: models.Model | None = None,
    about: str = "",
    wave: str = "",
    detail: Mapping[str, Any] | None = None,
    now: datetime,
) -> AuditEntry:
    """Adds one entry to the chain. `by` is nobody where a schedule or command acts; `detail` never holds an answer."""
    AuditHead.objects.get_or_create(pk=1)
    head = AuditHead.objects.select_for_update().get(pk=1)
    entry = AuditEntry(
        number=head.number + 1,
        at=now,
        person=by,
        act=act.name,
        subject=named(subject),
        about=(about or ("" if subject is None else str(subject)))[:300],
        wave=wave,
        detail=dict(detail or {}),
        address=current_address(),
        previous_digest=head.digest,
    )
    entry.digest = entry_digest(entry)
    entry.save()
    AuditHead.objects.filter(pk=1).update(number=entry.number, digest=entry.digest)
    return entry


def entry_digest(entry: AuditEntry) -> str:
    """The digest that an entry must have: over all it says and the digest before it."""
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    said = [entry.number, at, entry.person_id, entry.act, entry.subject, entry.about, entry.wave, entry.detail]
    return chain_digest([*said, entry.address, entry.previous_digest], like=entry.digest)


def account_words(person: User) -> str:
    """What an entry calls a respondent: nobody's name stays in the audit for good; it is looked up when shown."""
    return f"Account {person.pk}"


def named(subject: models.Model | None) -> str:
    """What an entry calls the row that something was done to: its kind and key."""
    return "" if subject is None else f"{type(subject).__name__.lower()}:{subject.pk}"
