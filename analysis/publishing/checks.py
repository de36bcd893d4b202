"""What is checked before an edition is signed off: each with the words that say how it came out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.core.plan import Plan
from analysis.core.quality import base_faults, companion_faults, compared_with_print, outcome_faults, total_faults
from analysis.core.table import Table
from analysis.disclosing.accounting import response_at
from analysis.disclosing.models import Release
from analysis.milestones.since import changed_since
from analysis.publishing.wording import findings_of
from survey.counting import counted

PASSES, LOOK, FAILS = "Passes", "Look at it", "Fails"
SHOWN = 3  # faults that are told in full


@dataclass(frozen=True)
class Check:
    """One check: its name, how it came out, why."""

    name: str
    state: str
    words: str
    is_under_way: bool = False
    way_out: str = "Mend this, then prepare the edition again."

    @property
    def fails(self) -> bool:
        """Whether nothing may be signed off."""
        return self.state == FAILS


def table_checks(tables: Sequence[Table], *, release: Release, plan: Plan) -> Iterator[Check]:
    """What the tables of a release alone can show."""
    if not tables:
        yield Check("Tables", FAILS, "This release was prepared before its tables were kept. Prepare a new one.")
        return
    yield _told("Totals", total_faults(tables), "Every total is the sum of its parts, where no part is withheld.")
    yield _told("Bases", base_faults(tables), "Every percentage follows from its count, and every table has a base.")
    if any(table.kind == "outcomes" for table in tables):
        same = "The outcomes of boards add to those that are eligible, and the response tables are of as many."
        yield _told("Outcomes", outcome_faults(tables), same)
    if any(table.companion_of for table in tables):
        same = "Tables on two bases have the same counts, and their bases differ by what stands apart."
        yield _told("Two bases", companion_faults(tables), same)
    yield _print(tables, release=release, plan=plan)
    yield _findings(tables, release=release, plan=plan)
    yield _frozen(release)


def page_checks(page: Mapping[str, Any]) -> Iterator[Check]:
    """What the texts of a page lack."""
    has_response = page["response"] and page["non_response"]
    yield _there(
        "Response and non-response statement",
        "\n".join([page["response"], *page["non_response"]]) if has_response else "",
        "The page would not say who answered and who did not. The plan needs a table of response.",
    )
    yield _there("Contact", page["contact"]["name"] and page["contact"]["email"], "Nobody is named to ask.")
    for name in ("methods", "quality", "independence"):
        title = "Independence statement" if name == "independence" else f"{name.capitalize()} notes"
        yield _there(title, page[name], "They are empty. Write them among the words.")
    yield _linted(page.get("lint", []), hints=page.get("hints", []))
    is_dated = page["plan"] and "exploratory" not in page["plan"]
    words = page["plan"] or "No plan was recorded with a date. The page does not say that the analysis was planned."
    yield Check("Analysis plan", PASSES if is_dated else LOOK, words)


def _linted(problems: Sequence[str], *, hints: Sequence[str]) -> Check:
    """What is stale or not so holds a sign-off up; what may only be so does not."""
    name, whole = "Lint of the report", "These tables bear out every number, claim and base of the report’s template."
    if problems:
        what = "places of the template or of the words are left out or say what is not so"
        return Check(name, FAILS, _first(what, problems))
    return Check(name, LOOK, _first("places want a look", hints)) if hints else Check(name, PASSES, whole)


def _first(what: str, problems: Sequence[str]) -> str:
    more = f" And {len(problems) - SHOWN} more." if len(problems) > SHOWN else ""
    return f"{len(problems):,} {what}: {' '.join(problems[:SHOWN])}{more}"


def _there(name: str, text: object, missing: str) -> Check:
    return Check(name, PASSES, "It is on the page.") if text else Check(name, FAILS, missing)


def _told(name: str, faults: Sequence[str], passes: str) -> Check:
    more = f" And {len(faults) - SHOWN} more." if len(faults) > SHOWN else ""
    return Check(name, FAILS if faults else PASSES, " ".join(faults[:SHOWN]) + more if faults else passes)


def _print(tables: Sequence[Table], *, release: Release, plan: Plan) -> Check:
    """573 figures equal and 11 different with their errata, where the figures of 2012 are compared whole."""
    name = "Comparison with print"
    if plan.published is None:
        return Check(name, PASSES, "No publication has printed these figures before.")
    found = compared_with_print(tables, published=plan.published, comparators=plan.comparators)
    words = (
        f"{found.equal:,} printed figures are equal, {found.explained:,} differ by a known erratum, "
        f"{len(found.unexplained):,} differ without one, {found.withheld:,} are withheld here."
    )
    if not found.unexplained:
        return Check(name, PASSES, words)
    differing = "; ".join(found.unexplained[:SHOWN])
    return Check(name, LOOK, f"{words} Find out why before you sign: {differing}.")


def _frozen(release: Release) -> Check:
    name = "Answers since the data were frozen"
    frozen = release.wave.frozen_extracts.defer("content").filter(digest=release.extract).order_by("-number").first()
    changed = changed_since(frozen) if frozen else 0
    if not changed:
        return Check(name, PASSES, "The answers that count are those that were frozen.")
    words = (
        f"Of {counted(changed, 'return')} something else counts by now: sent, changed or set aside later. These "
        "tables, those of codes among them, tell what was frozen. If it is to be in them, freeze the data again."
    )
    return Check(name, LOOK, words)


def _findings(tables: Sequence[Table], *, release: Release, plan: Plan) -> Check:
    boards = response_at(release).boards
    said = [each for _, found in findings_of(plan, tables, boards=boards) for each in found]
    withheld = [each for each in said if each.is_withheld]
    words = f"{len(said) - len(withheld):,} findings are borne out by these tables and stand on their bases."
    if not withheld:
        return Check("Findings", PASSES, words)
    why = " ".join(f"{each.id}: {each.reasons[0]}" for each in withheld[:SHOWN])
    return Check("Findings", LOOK, f"{words} {len(withheld):,} are left out of the page. {why}")
