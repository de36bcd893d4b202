"""Who imports figures of other surveys, and what they may find of them."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import Role
from accounts.rules import staff
from analysis.comparators.models import IMPORTED, Comparator, ComparatorProposal
from analysis.comparators.standing import in_core
from analysis.core.beside import OtherSurvey, of_plan
from analysis.core.plan import Plan
from survey.models import Wave

imports_figures = staff(Role.ANALYST)


def find_proposal(wave: Wave, proposal_id: int) -> ComparatorProposal:
    """A file that waits to be confirmed; not found if it is another wave’s."""
    found = ComparatorProposal.objects.select_related("sent_by").filter(wave=wave)
    proposal = get_object_or_404(found, pk=proposal_id)
    proposal.wave = wave
    return proposal


def find_imported(wave: Wave, name: str) -> Comparator:
    """A survey that was imported, withdrawn or not; not found if it is another wave’s."""
    number = name.removeprefix(IMPORTED)
    if not name.startswith(IMPORTED) or not (number.isascii() and number.isdigit() and len(number) < 10):
        raise Http404
    found = Comparator.objects.select_related("imported_by", "withdrawal__withdrawn_by").filter(wave=wave)
    return get_object_or_404(found, pk=int(number))


def find_other(wave: Wave, name: str, *, plan: Plan) -> OtherSurvey:
    """A survey that stands beside the tables: the plan’s own, or one that was imported and not withdrawn."""
    if name in plan.comparators:
        return of_plan(plan.comparators[name], specs=plan.specs)
    imported = find_imported(wave, name)
    if hasattr(imported, "withdrawal"):
        raise Http404
    return in_core(imported)
