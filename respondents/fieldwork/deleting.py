"""Service: a draft or a test wave is deleted with everything that hangs on it; a real wave that opened never is."""

from collections.abc import Iterator
from datetime import datetime

from django.db import models, transaction

from accounts.audit.recording import record
from accounts.models import User
from accounts.outbox.models import Message
from respondents.fieldwork.acts import DELETED
from respondents.fieldwork.drafting import lock_wave
from respondents.fieldwork.refusals import KeptForGood
from survey.models import Wave

MANY = 200  # messages are looked for by the keys of so many returns at a time


@transaction.atomic
def delete_wave(wave: Wave, *, by: User, now: datetime) -> int:
    """Deletes the wave and all its data, rows that are written once too; says how many rows went.

    Raises KeptForGood for a real wave that was opened. Whether a wave is a test never changes, by a rule of the
    database, and every statement names the wave by its key and by that rule: there is no way to a real one from here.
    """
    wave = lock_wave(wave)
    if not _may_go(wave):
        raise KeptForGood(f"{wave} is a real wave and was opened: its returns are kept. Only drafts and tests can go.")
    gone = _delete_messages(wave) + sum(_delete_below(wave, *path) for path in deepest_first())
    gone += delete_rows(Wave, {"pk": wave.pk}, "")
    record(DELETED, by=by, subject=wave, wave=wave.slug, detail={"is_test": wave.is_test, "rows": gone}, now=now)
    return gone


def _may_go(wave: Wave) -> bool:
    return wave.is_test or wave.is_draft


def _delete_below(wave: Wave, model: type[models.Model], path: str) -> int:
    return delete_rows(model, {path: wave.pk}, f"{path}__")


def delete_rows(model: type[models.Model], of_wave: dict[str, object], to_wave: str) -> int:
    """Deletes rows of one wave with the guard in the statement itself."""
    rows: models.QuerySet[models.Model] = models.QuerySet(model).filter(**of_wave)
    guard = models.Q(**{f"{to_wave}is_test": True}) | models.Q(**{f"{to_wave}opened_at__isnull": True})
    return rows.filter(guard)._raw_delete(rows.db)  # noqa: SLF001 -- the only way past rows written once


def deepest_first() -> list[tuple[type[models.Model], str]]:
    """Every table whose rows belong to a wave, with the way from it to the wave; the farthest first.

    Read from the models, so that a table added in any room is deleted too. A link that may be empty is a way only
    where there is no other, and only if its rows are meant to go with what they name.
    """
    ways: dict[type[models.Model], str] = {Wave: ""}
    for may_be_empty in (False, True):
        nearest = list(ways)
        while nearest:
            nearest = [child for model in nearest for child in _take(model, ways, may_be_empty=may_be_empty)]
    del ways[Wave]
    return sorted(ways.items(), key=lambda found: -found[1].count("__"))


def _take(
    model: type[models.Model], ways: dict[type[models.Model], str], *, may_be_empty: bool
) -> Iterator[type[models.Model]]:
    """The tables that hang on this one and were not met before."""
    for relation in model._meta.get_fields(include_hidden=True):  # noqa: SLF001 -- a documented name
        if not isinstance(relation, models.ForeignObjectRel) or isinstance(relation, models.ManyToManyRel):
            continue
        child, field = relation.related_model, relation.field
        belongs = not field.null or (may_be_empty and relation.on_delete is models.CASCADE)
        if child not in ways and belongs:
            ways[child] = f"{field.name}__{ways[model]}" if ways[model] else field.name
            yield child


def _delete_messages(wave: Wave) -> int:
    """Those that name the wave, one of its returns, or a return in their own key; what waits to be sent goes too."""
    gone = Message.objects.filter(models.Q(wave=wave.slug) | models.Q(about__in=wave.returns.values("pk"))).delete()[0]
    keys = [str(key) for key in wave.returns.values_list("pk", flat=True)]
    for start in range(0, len(keys), MANY):
        named = models.Q()
        for key in keys[start : start + MANY]:
            named |= models.Q(key__contains=key)
        gone += Message.objects.filter(named).delete()[0]
    return gone
