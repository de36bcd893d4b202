"""Experiments that are run by other means, or not at all: named here, so that the page says so."""

from bench.faults.registry import elsewhere

SUITE = "with every change by make test"
STORE = "the database’s own experiments; see docs/operating"

elsewhere("A17", does="backup and restore", holds="same root", goal="≤ 15 min", note=STORE)
elsewhere("A18", does="restore to a moment", holds="same root", goal="100%", note=STORE)
elsewhere("E2", does="audit of packages", holds="never green by silence", goal="0 skipped", note="by make supply")
elsewhere("E3", does="freshness of packages", holds="≤ 5 days", goal="≤ 5 days", note="by make supply")
elsewhere("E4", does="source searched for weak spots", holds="0 unreviewed", goal="0", note=f"{SUITE}, in part: ruff")
elsewhere(
    "E5", does="bad settings", holds="start refused", goal="6 of 6", note=f"{SUITE}: tests/config/test_environment.py"
)
elsewhere("E6", does="least privilege in the database", holds="all refused", goal="100%", note=STORE)
elsewhere("E12", does="secrets rotated", holds="sessions go on", goal="scripted", note=STORE)
elsewhere("E15", does="backups looked after", holds="restored daily", goal="< 24 h", note=STORE)
