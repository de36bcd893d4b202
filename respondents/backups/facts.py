"""What a backup must bring back: the root of all submissions, the end of the audit, and the rows of each table."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

import psycopg
from psycopg import sql

from respondents.backups.merkle import merkle_root

# Counts of a minute and sessions are worth nothing tomorrow, and a session that came back would let somebody in.
LEFT_OUT = ("accounts_cache", "analysis_api_cache", "accounts_session")
# Whose return it is counts as well as what was said: one that came back under another board is not the same.
SUBMISSIONS = """
    SELECT s.survey_return_id::text, r.wave_id, r.board_id, r.pseudonym, s.number, s.version, s.answers::text,
           s.texts::text, s.copied::text, encode(s.packed, 'hex'), s.reference, s.digest,
           (extract(epoch FROM s.submitted_at) * 1000000)::bigint, s.submitted_by_id, s.declared_by, s.minutes_taken
    FROM respondents_submission s JOIN respondents_return r ON r.id = s.survey_return_id
    ORDER BY s.survey_return_id, s.number
"""
DOCUMENTS = (6, 7, 8)  # columns that are JSON
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"


@dataclass(frozen=True)
class Facts:
    """What stands in a database."""

    root: str
    submissions: int
    audit: str  # number and digest of the last entry, as its anchor
    rows: dict[str, int]

    def as_json(self) -> dict[str, Any]:
        """For the manifest."""
        return asdict(self)

    def problems_against(self, wanted: "Facts") -> list[str]:
        """A sentence for each thing that is not as the other says."""
        found = []
        if (self.root, self.submissions) != (wanted.root, wanted.submissions):
            found.append(f"{self.submissions} submissions came back of {wanted.submissions}, or not as they were sent.")
        if self.audit != wanted.audit:
            found.append("The audit does not end where it ended.")
        names = sorted(self.rows.keys() | wanted.rows.keys())
        differ = [name for name in names if self.rows.get(name) != wanted.rows.get(name)]
        return found + [f"{name} has {self.rows.get(name, 0)} rows, not {wanted.rows.get(name, 0)}." for name in differ]


def read_facts(connection: "psycopg.Connection[Any]") -> Facts:
    """All of it, as one transaction of this connection sees it."""
    with connection.transaction(), connection.cursor() as cursor:
        root, submissions = merkle_root(_leaves(connection))
        cursor.execute("SELECT number || ':' || digest FROM accounts_audithead")
        (audit,) = cursor.fetchone() or ("",)
        return Facts(root, submissions, audit, dict(_counts(cursor)))


def _leaves(connection: "psycopg.Connection[Any]") -> Iterator[bytes]:
    """Every submission as JSON with sorted keys, without spaces."""
    with connection.cursor("submissions") as cursor:  # kept by the server: a hundred thousand are not held here
        cursor.itersize = 2_000
        for row in cursor.execute(SUBMISSIONS):
            told = [json.loads(each) if place in DOCUMENTS else each for place, each in enumerate(row)]
            yield json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _counts(cursor: "psycopg.Cursor[Any]") -> Iterator[tuple[str, int]]:
    cursor.execute(TABLES)
    for (name,) in cursor.fetchall():
        if name not in LEFT_OUT:
            cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier("public", name)))
            (many,) = cursor.fetchone() or (0,)
            yield name, many
