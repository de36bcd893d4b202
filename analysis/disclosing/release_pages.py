"""What the page of one release says, and what the person who looks at it may do next."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from accounts.models import User
from analysis.builds.models import Build, BuildState
from analysis.disclosing.builds import REPORTS
from analysis.disclosing.models import Release, ReleaseState
from analysis.disclosing.packing import formats_in
from analysis.disclosing.pages import STATES, state_of
from analysis.outputs.formats import FORMATS
from survey.models import Wave
from survey.moments import moment_in_words

NAMES = {"pdf": "Report (PDF)", "docx": "Report (Word)"}
DONE = {ReleaseState.CHECKED: "Checked", ReleaseState.RELEASED: "Released"}


@dataclass(frozen=True)
class Fact:
    """One thing about the release."""

    label: str
    value: str
    is_digest: bool = False


@dataclass(frozen=True)
class Download:
    """One file of the release."""

    name: str
    url: str


@dataclass(frozen=True)
class ReleasePage:
    """One release."""

    wave: Wave
    number: int
    title: str
    state: str
    facts: tuple[Fact, ...]
    downloads: tuple[Download, ...]
    single: tuple[Download, ...]
    report_words: str
    reports: tuple[Download, ...]
    is_under_way: bool
    next_words: str
    next_url: str
    next_button: str


def release_page(release: Release, *, reader: User) -> ReleasePage:
    """What the release is, and its next step if this reader may take it."""
    state = state_of(release)
    built = _reports(release)
    address = [release.wave.slug, release.number]
    may_check = not state and reader != release.prepared_by
    may_release = state == ReleaseState.CHECKED and release.wave.is_test
    return ReleasePage(
        wave=release.wave,
        number=release.number,
        title=f"Release {release.number}",
        state=STATES[state],
        facts=tuple(_facts(release)),
        downloads=tuple(
            Download(FORMATS[name].words, reverse("disclosing:file", args=[*address, name]))
            for name in formats_in(bytes(release.content))
        ),
        single=tuple(
            Download(_named(table), reverse("disclosing:one_table", args=[*address, table["id"]]))
            for table in release.tables
        ),
        report_words=_report_words(list(built.values())),
        reports=tuple(
            Download(NAMES[ending], reverse("disclosing:report", args=[*address, ending]))
            for ending, report in built.items()
            if ending in NAMES and report.state == BuildState.DONE
        ),
        is_under_way=any(report.is_under_way for report in built.values()),
        next_words=_next(state, may_check=may_check, is_test=release.wave.is_test),
        next_url=reverse(f"disclosing:{'check' if may_check else 'let_go'}", args=address)
        if may_check or may_release
        else "",
        next_button="I have looked at every table" if may_check else "Release",
    )


def _named(table: Mapping[str, Any]) -> str:
    return f"Table {table['number']}. {table['title']}" if table["number"] else str(table["title"])


def _reports(release: Release) -> dict[str, Build]:
    """The newest build of each kind of report, by the ending of its file."""
    kinds = {kind.name: ending for ending, kind in REPORTS.items()}
    builds = release.wave.builds.filter(kind__in=kinds, number=release.number).defer("content")
    return {kinds[build.kind]: build for build in reversed(builds)}


def _report_words(built: Sequence[Build]) -> str:
    if not built:
        return "The report of this release has not been built yet."
    if any(report.is_under_way for report in built):
        return "A worker is building the report."
    return " ".join(report.doing for report in built if report.state != BuildState.DONE)


def _next(state: str, *, may_check: bool, is_test: bool) -> str:
    if may_check:
        return "Look at the files. When you say that you have, the audit is made once more, which takes some seconds."
    if not state:
        return "You prepared this release. A second person of the team must look at it."
    if state != ReleaseState.CHECKED:
        return "These tables count as known to the public: later releases are decided together with them."
    if is_test:
        return "A second person has looked at it. A rehearsal is not published: release it to see what chairs would."
    return (
        "A second person has looked at it. It goes on to a publication: prepare an edition from it there. It is "
        "under embargo until its morning, and reaches nobody before."
    )


def _facts(release: Release) -> Iterator[Fact]:
    decisions = release.decisions
    yield Fact("Tables", f"{len(decisions['tables'])}, {_strata(release)}")
    yield Fact("Counts hidden", f"{len(decisions['hidden']):,}")
    yield Fact("Smallest base of a row", f"{decisions['smallest']}")
    yield Fact("Left out", f"{len(decisions['left_out'])} tables and breakdowns")
    yield Fact("Decided together with", _after(release.after))
    for caution in decisions.get("cautions", ()):
        yield Fact("Beware", caution)
    for name, digest in release.comparators:
        yield Fact(f"Digest of the other survey {name}", digest, is_digest=True)
    yield Fact("Prepared", f"{release.prepared_by}, {moment_in_words(release.prepared_at)}")
    for step in sorted(release.steps.all(), key=lambda step: step.pk):
        yield Fact(DONE[ReleaseState(step.state)], f"{step.by}, {moment_in_words(step.at)}")
    yield Fact("Digest of the data", release.extract, is_digest=True)
    yield Fact("Digest of the plan", release.plan, is_digest=True)
    yield Fact("Digest of the files", release.digest, is_digest=True)


def _strata(release: Release) -> str:
    """By what its tables are broken down; that there are groups does not say that any table shows them."""
    shown = [table["id"] for table in release.tables]
    strata = dict.fromkeys(stratum.replace("_", "-") for stratum, *_ in release.decisions["groups"])
    found = [stratum.replace("-", " ") for stratum in strata if any(id_.endswith(f"-by-{stratum}") for id_ in shown)]
    return f"with breakdowns by {' and '.join(found)}" if found else "none of them broken down by groups of boards"


def _after(numbers: list[int]) -> str:
    return f"release {', '.join(map(str, numbers))}" if numbers else "no release before it"
