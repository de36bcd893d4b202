"""What could let words act, or strangers in, stands only where a person has looked at it: each place has a line here.

A new use, or one more in a file, fails until somebody has read it and changed the number. The reason is beside it.
"""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

pytestmark = pytest.mark.pure

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("accounts", "analysis", "config", "respondents", "survey")
QUERIES = {"filter", "exclude", "get", "annotate", "aggregate", "alias", "order_by", "values", "values_list", "update"}
METHODS = {"raw", "extra", "cursor"}  # told from functions of ours that are called so
NAMES = {
    **dict.fromkeys(("mark_safe", "SafeString", "SafeText"), "safe text"),
    **dict.fromkeys(("raw", "extra", "RawSQL", "cursor", "executescript"), "raw SQL"),
    "csrf_exempt": "no token",
    **dict.fromkeys(("eval", "exec", "compile", "__import__", "pickle.load", "pickle.loads", "yaml.load"), "runs text"),
    **dict.fromkeys(("system", "popen", "check_output", "check_call"), "runs programs"),
}
REVIEWED = {
    "safe text": {
        "accounts/outbox/html.py": 1,  # a line break of ours between words that format_html has escaped
        "analysis/outputs/drawing.py": 1,  # shapes of a chart; each escapes its words
        "analysis/outputs/line_html.py": 2,  # names of two elements, chosen here
        "analysis/outputs/rows_html.py": 1,  # rows of a table, escaped word by word beside it
        "analysis/publishing/public/pages.py": 2,  # the report as it was rendered when it was signed off
        "analysis/reports/pages/bar.py": 1,  # shapes of a bar, drawn as those of charts are
    },
    "raw SQL": {  # sentences that are written there, whose values are bound
        "accounts/clock.py": 1,  # what time the database has
        "accounts/store/patience.py": 1,  # how long this transaction may think, a figure of ours
        "config/checks.py": 1,  # which tables and columns there are, asked by Django's own introspection
        "config/management/commands/database_roles.py": 1,  # whether a role of ours may sign in
        "config/management/commands/migrate.py": 2,  # how long a migration may wait, a figure of ours
        "config/migrating/beside.py": 1,  # an index that was left half made, by the database's own quoting of its name
        "config/roles/applying.py": 1,  # roles by psycopg's own composition of names
        "config/watching/state.py": 2,  # queues of the database
        "respondents/backups/facts.py": 2,  # what a backup holds
    },
    "no token": {
        "accounts/outbox/views.py": 1,  # a provider's receipt: its bearer token is the proof
        "analysis/publishing/api/views.py": 7,  # read only, for anybody; other methods are told so
        "config/watching/views.py": 2,  # health for machines; counting what browsers report
        "respondents/portal/arrival.py": 1,  # shows the same page whatever is sent
    },
    "runs text": {"accounts/confined/child.py": 1},  # the work that its own parent gave it over a pipe
    "runs programs": {},
    # In each the names come from the code, from a tuple beside it or from a model's fields, and never from a request.
    "names from a dictionary": {
        "accounts/codes/budget.py": 1,
        "accounts/keeping.py": 1,
        "accounts/outbox/bulk.py": 1,
        "accounts/outbox/fates.py": 1,
        "accounts/signed_in/ending.py": 1,
        "analysis/builds/requesting.py": 4,
        "analysis/monitoring/boards.py": 2,
        "analysis/monitoring/contacts.py": 2,
        "analysis/monitoring/counts.py": 1,
        "analysis/opentext/printing.py": 2,
        "analysis/opentext/work.py": 5,
        "analysis/records.py": 1,
        "config/watching/state.py": 2,
        "respondents/contacts/eligibility.py": 1,
        "respondents/contacts/mailing.py": 2,
        "respondents/contacts/models.py": 1,
        "respondents/contacts/planning.py": 1,
        "respondents/copies/held.py": 1,
        "respondents/copies/written.py": 1,
        "respondents/correspondence/granting.py": 1,
        "respondents/fieldwork/deleting.py": 1,
        "respondents/fieldwork/drafting.py": 1,
        "respondents/helping/boards.py": 1,
        "respondents/register/applying.py": 1,
        "respondents/register/finding.py": 1,
        "respondents/register/working.py": 1,
        "respondents/retention/texts.py": 2,
        "respondents/returns/saving.py": 1,
        "respondents/returns/tabs.py": 2,
    },
}
# Letters in plain text: nothing in them is markup, and an escaped apostrophe would be read as it stands.
PLAIN = re.compile(r"templates/.*/email/.*\.txt$")
WORTH_A_LOOK = re.compile(rf"\b({'|'.join(map(re.escape, NAMES))})\b|[(,]\s*\*\*")
IN_TEMPLATES = re.compile(r"\|\s*safe\b|\|\s*safeseq\b|autoescape\s+off|\bdebug\s*%|\{%\s*filter\s+safe")


def uses(path: Path) -> Counter[str]:
    """What is used in one file, by kind."""
    found: Counter[str] = Counter()
    text = path.read_text("utf-8")
    for node in ast.walk(ast.parse(text)) if WORTH_A_LOOK.search(text) else ():
        if isinstance(node, ast.Call):
            found.update([kind for kind in (NAMES.get(_called(node)), _expanded(node)) if kind])
        elif isinstance(node, ast.FunctionDef):
            plain = (each.id for each in node.decorator_list if isinstance(each, ast.Name))
            found.update(NAMES[name] for name in plain if name in NAMES)
    return found


def _called(node: ast.Call) -> str:
    function = node.func
    if isinstance(function, ast.Name):
        return "" if function.id in METHODS else function.id
    if not isinstance(function, ast.Attribute):
        return ""
    whole = ast.unparse(function)
    if whole in NAMES:
        return whole
    return "" if function.attr in {"eval", "exec", "compile"} else function.attr


def _expanded(node: ast.Call) -> str:
    """Whether names of columns and comparisons come from a dictionary."""
    is_query = isinstance(node.func, ast.Attribute) and node.func.attr in QUERIES
    return "names from a dictionary" if is_query and any(each.arg is None for each in node.keywords) else ""


def test_everything_that_could_let_words_act_was_looked_at() -> None:
    found: dict[str, dict[str, int]] = {kind: {} for kind in REVIEWED}
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "migrations" not in path.parts:
                for kind, count in uses(path).items():
                    found[kind][str(path.relative_to(ROOT))] = count
    assert found == REVIEWED


def test_no_template_but_a_letter_in_plain_text_gives_words_back_unescaped() -> None:
    paths = [path for path in (ROOT / "templates").rglob("*") if path.suffix in {".html", ".txt", ".xml", ".svg"}]
    unescaped = {str(path.relative_to(ROOT)) for path in paths if IN_TEMPLATES.search(path.read_text("utf-8"))}
    assert len(paths) > 100
    assert {path for path in unescaped if not PLAIN.search(path)} == set()


def test_the_test_itself_finds_what_it_looks_for(tmp_path: Path) -> None:
    path = tmp_path / "x.py"
    path.write_text("@csrf_exempt\ndef f(a): mark_safe(a); M.objects.filter(**a); c.cursor(); yaml.load(a); eval(a)")
    assert set(uses(path)) == REVIEWED.keys() - {"runs programs"}
