"""The analysis plans that come with the product, read from `analysis/plans/`."""

from collections.abc import Mapping
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
    return _texts()[f"{name}.yaml"]


def plan_digest(name: str) -> str:
    """What tells the plan that tables are made by from any other."""
    return bytes_digest(plan_text(name).encode())


def plan_files(name: str) -> dict[str, str]:
    """The plan with the templates of its reports and the files that it names: all that it takes to read it again."""
    text = plan_text(name)
    return {file: said for file, said in _texts().items() if file.startswith(f"{name}.") or file in text}


def read_plan(name: str, *, questionnaire: Questionnaire, files: Mapping[str, str] | None = None) -> Plan:
    """The plan of this name, checked against the questionnaire; DocumentError lists what does not fit."""
    known = _texts() if files is None else files
    return load_plan(known[f"{name}.yaml"], questionnaire=questionnaire, files=known)


def plan_of(wave: Wave) -> Plan:
    """The wave's plan; NoPlan if it names none."""
    if wave.plan not in plan_names():
        raise NoPlan(f"{wave.title} names no analysis plan, so there are no tables. Record one among its tasks.")
    key = f"{PLANS / wave.plan}", wave.questionnaire.digest
    if key not in _READ:
        _READ[key] = read_plan(wave.plan, questionnaire=wave.questionnaire)
    return _READ[key]


def template_text(wave: Wave) -> str:
    """The template that came with the wave's plan, as it is written; for want of one a plain one made of the plan."""
    return _texts().get(f"{wave.plan}.report.md") or plain_template(plan_of(wave))


def template_of(wave: Wave) -> Template:
    """The latest text of the wave's report without problems; DocumentError if it has some, NoPlan without a plan."""
    plan_of(wave)
    written = ReportText.objects.filter(wave=wave).usable().first()
    return parse(written.text if written else template_text(wave))


def _texts() -> dict[str, str]:
    """Every file beside the plans by its name, as this process read it first."""
    for path in PLANS.iterdir():
        if path not in _FILES and path.is_file():
            _FILES[path] = path.read_text(encoding="utf-8")
    return {path.name: text for path, text in _FILES.items() if path.parent == PLANS}


# Each file is read once by a process: what is digested and kept of a plan is what its tables are made by, even where
# the files are replaced under a process that runs. Each pair of plan and questionnaire is put together once.
_FILES: dict[Path, str] = {}
_READ: dict[tuple[str, str], Plan] = {}
