"""Answers taken by telephone: on the portal's own pages, marked as such, seen only while a call is under way."""

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import AuditEntry, Role
from accounts.outbox.models import Message
from respondents.helping.forms import CallForm, DeclarationForm
from respondents.returns.models import Return, Save, Submission
from respondents.returns.saving import save_digest
from respondents.returns.submitting import submission_digest
from respondents.returns.telephone import Call
from survey.models import Wave
from tests.respondents.helping.conftest import Correspondents

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = pytest.mark.django_db

WHO = ("researcher", "administrator", "analyst", "chair", "ann")
DECLARED = {"declared_by": "Ann Chair", "is_declared": "on"}


def at(talk: Correspondents, rest: str = "") -> str:
    return f"/waves/munro-2012/boards/{talk.team.barnet.pk}/telephone/{rest}"


def begin(talk: Correspondents, **changed: str) -> "Answer":
    day = timezone.localdate().isoformat()
    sent = {"key": str(uuid4()), "voice": "Ann Chair", "day": day, "reason": "No computer today", **changed}
    return talk.team.at("researcher").post(at(talk, "begin/"), sent)


def enter(talk: Correspondents, page: str, version: int, **answers: str) -> "Answer":
    sent = {"base-version": str(version), "and-then-tasks": "yes", **answers}
    return talk.team.at("researcher").post(at(talk, f"questions/{page}/"), sent)


def declare(talk: Correspondents, version: int = 1, sent: dict[str, str] = DECLARED) -> "Answer":
    return talk.team.at("researcher").post(at(talk, "check/"), {"base-version": str(version), **sent})


def acts() -> list[str]:
    return list(AuditEntry.objects.filter(act__startswith="telephone").order_by("number").values_list("act", flat=True))


def test_answers_are_entered_read_back_declared_and_submitted_and_the_chair_sees_how(talk: Correspondents) -> None:
    team = talk.team
    assert begin(talk).headers["Location"] == at(talk)
    assert enter(talk, "C1", 0, C1="strongly_agree").headers["Location"] == at(talk)

    save = Save.objects.get()
    assert (save.source, save.made_by) == ("telephone", team.people["researcher"])
    assert save.note["telephone"]["voice"] == "Ann Chair"
    assert save_digest(save) == save.digest
    assert "taken by telephone from Ann Chair on" in team.text("chair", "who-wrote-what/")

    text = team.at("researcher").get(at(talk, "check/")).content.decode()
    assert "I have read the answers back" in text
    assert declare(talk).status_code == 303

    submission = Submission.objects.get()
    assert (submission.submitted_by, submission.declared_by) == (team.people["researcher"], "Ann Chair")
    assert submission_digest(submission) == submission.digest
    receipts = Message.objects.filter(kind="receipt")
    assert sorted(receipts.values_list("recipient", flat=True)) == ["ann@example.org", "chair@example.org"]
    assert "Sent by: Ann Chair, taken by telephone by Researcher" in receipts[0].text
    assert "Declared on the telephone by Ann Chair" in team.at("researcher").get(at(talk)[:-10]).content.decode()
    done = ["opened", "saved", "viewed", "submitted", "ended"]
    assert acts() == [f"telephone.{act}" for act in done]

    assert team.save("chair", "C1", version=1, C1="agree").status_code == 303
    assert team.stored().values == {"C1": 2}


def test_nothing_is_seen_before_a_call_begins_nor_after_it_ends_or_runs_out(talk: Correspondents) -> None:
    talk.team.answer(C1=1)
    pages = ("", "questions/C1/", "check/")

    def seen() -> set[int]:
        return {talk.team.at("researcher").get(at(talk, page)).status_code for page in pages}

    assert seen() == {409}
    begin(talk)
    assert seen() == {200}
    assert talk.team.at("researcher").post(at(talk, "end/")).status_code == 303
    assert seen() == {409}
    begin(talk)
    Call.objects.filter(ended_at=None).update(lasts_until=timezone.now())
    assert seen() == {409}
    begin(talk)
    assert seen() == {200}
    assert Call.objects.filter(ended_at=None).count() == 1


def test_a_call_opens_nothing_else_of_the_board_and_only_to_who_began_it(talk: Correspondents) -> None:
    begin(talk)
    team = talk.team
    rest = ("", "questions/C1/", "check/", "messages/", "who-wrote-what/", "copies/", "people/", "sections/C/")
    assert {team.get("researcher", each).status_code for each in rest} == {404}
    other = f"/waves/munro-2012/boards/{team.derby.pk}/telephone/"
    assert team.at("researcher").get(other).status_code == 409
    assert team.at("researcher").get(at(talk).replace("munro-2012", "other")).status_code == 404
    for page in ("begin/", "", "questions/C1/", "check/"):
        assert tuple(team.at(who).get(at(talk, page)).status_code for who in WHO) == (200, 404, 404, 404, 404)
    team.people["researcher"].role = Role.ANALYST
    team.people["researcher"].save()
    assert team.at("researcher").get(at(talk)).status_code in (302, 404)


def test_every_page_that_is_shown_is_recorded_and_no_entry_holds_an_answer(talk: Correspondents) -> None:
    begin(talk)
    talk.team.at("researcher").get(at(talk, "questions/C1/"))
    enter(talk, "G1", 0, G1="Our money was cut")
    talk.team.at("researcher").get(at(talk, "check/"))

    entries = AuditEntry.objects.order_by("number")
    pages = [entry.detail["page"] for entry in entries if entry.act == "telephone.viewed"]
    assert pages == ["C1", "check"]
    said = str([(entry.about, entry.detail) for entry in entries])
    assert "cut" not in said
    assert "No computer" not in said


def test_the_same_answer_changed_by_the_board_meanwhile_is_not_overwritten(talk: Correspondents) -> None:
    begin(talk)
    talk.team.answer(C1=2)

    answer = enter(talk, "C1", 0, C1="strongly_agree")

    assert answer.status_code == 409
    assert f'action="{at(talk, "questions/C1/settle/")}"' in answer.content.decode()
    assert talk.team.stored().values == {"C1": 2}
    settled = {
        "base-version": "0",
        "seen-version": "1",
        "C1": "strongly_agree",
        "disputed-C1": "yes",
        "keep-C1": "mine",
    }
    assert talk.team.at("researcher").post(at(talk, "questions/C1/settle/"), settled).status_code == 303
    assert Save.objects.get(version=2).source == "telephone"


def test_an_open_page_saves_itself_as_taken_by_telephone(talk: Correspondents) -> None:
    begin(talk)
    sent = {"base-version": "0", "C1": "strongly_agree", "tab-key": uuid4().hex, "tab-sequence": "1"}

    assert talk.team.at("researcher").post(at(talk, "autosave/C1/"), sent).status_code == 200

    assert Save.objects.get().source == "telephone"


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"declared_by": "", "is_declared": "on"}, "Enter the name of the person who has declared it"),
        ({"declared_by": "Ann Chair"}, "hear the declaration before you submit"),
    ],
)
def test_nothing_is_submitted_without_a_name_and_a_declaration(
    talk: Correspondents, sent: dict[str, str], words: str
) -> None:
    begin(talk)
    enter(talk, "C1", 0, C1="strongly_agree")

    assert words in declare(talk, sent=sent).content.decode()
    assert not Submission.objects.exists()


def test_what_was_not_read_back_is_not_submitted(talk: Correspondents) -> None:
    begin(talk)
    enter(talk, "C1", 0, C1="strongly_agree")
    talk.team.answer(G1="Money")

    answer = declare(talk)

    assert (answer.status_code, Submission.objects.count()) == (409, 0)
    assert "Not submitted yet: somebody changed an answer" in answer.content.decode()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"voice": ""}, "Enter the name of the person at the other end"),
        ({"voice": "Ann\u202echair"}, "Use letters and spaces only"),
        ({"day": "2099-01-01"}, "Enter today or a day before"),
        ({"day": "yesterday"}, "Enter a day such as 4 December 2026"),
        ({"reason": " "}, "Say why the answers are taken by telephone"),
    ],
)
def test_a_call_begins_with_a_name_a_day_that_has_come_and_a_reason(
    talk: Correspondents, changed: dict[str, str], words: str
) -> None:
    assert words in begin(talk, **changed).content.decode()
    assert not Call.objects.exists()


def test_one_form_begins_one_call_and_another_ends_it(talk: Correspondents) -> None:
    key = str(uuid4())
    begin(talk, key=key)
    begin(talk, key=key)
    assert Call.objects.count() == 1
    begin(talk)
    assert Call.objects.filter(ended_at=None).count() == 1
    assert acts() == ["telephone.opened", "telephone.ended", "telephone.opened"]


def test_on_a_closed_return_nothing_is_taken(talk: Correspondents) -> None:
    talk.close_wave()
    assert begin(talk).status_code == 403
    talk.reopen("C")
    assert begin(talk).status_code == 303
    assert enter(talk, "C1", 0, C1="strongly_agree").status_code == 303
    assert talk.team.at("researcher").get(at(talk, "questions/G1/")).status_code == 403


def test_where_a_second_person_signs_nothing_is_submitted_by_telephone(talk: Correspondents) -> None:
    Wave.objects.update(needs_signature=True)
    begin(talk)
    enter(talk, "C1", 0, C1="strongly_agree")

    text = talk.team.at("researcher").get(at(talk, "check/")).content.decode()
    assert "signature, which nobody can give by telephone" in text
    assert declare(talk).status_code == 409
    assert not Submission.objects.exists()


def test_who_took_a_return_down_keeps_no_copy_of_it(talk: Correspondents) -> None:
    begin(talk)
    enter(talk, "C1", 0, C1="strongly_agree")
    assert declare(talk).status_code == 303

    ruth = talk.team.at("researcher")
    for rest in ("copies/submission-1.csv", "copies/submission-1.pdf", "submissions/1/", "submissions/1/answers/"):
        assert ruth.get(talk.team.url(rest)).status_code == 404


def test_pages_by_telephone_cost_at_most_twenty_queries(
    talk: Correspondents, django_assert_max_num_queries: object
) -> None:
    begin(talk)
    Return.objects.update(version=0)
    assert timezone.now() + timedelta(hours=3) < Call.objects.get().lasts_until
    for page in ("", "questions/C1/", "check/"):
        with django_assert_max_num_queries(16):  # type: ignore[operator]
            talk.team.at("researcher").get(at(talk, page))


@pytest.mark.parametrize("form", [CallForm, DeclarationForm])
def test_our_words_for_who_is_forgotten_are_nobodys_name(form: type[CallForm | DeclarationForm]) -> None:
    name = form.base_fields["voice" if form is CallForm else "declared_by"]
    with pytest.raises(ValidationError, match="what we call people who were forgotten"):
        name.clean("name Erased")
