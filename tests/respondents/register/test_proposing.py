"""A register is sent, looked at, imported exactly as looked at, and undone; what is wrong with it is told by line."""

from datetime import date, timedelta

import pytest

from accounts.models import AuditEntry, Role, User
from accounts.outbox.models import Message
from respondents.register.appointing import appoint
from respondents.register.exporting import SHEETS, export_csv, export_workbook
from respondents.register.history import ImportState, RegisterChange, RegisterImport, Subject
from respondents.register.importing import import_register
from respondents.register.models import Appointment, Authority, Board
from respondents.register.proposing import PreviewOutdated, apply_import, plan_of, propose_import
from respondents.register.snapshot import snapshot
from respondents.register.undoing import NotUndoable, undo_import
from respondents.tabular.lines import FileRefused
from survey.models import Wave
from tests.builders import (
    AUTHORITIES_HEAD,
    BOARDS_HEAD,
    NOW,
    REGISTER,
    TWO_AUTHORITIES,
    TWO_BOARDS,
    person,
    two_boards,
    wave,
    whole_register,
)

pytestmark = pytest.mark.django_db
BARNET = "barnet,Barnet Local Safeguarding Children Board,Barnet,Outer London,London borough,E09000003\n"
CHAIRS = "board,chair_name,chair_email,from,until,kind\nbarnet,Ann Ash,Ann@example.org,2011-04-01,,interim\n"


@pytest.fixture
def rita() -> User:
    return person("rita@example.org", role=Role.RESEARCHER)


def propose(rita: User, *tables: str, ends_absent: bool = False) -> RegisterImport:
    files = [(f"{number}.csv", table.encode()) for number, table in enumerate(tables, start=1)]
    return propose_import(files, ends_absent=ends_absent, by=rita, now=NOW)


def apply(proposed: RegisterImport, rita: User) -> RegisterImport:
    return apply_import(proposed.pk, digest=plan_of(proposed, now=NOW)[0].digest, by=rita, now=NOW)


def refusals(rita: User, *tables: str) -> list[str]:
    before = snapshot()
    with pytest.raises(FileRefused) as refused:
        propose(rita, *tables)
    assert snapshot() == before
    return [str(problem) for problem in refused.value.problems]


def test_nothing_changes_until_the_preview_is_confirmed(rita: User) -> None:
    proposed = propose(rita, TWO_AUTHORITIES, TWO_BOARDS, CHAIRS)

    assert (proposed.state, Board.objects.count()) == (ImportState.PROPOSED, 0)

    apply(proposed, rita)

    assert Board.objects.count() == 2
    ann = Appointment.objects.select_related("person", "board").get()
    assert (ann.person.name, ann.person.email, ann.board.slug, ann.kind) == (
        "Ann Ash",
        "ann@example.org",
        "barnet",
        "interim",
    )
    assert AuditEntry.objects.get().act == "register.imported"


def test_chairs_may_stand_on_the_lines_of_boards(rita: User) -> None:
    head = BOARDS_HEAD.replace("authorities\n", "authorities,chair_name,chair_email,from\n")

    apply(propose(rita, TWO_AUTHORITIES, head + BARNET.strip() + ",Ann Ash,ann@example.org,01/04/2011\n"), rita)

    assert Appointment.objects.get().from_date == date(2011, 4, 1)


def test_a_preview_shows_old_and_new_values_and_what_ends(rita: User) -> None:
    two_boards()
    boards = BOARDS_HEAD + BARNET.replace("Barnet,Outer", "Chipping Barnet,Outer")

    made, _ = plan_of(propose(rita, boards, ends_absent=True), now=NOW)

    assert [(move.key, move.kind, move.values) for move in made.moves] == [
        (("barnet",), "changed", {"area_name": ["Barnet", "Chipping Barnet"]}),
        (("derby-and-derbyshire",), "ended", {"ended_on": [None, "2012-02-10"]}),
    ]


def test_only_exactly_the_preview_is_applied(rita: User) -> None:
    proposed = propose(rita, TWO_AUTHORITIES, TWO_BOARDS)
    digest = plan_of(proposed, now=NOW)[0].digest
    two_boards()

    with pytest.raises(PreviewOutdated, match="has changed since you looked"):
        apply_import(proposed.pk, digest=digest, by=rita, now=NOW)


def test_an_import_happens_once(rita: User) -> None:
    proposed = propose(rita, TWO_AUTHORITIES, TWO_BOARDS)
    digest = plan_of(proposed, now=NOW)[0].digest
    apply_import(proposed.pk, digest=digest, by=rita, now=NOW)

    with pytest.raises(PreviewOutdated, match="is imported already"):
        apply_import(proposed.pk, digest=digest, by=rita, now=NOW)


def test_an_undone_import_leaves_the_register_as_it_was(rita: User) -> None:
    two_boards()
    before = snapshot()
    moved = TWO_BOARDS.replace("E10000007;E06000015", "E10000007") + (
        "derby,Derby Local Safeguarding Children Board,Derby,East Midlands,Unitary,E06000015\n"
    )
    applied = apply(propose(rita, moved.replace("Barnet,Outer", "B,Outer"), CHAIRS, ends_absent=True), rita)
    assert snapshot() != before

    undo_import(applied.pk, by=rita, now=NOW)

    assert snapshot() == before
    assert not User.objects.filter(email="ann@example.org").exists()
    assert "ann@" not in str(list(RegisterChange.objects.values_list("about", "values")))
    assert [entry.act for entry in AuditEntry.objects.all()] == ["register.imported", "register.import_undone"]


def test_an_import_makes_nobody_a_chair_in_silence(rita: User) -> None:
    apply(propose(rita, TWO_AUTHORITIES, TWO_BOARDS, CHAIRS), rita)
    wave(closes_at=NOW + timedelta(days=5))
    assert not Message.objects.exists()
    beside = "barnet,Bo,private@example.org,2012-02-01,,chair\n"
    apply(propose(rita, CHAIRS + beside), rita)
    assert [each.recipient for each in Message.objects.all()] == ["ann@example.org"]
    apply(propose(rita, CHAIRS.splitlines()[0] + "\n" + beside.replace("Bo,private", "Cy,cy"), ends_absent=True), rita)

    told = Message.objects.filter(text__startswith="Cy is recorded").values_list("recipient", flat=True)
    assert sorted(told) == ["ann@example.org", "private@example.org"]
    assert AuditEntry.objects.filter(act="register.changed_while_open", wave="munro-2012").count() == 2


def test_who_was_changed_by_the_same_import_is_told_too_and_those_of_a_first_import_are_not(rita: User) -> None:
    left = f"barnet,Cy,cy@example.org,2011-01-01,{NOW.date() - timedelta(days=9)},chair\n"
    apply(propose(rita, TWO_AUTHORITIES, TWO_BOARDS, CHAIRS + left), rita)
    assert not Message.objects.exists()
    changed = CHAIRS.replace("interim", "chair")
    apply(propose(rita, f"{changed}barnet,Bo,private@example.org,2012-02-01,,chair\n"), rita)
    told = Message.objects.filter(text__startswith="Bo is recorded").values_list("recipient", flat=True)
    assert sorted(told) == ["ann@example.org", "cy@example.org"]


def test_who_is_put_out_by_an_import_is_told_and_so_is_who_loses_by_its_undoing(rita: User) -> None:
    apply(propose(rita, TWO_AUTHORITIES, TWO_BOARDS, CHAIRS), rita)
    wave(closes_at=NOW + timedelta(days=5))
    head, *_ = CHAIRS.splitlines()
    person("cy@example.org")
    ended = apply(propose(rita, f"{head}\nbarnet,Cy,cy@example.org,2012-02-01,,chair\n", ends_absent=True), rita)
    Message.objects.all().delete()

    Wave.objects.update(opened_at=NOW - timedelta(days=1))
    undo_import(ended.pk, by=rita, now=NOW)

    told = {each.recipient: each.text for each in Message.objects.all()}
    assert set(told) == {"cy@example.org"}
    assert told["cy@example.org"].startswith("Ann")
    assert AuditEntry.objects.filter(act="register.changed_while_open").count() == 2


def test_an_import_on_which_a_wave_was_opened_stays(rita: User) -> None:
    applied = apply(propose(rita, TWO_AUTHORITIES, TWO_BOARDS), rita)
    wave()

    with pytest.raises(NotUndoable, match="The frame of the wave “Survey of chairs” was taken"):
        undo_import(applied.pk, by=rita, now=NOW)
    assert Board.objects.count() == 2


def test_an_import_whose_board_was_given_a_chair_stays(rita: User) -> None:
    applied = apply(propose(rita, TWO_AUTHORITIES, TWO_BOARDS), rita)
    board = Board.objects.get(slug="barnet")
    appoint(board, name="Ann", email="a@example.org", kind="chair", from_date=date(2012, 1, 1), by=rita, now=NOW)

    with pytest.raises(NotUndoable, match="has been given a chair since"):
        undo_import(applied.pk, by=rita, now=NOW)


def test_an_import_whose_row_was_changed_stays(rita: User) -> None:
    applied = apply(propose(rita, TWO_AUTHORITIES, TWO_BOARDS), rita)
    apply(propose(rita, BOARDS_HEAD + BARNET.replace("Barnet,Outer", "B,Outer")), rita)

    with pytest.raises(NotUndoable, match="Barnet Local Safeguarding Children Board was changed since"):
        undo_import(applied.pk, by=rita, now=NOW)


@pytest.mark.parametrize("kind", ["workbook", "csv"])
def test_what_is_exported_can_be_imported_unchanged(rita: User, kind: str) -> None:
    whole_register()
    apply(propose(rita, CHAIRS), rita)
    before = snapshot()
    files = [("register.xlsx", export_workbook(by=rita, now=NOW))]
    if kind == "csv":
        files = [(f"{name}.csv", export_csv(name, by=rita, now=NOW)) for name in SHEETS]

    proposed = propose_import(files, ends_absent=True, by=rita, now=NOW)
    assert plan_of(proposed, now=NOW)[0].moves == []
    Appointment.objects.all().delete()
    Board.objects.all().delete()
    Authority.objects.all().delete()
    apply(proposed, rita)

    assert snapshot() == before


def test_the_real_register_raises_one_warning(rita: User) -> None:
    tables = [(REGISTER / f"{name}.csv").read_text(encoding="utf-8") for name in ("authorities", "boards")]

    assert plan_of(propose(rita, *tables), now=NOW)[1] == [
        (
            "Line 56 of the boards: “hertfordshire” differs from “herefordshire” by one sign. "
            "Is it the same? Then correct it."
        )
    ]


def test_rows_that_look_alike_are_told(rita: User) -> None:
    two_boards()
    authorities = AUTHORITIES_HEAD + "E09000004,BARNET (London Borough of),London borough,Outer London\n"
    boards = (
        BOARDS_HEAD
        + "barnett,Barnet LSCB,Barnet,Outer London,London borough,E09000004\n"
        + "derby-derbyshire,Derby & Derbyshire Local Safeguarding Children’s Board,x,East Midlands,County,\n"
    ).replace("County,\n", "County,E10000007\n")

    told = plan_of(propose(rita, authorities + TWO_AUTHORITIES.split("\n", 1)[1], boards), now=NOW)[1]

    assert told == [
        (
            "Line 2 of the authorities: “BARNET (London Borough of)” (E09000004) looks like “Barnet” (E09000003), "
            "which differs by one sign. Is it the same? Then give it that code."
        ),
        (
            "Line 2 of the boards: “Barnet LSCB” (barnett) looks like “Barnet Local Safeguarding Children Board” "
            "(barnet), which differs by one sign. Is it the same? Then give it that code."
        ),
        (
            "Line 3 of the boards: “Derby & Derbyshire Local Safeguarding Children’s Board” (derby-derbyshire) looks "
            "like “Derby and Derbyshire Local Safeguarding Children Board” (derby-and-derbyshire). "
            "Is it the same? Then give it that code."
        ),
        ("Line 2 of the boards: “barnett” differs from “barnet” by one sign. Is it the same? Then correct it."),
    ]


SWAPPED = BOARDS_HEAD + "barnet,Barnet Local Safeguarding Children Board,Barnet,London borough,Outer London,E09000003\n"
BAD = {
    "swapped strata": (
        SWAPPED,
        "line 2, boards file, column authority_type: The columns authority_type and region are swapped: “",
    ),
    "swapped name and slug": (
        BOARDS_HEAD + "Barnet Board,barnet,Barnet,Outer London,London borough,E09000003\n",
        "line 2, boards file, column slug: The columns slug and name are swapped: “Barnet Board” stands where “",
    ),
    "duplicate": (
        BOARDS_HEAD + BARNET + BARNET,
        "line 3, boards file, column slug: “barnet” stands on line 2",
    ),
    "unknown authority": (
        BOARDS_HEAD + BARNET.replace("E09000003", "E09000033"),
        "line 2, boards file, column authorities: “E09000033” is not in the authorities file.",
    ),
    "html": (
        BOARDS_HEAD + BARNET.replace("Barnet,Outer", "<script>alert(1)</script>,Outer"),
        "line 2, boards file, column area_name: “<script>alert(1)</script>” holds signs that no name has",
    ),
    "formula": (
        BOARDS_HEAD + BARNET.replace("Barnet,Outer", "=1+1,Outer"),
        "line 2, boards file, column area_name: “=1+1” begins as a formula does. Take the first sign away.",
    ),
    "too long": (
        BOARDS_HEAD + BARNET.replace("Barnet,Outer", f"{'x' * 130},Outer"),
        f"line 2, boards file, column area_name: “{'x' * 40}…” has 130 letters, more than 120. Shorten it.",
    ),
    "no day": (
        CHAIRS.replace("2011-04-01", "31/02/2011"),
        "line 2, chairs file, column from: “31/02/2011” is not a day. Write it as 2012-02-01 or 01/02/2012.",
    ),
    "ends before it begins": (
        CHAIRS.replace("2011-04-01,", "2011-04-01,2010-01-01"),
        "line 2, chairs file, column until: 2010-01-01 is not after 2011-04-01. Correct one of the two days.",
    ),
    "no address": (
        CHAIRS.replace("Ann@example.org", "Ann at home"),
        "line 2, chairs file, column chair_email: “Ann at home” is not an email address such as name@example.org.",
    ),
    "swapped name and address": (
        CHAIRS.replace("Ann Ash,Ann@example.org", "ann@example.org,Ann Ash"),
        "line 2, chairs file, column chair_email: The columns chair_email and chair_name are swapped",
    ),
    "unknown board": (
        CHAIRS.replace("barnet", "barnett"),
        "line 2, chairs file, column board: “barnett” is no board of the boards file or of the register.",
    ),
    "staff": (
        CHAIRS.replace("Ann@example.org", "rita@example.org"),
        "line 2, chairs file, column chair_email: rita@example.org works for the survey team. Use another one.",
    ),
    "no register": ("a,b\n1,2\n", "line 1, 1.csv, file: No table of a register: the first line of 1.csv has no column"),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_is_wrong_is_told_with_line_reason_and_remedy(rita: User, kind: str) -> None:
    two_boards()
    table, words = BAD[kind]

    assert refusals(rita, table)[0].startswith(words)


def test_the_history_says_who_changed_what_when(rita: User) -> None:
    two_boards()
    apply(propose(rita, BOARDS_HEAD + BARNET.replace("Barnet,Outer", "B,Outer")), rita)

    last = RegisterChange.objects.filter(subject=Subject.BOARD).latest("pk")

    assert (last.by, last.at, last.kind, last.values) == (rita, NOW, "changed", {"area_name": ["Barnet", "B"]})


def test_boards_that_have_ended_or_not_begun_are_in_no_later_frame(rita: User) -> None:
    import_register(TWO_AUTHORITIES.encode(), TWO_BOARDS.encode(), now=NOW)
    opens = (NOW - timedelta(days=9)).date()
    Board.objects.filter(slug="barnet").update(ended_on=opens)

    assert [found.board and found.board.slug for found in wave().returns.all()] == ["derby-and-derbyshire"]
    Board.objects.filter(slug="barnet").update(ended_on=opens + timedelta(days=1))
    assert wave("second").returns.count() == 2
    Board.objects.filter(slug="barnet").update(started_on=opens + timedelta(days=1), ended_on=None)
    assert wave("third").returns.count() == 1
    assert [found.returns.count() for found in (wave("fourth"),)] == [1]
