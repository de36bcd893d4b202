"""A questionnaire is edited while returns are open: what was received, and what is being answered, stays as it was."""

import re
from hashlib import sha256

from django.db import DatabaseError, connection
from django.utils import timezone

from bench.faults.lab import Lab
from bench.faults.registry import Outcome, experiment
from bench.faults.works import submitted
from config.demonstration.preparing import QUESTIONNAIRE
from survey.models import QuestionnaireVersion, Wave
from survey.publishing import publish_questionnaire
from tests.faults.chairs import Chair

SENT = ("submissions/1/", "submissions/1/answers/", "questions/B1/", "questions/C2/", "check/")
ANEW = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')  # in every reply another
EDITS = ("UPDATE survey_questionnaireversion SET document = ''", "DELETE FROM survey_questionnaireversion")


@experiment(
    "A22",
    does="a question taken out, the words of an option changed and that published, while returns are sent and open",
    holds="a published version cannot be altered; each return keeps its own: its pages are the same to the last byte",
    goal="the same bytes, before and after",
    amounts={"small": 10, "nightly": 100, "release": 148},
    limit=900,
)
def run(lab: Lab) -> Outcome:
    """So many returns."""
    with lab.house() as house:
        chairs = submitted(lab, house, lab.rounds)
        before = {chair.number: _pages(chair) for chair in chairs}
        problems = _edited()
        after = {chair.number: _pages(chair) for chair in chairs}
        problems += [
            f"chair {number} sees another {path}" for number in before for path in _unlike(before, after, number)
        ]
        problems += [f"chair {chair.number} could not save" for chair in chairs if not chair.save(tries=5)]
        wrong, _ = lab.settled()
    figure = f"{len(chairs)} returns, {len(chairs) * len(SENT)} pages compared before and after"
    return lab.outcome(figure, faults=len(EDITS) + 1, problems=[*wrong, *problems])


def _pages(chair: Chair) -> dict[str, str]:
    found = {}
    for path in SENT:
        reply = chair.ask("GET", f"/returns/{chair.return_id}/{path}")
        assert reply.status == 200, f"{path} was answered with {reply.status}"
        found[path] = sha256(ANEW.sub(b"", reply.content)).hexdigest()
    return found


def _unlike(before: dict[int, dict[str, str]], after: dict[int, dict[str, str]], number: int) -> list[str]:
    return [path for path in SENT if before[number][path] != after[number][path]]


def _edited() -> list[str]:
    """Publishes the edited text as the next version; then somebody tries to alter what was published."""
    text = QUESTIONNAIRE.read_text(encoding="utf-8")
    edited = re.sub(r"      - code: C2\n.*?(?=\n      - code: C3\n)", "", text, flags=re.DOTALL)
    edited = edited.replace("label: Very good}", "label: Excellent}")
    assert edited.count("code: C2\n") == 0
    version, _ = publish_questionnaire(edited, now=timezone.now())
    held = Wave.objects.get().questionnaire_version
    problems = [] if held and held.pk != version.pk else ["the wave has taken the new version"]
    for edit in EDITS:
        try:
            with connection.cursor() as cursor:
                cursor.execute(edit)
        except DatabaseError:
            continue
        problems.append(f"was done: {edit}")
    problems += [] if QuestionnaireVersion.objects.count() == 2 else ["a version is missing"]
    connection.close()
    return problems
