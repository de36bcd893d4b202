"""The analysis plans that come with the product, read from `analysis/plans/`."""

from pathlib import Path

from accounts.digests import bytes_digest
from analysis.core.document import Template, parse
from analysis.core.document.plain import plain_template
from analysis.core.plan import Plan, load_plan
from analysis.refusals import NoPlan
from analysis.templating.models import ReportText
from survey.models import Wave
from survey.schema.document import Questionnaire

PLANS = Path(__file__).parent / "plans"


def plan_names() -> list[str]:
    """The names of all plans."""
    return sorted(path.stem for path in PLANS.glob("*.yaml") if not path.stem.startswith("errata_"))


def plan_text(name: str) -> str:
    """The plan of this name as it is written."""
    return (PLANS / f"{name}.yaml").read_text(encoding="utf-8")


def plan_digest(name: str) -> str:
    """What tells the plan as it is written from any other."""
    return bytes_digest(plan_text(name).encode())


def read_plan(name: str, *, questionnaire: Questionnaire) -> Plan:
    """The plan of this name, checked against the questionnaire; DocumentError lists what does not fit."""
    files = {path.name: path.read_text(encoding="utf-8") for path in PLANS.iterdir() if path.is_file()}
    return load_plan(files[f"{name}.yaml"], questionnaire=questionnaire, files=files)


def plan_of(wave: Wave) -> Plan:
    """The wave's plan; NoPlan if it names none."""
    if wave.plan not in plan_names():
        raise NoPlan(f"{wave.title} names no analysis plan, so there are no tables. Record one among its tasks.")
    key = wave.plan, wave.questionnaire.digest
    if key not in _READ:
        _READ[key] = read_plan(wave.plan, questionnaire=wave.questionnaire)
    return _READ[key]


def template_text(wave: Wave) -> str:
    """The template that came with the wave's plan, as it is written; for want of one a plain one made of the plan."""
    path = PLANS / f"{wave.plan}.report.md"
    return path.read_text(encoding="utf-8") if path.exists() else plain_template(plan_of(wave))


def template_of(wave: Wave) -> Template:
    """The latest text of the wave's report without problems; DocumentError if it has some, NoPlan without a plan."""
    plan_of(wave)
    written = ReportText.objects.filter(wave=wave).usable().first()
    return parse(written.text if written else template_text(wave))


# Plans and published questionnaires do not change while a process runs, so each pair is read once.
_READ: dict[tuple[str, str], Plan] = {}
