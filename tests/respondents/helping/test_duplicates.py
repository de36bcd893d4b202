"""Returns that named no board are settled with the board whose they are; nothing is lost, and all can be undone."""

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from accounts.models import AuditEntry, Role, User
from accounts.outbox.models import Message
from analysis.extracts import read_extract
from respondents.helping.duplicates import settle, undo
from respondents.helping.refusals import SettledOtherwise
from respondents.returns.attribution import Attribution, Settled
from respondents.returns.importing import import_returns
from respondents.returns.models import Return, Submission
from respondents.returns.saving import Sending, save_answers, save_digest
from respondents.returns.submitting import submission_digest, submit_return
from tests.builders import NOW, chair, person, return_of, wave
from tests.respondents.helping.conftest import Correspondents

if TYPE_CHECKING:
    from survey.schema.answers import Value

pytestmark = pytest.mark.django_db

HEAD = b"return_id,board,authority_type,region,submitted_at,minutes_taken,C1,G1\n"
FILE = HEAD + b"R1,,London borough,,,40,agree,Legacy text\n"


@pytest.fixture
def ruth() -> User:
    return person("ruth@example.org", role=Role.RESEARCHER)


@pytest.fixture
def barnet(db: None) -> Return:
    """Barnet's own return, in which nothing is answered, beside one that named no board."""
    found = return_of("barnet", in_wave=wave())
    assert found.board is not None
    chair(found.board)
    import_returns(found.wave, FILE, now=NOW)
    return found


def loose() -> Return:
    return Return.objects.get(legacy_id="R1")


def stored(found: Return) -> Return:
    return Return.objects.select_related("wave", "board").get(pk=found.pk)


def decide(own: Return, settled: Settled, by: User) -> Attribution:
    return settle(loose(), board_return=own, settled=settled, reason="She rang", key=uuid4(), by=by, now=NOW)


def answer(own: Return, **sent: "Value") -> None:
    found = stored(own)
    save_answers(found, Sending(found.version, sent), person=person("chair@example.org"), now=NOW)


def send(own: Return) -> None:
    found = stored(own)
    submit_return(found, person=person("chair@example.org"), version=found.version, now=NOW)


def counted(own: Return) -> tuple[int, int, list[int]]:
    """Submitted returns, those of boards, and the answers to C1 that tables count."""
    returns = own.wave.returns.submitted()
    extract = read_extract(own.wave)
    return returns.count(), returns.in_frame().count(), sorted(extract.frame["C1"].to_list())


def test_a_board_that_has_answered_nothing_takes_the_return_over_and_it_counts_once(barnet: Return, ruth: User) -> None:
    assert counted(barnet) == (1, 0, [2])

    decide(barnet, Settled.TAKEN, ruth)

    assert counted(barnet) == (1, 1, [2])
    own = stored(barnet)
    assert own.values == {"C1": 2, "G1": "Legacy text"}
    assert (own.state, own.board) == ("submitted", barnet.board)
    sent, save = own.submissions.get(), own.saves.get()
    assert (sent.number, sent.minutes_taken, sent.texts["G1"]) == (1, 40, "Legacy text")
    assert (submission_digest(sent), save_digest(save)) == (sent.digest, save.digest)
    assert (save.source, save.made_by) == ("attributed", ruth)
    assert loose().values == own.values
    assert loose().duplicate_of == own
    assert Message.objects.get().recipient == "chair@example.org"
    entry = AuditEntry.objects.get(act="return.attributed")
    assert (entry.subject, entry.detail["legacy_id"]) == (f"return:{own.pk}", "R1")
    assert "Legacy text" not in str(entry.detail)


def test_undone_the_return_names_no_board_again_and_the_board_has_answered_nothing(barnet: Return, ruth: User) -> None:
    decide(barnet, Settled.TAKEN, ruth)

    undo(loose(), reason="It was another", key=uuid4(), by=ruth, now=NOW)

    assert counted(barnet) == (1, 0, [2])
    own = stored(barnet)
    assert (own.values, own.submitted_version, own.submitted_at) == ({}, None, None)
    assert own.saves.count() == 2
    assert loose().duplicate_of is None
    assert list(Attribution.objects.order_by("pk").values_list("settled", flat=True)) == ["taken", "undone"]
    assert AuditEntry.objects.filter(act="return.attribution_undone").count() == 1
    decide(barnet, Settled.TAKEN, ruth)
    assert counted(barnet) == (1, 1, [2])


def test_of_two_the_boards_own_may_count_and_the_other_is_kept_apart(barnet: Return, ruth: User) -> None:
    answer(barnet, C1=5)
    send(barnet)
    assert counted(barnet) == (2, 1, [2, 5])

    decide(barnet, Settled.APART, ruth)

    assert counted(barnet) == (1, 1, [5])
    assert stored(barnet).version == 1
    undo(loose(), reason="?", key=uuid4(), by=ruth, now=NOW)
    assert counted(barnet) == (2, 1, [2, 5])


@pytest.mark.parametrize("drafts", [False, True])
def test_of_two_the_other_may_count_and_undone_all_is_as_it_was(barnet: Return, ruth: User, *, drafts: bool) -> None:
    answer(barnet, C1=5, C2=1)
    send(barnet)
    if drafts:
        answer(barnet, C1=4)
    before, sent = stored(barnet), Submission.objects.get(survey_return=barnet)

    decide(barnet, Settled.TAKEN, ruth)
    assert counted(barnet) == (1, 1, [2])
    assert stored(barnet).values == {"C1": 2, "G1": "Legacy text"}

    undo(loose(), reason="?", key=uuid4(), by=ruth, now=NOW)
    assert counted(barnet) == (2, 1, [2, 5])
    own = stored(barnet)
    assert (own.values, own.state) == (before.values, before.state)
    last = own.submissions.order_by("number").last()
    assert last is not None
    assert (last.number, last.answers, last.submitted_by) == (3, sent.answers, sent.submitted_by)


def test_what_the_board_changed_since_is_not_undone(barnet: Return, ruth: User) -> None:
    decide(barnet, Settled.TAKEN, ruth)
    answer(barnet, C1=4)
    with pytest.raises(SettledOtherwise, match="has changed since, and that would be lost"):
        undo(loose(), reason="?", key=uuid4(), by=ruth, now=NOW)
    assert stored(barnet).values["C1"] == 4


def test_what_does_not_fit_is_refused_and_nothing_changes(barnet: Return, ruth: User) -> None:
    derby = return_of("derby-and-derbyshire", in_wave=barnet.wave)
    for own, settled, words in (
        (derby, Settled.TAKEN, "its authority type is London borough, and Derby"),
        (barnet, Settled.APART, "has submitted nothing that could count"),
        (loose(), Settled.TAKEN, "names a board, or was settled already"),
    ):
        with pytest.raises(SettledOtherwise, match=words):
            decide(own, settled, ruth)
    with pytest.raises(SettledOtherwise, match="nothing to undo"):
        undo(loose(), reason="?", key=uuid4(), by=ruth, now=NOW)
    assert (Attribution.objects.count(), counted(barnet)) == (0, (1, 0, [2]))
    decide(barnet, Settled.TAKEN, ruth)
    with pytest.raises(SettledOtherwise, match="was settled already"):
        decide(barnet, Settled.TAKEN, ruth)


def test_one_form_settles_once_and_the_file_imported_again_changes_nothing(barnet: Return, ruth: User) -> None:
    key = uuid4()
    for _ in range(2):
        settle(loose(), board_return=barnet, settled=Settled.TAKEN, reason="?", key=key, by=ruth, now=NOW)
    import_returns(barnet.wave, FILE, now=NOW)
    assert (Attribution.objects.count(), counted(barnet)) == (1, (1, 1, [2]))


def test_a_researcher_compares_settles_and_undoes_on_pages_without_an_answer(talk: Correspondents) -> None:
    import_returns(talk.team.wave, FILE, now=NOW)
    ruth, base = talk.team.at("researcher"), "/waves/munro-2012/boards/without-a-board/"
    one = f"{base}{loose().pk}/"
    assert "Names no board, and counts" in ruth.get(base).content.decode()
    text = ruth.get(f"{one}?board=barnet").content.decode()
    assert "2 items" in text
    assert "Legacy text" not in text
    assert "The board’s own answers count" not in text

    sent = {"key": str(uuid4()), "settled": "taken", "reason": "She rang"}
    assert "Say how you know" in ruth.post(f"{one}?board=barnet", {**sent, "reason": ""}).content.decode()
    assert ruth.post(f"{one}?board=barnet", sent).status_code == 303
    assert "She rang" in ruth.get(one).content.decode()
    assert "She rang" in ruth.get(f"/waves/munro-2012/boards/{talk.team.barnet.pk}/").content.decode()
    assert "A return that had named no board" in talk.team.text("chair", "who-wrote-what/")
    assert ruth.post(f"{one}undo/", {"key": str(uuid4()), "reason": "No"}).status_code == 303
    assert loose().duplicate_of is None

    for who in ("analyst", "administrator", "chair"):
        for url in (base, one, f"{one}undo/"):
            assert talk.team.at(who).get(url).status_code == 404
