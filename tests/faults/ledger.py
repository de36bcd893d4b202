"""What must be true of a return whatever happened to it: the checks that every fault test ends with."""

from accounts.models import User
from respondents.returns.models import Return, Submission
from respondents.returns.saving import save_digest
from respondents.returns.submitting import submission_digest
from survey.schema.answers import Value


def check_whole(found: Return) -> None:
    """The return is what its saves say, each chained to the one before; its submissions are numbered and sealed."""
    found.refresh_from_db()
    saves = list(found.saves.order_by("version"))
    assert [save.version for save in saves] == list(range(1, found.version + 1))
    values: dict[str, Value] = {}
    digest = ""
    for save in saves:
        assert save.previous_digest == digest
        assert save.digest == save_digest(save)
        assert {item: values.get(item) for item in save.changes} == {i: c[0] for i, c in save.changes.items()}
        values |= {item: change[1] for item, change in save.changes.items()}
        digest = save.digest
    assert found.values == {item: value for item, value in values.items() if value is not None}
    assert found.last_digest == digest
    submissions = list(found.submissions.order_by("number"))
    assert [submission.number for submission in submissions] == list(range(1, len(submissions) + 1))
    assert all(submission.digest == submission_digest(submission) for submission in submissions)
    assert Submission.objects.counting().filter(survey_return=found).count() == min(len(submissions), 1)
    assert found.submitted_version == (submissions[-1].version if submissions else None)


def history(found: Return, item: str) -> list[Value]:
    """Every value the item ever had, and every one that somebody gave up for another's."""
    values: list[Value] = []
    for save in found.saves.order_by("version"):
        values += [save.changes[item][1]] if item in save.changes else []
        values += [save.set_aside[item]] if item in save.set_aside else []
    return values


def people_of(found: Return) -> list[User]:
    """Those who may change it."""
    assert found.board is not None
    return [appointment.person for appointment in found.board.appointments.select_related("person").order_by("pk")]
