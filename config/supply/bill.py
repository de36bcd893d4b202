"""The software bill of materials: one CycloneDX document of every Python and npm package in the locks."""

import base64
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from config.supply.looking import ROOT, TOOLS, Look, NotLookedError, last_words, read_pins, run

LOCK = ROOT / "requirements.txt"
NPM_LOCK = ROOT / "package-lock.json"
BILL = ROOT / "var" / "supply" / "bill-of-materials.cdx.json"
FLAGS = ("--output-format", "JSON", "--spec-version", "1.6", "--output-reproducible")


def write_bill() -> Look:
    """Write the bill anew; every pin of both locks stands in it."""
    with tempfile.TemporaryDirectory() as folder:
        python = Path(folder, "python.json")
        done = run(TOOLS / "cyclonedx-py", "requirements", LOCK, *FLAGS, "--output-file", python)
        if done.returncode:
            raise NotLookedError(f"not written: {last_words(done.stderr)}")
        bill = json.loads(python.read_text())
    bill["components"] += list_npm(json.loads(NPM_LOCK.read_text())["packages"])
    names = {(part["name"], part["version"]) for part in bill["components"]}
    missing = tuple(
        f"{pin.name} {pin.version} is locked and not in the bill"
        for pin in read_pins(LOCK.read_text())
        if (pin.name, pin.version) not in names
    )
    BILL.parent.mkdir(parents=True, exist_ok=True)
    BILL.write_text(json.dumps(bill, indent=1, sort_keys=True) + "\n")
    return Look(f"{len(bill['components'])} packages in {BILL.relative_to(ROOT)}", missing)


def list_npm(packages: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The packages of package-lock.json as CycloneDX components, each with its digest."""
    return [component(path.rpartition("node_modules/")[2], package) for path, package in packages.items() if path]


def component(name: str, package: Mapping[str, Any]) -> dict[str, Any]:
    """One npm package; what is optional is locked and not installed."""
    url = f"pkg:npm/{name.replace('@', '%40')}@{package['version']}"
    digest = base64.b64decode(package["integrity"].removeprefix("sha512-")).hex()
    return {
        "type": "library",
        "bom-ref": url,
        "name": name,
        "version": package["version"],
        "purl": url,
        "scope": "excluded" if package.get("optional") else "required",
        "hashes": [{"alg": "SHA-512", "content": digest}],
        "licenses": [{"license": {"id": package["license"]}}],
    }
