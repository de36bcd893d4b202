"""The operator's handbook tells every setting the product reads, and which of them are secrets."""

import re

import pytest
from pydantic import SecretStr

from config.env import Environment
from tests.builders import ROOT

HANDBOOK = ROOT / "docs" / "operating" / "README.md"
ROW = re.compile(r"^\| `([A-Z_]+)` \| ([a-z, ]+) \| .+ \|$", re.MULTILINE)

pytestmark = pytest.mark.pure


def test_the_handbook_tells_every_setting_and_which_are_required_and_secret() -> None:
    fields = Environment.model_fields.items()
    wanted = [
        (
            name.upper(),
            ("required" if field.is_required() else "optional") + ", secret" * (field.annotation is SecretStr),
        )
        for name, field in fields
    ]
    assert ROW.findall(HANDBOOK.read_text()) == wanted


def test_pages_the_handbook_sends_to_are_there() -> None:
    links = re.findall(r"\]\(([^)#]+)", HANDBOOK.read_text())
    assert links
    assert [link for link in links if not (HANDBOOK.parent / link).exists()] == []
