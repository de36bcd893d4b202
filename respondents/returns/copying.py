"""Service: starts a return from the answers of another one, each marked until somebody has looked at it."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from respondents.returns.models import Return, SaveSource
from respondents.returns.openness import sections_of
from respondents.returns.saving import CHANGED, Entry, chain_save, lock_return, require_open
from survey.schema.answers import Value, answered


def copyable(source: Return, *, into: Return) -> dict[str, Value]:
    """The answers of one return to what is empty in the other; nothing unless both are of one wave."""
    if source.wave_id != into.wave_id or source.pk == into.pk:
        return {}
    there = into.values
    return {item: value for item, value in source.values.items() if answered(value) and not answered(there.get(item))}


@transaction.atomic
def copy_answers(source: Return, *, into: Return, person: User, now: datetime) -> int:
    """Copies answers into what is empty, in one save that names where they came from; says how many.

    Both are returns of boards that this person chairs, as the door found them. What the other return has answered
    itself stays. Each copied answer is marked until it is confirmed or changed.
    """
    into = lock_return(into)
    values = copyable(source, into=into)
    require_open(into, now=now, sections=sections_of(into, values))
    if not values:
        return 0
    sent = source.submissions.filter(version=source.version).values_list("number", flat=True).first()
    origin: dict[str, str | int] = {
        "return": str(source.pk),
        "version": source.version,
        **({"submission": sent} if sent else {}),
    }
    save = chain_save(into, values, entry=Entry(person, now, SaveSource.COPY, origin=origin))
    into.copied = {**into.copied, **dict.fromkeys(values, str(source.pk))}
    into.save(update_fields=CHANGED)
    save.save()
    return len(values)
