"""The pages on which a report is written."""

import re
from html import escape, unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Role
from analysis.opentext.answers import answers_to
from analysis.opentext.models import Quote, QuoteStep, QuoteStepKind, Redaction
from analysis.templating.models import ReportText
from survey.models import Wave
from tests.analysis.disclosing.test_accounting import coded
from tests.analysis.templating.test_writing import BROKEN, SOUND
from tests.builders import NOW, person, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]

PAGE = "/waves/munro-2012/report/text/"


@pytest.fixture
def ann(munro: Wave, client: Client) -> Client:
    """An analyst's browser."""
    return sign_in(client, person("ann@example.org", role=Role.ANALYST))


def sent(client: Client, text: str, *, to: str = "", base: int = 0, status: int = 200) -> str:
    response = client.post(PAGE + to, {"text": text, "note": "", "base": base})
    assert response.status_code == status
    return response.content.decode()


def quoted(wave: Wave) -> str:
    """Two answers may be quoted; what one of them says."""
    by = {"made_by": person("eve@example.org"), "made_at": NOW}
    for answer in answers_to(wave, "F1.details")[:2]:
        of = {"survey_return_id": answer.return_id, "item": "F1.details", "text_digest": answer.digest, **by}
        redaction = Redaction.objects.create(**of, text=answer.text, edits=[])
        quote = Quote.objects.create(**of, redaction=redaction, text=answer.text, reason="?")
        for kind in (QuoteStepKind.CONSENTED, QuoteStepKind.APPROVED):
            QuoteStep.objects.create(quote=quote, kind=kind, reason="?", **by)
    return escape(answer.text)


def test_the_page_shows_the_text_and_asks_for_what_it_prints(ann: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        shown = ann.get(PAGE).content.decode()

    assert "title: Responding to the Munro Review" in shown
    assert "data-waits" in shown
    assert len(queries) <= 20
    with CaptureQueriesContext(connection) as queries:
        printed = sent(ann, SOUND + "\n{rate} made a return.\n", to="fragment/")
    assert len(queries) <= 20
    assert "57 of 148 boards (39%)" in printed


def test_coded_answers_and_quotes_cost_few_queries(ann: Client, munro: Wave) -> None:
    coded(munro)
    words = quoted(munro)
    for to in ("preview/", "fragment/"):
        with CaptureQueriesContext(connection) as queries:
            printed = sent(ann, SOUND + "\n::: quotes F1.details\n\n::: table reflective_practice\n", to=to)
        assert "Measures taken to promote reflective practice" in printed
        assert words in printed
        assert len(queries) <= 20


def test_a_preview_shows_what_is_in_the_box_and_saves_nothing(ann: Client) -> None:
    shown = sent(ann, SOUND + "\n{rate} made a return.\n", to="preview/")

    assert "57 of 148 boards (39%)</" in shown or "(39%) made a return" in shown
    assert "{rate}" in shown
    assert not ReportText.objects.exists()


def test_the_fragment_is_the_preview_alone(ann: Client) -> None:
    shown = sent(ann, SOUND + "\n::: table table_8\n", to="fragment/")

    assert "<html" not in shown
    assert "<table" in shown


def test_each_problem_is_told_with_its_line_and_leads_there(ann: Client) -> None:
    shown = sent(ann, BROKEN, to="preview/")

    assert '<a href="#line-7" data-line="7">Line 7' in shown
    assert 'id="line-7"' in shown


def test_a_saved_text_with_problems_says_what_reports_are_made_from(ann: Client) -> None:
    sent(ann, BROKEN, status=303)

    assert "Reports are made from version 0, until version 1 has no problems." in ann.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "The text is empty"),
        ("x" * 200_001, "Shorten it to 200,000"),
        ("a\nb\x07", "Line 2 holds a character that cannot be printed"),
    ],
)
def test_only_what_cannot_be_read_is_not_saved(ann: Client, text: str, said: str) -> None:
    assert said in sent(ann, text)
    assert not ReportText.objects.exists()


def test_whoever_saves_second_sees_both_texts_and_may_save_after_the_first(ann: Client) -> None:
    sent(ann, SOUND, status=303)
    mine = SOUND.replace("Words.", "My words.")

    shown = sent(ann, mine.replace("\n", "\r\n"))  # as a browser ends its lines

    assert "Somebody else saved meanwhile" in shown
    assert shown.count("differing--changed") == 1
    assert not ReportText.objects.filter(number=2).exists()

    assert "My words." in shown
    assert "Words." in shown
    assert 'name="base" value="1"' in shown
    sent(ann, mine, base=1, status=303)
    assert ReportText.objects.get(number=2).text == mine


def test_versions_are_listed_compared_and_brought_back(ann: Client) -> None:
    sent(ann, SOUND, status=303)

    assert "Version 1, saved by" in ann.get(f"{PAGE}versions/").content.decode()
    assert "title: Ours" in ann.get(f"{PAGE}versions/1/").content.decode()
    assert "Taken out" in ann.get(f"{PAGE}versions/0/compare/1/").content.decode()
    assert ann.post(f"{PAGE}versions/0/restore/").status_code == 303
    assert ann.get(f"{PAGE}versions/9/").status_code == 404


def test_what_is_typed_stays_text(ann: Client) -> None:
    shown = sent(ann, SOUND.replace("Ours", "'<script>alert(1)</script>'"), to="preview/")

    assert "<script>alert" not in shown


def test_the_token_of_a_cell_is_found_by_words_and_prints_its_number(ann: Client) -> None:
    shown = unescape(ann.get(f"{PAGE}words/?q=table_8+T8-2+agree").content.decode())
    token = next(each for each in re.findall(r"<code>(.*?)</code>", shown) if each.startswith("{table_8.T8-2."))

    assert "boards (" in sent(ann, SOUND.replace("Words.", f"So said {token}."), to="fragment/")
    assert "Nothing has “xyzzy” in it" in ann.get(f"{PAGE}words/?q=xyzzy").content.decode()
    assert "::: part response" in ann.get(f"{PAGE}words/").content.decode()
