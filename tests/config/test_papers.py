"""The papers on security and data protection say what is so: what they name exists, what they list is complete."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
PAPERS = sorted((*ROOT.glob("docs/security/*.md"), *ROOT.glob("docs/data-protection/*.md")))
NAMED = re.compile(r"`((?:accounts|analysis|bench|config|docs|respondents|static|survey|templates|tests)/[^`*]+)`")
KEPT_BY_SCRIPTS = re.compile(r'Storage\.(?:getItem|setItem)\("([^"]+)"|PREFIX = "([^"]+)"')

pytestmark = pytest.mark.pure


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_every_path_and_test_that_a_paper_names_exists(paper: Path) -> None:
    named = [text.partition("::") for text in NAMED.findall(paper.read_text())]

    missing = [path for path, _, _ in named if not (ROOT / path).exists()]
    untold = [test for path, _, test in named if test and f"def {test}(" not in (ROOT / path).read_text()]

    assert (missing, untold) == ([], [])


def test_evidence_is_named_at_all() -> None:
    assert len(NAMED.findall((ROOT / "docs/security/asvs.md").read_text())) >= 40


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
