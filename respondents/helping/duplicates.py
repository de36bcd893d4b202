"""Services: a return that named no board is settled with the board's own, and that can be undone.

The board's return stays the board's, with its people, messages and addresses: where the other's answers count, they
are taken over as one save and one numbered submission. The other is kept as it came, and counts nowhere.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from accounts.audit.acts import declare
from accounts.models import User
from accounts.people import ERASED_NAME
from respondents.correspondence.notices import Notice, tell
from respondents.helping.refusals import SettledOtherwise
from respondents.returns.attribution import Attribution, Settled
from respondents.returns.models import Return, SaveSource, Submission
from respondents.returns.people import chairs_of
from respondents.returns.recording import record_about
from respondents.returns.saving import CHANGED, Entry, chain_save
from respondents.returns.submitting import next_submission, seal
from survey.schema.answers import Value

SETTLED = declare("return.attributed", "Settled a return that named no board")
UNDONE = declare("return.attribution_undone", "Undid the settling of a return that named no board")
STRATA = (("authority_type", "authority type"), ("region", "region"))


@transaction.atomic
def settle(
    loose: Return, *, board_return: Return, settled: Settled, reason: str, key: UUID, by: User, now: datetime
) -> Attribution:
    """Settles which of two returns counts for a board: the one that named none (`TAKEN`) or the board's own (`APART`).

    Raises SettledOtherwise if the one names a board or was settled already, if the board has nothing that could count,
    or if the one says that it comes from another kind of authority or another region than the board's.
    """
    loose, own = _lock(loose, board_return)
    if made := loose.attributions.filter(key=key).first():
        return made
    _require_fit(loose, own, settled)
    made = Attribution(duplicate=loose, survey_return=own, key=key, settled=settled, reason=reason)
    made.made_by, made.made_at = by, now
    if settled == Settled.TAKEN:
        counting = _counting(own)
        made.number_before = counting.number if counting else None
        _take_over(own, loose, by=by, now=now)
        made.version = own.version
        _tell(own, f"attribution:{loose.pk}:{key}", "has found that a return that named no board is yours", now=now)
    made.save()
    loose.duplicate_of = own
    loose.save(update_fields=["duplicate_of"])
    record_about(own, SETTLED, by=by, now=now, settled=str(settled), legacy_id=loose.legacy_id, duplicate=str(loose.pk))
    return made


@transaction.atomic
def undo(loose: Return, *, reason: str, key: UUID, by: User, now: datetime) -> Attribution:
    """The return names no board again, and the board's own is as it was before.

    Raises SettledOtherwise if nothing is settled, or if the board's return has changed since the answers were taken
    over (by the board, or by another return that was settled with it).
    """
    last = loose.attributions.order_by("-pk").first()
    if last is None:
        raise SettledOtherwise("This return was not settled with a board, so there is nothing to undo.")
    loose, own = _lock(loose, last.survey_return)
    if made := loose.attributions.filter(key=key).first():
        return made
    if loose.duplicate_of_id != own.pk:
        raise SettledOtherwise("This was undone already. Open the page again to see how the return stands.")
    if last.settled == Settled.TAKEN:
        _give_back(own, loose, last, by=by, now=now)
        _tell(own, f"attribution:{loose.pk}:{key}", "has taken back the return that it had given to you", now=now)
    made = Attribution(duplicate=loose, survey_return=own, key=key, settled=Settled.UNDONE, reason=reason)
    made.made_by, made.made_at = by, now
    made.save()
    loose.duplicate_of = None
    loose.save(update_fields=["duplicate_of"])
    record_about(own, UNDONE, by=by, now=now, legacy_id=loose.legacy_id, duplicate=str(loose.pk))
    return made


def _lock(loose: Return, own: Return) -> tuple[Return, Return]:
    """Both as they stand now, locked in one order, whoever asks."""
    keys = (loose.pk, own.pk)
    rows = Return.objects.select_related("wave", "board").select_for_update(of=("self",)).filter(pk__in=keys)
    found = {each.pk: each for each in rows.order_by("pk")}
    return found[loose.pk], found[own.pk]


def _require_fit(loose: Return, own: Return, settled: Settled) -> None:
    if loose.board_id or loose.duplicate_of_id or loose.wave_id != own.wave_id or not own.board_id:
        raise SettledOtherwise("This return names a board, or was settled already. Open the list to see how it stands.")
    if settled == Settled.APART and own.submitted_version is None:
        raise SettledOtherwise(f"{own.board} has submitted nothing that could count. Let this return count for it.")
    for name, words in STRATA:
        stated, known = getattr(loose, name), getattr(own, name)
        if stated and stated != known:
            said = f"This return says that its {words} is {stated}, and {own.board} is in {known}."
            raise SettledOtherwise(f"{said} Choose another board.")


def _counting(found: Return) -> Submission | None:
    return found.submissions.order_by("-number").first() if found.submitted_version is not None else None


def _take_over(own: Return, loose: Return, *, by: User, now: datetime) -> None:
    """The answers of one return become another's, in one save and one submission, as they were sent and when."""
    sent = _counting(loose)
    if sent is None:
        raise SettledOtherwise("This return was never submitted, so it cannot count for a board.")
    _save(own, loose.values, by=by, now=now, origin={"return": str(loose.pk), "submission": sent.number})
    _send(own, sent)


def _give_back(own: Return, loose: Return, last: Attribution, *, by: User, now: datetime) -> None:
    """The board's return as it was before: what it had sent counts again, and what it was drafting stands again."""
    if last.version is None or own.version != last.version:
        raise SettledOtherwise(
            f"The return of {own.board} has changed since, and that would be lost. Write to the board, or reopen it."
        )
    origin: dict[str, str | int] = {"return": str(loose.pk), "undone": 1}
    drafted = values_at(own, last.version - 1)
    sent = own.submissions.filter(number=last.number_before).first() if last.number_before else None
    if sent is None:
        own.submitted_version = own.submitted_at = None
    else:
        _save(own, values_at(own, sent.version), by=by, now=now, origin=origin)
        _send(own, sent)
    if drafted != own.values:
        _save(own, drafted, by=by, now=now, origin=origin)
    own.save(update_fields=[*CHANGED, "submitted_version", "submitted_at"])


def values_at(found: Return, version: int) -> dict[str, Value]:
    """The answers as a version held them: what stands, with every later save taken back."""
    values: dict[str, Value] = dict(found.values)
    for save in found.saves.filter(version__gt=version).order_by("-version"):
        values.update({item: old for item, (old, _) in save.changes.items()})
    return {item: value for item, value in values.items() if value is not None}


def _save(own: Return, wanted: dict[str, Value], *, by: User, now: datetime, origin: dict[str, str | int]) -> None:
    """One save that makes these the return's answers, and no others."""
    stands = own.values
    changes = {item: wanted.get(item) for item in {*stands, *wanted} if wanted.get(item) != stands.get(item)}
    save = chain_save(own, changes, entry=Entry(by, now, SaveSource.ATTRIBUTED, origin=origin))
    own.save(update_fields=CHANGED)
    save.save()


def _send(own: Return, sent: Submission) -> None:
    """The next submission of a return, with what another one held: its answers, sender and time."""
    is_forgotten = sent.number in sent.survey_return.declarers_erased  # it goes from there in the night
    declared_by = ERASED_NAME if is_forgotten else sent.declared_by
    submission = next_submission(own, person=sent.submitted_by, now=sent.submitted_at, declared_by=declared_by)
    submission.answers, submission.texts = sent.answers, sent.texts
    submission.copied, submission.minutes_taken = sent.copied, sent.minutes_taken
    seal(submission, questionnaire=own.wave.questionnaire).save()
    own.save(update_fields=["submitted_version", "submitted_at", "awaiting_version"])


def _tell(own: Return, key: str, what: str, *, now: datetime) -> None:
    sentence = f"The survey team {what}. Your return says what holds now."
    notice = Notice(key, "A return of your board", sentence, reverse("portal:tasks", args=[own.pk]))
    tell(chairs_of(own, now=now), own, notice, now=now)
