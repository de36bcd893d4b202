"""The set-up script: what it says when it cannot go on, and what it does not do twice."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from config import bootstrap
from config.bootstrap import Need, SetUpError

pytestmark = pytest.mark.pure
MISSING = Need("Pango, which sets the PDF report", ("libpango-1.0-0", "libpangoft2-1.0-0"), lambda: False)


def test_set_up_needs_nothing_but_the_standard_library() -> None:
    command = (sys.executable, "-I", "-S", bootstrap.__file__, "--help")
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_missing_part_of_the_system_is_told_with_the_line_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(SetUpError) as problem:
        bootstrap.require(MISSING)
    assert str(problem.value) == (
        "This machine lacks: Pango, which sets the PDF report.\n"
        "On Debian or Ubuntu type: sudo apt-get install -y libpango-1.0-0 libpangoft2-1.0-0"
    )


def test_part_that_is_there_is_not_installed_again() -> None:
    assert bootstrap.require(Need("Something", ("nothing-of-that-name",), lambda: True)) == "present"


def test_tool_that_fails_is_tried_again_and_its_last_words_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    tries = tmp_path / "tries"
    script = f"open({str(tries)!r}, 'a').write('x'); raise SystemExit('no route to host')"
    with pytest.raises(SetUpError, match="and last said:\n  no route to host\nIf that is about the network"):
        bootstrap.run(sys.executable, "-c", script)
    assert tries.read_text() == "xxx"


def test_first_environment_is_for_its_owner_only_and_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    assert bootstrap.write_settings() == "written"
    first = (tmp_path / ".env").read_text()
    assert stat.filemode((tmp_path / ".env").stat().st_mode) == "-rw-------"
    assert bootstrap.write_settings() == "kept"
    assert (tmp_path / ".env").read_text() == first


def test_styles_are_built_once_for_each_change_of_their_sources(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ROOT", "BUILD", "MODULES"):
        monkeypatch.setattr(bootstrap, name, tmp_path / name if name != "ROOT" else tmp_path)
    for name in ("run", "copy_assets"):
        monkeypatch.setattr(bootstrap, name, lambda *_, **__: None)
    source = tmp_path / "main.scss"
    monkeypatch.setattr(bootstrap, "style_sources", lambda: [source])
    monkeypatch.setattr(bootstrap, "find_node", lambda: ("/usr/bin/node", "/usr/bin/npm"))
    (tmp_path / "package-lock.json").write_text("{}")
    (tmp_path / "MODULES").mkdir()
    source.write_text("a {}")
    outcomes = [bootstrap.build_styles(), bootstrap.build_styles()]
    source.write_text("b {}")
    assert [*outcomes, bootstrap.build_styles()] == ["built", "unchanged", "built"]
