"""What the set-up builds for pages and report."""

import re
from pathlib import Path

import pytest

BUILD = Path(__file__).resolve().parents[2] / "static" / "build"

pytestmark = pytest.mark.pure


def test_styles_name_no_typeface_or_emblem_that_belongs_to_government() -> None:
    styles = (BUILD / "main.css").read_text()
    assert re.findall("GDS Transport|crown|crest|govuk-footer|govuk-header", styles) == []


@pytest.mark.parametrize("name", ["main.css", "fonts.css"])
def test_styles_fetch_fonts_only_and_every_font_is_there(name: str) -> None:
    fetched = set(re.findall(r'url\("?([^")]+)"?\)', (BUILD / name).read_text()))
    assert fetched == {f"fonts/{path.name}" for path in (BUILD / "fonts").glob("*.woff2")}


def test_behaviour_of_the_design_system_comes_with_its_map() -> None:
    assert (BUILD / "govuk-frontend.min.js.map").exists()
    assert "sourceMappingURL=govuk-frontend.min.js.map" in (BUILD / "govuk-frontend.min.js").read_text()
