"""Services: figures of another survey are sent, looked at, imported exactly as they were looked at, or discarded."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.audit.acts import declare
from accounts.audit.recording import record
from accounts.models import User
from analysis.comparators.models import Comparator, ComparatorProposal, ComparatorWithdrawal
from analysis.comparators.reading import read_published
from analysis.comparators.refusals import GoneAlready, PreviewOutdated, StandsAlready
from analysis.comparators.weighing import FACTS, Preview, weigh
from analysis.planning import plan_of
from respondents.tabular.lines import refused
from survey.models import Wave

IMPORTED = declare("comparator.imported", "Imported published figures of another survey")
WITHDRAWN = declare("comparator.withdrawn", "Withdrew the figures of another survey")


def propose(
    wave: Wave, *, facts: Mapping[str, Any], content: bytes, encoding: str, by: User, now: datetime
) -> ComparatorProposal:
    """Keeps the lines for a preview and changes no table; FileRefused where a line is bad or none has a place."""
    lines = read_published(content, name=facts["file_name"], scale=facts["scale"], encoding=encoding)
    proposal = ComparatorProposal(wave=wave, **facts, lines=[asdict(line) for line in lines], sent_by=by, sent_at=now)
    found = weigh(proposal, plan=plan_of(wave))
    if not found.taken:
        raise refused(
            f"None of its {len(found.questions):,} questions has a place in a table: {found.left_out[0]}",
            "Write the codes of the items in the column row, and give the scale as the table has it",
        )
    known = Comparator.objects.filter(wave=wave, digest=found.digest, withdrawal=None).first()
    if known:
        raise StandsAlready(f"Exactly these figures stand beside the tables already, as {known}.")
    proposal.save()
    return proposal


def preview_of(proposal: ComparatorProposal) -> Preview:
    """What importing it would do to the tables as the plan has them now."""
    return weigh(proposal, plan=plan_of(proposal.wave))


@transaction.atomic
def import_proposal(wave: Wave, proposal_id: int, *, digest: str, by: User, now: datetime) -> Comparator:
    """Does exactly what the preview with this digest showed; PreviewOutdated if it would do anything else."""
    proposal = ComparatorProposal.objects.select_for_update().filter(wave=wave, pk=proposal_id).first()
    if proposal is None:
        raise GoneAlready("This file was imported or discarded already. The list of other surveys says which.")
    found = weigh(proposal, plan=plan_of(wave))
    if found.digest != digest:
        raise PreviewOutdated(
            "The analysis plan has changed since you looked at the preview, so nothing was imported. "
            "Open the preview again, look at what it does now, and confirm that."
        )
    kept = Comparator.objects.create(
        wave=wave,
        **{name: getattr(proposal, name) for name in FACTS},
        places=found.places,
        left_out=found.left_out,
        digest=digest,
        imported_by=by,
        imported_at=now,
    )
    proposal.delete()
    detail = {"lines": len(kept.lines), "left_out": len(kept.left_out), "source": kept.source, "digest": digest}
    record(IMPORTED, by=by, subject=kept, about=kept.label, wave=wave.slug, detail=detail, now=now)
    return kept


def discard(wave: Wave, proposal_id: int) -> None:
    """Forgets a file that was sent and never imported."""
    ComparatorProposal.objects.filter(wave=wave, pk=proposal_id).delete()


@transaction.atomic
def withdraw(comparator: Comparator, *, reason: str, by: User, now: datetime) -> ComparatorWithdrawal:
    """Takes the figures from beside the tables; they are kept with the reason. GoneAlready the second time."""
    Wave.objects.select_for_update().get(pk=comparator.wave_id)
    if ComparatorWithdrawal.objects.filter(comparator=comparator).exists():
        raise GoneAlready(f"{comparator} was withdrawn already. Its reason stands in the list of other surveys.")
    kept = ComparatorWithdrawal.objects.create(comparator=comparator, reason=reason, withdrawn_by=by, withdrawn_at=now)
    wave = comparator.wave.slug
    record(WITHDRAWN, by=by, subject=comparator, about=comparator.label, wave=wave, detail={"reason": reason}, now=now)
    return kept
