"""From words and a day to a page that is out: by the clock, by two people, corrected in the open."""

from datetime import date, datetime, timedelta
from time import sleep

import pytest
from django.core.exceptions import ValidationError

from accounts import clock
from accounts.audit.models import AuditEntry
from accounts.models import User
from accounts.outbox.models import Message
from accounts.refusals import Overtaken
from analysis.core.table_record import read_all
from analysis.disclosing.refusals import NotSafe
from analysis.publishing.early import end_access, give_access, note_early_view, published_list, seen_early
from analysis.publishing.models import EarlyAccess, Edition, Publication, SignOff
from analysis.publishing.preparing import prepare_edition
from analysis.publishing.refusals import NotReady, OutAlready, OwnWork, SignedAlready, TakenBack
from analysis.publishing.signing import sign_off, withdraw
from analysis.publishing.standing import Standing, standings
from analysis.publishing.starting import announce, start_publication, write_words
from analysis.publishing.telling import tell_opened
from analysis.publishing.turns import in_turn
from analysis.reports.published import published_of
from tests.analysis.publishing import examples
from tests.analysis.publishing.examples import AT, DAY, OUT
from tests.builders import person, wave
from tests.races import at_once

pytestmark = pytest.mark.django_db
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def standing() -> Standing:
    (found,) = standings(Publication.objects.all())
    return found


def test_a_day_is_a_working_day_four_weeks_ahead_or_says_why() -> None:
    ann, _ = examples.staff()
    found = start_publication(wave(), title="Boards", by=ann, now=AT)
    for day, told in ((date(2012, 4, 7), "a Saturday"), (date(2012, 4, 6), "Good Friday"), (AT.date(), "has passed")):
        with pytest.raises(ValidationError, match=told):
            announce(found, day=day, by=ann, now=AT)
    with pytest.raises(ValidationError, match="less than four weeks away"):
        announce(found, day=date(2012, 4, 2) - timedelta(days=3), by=ann, now=AT)
    assert announce(found, day=date(2012, 4, 2), by=ann, now=AT).reason == ""
    with pytest.raises(ValidationError, match="why the day is moved"):
        announce(found, day=DAY, by=ann, now=AT)
    assert announce(found, day=DAY, reason="A table is late", by=ann, now=AT).moment == OUT
    assert [each.moment for each in standing().announcements][-1] == OUT
    assert AuditEntry.objects.filter(act="publication.announced").count() == 2


def test_it_is_out_at_its_moment_and_not_before() -> None:
    edition = examples.signed(wave())
    found = standing()
    assert found.out(now=OUT - SECOND) == ()
    assert [each.edition for each in found.out(now=OUT)] == [edition]
    with pytest.raises(OutAlready):
        announce(edition.publication, day=date(2012, 5, 21), reason="?", by=edition.prepared_by, now=OUT)
    assert not standing().editions[-1].corrects_id
    acts = ["edition.prepared", "edition.signed"]
    assert list(AuditEntry.objects.filter(act__in=acts).order_by("number").values_list("act", flat=True)) == acts


def test_nothing_is_signed_by_who_made_it_nor_twice_nor_too_late() -> None:
    ann, bob = examples.staff()
    found = wave()
    publication = examples.announced(found, by=ann)
    release = examples.release_of(found, examples.tables(), by=ann)
    edition = prepare_edition(publication, release=release, by=ann, now=AT)
    with pytest.raises(OwnWork):
        sign_off(edition, by=ann, now=AT)
    with pytest.raises(NotReady, match="announced moment has passed"):
        sign_off(edition, by=bob, now=OUT)
    later = prepare_edition(publication, release=release, by=bob, now=AT)
    with pytest.raises(Overtaken):
        sign_off(edition, by=bob, now=AT)
    sign_off(later, by=ann, now=AT)
    with pytest.raises(SignedAlready):
        sign_off(later, by=person("cat@example.org"), now=AT)
    assert SignOff.objects.count() == 1


def test_nothing_changes_in_the_last_two_minutes() -> None:
    first = examples.signed(wave())
    ann, bob = examples.staff()
    found = first.publication
    second = prepare_edition(found, release=first.release, by=ann, now=AT)
    for now in (OUT - SECOND, OUT - 2 * MINUTE + SECOND):
        with pytest.raises(NotReady, match="in less than two minutes: Monday 23 April 2012 at 09:30"):
            sign_off(second, by=bob, now=now)
        with pytest.raises(OutAlready, match="in less than two minutes"):
            announce(found, day=date(2012, 5, 21), reason="Ill", by=ann, now=now)
    assert [each.edition for each in standing().out(now=OUT)] == [first]
    sign_off(second, by=bob, now=OUT - 2 * MINUTE)
    assert [each.edition for each in standing().out(now=OUT)] == [second]
    other = start_publication(found.wave, title="Another", by=ann, now=AT)
    with pytest.raises(ValidationError, match="less than two minutes away"):
        announce(other, day=DAY, reason="New", by=ann, now=OUT - MINUTE)


def test_what_fails_a_check_or_was_not_checked_does_not_come_out() -> None:
    ann, bob = examples.staff()
    found = wave()
    publication = examples.announced(found, by=ann)
    unchecked = examples.release_of(found, examples.tables(), by=ann, states=())
    with pytest.raises(NotReady, match="has not been checked"):
        prepare_edition(publication, release=unchecked, by=ann, now=AT)
    wrong = examples.release_of(found, examples.tables(agree=41), by=ann)
    edition = prepare_edition(publication, release=wrong, by=ann, now=AT)
    with pytest.raises(NotReady, match="the parts add to 58 and the total is 57"):
        sign_off(edition, by=bob, now=AT)


def test_later_than_twelve_weeks_wants_a_reason() -> None:
    ann, bob = examples.staff()
    found = wave()
    publication = examples.announced(found, by=ann)
    release = examples.release_of(found, examples.tables(), by=ann)
    edition = prepare_edition(publication, release=release, by=ann, now=AT)
    late = date(2012, 5, 29)
    with pytest.raises(ValidationError, match="more than twelve weeks"):
        announce(publication, day=late, reason="Ill", by=ann, now=AT)
    announce(publication, day=late, reason="Ill", late_reason="The team was ill.", by=ann, now=AT)
    sign_off(edition, by=bob, now=AT)
    assert standing().committed


def test_a_correction_marks_what_it_revises_and_keeps_what_was() -> None:
    first = examples.signed(wave())
    ann, bob = examples.staff()
    publication, after = first.publication, OUT + timedelta(days=3)
    mended = examples.release_of(publication.wave, examples.tables(agree=39, disagree=18), by=ann)
    with pytest.raises(ValidationError, match="what is corrected"):
        prepare_edition(publication, release=mended, by=ann, now=after)
    told = {"what": "Two figures.", "why": "A board was read twice."}
    stale = prepare_edition(publication, release=mended, **told, by=ann, now=after)
    second = prepare_edition(publication, release=mended, **told, by=ann, now=after)
    assert (second.corrects, stale.size) == (first, second.size)
    assert second.size.startswith(
        "4 figures of 14 changed. The largest change of a count is 1, of a percentage 2 points"
    )
    sign_off(second, by=bob, now=after)
    (rates, answers) = read_all(second.tables)
    assert {place[0]: cell.marker for place, cell in answers.cells.items()} == {
        "agree": "[r]",
        "disagree": "[r]",
        "total": "",
    }
    assert rates == examples.response_table()
    out = standing().out(now=after)
    assert [each.edition.number for each in out] == [1, 3]
    assert read_all(out[0].edition.tables) == examples.tables()


def test_two_corrections_at_once_are_not_both_taken() -> None:
    first = examples.signed(wave())
    ann, bob = examples.staff()
    told = {"what": "?", "why": "?"}
    second = prepare_edition(first.publication, release=first.release, **told, by=ann, now=OUT)
    third = prepare_edition(first.publication, release=first.release, **told, by=bob, now=OUT)
    with pytest.raises(Overtaken):
        sign_off(second, by=bob, now=OUT)
    sign_off(third, by=ann, now=OUT)
    assert third.size == "No figure in the tables changed."


def test_a_correction_never_shows_what_was_withheld() -> None:
    ann, bob = examples.staff()
    found = wave()
    publication = examples.announced(found, by=ann)
    table = examples.hidden(examples.answers_table(), "agree")
    first = examples.release_of(found, (examples.response_table(), table), by=ann)
    sign_off(prepare_edition(publication, release=first, by=ann, now=AT), by=bob, now=AT)
    open_ = examples.release_of(found, examples.tables(), by=ann)
    with pytest.raises(NotReady, match="would show a figure that was withheld before"):
        prepare_edition(publication, release=open_, what="?", why="?", by=ann, now=OUT)


def test_what_is_withdrawn_is_not_touched_again() -> None:
    edition = examples.signed(wave())
    ann = edition.prepared_by
    with pytest.raises(NotReady, match="is not out"):
        withdraw(edition.publication, reason="Wrong", by=ann, now=AT)
    withdraw(edition.publication, reason="Wrong", by=ann, now=OUT)
    with pytest.raises(TakenBack):
        prepare_edition(edition.publication, release=edition.release, what="?", why="?", by=ann, now=OUT)


def test_early_access_is_for_hours_and_for_the_named() -> None:
    edition = examples.signed(wave())
    ann, bob = examples.staff()

    def given(name: str, hours: int) -> EarlyAccess:
        told = {"email": f"{name}@example.org", "name": name, "role": "Statistician", "reason": "Answers the press"}
        return give_access(edition.publication, kind="early", **told, hours=hours, by=ann, now=AT)

    with pytest.raises(ValidationError, match="from 1 to 24"):
        given("Sue", 25)
    sue, tom = given("Sue", 24), given("Tom", 2)
    opens = OUT - timedelta(hours=24)

    def sees(who: User, now: datetime) -> bool:
        return seen_early(standing(), person=who, now=now) is not None

    assert [sees(sue.person, now) for now in (opens - SECOND, opens, OUT - SECOND, OUT)] == [False, True, True, False]
    assert not sees(tom.person, opens)
    assert not sees(bob, opens)
    end_access(tom, by=ann, now=opens)
    assert not sees(tom.person, OUT - SECOND)
    assert [each.name for each in published_list(standing())] == ["Sue"]


def test_who_could_look_before_the_day_was_moved_stands_on_the_published_list() -> None:
    edition = examples.signed(wave())
    ann, _ = examples.staff()

    def given(name: str, hours: int, *, now: datetime = AT) -> EarlyAccess:
        told = {"email": f"{name}@example.org", "name": name, "role": "Statistician", "reason": "Press"}
        return give_access(edition.publication, kind="early", **told, hours=hours, by=ann, now=now)

    sue, tom, kay = given("Sue", 24), given("Tom", 2), given("Kay", 2)
    moved = OUT - timedelta(hours=12)
    assert seen_early(standing(), person=sue.person, now=moved - SECOND)
    note_early_view(standing().committed[0], what="page", person=kay.person, now=moved + SECOND)  # while it is moved
    announce(edition.publication, day=date(2012, 5, 21), reason="Moved", by=ann, now=moved)
    late = given("Lee", 24, now=moved + SECOND)
    for access in (sue, tom, kay, late):
        end_access(access, by=ann, now=OUT + SECOND)
    assert [each.name for each in published_list(standing())] == ["Sue", "Kay"]


def test_who_may_see_it_early_is_told_once_when_the_hours_begin() -> None:
    edition = examples.signed(wave())
    ann, _ = examples.staff()

    def given(name: str, hours: int) -> None:
        about = {"email": f"{name}@example.org", "name": name, "role": "Statistician", "reason": "Press"}
        give_access(edition.publication, kind="early", **about, hours=hours, by=ann, now=AT)

    given("Sue", 24)
    given("Tom", 2)
    opens = OUT - timedelta(hours=24)
    told = [tell_opened(now=now) for now in (opens - SECOND, opens, opens, OUT - timedelta(hours=2), OUT - SECOND, OUT)]
    assert told == [0, 1, 0, 1, 0, 0]
    letter = Message.objects.get(recipient="sue@example.org")
    assert letter.kind == "early_access"
    assert f"/publications/{edition.publication.slug}/early/" in letter.text
    assert "It is under embargo until Monday 23 April 2012 at 09:30." in letter.text
    assert "Most boards agree" not in letter.text
    announce(edition.publication, day=date(2012, 5, 21), reason="Moved", by=ann, now=OUT - 3 * MINUTE)
    assert tell_opened(now=OUT - SECOND) == 0
    assert tell_opened(now=OUT + timedelta(days=28, hours=-1)) == 2  # of the new day, both of them


@pytest.mark.django_db(transaction=True)
def test_two_people_who_sign_at_once_sign_once() -> None:
    ann, bob = examples.staff()
    found = wave()
    publication = examples.announced(found, by=ann)
    release = examples.release_of(found, examples.tables(), by=ann)
    edition = prepare_edition(publication, release=release, by=person("cat@example.org"), now=AT)
    people = iter((ann, bob))

    def sign() -> str:
        try:
            sign_off(Edition.objects.get(pk=edition.pk), by=next(people), now=AT)
        except SignedAlready:
            return "already"
        return "signed"

    assert sorted(at_once(2, sign)) == ["already", "signed"]
    assert SignOff.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_clock_is_looked_at_only_when_the_turn_has_come() -> None:
    found = wave()

    def hold(now: datetime) -> tuple[datetime, datetime]:
        sleep(0.1)
        return now, clock.now()

    (_, one_ends), (other_begins, _) = sorted(at_once(2, lambda: in_turn(found, hold)))
    assert one_ends <= other_begins


def test_a_release_that_was_corrected_away_counts_no_more() -> None:
    first = examples.signed(wave())
    ann, bob = examples.staff()
    key, told = first.publication.wave_id, {"what": "?", "why": "?"}
    second = examples.release_of(first.publication.wave, examples.tables(agree=39, disagree=18), by=ann)
    one, two = (OUT + timedelta(days=day) for day in (1, 2))
    sign_off(prepare_edition(first.publication, release=second, **told, by=ann, now=one), by=bob, now=one)
    back = prepare_edition(first.publication, release=first.release, **told, by=ann, now=two)
    with pytest.raises(NotSafe):  # another release has come since, so it is audited again, which this one does not pass
        sign_off(back, by=bob, now=two)
    SignOff.objects.create(edition=back, by=bob, at=two)
    assert published_of([key], now=OUT + timedelta(days=1))[key].release == second
    known = published_of([key], now=OUT + timedelta(days=2))[key]
    assert (known.release, known.at) == (first.release, OUT)


def test_what_was_let_go_is_known_to_nobody_before_an_edition_is_out_but_in_a_rehearsal() -> None:
    ann, _ = examples.staff()
    found, rehearsal = wave(), wave("rehearsal", is_test=True)
    examples.planned(found, by=ann)
    examples.release_of(found, examples.tables(), by=ann)
    release = examples.release_of(rehearsal, examples.tables(), by=ann)
    known = published_of([found.pk, rehearsal.pk], now=OUT)
    assert {key: (each.release, each.at) for key, each in known.items()} == {rehearsal.pk: (release, AT)}


def test_withdrawing_a_publication_takes_down_what_it_published_and_no_more() -> None:
    first = examples.signed(wave())
    ann, bob = examples.staff()
    here, after = first.publication.wave, OUT + MINUTE
    other = start_publication(here, title="Another", by=ann, now=AT)
    write_words(other, words=examples.WORDS, by=ann, now=AT)
    announce(other, day=DAY, by=ann, now=AT)
    own = examples.release_of(here, examples.tables(agree=39, disagree=18), by=ann)
    prepare_edition(other, release=first.release, by=ann, now=AT)  # looked at, and signed by nobody
    sign_off(prepare_edition(other, release=own, by=ann, now=AT), by=bob, now=AT)
    withdraw(other, reason="Wrong", by=ann, now=after)
    assert published_of([here.pk], now=after)[here.pk].release == first.release


def test_what_is_told_once_a_release_is_public_waits_for_the_embargo() -> None:
    edition = examples.signed(wave())
    key = edition.publication.wave_id
    assert published_of([key], now=OUT - SECOND) == {}
    assert published_of([key], now=OUT)[key].at == OUT
    withdraw(edition.publication, reason="Wrong", by=edition.prepared_by, now=OUT)
    assert published_of([key], now=OUT) == {}
