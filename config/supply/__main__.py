"""Every look before a release: `python -m config.supply`; a look that could not be had fails the whole."""

import sys
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from config.supply.audit import audit
from config.supply.bill import write_bill
from config.supply.freshness import look_at_freshness
from config.supply.history import look_for_secrets
from config.supply.licences import look_at_licences
from config.supply.looking import Look, NotLookedError
from config.supply.npm_audit import audit_npm

LOOKS: Mapping[str, Callable[[], Look]] = {
    "Bill of materials": write_bill,
    "Vulnerabilities": audit,
    "Those of npm": audit_npm,
    "Freshness": lambda: look_at_freshness(now=datetime.now(UTC)),
    "Licences": look_at_licences,
    "Secrets": look_for_secrets,
}


def look(name: str, ask: Callable[[], Look]) -> bool:
    """Ask, and print one line, then one for each problem; whether all was well."""
    started = time.monotonic()
    try:
        found = ask()
    except NotLookedError as error:
        found = Look("FAILED", (str(error),))
    state = f"FAILED, {found.said}" if found.problems and found.said != "FAILED" else found.said
    print(f"{name:20}{state:70}{time.monotonic() - started:6.1f} s", flush=True)
    for problem in found.problems:
        print(f"    {problem}")
    return not found.problems


def main(looks: Mapping[str, Callable[[], Look]] = LOOKS) -> int:
    """All looks, even when one fails."""
    well = [look(name, ask) for name, ask in looks.items()]
    print(f"\n{sum(well)} passed, {len(well) - sum(well)} failed")
    return int(not all(well))


if __name__ == "__main__":
    sys.exit(main())
