"""Tests of one's own answers on paper and as data: dated, marked, complete, and harmless whatever was typed."""

import csv
import io
import re
import time
from itertools import pairwise

import pikepdf
import pytest
from django.test import Client

from respondents.copies.data import COLUMNS, harmless
from respondents.register.models import Appointment
from tests import builders
from tests.pdf_tags import elements_in, heading_levels, tagged, text_of
from tests.respondents.copies.hostile import HOSTILE
from tests.respondents.portal.conftest import Portal

pytestmark = pytest.mark.once

# Session, person, return, who changed it.
QUERIES_FOR_DRAFT = 5
# Session, person, the submission with its return and sender, how many there are.
QUERIES_FOR_SENT = 4


def flat(text: str) -> str:
    return re.sub(r"\s+", "", text)


def lines_of(content: bytes) -> dict[str, dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return {row["item code"]: row for row in rows}


def sent_once(portal: Portal, **answers: object) -> None:
    portal.save("C1", version=0, C1="agree")
    portal.submit(1)


# --- What a copy says -------------------------------------------------------------------------------------------
def test_a_copy_of_the_draft_says_that_it_is_one_on_every_page(portal: Portal) -> None:
    portal.save("C1", version=0, C1="agree")

    content = portal.get("copies/draft.pdf").content

    with pikepdf.open(io.BytesIO(content)) as opened:
        assert text_of(content).count("DRAFT, not submitted.") == len(opened.pages) + 1
    assert "Agree" in text_of(content)


def test_a_copy_of_a_submission_carries_its_proof(portal: Portal) -> None:
    sent_once(portal)
    submission = portal.stored().submissions.get()

    text = text_of(portal.get("copies/submission-1.pdf").content)

    assert "DRAFT" not in text
    assert "This submission counts." in text
    assert submission.reference in text
    assert submission.digest in flat(text)
    assert "Sent by" in text
    assert "Copy made" in text


def test_a_copy_of_an_earlier_submission_says_which_one_counts(portal: Portal) -> None:
    sent_once(portal)
    portal.save("C1", version=1, C1="disagree")
    portal.submit(2)

    assert "Replaced: submission 2 counts" in text_of(portal.get("copies/submission-1.pdf").content)
    assert "This submission counts." in text_of(portal.get("copies/submission-2.pdf").content)


def test_a_copy_is_tagged_with_headings_and_tied_tables(portal: Portal) -> None:
    sent_once(portal)
    with pikepdf.open(io.BytesIO(portal.get("copies/submission-1.pdf").content)) as pdf:
        levels = heading_levels(pdf)
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
        assert str(pdf.docinfo["/Title"]) == "Answers of Barnet Local Safeguarding Children Board, Survey of chairs"
        assert str(pdf.Root.Lang) == "en-GB"
        for table in tagged(pdf, "/Table"):
            heads = {str(head.ID) for head in elements_in(table, "/TH")}
            cells = elements_in(table, "/TD")
            assert all({str(name) for name in cell.A.Headers} <= heads for cell in cells)
            assert all(len(cell.A.Headers) >= 1 for cell in cells)


def test_data_has_a_line_for_every_question_and_item(portal: Portal) -> None:
    sent_once(portal)
    lines = lines_of(portal.get("copies/submission-1.csv").content)

    frame = {question.code for question in portal.wave.questionnaire.questions if question.taken_from}
    assert lines.keys() == portal.wave.questionnaire.items.keys() | frame
    shown = lines["C1"]
    assert tuple(shown) == COLUMNS
    assert (shown["answer code"], shown["answer in words"], shown["submission number"]) == ("2", "Agree", "1")
    assert (lines["A5.details"]["answer code"], lines["A5.details"]["answer in words"]) == ("", "Not provided")
    assert lines["A1"]["answer in words"] == "Barnet Local Safeguarding Children Board"


def test_data_of_the_draft_says_so_in_every_line(portal: Portal) -> None:
    portal.save("C1", version=0, C1="agree")
    lines = lines_of(portal.get("copies/draft.csv").content)
    assert {line["submission number"] for line in lines.values()} == {"draft"}


def test_copies_are_there_after_closing(portal: Portal) -> None:
    sent_once(portal)
    portal.now_closed()
    names = ("copies/", "copies/draft.pdf", "copies/draft.csv", "copies/submission-1.pdf", "copies/submission-1.csv")
    assert [portal.get(name).status_code for name in names] == [200] * 5


# --- Whatever was typed -----------------------------------------------------------------------------------------
@pytest.fixture
def typed(kinds: Portal) -> Portal:
    """A return whose last answer is set below, past the checks of the page."""
    kinds.save("B2", version=0, B2="something")
    return kinds


def put(portal: Portal, text: str) -> None:
    stored = portal.stored()
    stored.texts = {"B2": text}
    stored.save(update_fields=["texts"])


@pytest.mark.parametrize("name", HOSTILE)
def test_data_holds_what_was_typed_and_no_formula(typed: Portal, name: str) -> None:
    put(typed, HOSTILE[name])
    words = lines_of(typed.get("copies/draft.csv").content)["B2"]["answer in words"]
    assert words.removeprefix("'") == HOSTILE[name]
    assert not words.startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize("name", ["html", "braces", "field"])
def test_paper_shows_markup_as_it_was_typed_and_obeys_none(typed: Portal, name: str) -> None:
    put(typed, HOSTILE[name])
    content = typed.get("copies/draft.pdf").content
    assert flat(HOSTILE[name]) in flat(text_of(content))
    with pikepdf.open(io.BytesIO(content)) as opened:
        assert not opened.attachments
        assert not [page for page in opened.pages if "/Annots" in page]


def test_paper_names_characters_that_it_cannot_hold(typed: Portal) -> None:
    put(typed, HOSTILE["control"])
    assert "bell[U+0007]tab[U+000B]escape[U+001B]end" in flat(text_of(typed.get("copies/draft.pdf").content))


@pytest.mark.parametrize(("name", "part", "times"), [("long", "word", 3_999), ("unbroken", "y", 20_000)])
def test_paper_holds_a_text_of_any_length_inside_its_margins(typed: Portal, name: str, part: str, times: int) -> None:
    put(typed, HOSTILE[name])
    started = time.process_time()
    text = text_of(typed.get("copies/draft.pdf").content)
    assert time.process_time() - started < 10
    assert text.count(part) >= times
    assert max(map(len, text.splitlines())) < 140


def test_paper_says_where_to_find_what_it_may_not_draw(typed: Portal) -> None:
    put(typed, HOSTILE["emoji"])
    assert "beyond the Latin alphabet" in flat_words(typed)
    put(typed, "Llanf\N{LATIN SMALL LETTER W WITH CIRCUMFLEX}r, café, “quoted” – 5 €")
    assert "beyond the Latin alphabet" not in flat_words(typed)


def flat_words(portal: Portal) -> str:
    return " ".join(text_of(portal.get("copies/draft.pdf").content).split())


def test_letters_of_both_halves_of_a_typeface_are_drawn_from_their_own(typed: Portal) -> None:
    put(typed, "café Ŵ ł")
    with pikepdf.open(io.BytesIO(typed.get("copies/draft.pdf").content)) as opened:
        fonts = {str(font.BaseFont)[8:].rstrip(",") for page in opened.pages for font in page.Resources.Font.values()}
    assert {"Source-Serif-4", "Source-Serif-4-Extended"} <= fonts


@pytest.mark.pure
@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("plain", "plain"),
        ("-5", "-5"),
        ("-5.25", "-5.25"),
        ("-5+1", "'-5+1"),
        ("=1+1", "'=1+1"),
        ("+44 20", "'+44 20"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\rx", "'\rx"),
        ("\n=1", "'\n=1"),
        (" =1", "' =1"),
        ("\ufeff=1", "'\ufeff=1"),
        ("\N{RIGHT-TO-LEFT OVERRIDE}=1", "'\N{RIGHT-TO-LEFT OVERRIDE}=1"),
        ("\N{FULLWIDTH EQUALS SIGN}1", "'\N{FULLWIDTH EQUALS SIGN}1"),
        ("\N{FULLWIDTH COMMERCIAL AT}x", "'\N{FULLWIDTH COMMERCIAL AT}x"),
        ("\N{SMALL PLUS SIGN}x", "'\N{SMALL PLUS SIGN}x"),
        ("'=1", "''=1"),
        ("'quoted'", "'quoted'"),
        ("a = b", "a = b"),
    ],
)
def test_a_cell_that_would_be_a_formula_stands_behind_an_apostrophe(text: str, cell: str) -> None:
    assert harmless(text) == cell


# --- Doors ------------------------------------------------------------------------------------------------------
FILES = ("draft.pdf", "draft.csv", "submission-1.pdf", "submission-1.csv")


@pytest.mark.parametrize("name", [*FILES, ""])
def test_copies_of_another_board_are_not_found(portal: Portal, client: Client, name: str) -> None:
    sent_once(portal)
    client.force_login(builders.person("stranger@example.org"))
    assert portal.get(f"copies/{name}").status_code == 404


def test_who_sent_a_submission_keeps_its_copies_after_leaving(portal: Portal) -> None:
    sent_once(portal)
    Appointment.objects.update(until_date=Appointment.objects.earliest("from_date").from_date)

    found = {name: portal.get(f"copies/{name}").status_code for name in FILES}

    assert found == {"draft.pdf": 404, "draft.csv": 404, "submission-1.pdf": 200, "submission-1.csv": 200}
    listed = portal.client.get("/returns/my-data/").content.decode()
    assert portal.url("copies/submission-1.pdf") in listed


def test_a_submission_that_was_not_made_is_not_found(portal: Portal) -> None:
    assert portal.get("copies/submission-1.pdf").status_code == 404
    assert portal.get("copies/submission-99999999999999999999.csv").status_code == 404


def test_files_are_named_for_wave_board_and_state_and_kept_by_no_cache(portal: Portal) -> None:
    sent_once(portal)
    answer = portal.get("copies/submission-1.csv")
    assert answer["Content-Disposition"] == 'attachment; filename="munro-2012-barnet-submission-1.csv"'
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]


def test_drawer_lists_draft_and_submissions_with_which_counts(portal: Portal) -> None:
    assert "As soon as an answer is saved" in portal.text("copies/")
    sent_once(portal)
    text = portal.text("copies/")
    headings = re.findall(r'id="copy-\d">(.*?),', text)
    assert headings == ["Draft", "Submission 1"]
    assert "This submission counts." in text
    for name in FILES:
        assert portal.url(f"copies/{name}") in text


def test_copies_cost_few_queries(portal: Portal, django_assert_num_queries: object) -> None:
    sent_once(portal)
    with django_assert_num_queries(QUERIES_FOR_DRAFT):  # type: ignore[operator]
        portal.get("copies/draft.csv")
    with django_assert_num_queries(QUERIES_FOR_SENT):  # type: ignore[operator]
        portal.get("copies/submission-1.csv")
    with django_assert_num_queries(QUERIES_FOR_DRAFT + 1):  # type: ignore[operator]
        portal.get("copies/")
