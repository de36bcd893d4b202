"""The second wall: PostgreSQL itself shows web the returns, saves and submissions of whoever asks, and no others.

How far a request sees is told by accounts/store/reach.py. The worker sees all; the owner is not held to policies, so
that migrations and backups are whole. Web deletes answers of drafts and test waves only, whatever a page asks for.
"""

from collections.abc import Iterator
from hashlib import sha256

from config.roles.plan import WEB, WORKER

RETURN, SAVE, SUBMISSION = "respondents_return", "respondents_save", "respondents_submission"
_PERSON = "(SELECT nullif(current_setting('survey.person', true), '')::bigint)"
_EVERYTHING = "(SELECT current_setting('survey.everything', true) = 'on')"
# A day more on both ends: the pages decide by the day in London, this only that it is not somebody else’s board.
_CHAIRED = f"""EXISTS (SELECT FROM respondents_appointment a WHERE a.board_id = respondents_return.board_id
    AND a.person_id = {_PERSON} AND (a.until_date IS NULL OR a.until_date >= current_date - 1)
    AND a.from_date <= current_date + 1)"""
_ASKED = f"""EXISTS (SELECT FROM respondents_contribution c WHERE c.survey_return_id = respondents_return.id
    AND c.person_id = {_PERSON} AND c.removed_at IS NULL)"""
OWN = f"{_EVERYTHING} OR {_CHAIRED} OR {_ASKED}"
# A row of a return that is seen: the policy of returns holds within.
OF_OWN = "{everything} OR EXISTS (SELECT FROM respondents_return r WHERE r.id = {table}.survey_return_id)"
_MAY_GO = "(w.is_test OR w.opened_at IS NULL)"
GOES = f"EXISTS (SELECT FROM survey_wave w WHERE w.id = respondents_return.wave_id AND {_MAY_GO})"
OF_GOES = f"""EXISTS (SELECT FROM respondents_return r JOIN survey_wave w ON w.id = r.wave_id
    WHERE r.id = {{table}}.survey_return_id AND {_MAY_GO})"""


def wanted_policies() -> dict[tuple[str, str], str]:
    """What stands after CREATE POLICY … ON …, by table and name."""
    found = {}
    for table in (RETURN, SAVE, SUBMISSION):
        seen = OWN if table == RETURN else OF_OWN.format(everything=_EVERYTHING, table=table)
        goes = GOES if table == RETURN else OF_GOES.format(table=table)
        found[table, "worker_sees_all"] = f"TO {WORKER} USING (true) WITH CHECK (true)"
        found[table, "web_sees_its_own"] = f"TO {WEB} USING ({seen}) WITH CHECK ({seen})"
        found[table, "web_deletes_drafts"] = f"AS RESTRICTIVE FOR DELETE TO {WEB} USING ({goes})"
    return found


def statements(known: dict[tuple[str, str], str]) -> Iterator[str]:
    """What is missing, by the marks that were left; nothing, and so no lock, where all is as it should be."""
    wanted = wanted_policies()
    for (table, name), rule in wanted.items():
        if known.get((table, name)) == (mark := mark_of(rule)):
            continue
        yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
        yield f"DROP POLICY IF EXISTS {name} ON {table}"
        yield f"CREATE POLICY {name} ON {table} {rule}"
        yield f"COMMENT ON POLICY {name} ON {table} IS '{mark}'"


def mark_of(rule: str) -> str:
    """Tells one wording of a policy from another."""
    return sha256(rule.encode()).hexdigest()


KNOWN = """
    SELECT c.relname, p.polname, coalesce(obj_description(p.oid, 'pg_policy'), '')
    FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE c.relnamespace = 'public'::regnamespace
"""
