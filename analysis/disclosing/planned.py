"""The plan of a release, and the text that came with it: as they read when it was prepared, whatever they say today."""

from analysis.core.document.plain import plain_template
from analysis.core.plan import Plan
from analysis.disclosing.models import Release
from analysis.disclosing.refusals import NotKept
from analysis.disclosing.standing import AGAIN
from analysis.milestones.plans import read_kept
from analysis.planning import plan_digest, plan_names, plan_of, template_text


def plan_at(release: Release) -> Plan:
    """The plan that the release was prepared by. NotKept where nobody has it any more."""
    wave = release.wave
    if release.kept_plan_id is not None:
        return read_kept(release.kept_plan_id, questionnaire=wave.questionnaire)
    if wave.plan not in plan_names() or plan_digest(wave.plan) != release.plan:
        raise NotKept(
            f"{release} was prepared before its analysis plan was kept with it, and the plan of today is another: its "
            f"titles, charts and findings would not be those of the release. {AGAIN}"
        )
    return plan_of(wave)


def template_text_at(release: Release) -> str:
    """The text of the report that came with that plan; for want of one a plain one made of the plan."""
    kept = release.kept_plan
    if kept is None:
        plan_at(release)
        return template_text(release.wave)
    written: str = kept.files.get(f"{kept.name}.report.md", "")
    return written or plain_template(plan_at(release))
