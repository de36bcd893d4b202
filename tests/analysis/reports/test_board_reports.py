"""Each board beside the nation: for its chair alone, from a release alone, announced once."""

import io
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from uuid import uuid4

import docx
import pikepdf
import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from accounts.models import User
from accounts.outbox.models import Message
from analysis.core.document.blocks import Document, Facts, Items, Paragraph, plain
from analysis.core.house_style import Picture
from analysis.core.release.counting import Counting
from analysis.disclosing.material import material_of
from analysis.disclosing.models import Release
from analysis.house_style.models import HouseStyleVersion
from analysis.monitoring.figures import figures_of
from analysis.monitoring.pages.evenness import evenness_panels
from analysis.monitoring.tallying import tally_wave
from analysis.nonresponse.reading import silence_of
from analysis.pictures.keeping import keep_picture
from analysis.publishing.models import SignOff
from analysis.publishing.signing import withdraw
from analysis.reports.announcing import announce_release, announce_releases
from analysis.reports.boards import BoardReport, board_report
from analysis.reports.documents import document_of, topline_of
from analysis.reports.refusals import NotAmongThem
from analysis.reports.respondents import known_to
from respondents.contacts.models import Stop
from respondents.contacts.noting import decide_outcome
from respondents.register.models import Appointment, Board
from respondents.returns.models import Return, Submission
from respondents.together.models import Contribution
from survey.models import Wave
from tests.analysis.house_style.pictures import file_of
from tests.analysis.reports.releases import answered, published, released_wave
from tests.builders import person, sign_in
from tests.kept import kept
from tests.pdf_tags import heading_levels, tagged, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(scope="module")
def released_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Wave]:
    with kept(released_wave, django_db_blocker) as made:
        yield made


@pytest.fixture
def released(released_once: Wave, db: None) -> Wave:
    """As the database has it at the beginning of the test."""
    return Wave.objects.get(pk=released_once.pk)


def who(name: str) -> User:
    return User.objects.get(email=f"{name}@example.org")


def words_in(document: Document) -> str:
    """Every word of its paragraphs, lists and small tables."""
    lines = [line for block in document.blocks if isinstance(block, Paragraph) for line in [block.line]]
    lines += [line for block in document.blocks if isinstance(block, Items) for line in block.lines]
    facts = [block for block in document.blocks if isinstance(block, Facts)]
    cells = [cell for block in facts for row in block.rows for cell in row]
    return "\n".join([*map(plain, lines), *(block.title for block in facts), *cells])


def first(found: Wave) -> Return:
    return found.returns.get(board=answered(found)[0])


def address(found: Return, rest: str = "") -> str:
    return f"/returns/{found.pk}/beside/{rest}"


def of_first(found: Wave) -> BoardReport:
    one = first(found)
    return board_report(one, person=who("one"), now=timezone.now())


def test_a_board_that_was_not_eligible_when_data_were_frozen_stands_beside_nothing(released: Wave) -> None:
    """What is decided later changes no release that was made before."""
    one, by, now = first(released), person("jo@example.org"), timezone.now()
    decide_outcome(one, disposition="not_eligible", reason="Merged.", by=by, now=now)
    assert of_first(released).found == one

    decide_outcome(one, disposition="not_eligible", reason="Merged.", by=by, now=released.opens_at)
    with pytest.raises(NotAmongThem, match="made no return that the published figures"):
        of_first(released)


def test_every_figure_is_the_count_of_the_answers_and_the_board_is_in_it(released: Wave) -> None:
    """The file of the release is held against the answers themselves, counted in another way."""
    report, counting = of_first(released), Counting(material_of(released, now=timezone.now()).cube)
    positions = list(report.beside.positions)
    for position in positions:
        counts = [counting.count(part.answer, counting.everyone) for part in position.told.parts]
        assert counts == [figure.count for figure in position.told.nation.figures]
        for among in (each for each in position.among if each.group):
            assert among.group is not None
            boards = counting.boards(among.group)
            shown = [figure.count for figure in among.figures]
            parts = zip(shown, position.told.parts, strict=True)
            assert all(count in (None, counting.count(part.answer, boards)) for count, part in parts)
            assert among.base == counting.returns(boards)
            assert among.holds({"authority_type": report.found.authority_type, "region": report.found.region})
        assert len(position.mine) == 1
        assert min(counts[place] for place in position.mine) >= 1
    assert len(positions) >= 70
    assert any(len(position.among) > 1 for position in positions)


def test_a_chair_reads_it_and_takes_it_away(client: Client, released: Wave) -> None:
    found = first(released)
    sign_in(client, who("one"))
    assert address(found) in client.get("/returns/").content.decode()
    assert address(found) in client.get(f"/returns/{found.pk}/").content.decode()
    page = client.get(address(found)).content.decode()
    assert "57 boards answered. This is where yours stands." in page
    assert "▼ You" in page
    assert "You said: " in page
    assert "of 57 boards (" in page
    content = client.get(address(found, "report.pdf")).content
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert str(pdf.Root.Lang) == "en-GB"
        assert heading_levels(pdf)[:2] == [1, 2]
        assert len(tagged(pdf, "/Figure")) >= 60
        assert all("/Alt" in each for each in tagged(pdf, "/Figure"))
        assert len(pdf.pages) <= 8
    printed = " ".join(text_of(content).split())
    assert f"{found.board} beside the nation" in printed
    assert "Each bar shows all boards that took a position on the scale;" in printed


def test_it_names_the_department_that_published_it(client: Client, released: Wave) -> None:
    found, ann = first(released), who("ann")
    logo = keep_picture(Picture(file_of(), "png", 90, 26, "cd" * 32), by=ann, now=timezone.now())
    HouseStyleVersion.objects.create(
        number=1,
        department="Department for Examples",
        publisher="",
        contact="",
        main="#4C2C92",
        accent="#FFDD00",
        logo=logo,
        logo_words="The arms of the department",
        changed_by=ann,
        changed_at=timezone.now() - timedelta(days=30),
    )
    sign_in(client, who("one"))
    page = client.get(address(found)).content.decode()
    assert '<link rel="stylesheet" href="/house-style/1.css">' in page
    assert 'alt="The arms of the department"' in page
    places = [
        page.index(words) for words in ("Department for Examples", "<h1", "Published by Department for Examples.")
    ]
    assert places == sorted(places)
    content = client.get(address(found, "report.pdf")).content
    printed = " ".join(text_of(content).split())
    assert printed.count("Department for Examples") >= 4  # the band, every page, the imprint
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert "The arms of the department" in [str(each.Alt) for each in tagged(pdf, "/Figure")]
        assert heading_levels(pdf)[:2] == [1, 2]


def test_the_word_document_says_what_the_page_says(client: Client, released: Wave) -> None:
    found = first(released)
    page = unescape(sign_in(client, who("one")).get(address(found)).content.decode())
    word = docx.Document(io.BytesIO(client.get(address(found, "report.docx")).content))
    told = [each.text for each in word.paragraphs]
    assert told[0] == "Your board beside the nation"
    assert {str(found.board), "57 boards answered. This is where yours stands."} <= set(told)
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in word.tables]
    items = [row for rows in tables for row in rows[1:] if rows[0][0] == "Item"]
    assert tables[0][0][:3] == ["Item", "You said", "All boards (57)"]
    assert "Beside what you said stands how many boards said the same:" in " ".join(told)
    assert "Each bar" in page
    assert "Each bar" not in " ".join(told)
    for text in (page, " ".join(told)):  # the base of a multiple choice is whoever was asked
        assert "where more than one answer could be chosen, of those that were asked." in " ".join(text.split())
    assert len(items) >= 60
    for label, answer, figure, *_ in items:
        assert all(said in page for said in (label, answer, figure)), (label, answer, figure)


def test_nobody_else_does(client: Client, released: Wave) -> None:
    found = first(released)
    asked = person("asked@example.org")
    Contribution.objects.create(
        survey_return=found,
        person=asked,
        part="contributor",
        sections=["B"],
        invited_by=who("one"),
        invited_at=timezone.now(),
    )
    assert sign_in(client, asked).get(address(found)).status_code == 404
    assert address(found) not in client.get("/returns/").content.decode()
    assert sign_in(client, who("two")).get(address(found)).status_code == 404
    assert sign_in(client, who("ann")).get(address(found)).status_code in (403, 404)
    assert client.get(address(found, "report.pdf")).status_code in (403, 404)


def test_the_answers_that_a_chair_sent_or_was_asked_for_are_known_to_them(released: Wave) -> None:
    """Whoever chairs those boards by now: what they know is taken out before a group is shown to them."""
    release, (own, other, third) = released.releases.get(), answered(released)

    def known() -> set[Board | None]:
        found = known_to(release, person=who("one"), now=timezone.now())
        return {each.board for each in released.returns.filter(pk__in=found)}

    assert known() == {own}
    sent = Submission.objects.get(survey_return__board=other)
    sent.pk, sent.number, sent.version, sent.reference, sent.submitted_by = None, 2, sent.version + 1, "X", who("one")
    sent._state.adding = True
    sent.save()
    assert known() == {own, other}
    asked = {"part": "contributor", "sections": ["B"], "invited_by": who("two"), "invited_at": timezone.now()}
    Contribution.objects.create(survey_return=released.returns.get(board=third), person=who("one"), **asked)
    assert known() == {own, other, third}


def test_whoever_chaired_a_board_during_the_wave_knows_what_it_sent_by_telephone(released: Wave) -> None:
    release, one = released.releases.get(), answered(released)[0]
    before, during = (timezone.localdate() - timedelta(days=days) for days in (30, 10))
    for until, boards in ((during, {one}), (before, set())):
        Appointment.objects.filter(board=one).update(from_date=before, until_date=until)
        known = known_to(release, person=who("one"), now=timezone.now())
        assert {each.board for each in released.returns.filter(pk__in=known)} == boards


def test_a_board_that_did_not_answer_has_none_and_nothing_is_shown_before_the_release(
    client: Client, released: Wave
) -> None:
    silent = released.returns.get(board__appointments__person=who("silent"))
    refused = sign_in(client, who("silent")).get(address(silent))
    assert (refused.status_code, "made no return that the published figures" in refused.content.decode()) == (409, True)
    later = timezone.now() + timedelta(days=1)
    SignOff.objects.all()._raw_delete("default")  # its release was let go, and that alone tells nobody
    early = sign_in(client, who("one")).get(address(first(released)))
    assert (early.status_code, "are not published yet" in early.content.decode()) == (409, True)
    assert announce_releases(now=later) == 0


def test_each_chair_is_told_once_with_all_their_boards(released: Wave) -> None:
    now, (one, two, three) = timezone.now(), answered(released)
    assert announce_releases(now=now) == 2
    assert announce_releases(now=now) == 0
    told = {message.recipient: message.text for message in Message.objects.all()}
    assert set(told) == {"one@example.org", "two@example.org"}
    assert f"- {one}\n" in told["one@example.org"]
    assert address(first(released)) in told["one@example.org"]
    assert f"- {two}\n" in told["two@example.org"]
    assert f"- {three}\n" in told["two@example.org"]


def second_release(released: Wave) -> Release:
    first = released.releases.get()
    kept = {name: getattr(first, name) for name in ("decisions", "extract", "content", "digest")}
    about = {"wave": released, "number": 2, "after": [1], "prepared_by": who("ann"), "prepared_at": timezone.now()}
    return Release.objects.create(**about, **kept)


def letters_of(release: Release) -> dict[str, bool]:
    """Who is written to, and whether of a correction; nothing of it stays."""
    with transaction.atomic():
        announce_release(release, now=timezone.now())
        letters = list(Message.objects.filter(key__startswith=f"beside:{release.pk}:"))
        transaction.set_rollback(True)
    assert all(("were corrected" in each.text) == each.subject.startswith("Corrected: Your board") for each in letters)
    return {each.recipient.partition("@")[0]: "were corrected" in each.text for each in letters}


def test_nobody_is_told_of_what_was_withdrawn_and_a_correction_is_called_one(released: Wave) -> None:
    now = timezone.now()
    assert announce_releases(now=now) == 2
    signed, second = SignOff.objects.get().edition, second_release(released)
    assert letters_of(second) == {}  # nothing of it is out
    with transaction.atomic():
        published(second, slug="more")  # which corrects nothing
        assert letters_of(second) == {"one": False, "two": False}
        transaction.set_rollback(True)
    signed.corrects_id, signed.pk, signed.key, signed.number, signed.release = signed.pk, None, uuid4(), 2, second
    signed._state.adding = True
    signed.save()
    SignOff.objects.create(edition=signed, by=who("ann"), at=now)
    assert letters_of(second) == {"one": True, "two": True}
    Message.objects.filter(recipient="two@example.org").delete()  # who had no letter is told what is published
    assert letters_of(second) == {"one": True, "two": False}
    withdraw(signed.publication, reason="Wrong", by=who("ann"), now=now)
    assert letters_of(second) == {}


def test_who_is_on_the_stop_list_is_not_written_to(released: Wave) -> None:
    Stop.objects.create(email="two@example.org", reason="Asked us to stop.", by=who("ann"), at=timezone.now())
    assert announce_releases(now=timezone.now()) == 1


def test_the_topline_of_a_release_tells_what_it_tells_and_no_more(released: Wave) -> None:
    release = released.releases.get()
    told = {asked.question.code for asked in topline_of(released, now=timezone.now(), release=release)}
    assert {"C1", "D1", "H1"} <= told
    assert "F1" not in told  # no table of the release counts it
    assert (
        not document_of("topline", released, now=timezone.now(), release=release).cover.lines[-1].startswith("For the")
    )


def test_the_methodology_of_a_release_counts_no_group_that_the_release_withholds(released: Wave) -> None:
    now, release = timezone.now(), released.releases.get()
    tally_wave(released, now=now)
    told = words_in(document_of("methodology", released, now=now, release=release))
    team = words_in(document_of("methodology", released, now=now))
    panels, silence = evenness_panels(figures_of(released, now=now)), silence_of(released, now=now)
    reasons = [each for weighing in silence.weighings for each in weighing.assessment.reasons]
    counted = [*(panel.test for panel in panels), *(panel.indicator for panel in panels), *reasons]
    assert len(counted) > 5
    assert all(each in team for each in counted)
    assert [each for each in counted if each in told] == []
    assert told.count("is not told in figures here: some counts in the table are withheld, [c]") == 1
    assert "from all boards by local authority type (X² = " in told  # whose table is shown whole
    assert "Post-stratification by region: Whether the returns bear it, and what it would cost, is withheld" in told
    assert "How it went" in told
