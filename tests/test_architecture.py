"""The arrows between the rooms hold, and the pure packages load without Django."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.pure

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("config", "analysis", "respondents", "survey", "accounts")  # each may import those to its right
PURE = ("survey/schema", "analysis/core")


def modules(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def imported_names(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            yield node.module or ""


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_no_room_to_its_left(room: str) -> None:
    left = ROOMS[: ROOMS.index(room)]

    wrong = [(str(path.relative_to(ROOT)), name) for path in modules(room) for name in imported_names(path)
             if name.split(".")[0] in left]  # fmt: skip

    assert wrong == []


@pytest.mark.parametrize("package", PURE)
def test_a_pure_package_imports_neither_django_nor_a_clock_nor_the_environment(package: str) -> None:
    allowed_rooms = {"survey.schema", "analysis.core"}
    banned = {"django", "os", "time", "random", "socket", "subprocess", "pathlib", "config", "accounts", "respondents"}

    wrong = [
        (str(path.relative_to(ROOT)), name)
        for path in modules(package)
        for name in imported_names(path)
        if name.split(".")[0] in banned
        or (name.split(".")[0] in {"survey", "analysis"} and ".".join(name.split(".")[:2]) not in allowed_rooms)
    ]

    assert wrong == []


@pytest.mark.parametrize("package", PURE)
def test_a_pure_package_loads_in_a_process_without_django(package: str) -> None:
    names = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts) for path in modules(package) if path.stem != "__init__"
    ]
    script = (
        "import sys, importlib\n"
        "sys.modules['django'] = None\n"
        f"[importlib.import_module(name) for name in {names!r}]\n"
        "assert not [name for name in sys.modules if name.startswith('django.')]\n"
    )

    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


def test_services_do_not_import_tasks() -> None:
    doors = {"tasks.py", "views.py"}

    wrong = [
        (path.name, name)
        for room in ROOMS
        for path in modules(room)
        for name in imported_names(path)
        if name.endswith(".tasks") and path.name not in doors
    ]

    assert wrong == []


def test_only_the_frame_of_all_pages_says_error_in_the_title_for_a_form() -> None:
    """A page that says it too is called “Error: Error: …”."""
    told = "{% if form.errors %}Error: "
    found = [path.relative_to(ROOT) for path in (ROOT / "templates").rglob("*.html") if told in path.read_text("utf-8")]
    assert found == [Path("templates/base.html")]


def test_figures_are_made_of_the_population_alone() -> None:
    """Which returns are counted is told in one place; another reading would count boards that are not eligible."""
    raw = re.compile(r"\.submitted\(\)|Submission\.objects\.counting\(\)")
    found = [path.name for path in modules("analysis") if raw.search(path.read_text(encoding="utf-8"))]
    assert found == []
