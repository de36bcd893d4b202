"""Service: a plan is kept as it reads, with all it names, so that what was made by it can be made again."""

from accounts.digests import digest_of
from analysis.core.plan import Plan
from analysis.milestones.models import KeptPlan
from analysis.planning import plan_files, read_plan
from survey.schema.document import Questionnaire

MOST_HELD = 16
_HELD: dict[tuple[int, str], Plan] = {}


def keep_plan(name: str) -> KeptPlan:
    """The plan of this name as tables are made by it now; kept once."""
    files = plan_files(name)
    kept, _ = KeptPlan.objects.get_or_create(digest=digest_of([name, files]), defaults={"name": name, "files": files})
    return kept


def read_kept(number: int, *, questionnaire: Questionnaire) -> Plan:
    """The plan that was kept under this key, read once by a process: what is kept never changes."""
    key = number, questionnaire.digest
    if key not in _HELD:
        kept = KeptPlan.objects.get(pk=number)
        for oldest in list(_HELD)[: len(_HELD) - MOST_HELD + 1]:
            del _HELD[oldest]
        _HELD[key] = read_plan(kept.name, questionnaire=questionnaire, files=kept.files)
    return _HELD[key]
