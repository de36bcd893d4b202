"""Boards, authorities, people and appointments are corrected one at a time; authorities merge and split."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.models import AuditEntry, Role, Session, User
from accounts.outbox.fates import try_again
from accounts.outbox.models import Message, MessageState
from respondents.register.appointing import appoint, correct_appointment, end_appointment, replace_chair, stands_as
from respondents.register.editing import add_board, change_authority, change_board, change_person
from respondents.register.forgetting import forget_in_history
from respondents.register.history import RegisterChange
from respondents.register.models import Appointment, Authority, Board, Succession
from respondents.register.snapshot import snapshot
from respondents.register.succeeding import Successor, succeed
from respondents.returns.models import Return
from respondents.returns.refusals import AppointmentChanged
from tests.builders import NOW, person, return_of, sign_in, two_boards, wave

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def rita() -> User:
    return person("rita@example.org", role=Role.RESEARCHER)


@pytest.fixture
def barnet() -> Board:
    two_boards()
    return Board.objects.get(slug="barnet")


def acts() -> list[str]:
    return list(AuditEntry.objects.values_list("act", flat=True))


def test_a_changed_board_has_history_and_audit(barnet: Board, rita: User) -> None:
    change_board(barnet, fields={"name": "B", "ended_on": None}, reason="New name", by=rita, now=NOW)
    change_board(barnet, fields={"name": "B", "ended_on": None}, reason="Again", by=rita, now=NOW)

    last = RegisterChange.objects.filter(board_key=barnet.pk).latest("pk")
    assert (last.values, last.reason, last.by) == (
        {"name": ["Barnet Local Safeguarding Children Board", "B"]},
        "New name",
        rita,
    )
    assert acts() == ["register.board_changed"]


def test_a_board_takes_an_authority_from_a_joint_board(barnet: Board, rita: User) -> None:
    fields = {"name": "Derby", "area_name": "Derby", "region": "East Midlands", "authority_type": "Unitary"}
    add_board("derby", fields={**fields, "authorities": ["E06000015"]}, reason="Split", by=rita, now=NOW)

    boards = {slug: row["authorities"] for slug, row in snapshot().boards.items()}
    assert boards == {"barnet": ["E09000003"], "derby": ["E06000015"], "derby-and-derbyshire": ["E10000007"]}


def test_no_board_is_left_without_an_authority_in_passing(barnet: Board, rita: User) -> None:
    before = snapshot()
    with pytest.raises(ValidationError, match="End that board first"):
        add_board("b", fields={"name": "B", "authorities": ["E09000003"]}, reason="", by=rita, now=NOW)
    with pytest.raises(ValidationError, match="No authority has the code E00000000"):
        change_board(barnet, fields={"authorities": ["E00000000"]}, reason="", by=rita, now=NOW)

    assert (snapshot(), acts()) == (before, [])


def test_frames_already_opened_never_change(barnet: Board, rita: User) -> None:
    wave()
    change_board(barnet, fields={"region": "Inner London", "ended_on": "2012-02-10"}, reason="", by=rita, now=NOW)
    change_authority(Authority.objects.get(name="Barnet"), fields={"name": "B"}, reason="", by=rita, now=NOW)

    found = return_of("barnet", in_wave=Return.objects.all()[0].wave)
    assert (found.region, [a.name for a in found.frame_authorities.all()]) == ("Outer London", ["Barnet"])


def test_an_interim_chair_follows_a_chair_and_a_vacancy_remains(barnet: Board, rita: User) -> None:
    first = appoint(
        barnet, name="Ann", email="ann@example.org", kind="chair", from_date=date(2011, 1, 1), by=rita, now=NOW
    )
    second = appoint(
        barnet,
        name="Bob",
        email="bob@example.org",
        kind="interim",
        from_date=date(2012, 2, 1),
        ends_others=True,
        by=rita,
        now=NOW,
    )
    first.refresh_from_db()
    assert first.until_date == date(2012, 1, 31)

    last = date(2012, 2, 5)
    end_appointment(second, seen=stands_as(second), until_date=last, reason="Left", by=rita, now=NOW)

    assert not barnet.appointments.current_on(TODAY).exists()
    kinds = [(change.subject, change.kind) for change in RegisterChange.objects.filter(board_key=barnet.pk)]
    assert kinds[1:] == [
        ("appointment", "added"),
        ("appointment", "ended"),
        ("appointment", "added"),
        ("appointment", "ended"),
    ]
    assert set(acts()) == {"register.chair_appointed", "register.appointment_changed"}


def test_one_person_chairs_several_boards_but_none_twice_at_a_time(barnet: Board, rita: User) -> None:
    other = Board.objects.get(slug="derby-and-derbyshire")
    for board in (barnet, other):
        appoint(board, name="Ann", email="ann@example.org", kind="chair", from_date=TODAY, by=rita, now=NOW)

    with pytest.raises(ValidationError, match="at that time already, since 10 February 2012"):
        appoint(barnet, name="Ann", email="ANN@example.org", kind="interim", from_date=TODAY, by=rita, now=NOW)
    with pytest.raises(ValidationError, match="works for the survey team"):
        appoint(barnet, name="R", email="rita@example.org", kind="chair", from_date=TODAY, by=rita, now=NOW)
    assert User.objects.get(email="ann@example.org").appointments.count() == 2


def test_an_appointment_is_corrected_within_reason(barnet: Board, rita: User) -> None:
    made = appoint(barnet, name="Ann", email="ann@example.org", kind="chair", from_date=TODAY, by=rita, now=NOW)
    earlier = TODAY - timedelta(days=30)

    correct(made, stands_as(made), from_date=earlier, by=rita)
    made.refresh_from_db()
    with pytest.raises(ValidationError, match="last day is before the first"):
        correct(made, stands_as(made), from_date=TODAY, until_date=earlier, by=rita)
    before = earlier - timedelta(days=1)
    with pytest.raises(ValidationError, match="began on 11 January 2012"):
        end_appointment(made, seen=stands_as(made), until_date=before, reason="", by=rita, now=NOW)

    assert Appointment.objects.values_list("kind", "from_date").get() == ("interim", earlier)


def correct(made: Appointment, seen: str, *, from_date: date, until_date: date | None = None, by: User) -> None:
    correct_appointment(
        made, seen=seen, kind="interim", from_date=from_date, until_date=until_date, reason="", by=by, now=NOW
    )


def test_a_form_opened_before_a_hand_over_does_not_undo_it(barnet: Board, rita: User) -> None:
    first = TODAY - timedelta(days=9)
    made = appoint(barnet, name="Ann", email="ann@example.org", kind="chair", from_date=first, by=rita, now=NOW)
    opened = stands_as(made)
    hand_over(barnet, made.person, "bob")
    left = Appointment.objects.get(pk=made.pk)

    with pytest.raises(AppointmentChanged, match="the appointment of Ann"):
        correct(made, opened, from_date=made.from_date, by=rita)
    with pytest.raises(AppointmentChanged, match="Nothing was saved"):
        end_appointment(made, seen=opened, until_date=TODAY, reason="", by=rita, now=NOW)

    left.refresh_from_db()
    assert (left.until_date, left.kind) == (TODAY - timedelta(days=1), "chair")


def test_an_appointment_that_is_gone_is_not_written_again(barnet: Board, rita: User) -> None:
    made = appoint(barnet, name="Ann", email="ann@example.org", kind="chair", from_date=TODAY, by=rita, now=NOW)
    hand_over(barnet, made.person, "bob")

    with pytest.raises(AppointmentChanged):
        correct(made, stands_as(made), from_date=TODAY, by=rita)

    assert [each.person.name for each in barnet.appointments.current_on(TODAY)] == ["Bob"]


def test_who_is_appointed_from_a_later_day_succeeds_today_in_the_same_appointment(barnet: Board, rita: User) -> None:
    first = TODAY + timedelta(days=20)
    later = appoint(barnet, name="Bob", email="bob@example.org", kind="interim", from_date=first, by=rita, now=NOW)

    hand_over(barnet, None, "bob")

    kept = barnet.appointments.get(person=later.person)
    assert (kept.pk, kept.from_date, kept.until_date, kept.kind) == (later.pk, TODAY, None, "interim")
    last = RegisterChange.objects.latest("pk")
    assert (last.kind, last.values) == ("changed", {"from": ["2012-03-01", "2012-02-10"]})


def hand_over(board: Board, outgoing: User | None, to: str) -> None:
    by, name, email = person("by@example.org"), to.capitalize(), f"{to}@example.org"
    replace_chair(board, outgoing=outgoing, name=name, email=email, reason="Left", by=by, now=NOW)


def test_a_person_keeps_their_boards_under_a_new_address(barnet: Board, rita: User) -> None:
    made = appoint(barnet, name="Ann", email="ann@example.org", kind="chair", from_date=TODAY, by=rita, now=NOW)
    person("bob@example.org")

    with pytest.raises(ValidationError, match="Somebody else has the address"):
        change_person(made.person, name="Ann", email="bob@example.org", reason="", by=rita, now=NOW)
    change_person(made.person, name="Ann Ash", email="Ash@example.org", reason="Married", by=rita, now=NOW)

    assert User.objects.filter(email="ash@example.org", name="Ann Ash", appointments=made).exists()
    assert acts()[-1] == "register.person_changed"


def test_who_came_in_by_a_wrong_address_is_out_when_it_is_corrected(barnet: Board, rita: User) -> None:
    made = appoint(barnet, name="Ann", email="wrong@example.org", kind="chair", from_date=TODAY, by=rita, now=NOW)
    stranger = sign_in(Client(), made.person)

    change_person(made.person, name="Ann Ash", email="wrong@example.org", reason="", by=rita, now=NOW)
    assert stranger.get("/returns/").status_code == 200
    change_person(made.person, name="Ann Ash", email="ann@example.org", reason="A slip", by=rita, now=NOW)

    assert stranger.get("/returns/").status_code == 302
    assert not Session.objects.filter(person=made.person).exists()


def test_nobody_becomes_a_chair_in_silence(barnet: Board, rita: User) -> None:
    wave(closes_at=NOW + timedelta(days=5))
    first = appoint(barnet, name="Ann", email="ann@example.org", kind="chair", from_date=TODAY, by=rita, now=NOW)
    assert not Message.objects.exists()
    appoint(barnet, name="Bo", email="private@example.org", kind="chair", from_date=TODAY, by=rita, now=NOW)
    change_person(first.person, name="Ann", email="ann@example.net", reason="", by=rita, now=NOW)

    told = Message.objects.order_by("created_at", "key").values_list("recipient", "subject")
    assert sorted(told) == [
        ("ann@example.net", f"Who chairs the board: {barnet}"),  # it had not left yet, and went after her
        ("ann@example.org", "An address for signing in was changed"),
        ("private@example.org", "An address for signing in was changed"),
    ]
    assert acts().count("register.changed_while_open") == 3
    assert "Bo is recorded as chair" in Message.objects.get(recipient="ann@example.net").text


def told() -> list[tuple[str, str]]:
    """To whom what has been written since it was last asked."""
    found = [(each.recipient, each.text) for each in Message.objects.order_by("recipient", "text")]
    Message.objects.all().delete()
    return [(to, text.partition(" (")[0].partition(". ")[0].partition(": ")[0][:60]) for to, text in found]


@pytest.mark.parametrize("how", ["ended", "corrected"])
def test_nobody_is_put_out_in_silence_before_another_is_appointed(barnet: Board, rita: User, how: str) -> None:
    first, last = TODAY - timedelta(days=99), TODAY - timedelta(days=1)
    made = appoint(barnet, name="Ann", email="ann@example.org", kind="chair", from_date=first, by=rita, now=NOW)
    if how == "ended":
        end_appointment(made, seen=stands_as(made), until_date=last, reason="", by=rita, now=NOW)
    else:
        correct(made, stands_as(made), from_date=first, until_date=last, by=rita)
    assert told() == [("ann@example.org", f"Your appointment as chair of {barnet} was ended"[:60])]

    appoint(barnet, name="Bo", email="private@example.org", kind="chair", from_date=TODAY, by=rita, now=NOW)
    assert told() == [("ann@example.org", f"Bo is recorded as chair of {barnet}"[:60])]


def test_whoever_comes_back_by_a_later_last_day_does_so_before_the_others_each_time(barnet: Board, rita: User) -> None:
    first, last = TODAY - timedelta(days=99), TODAY - timedelta(days=90)
    made = appoint(barnet, name="Ann", email="ann@example.org", kind="chair", from_date=first, by=rita, now=NOW)
    appoint(barnet, name="Bo", email="bo@example.org", kind="chair", from_date=TODAY, by=rita, now=NOW)
    told()
    end_appointment(made, seen=stands_as(made), until_date=last, reason="", by=rita, now=NOW)
    told()
    for hours in (1, 2):
        made.refresh_from_db()
        day, later = TODAY + timedelta(hours * 9), NOW + timedelta(hours=hours)
        end_appointment(made, seen=stands_as(made), until_date=day, reason="", by=rita, now=later)
        assert told() == [("bo@example.org", f"Ann is recorded as chair of {barnet}"[:60])]


def test_no_name_stays_in_the_audit_and_administrators_read_them_all_the_same(
    barnet: Board, rita: User, client: Client
) -> None:
    made = appoint(barnet, name="Ann Bird", email="ann@example.org", kind="chair", from_date=TODAY, by=rita, now=NOW)
    change_person(made.person, name="Ann Birdie", email="ann@example.net", reason="", by=rita, now=NOW)

    said = str(list(AuditEntry.objects.values_list("about", "detail")))
    assert ["Bird" in said, "example" in said, f"Account {made.person_id}" in said] == [False, False, True]
    admin = sign_in(client, person("ada@example.org", role=Role.ADMINISTRATOR))
    shown = admin.get("/audit/?words=birdie").content.decode()
    assert shown.count(f"Ann Birdie (account {made.person_id})") == 2


def test_the_history_forgets_whoever_was_replaced_on_the_first_day(barnet: Board, rita: User) -> None:
    gone = appoint(barnet, name="Ann Bird", email="ann@example.org", kind="chair", from_date=TODAY, by=rita, now=NOW)
    replace_chair(barnet, outgoing=gone.person, name="Bo", email="bo@example.org", reason="", by=rita, now=NOW)
    forget_in_history([gone.person_id])

    assert "Bird" not in str(list(RegisterChange.objects.values_list("about", "values")))


def test_what_did_not_arrive_goes_to_the_corrected_address(barnet: Board, rita: User) -> None:
    made = appoint(barnet, name="Ann", email="wrong@example.org", kind="chair", from_date=TODAY, by=rita, now=NOW)
    for state, kind in (
        ("queued", "reminder"),
        ("bounced", "invitation"),
        ("sent", "thanks"),
        ("queued", "sign_in_code"),
    ):
        row = {"kind": kind, "state": state, "bounced_at": NOW if state == "bounced" else None, "created_at": NOW}
        Message.objects.create(key=f"{kind}:1", recipient="wrong@example.org", **row)

    change_person(made.person, name="Ann", email="ann@example.org", reason="", by=rita, now=NOW)

    moved = Message.objects.filter(recipient="ann@example.org", bounced_at=None)
    assert set(moved.values_list("kind", flat=True)) == {"reminder", "invitation"}
    try_again(moved.get(kind="invitation"), by=rita, now=NOW)
    assert moved.get(kind="invitation").state == MessageState.QUEUED


NEW = Successor("E06000099", "Derbyshire and Derby", "Unitary", "East Midlands")


def test_merged_authorities_end_and_their_board_follows(barnet: Board, rita: User) -> None:
    joint = Board.objects.get(slug="derby-and-derbyshire")

    succeed(["E10000007", "E06000015"], [NEW], on_date=TODAY, board=joint, reason="Order 2012", by=rita, now=NOW)

    assert snapshot().boards[joint.slug]["authorities"] == ["E06000099"]
    assert snapshot().boards[joint.slug]["authority_type"] == "Unitary"
    ended = Authority.objects.filter(ended_on=TODAY).values_list("gss_code", flat=True)
    assert sorted(ended) == ["E06000015", "E10000007"]
    assert Succession.objects.count() == 2
    assert Authority.objects.get(gss_code="E06000099").started_on == TODAY
    assert acts() == ["register.authorities_succeeded"]


def test_a_board_left_with_nothing_by_a_merger_ends(barnet: Board, rita: User) -> None:
    joint = Board.objects.get(slug="derby-and-derbyshire")

    succeed(["E10000007", "E09000003"], [NEW], on_date=TODAY, board=joint, reason="", by=rita, now=NOW)

    assert snapshot().boards["barnet"]["ended_on"] == TODAY.isoformat()
    assert snapshot().boards[joint.slug]["authorities"] == ["E06000099", "E06000015"]


def test_a_split_authority_is_covered_by_the_same_board(barnet: Board, rita: User) -> None:
    north = Successor("E09000101", "Barnet North", "London borough", "Outer London")
    south = Successor("E09000102", "Barnet South", "London borough", "Outer London")

    succeed(["E09000003"], [north, south], on_date=TODAY, board=barnet, reason="", by=rita, now=NOW)

    assert snapshot().boards["barnet"]["authorities"] == ["E09000101", "E09000102"]


@pytest.mark.parametrize(
    ("predecessor", "successor", "later", "words"),
    [
        ("E09000003", NEW, 1, "still to come"),
        ("E00000000", NEW, 0, "No authority has the code"),
        ("E09000003", Successor("E09000003", "", "", ""), 0, "cannot follow itself"),
        ("E09000003", Successor("E06000099", "", "", ""), 0, "Write its name after the code"),
    ],
)
@pytest.mark.usefixtures("barnet")
def test_a_succession_that_does_not_fit_is_refused(
    rita: User, predecessor: str, successor: Successor, later: int, words: str
) -> None:
    before, board, day = snapshot(), Board.objects.get(slug="barnet"), TODAY + timedelta(days=later)
    with pytest.raises(ValidationError, match=words):
        succeed([predecessor], [successor], on_date=day, board=board, reason="", by=rita, now=NOW)
    assert (snapshot(), Succession.objects.count()) == (before, 0)


def test_the_history_forgets_who_somebody_was(barnet: Board, rita: User) -> None:
    made = appoint(barnet, name="Ann Ash", email="ann@example.org", kind="chair", from_date=TODAY, by=rita, now=NOW)
    change_person(made.person, name="Ann Elm", email="elm@example.org", reason="Ann married", by=rita, now=NOW)
    count = RegisterChange.objects.count()

    forget_in_history([made.person.pk])

    said = str(list(RegisterChange.objects.values("about", "values", "reason")))
    assert RegisterChange.objects.count() == count
    assert not {word for word in ("Ann", "ann@", "elm@") if word in said}
    assert "Barnet" in said
