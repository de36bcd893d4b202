"""From an answer to a quote: a person redacts, the board permits, a second person approves."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry, Role
from analysis.core.document.blocks import Cover, Document, Quotes
from analysis.opentext.models import Quote, QuoteStepKind, Redaction
from analysis.opentext.pages.quotes import permissions_page
from analysis.opentext.printing import printed_quotes
from analysis.opentext.quoting import State, propose, quotes_of, stands_in, state_of, take_step
from analysis.opentext.redacting import redact
from analysis.opentext.refusals import NotReady, Settled
from analysis.publishing.models import SignOff
from analysis.publishing.preparing import prepare_edition
from analysis.publishing.quoted import quotes_in, quotes_of_edition, warnings_for
from analysis.publishing.refusals import NotReady as Unready
from analysis.publishing.signing import sign_off
from analysis.templating.models import ReportText
from respondents.register.models import Board
from respondents.retention.texts import ERASED, erase_return
from respondents.returns.models import Return
from tests import builders
from tests.analysis.opentext.conftest import ITEM, TEXTS, Desk
from tests.analysis.publishing import examples

QUOTES, PERMISSIONS = "/waves/munro-2012/tables/quotes/", "/waves/munro-2012/tables/permissions/"


@pytest.fixture
def redacted(desk: Desk) -> Redaction:
    """The third answer, of Barnet's return, with the number taken out."""
    text = desk.work.answer(desk.pseudonym("three")).text
    post = {f"p{text.index('020')}": "take", "more": "Hackney", "send": ""}
    answer = desk.at(desk.first).post(desk.url("three", "redaction"), post)
    assert answer.status_code == 303, answer.content.decode()
    kept = Redaction.objects.get()
    Return.objects.filter(board__slug="barnet", wave=desk.wave).update(board=None)
    Return.objects.filter(pk=kept.survey_return_id).update(board=Board.objects.get(slug="barnet"))
    return Redaction.objects.get()


def state(quote: Quote) -> State:
    quotes = quotes_of(quote.survey_return.wave)
    return state_of(next(each for each in quotes if each.pk == quote.pk), quotes)


def proposed(redaction: Redaction, desk: Desk, text: str = "Staff leave for [detail]") -> Quote:
    return propose(redaction, text=text, reason="Turnover", by=desk.first, now=timezone.now())


def step(quote: Quote, kind: QuoteStepKind, desk: Desk) -> None:
    take_step(quote, kind, reason="?", by=desk.second, now=timezone.now())


@pytest.mark.pure
@pytest.mark.parametrize(
    ("quote", "stands"),
    [
        ("Staff leave for [place]", True),
        ("[S]taff […] ring [it]", True),
        ("[Our] leave for", True),
        ("leave […] ring", True),
        ("ring […] leave", False),
        ("Staff left", False),
        ("[…]", False),
        ("Staff   leave\nfor", True),
    ],
)
def test_what_is_changed_stands_in_brackets(quote: str, *, stands: bool) -> None:
    assert stands_in(quote, "Staff leave for [place]; ring [number].") is stands


@pytest.mark.django_db
@pytest.mark.once
def test_a_person_decides_on_each_passage_and_the_original_is_kept(desk: Desk, redacted: Redaction) -> None:
    assert redacted.text == "Staff leave for [detail]; ring [number]."
    assert desk.work.answer(desk.pseudonym("three")).text == TEXTS["three"]
    ada, url = desk.at(desk.first), desk.url("three", "redaction")
    answer = ada.get(url)
    for post in ({"more": ""}, {f"p{TEXTS['three'].index('020')}": "keep", "more": "Barking"}):
        answer = ada.post(url, post | {"send": ""})
        assert (answer.status_code, Redaction.objects.count()) == (200, 1)
    assert "does not stand in the answer" in answer.content.decode()
    assert "020" not in str([entry.detail for entry in AuditEntry.objects.all()])


def keys(desk: Desk, quote: Quote, *, item: str) -> list[int]:
    """Which quotes a report prints that has these words under this item."""
    printed = Document(Cover("", "", "", ""), (Quotes("?", (quote.text,), "", item),))
    return quotes_in(printed, desk.wave, at=timezone.now())


@pytest.mark.django_db
@pytest.mark.once
def test_a_quote_waits_for_the_board_and_then_for_a_second_person(desk: Desk, redacted: Redaction) -> None:
    ada, ben = desk.at(desk.first), desk.at(desk.second)
    researcher = builders.sign_in(Client(), builders.person("res@example.org", role=Role.RESEARCHER))
    url = desk.url("three", "redaction") + "quote/"
    for wrong in ("Staff left for [detail]", "Staff leave for Hackney"):
        assert (
            "not the words of the redacted answer"
            in ada.post(url, {"text": wrong, "reason": "?", "send": ""}).content.decode()
        )
    assert ada.post(url, {"text": "Staff leave for [detail]", "reason": "Turnover", "send": ""}).status_code == 303
    quote = Quote.objects.get()
    assert state(quote) is State.ASKING

    asked = researcher.get(PERMISSIONS).content.decode()
    assert "Barnet" in asked
    assert "Staff leave" not in asked
    assert researcher.get(QUOTES).status_code == 404
    url, approve = f"{QUOTES}{quote.pk}/approve/", {"reason": "Nothing", "searched": "on", "alone": "on", "send": ""}
    assert ben.post(url, approve).status_code == 409
    given = {"reason": "Email of 3 March", "send": ""}
    assert researcher.post(f"{PERMISSIONS}{quote.pk}/given/", given).status_code == 303
    assert state(quote) is State.CHECKING

    assert ada.post(url, approve).status_code == 409
    assert "Try to find the board out" in ben.post(url, {"reason": "x", "send": ""}).content.decode()
    assert ben.post(url, approve).status_code == 303
    assert (state(quote), *(keys(desk, quote, item=item) for item in (ITEM, "another"))) == (
        *(State.QUOTABLE, [quote.pk], []),
    )
    page = ben.get(QUOTES).content.decode()
    assert "May be quoted" in page
    assert "(LSCB Chair)" in page
    assert "Barnet" not in page
    assert quote.survey_return.pseudonym not in page


@pytest.mark.django_db
@pytest.mark.once
def test_two_of_one_board_at_most_and_what_is_over_is_over(desk: Desk, redacted: Redaction) -> None:
    first, second = proposed(redacted, desk), proposed(redacted, desk, "ring [number]")
    with pytest.raises(NotReady, match="Withdraw one"):
        proposed(redacted, desk, "Staff leave")
    step(first, QuoteStepKind.WITHDRAWN, desk)
    third = proposed(redacted, desk, "Staff leave")
    assert [state(each) for each in (first, second, third)] == [State.WITHDRAWN, State.ASKING, State.ASKING]
    step(second, QuoteStepKind.CONSENTED, desk)
    assert state(third) is State.CHECKING  # a permission is for the answer
    (row,) = permissions_page(desk.wave, quotes_of(desk.wave)).rows  # of a quote that is not over, as the first is
    assert [words for words, _ in row.acts] == ["The board takes its permission back"]
    step(second, QuoteStepKind.DECLINED, desk)
    assert {state(second), state(third)} == {State.DECLINED}
    with pytest.raises(Settled):
        step(third, QuoteStepKind.APPROVED, desk)


@pytest.mark.django_db
@pytest.mark.once
def test_nothing_is_quoted_from_an_answer_about_one_child(desk: Desk, redacted: Redaction) -> None:
    quote = proposed(redacted, desk)
    step(quote, QuoteStepKind.CONSENTED, desk)
    blocked = {f"p{TEXTS['three'].index('020')}": "take", "more": "", "is_blocked": "on", "send": ""}
    ada, url = desk.at(desk.first), desk.url("three", "redaction")
    assert ada.post(url, blocked).status_code == 303

    with pytest.raises(NotReady, match="one child or case"):
        step(quote, QuoteStepKind.APPROVED, desk)
    assert "Propose a quote" not in ada.get(url).content.decode()
    assert ada.get(f"{url}quote/").status_code == 404
    assert ITEM == quote.item


@pytest.mark.django_db
@pytest.mark.once
def test_what_is_kept_of_an_answer_is_erased_with_it(desk: Desk, redacted: Redaction) -> None:
    step(proposed(redacted, desk), QuoteStepKind.CONSENTED, desk)
    erase_return(redacted.survey_return, now=timezone.now())

    kept = (Redaction.objects.get().text, Quote.objects.get().text, Quote.objects.get().steps.get().reason)
    assert set(kept) == {ERASED}


@pytest.mark.django_db
@pytest.mark.once
def test_what_is_approved_is_printed_until_permission_is_withdrawn(desk: Desk, redacted: Redaction) -> None:
    quotes = [proposed(redacted, desk), proposed(redacted, desk, "ring [number]")]
    step(quotes[0], QuoteStepKind.CONSENTED, desk)
    assert printed_quotes(desk.wave) == {}
    for quote in quotes:
        step(quote, QuoteStepKind.APPROVED, desk)

    ((item, told),) = printed_quotes(desk.wave).items()
    assert list(printed_quotes(desk.wave, at=timezone.now())) == [ITEM]
    assert printed_quotes(desk.wave, at=quotes[0].made_at) == {}  # a release of that moment prints nothing newer
    assert (item, told.words, told.credit) == (ITEM, ("Staff leave for [detail]", "ring [number]"), "LSCB Chair")
    ada, url = desk.at(desk.first), "/waves/munro-2012/tables/all/"
    page = ada.get(url).content.decode()
    assert page.count("<blockquote") == 2
    assert "“ring [number]” (LSCB Chair)" in page
    researcher = builders.sign_in(Client(), builders.person("res@example.org", role=Role.RESEARCHER))
    assert "ring [number]" not in researcher.get(url).content.decode()

    step(quotes[1], QuoteStepKind.DECLINED, desk)
    assert printed_quotes(desk.wave) == {}


@pytest.mark.django_db
@pytest.mark.once
def test_what_was_redacted_again_or_erased_since_is_printed_no_longer(desk: Desk, redacted: Redaction) -> None:
    quote = proposed(redacted, desk)
    step(quote, QuoteStepKind.CONSENTED, desk)
    step(quote, QuoteStepKind.APPROVED, desk)
    assert list(printed_quotes(desk.wave)) == [ITEM]
    work = desk.work
    redact(work, work.answer(desk.pseudonym("three")), edits=[], is_blocked=True, by=desk.first, now=timezone.now())
    assert printed_quotes(desk.wave) == {}
    erase_return(redacted.survey_return, now=timezone.now())
    assert printed_quotes(desk.wave) == {}


@pytest.mark.django_db
@pytest.mark.once
def test_an_edition_prints_the_quotes_it_was_prepared_with_as_long_as_each_is_permitted(
    desk: Desk, redacted: Redaction
) -> None:
    wave, here, now = desk.wave, "Staff leave for [detail]", timezone.now()
    quote = proposed(redacted, desk, here)
    for kind in (QuoteStepKind.CONSENTED, QuoteStepKind.APPROVED):
        step(quote, kind, desk)
    text = f"---\ntitle: Ours\n---\n\n# Words\n\n::: quotes {ITEM}\n"
    ReportText.objects.create(
        wave=wave, number=1, text=text, digest="t", problems=0, written_by=desk.first, written_at=now
    )
    publication = examples.announced(wave, by=desk.first)
    release = examples.release_of(wave, examples.tables(), by=desk.first)
    edition = prepare_edition(publication, release=release, by=desk.first, now=timezone.now())
    again = prepare_edition(publication, release=release, by=desk.first, now=timezone.now())
    later = proposed(redacted, desk, "ring [number]")
    step(later, QuoteStepKind.APPROVED, desk)

    assert edition.quotes == [quote.pk]
    assert [each.words for each in quotes_of_edition(edition).values()] == [(here,)]
    assert list(warnings_for(wave)) == []
    SignOff.objects.create(edition=edition, by=desk.second, at=examples.AT)
    ben = desk.at(desk.second)
    ben.post(f"{QUOTES}{quote.pk}/withdraw/", {"reason": "They asked", "send": ""})
    assert "Edition 1 prints 1 quote for which there is no permission any more" in ben.get(QUOTES).content.decode()
    with pytest.raises(Unready, match="Quotes: Edition 2 prints 1 quote for which"):
        sign_off(again, by=desk.second, now=examples.AT)
    with pytest.raises(Unready, match="Prepare it again"):
        quotes_of_edition(edition)
    told = {"what": "A quote.", "why": "It was withdrawn."}
    mended = prepare_edition(publication, release=release, **told, by=desk.first, now=timezone.now())
    assert [each.words for each in quotes_of_edition(mended).values()] == [("ring [number]",)]
