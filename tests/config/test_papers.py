"""The papers on security and data protection say what is so: what they name exists, what they list is complete."""

import re
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
PAPERS = sorted((*ROOT.glob("docs/security/**/*.md"), *ROOT.glob("docs/data-protection/*.md")))
STATES = ("met", "differs", "not met", "department", "does not apply")
REQUIREMENT = re.compile(r"^\| (V\d+\.\d+\.\d+) \| ([12]) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
AT_LEVELS = {"1": 70, "2": 183}  # as version 5.0.0 of the standard counts them
NAMED = re.compile(r"`((?:accounts|analysis|bench|config|docs|respondents|static|survey|templates|tests)/[^`*]+)`")
KEPT_BY_SCRIPTS = re.compile(r'Storage\.(?:getItem|setItem)\("([^"]+)"|PREFIX = "([^"]+)"')

pytestmark = pytest.mark.pure


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_every_path_and_test_that_a_paper_names_exists(paper: Path) -> None:
    named = [text.partition("::") for text in NAMED.findall(paper.read_text())]

    missing = [path for path, _, _ in named if not (ROOT / path).exists()]
    untold = [test for path, _, test in named if test and f"def {test}(" not in (ROOT / path).read_text()]

    assert (missing, untold) == ([], [])


def requirements() -> dict[str, list[tuple[str, ...]]]:
    """Number, level, wording, state and evidence of each requirement, by page."""
    pages = sorted(ROOT.glob("docs/security/asvs/*.md"))
    return {page.name: REQUIREMENT.findall(page.read_text()) for page in pages}


def told(counts: Counter[str]) -> str:
    return ", ".join(f"{counts[state]} {state}" for state in STATES if counts[state])


def test_every_requirement_of_the_two_levels_stands_once_on_the_page_of_its_chapter() -> None:
    found = [(page, *row) for page, rows in requirements().items() for row in rows]
    twice = [number for number, times in Counter(row[1] for row in found).items() if times > 1]
    astray = [row[1] for row in found if int(row[0][1:3]) != int(row[1][1:].partition(".")[0])]
    lines = sum((ROOT / "docs/security/asvs" / page).read_text().count("\n| V") for page in requirements())

    assert (twice, astray, lines) == ([], [], len(found))
    assert Counter(row[2] for row in found) == AT_LEVELS
    assert {row[4] for row in found} == set(STATES)


def test_what_is_said_to_be_met_or_to_differ_names_its_evidence() -> None:
    rows = [row for page in requirements().values() for row in page]

    assert [row[0] for row in rows if row[3] in {"met", "differs"} and "`" not in row[4]] == []


def test_the_counts_of_the_standard_are_those_of_its_lines() -> None:
    index = (ROOT / "docs/security/asvs.md").read_text()
    states = {page: Counter(row[3] for row in rows) for page, rows in requirements().items()}
    every = sum(states.values(), Counter[str]())
    lines = {page: [counts.total(), *(counts[state] for state in STATES)] for page, counts in states.items()}
    ends = {page: " | ".join(map(str, line)) for page, line in lines.items()}

    assert [
        page for page in ends if not re.search(rf"\(asvs/{page}\) \| [^|]+ \| {re.escape(ends[page])} \|", index)
    ] == []
    assert f"| all | | {every.total()} | {' | '.join(str(every[state]) for state in STATES)} |" in index
    for page, counts in states.items():
        head = f"at levels 1 and 2: {counts.total()}; {told(counts)}."
        assert head in (ROOT / "docs/security/asvs" / page).read_text(), page


def test_the_record_of_processing_says_how_long_each_kind_is_kept() -> None:
    lines = (ROOT / "docs/data-protection/record-of-processing.md").read_text().splitlines()

    told = {name: next((line for line in lines if f"`{name}`" in line), "") for name in settings.RETENTION}

    assert [name for name, period in settings.RETENTION.items() if f"| {period}" not in told[name]] == []


@pytest.mark.parametrize("page", ["docs/data-protection/cookies.md", "templates/respondents/cookies.html"])
def test_everything_kept_in_a_browser_is_listed(page: str) -> None:
    scripts = "".join(path.read_text() for path in ROOT.glob("static/scripts/*.js"))
    kept = {one or other for one, other in KEPT_BY_SCRIPTS.findall(scripts)}
    kept |= {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages"}
    if page.endswith("html"):
        kept -= {"unsaved:"}  # said in words there

    text = (ROOT / page).read_text()

    assert sorted(name for name in kept if name not in text) == []
