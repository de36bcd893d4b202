"""Two waves of one questionnaire, the second with a version that changed: what is paired and what is refused."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import AuditEntry, Role
from respondents.fieldwork.opening import open_wave
from respondents.register.models import Board
from respondents.returns.importing import import_returns
from survey.models import QuestionnaireVersion, Wave
from survey.publishing import publish_questionnaire
from tests.builders import MUNRO, NOW, person, sign_in, wave, whole_register

pytestmark = [pytest.mark.django_db, pytest.mark.once]

LATER = NOW + timedelta(days=365)
REWORDED = "Please indicate whether you agree with each statement on early help."


def answers(boards: list[str], said: list[str]) -> bytes:
    """One return for each board with its answer to C1; D1.1 is answered alike by all."""
    lines = [f"r{place},{board},{answer},agree" for place, (board, answer) in enumerate(zip(boards, said, strict=True))]
    return ("return_id,board,C1,D1.1\n" + "\n".join(lines) + "\n").encode()


def second_version() -> str:
    """The questionnaire with early help asked in other words."""
    text = MUNRO.read_text(encoding="utf-8")
    place = text.index("- code: D1\n")
    start = text.index("wording:", place)
    end = text.index("\n", start)
    return f"{text[:start]}wording: {REWORDED}{text[end:]}"


@pytest.fixture
def waves() -> tuple[Wave, Wave]:
    """Sixteen boards answer both times, two the first time only, three the second; one return names no board."""
    whole_register()
    first = wave()
    boards = list(Board.objects.order_by("slug").values_list("slug", flat=True)[:21])
    before = ["disagree"] * 12 + ["agree"] * 4 + ["agree"] * 2
    import_returns(first, answers([*boards[:18], ""], [*before, "agree"]), now=NOW)
    version, _ = publish_questionnaire(second_version(), now=LATER)
    second = open_wave(
        "munro-2013",
        title="Survey of chairs again",
        version=version,
        plan=version.code,
        opens_at=LATER,
        closes_at=LATER + timedelta(days=30),
        now=LATER,
    )
    after = ["agree"] * 12 + ["disagree"] * 4 + ["agree"] * 3
    import_returns(second, answers([*boards[:16], *boards[18:]], after), now=LATER)
    return first, second


@pytest.fixture
def ann(client: Client) -> Client:
    return sign_in(client, person("ann@example.org", role=Role.ANALYST))


def versions(first: Wave, second: Wave) -> str:
    """Where the two questionnaires are compared."""
    old, new = (QuestionnaireVersion.objects.get(waves=each).pk for each in (first, second))
    return f"/questionnaires/version-{old}/compare/version-{new}/"


def test_linked_boards_are_paired_and_what_changed_is_refused(
    ann: Client, waves: tuple[Wave, Wave], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    first, second = waves
    with django_assert_max_num_queries(20):
        page = ann.get(f"/waves/{second.slug}/tables/compare/{first.slug}/?item=C1").content.decode()

    assert "16 boards answered in both waves, linked by the register." in page
    assert "2 boards answered in the earlier wave only, 3 in the later wave only. 1 return names no board." in page
    row = page[page.index("C1. ") :]
    assert "12 boards only in the later wave, 4 only earlier. [u]" in row
    assert "0.077" in row  # W39
    refused = page[page.index("Not paired, because the question or its scale changed") :]
    assert "D1.1, " in refused
    assert "Another question was put." in refused
    assert "D1.1. " not in page
    health = [re.search(rf"{code}\.health\. ([^<]+): Health", page) for code in ("B1", "B2")]
    assert len({found[1] for found in health if found}) == 2  # two batteries of the same agencies
    assert page.index("Strongly agree</th>") < page.index("Item by item")  # the whole table of C1
    assert versions(first, second) in page
    assert REWORDED in ann.get(versions(first, second)).content.decode()

    turned = ann.get(f"/waves/{first.slug}/tables/compare/{second.slug}/").context["page"]
    assert turned.earlier.startswith(f"{first.title}, ")
    assert second.title in ann.get(f"/waves/{first.slug}/tables/compare/").content.decode()

    lines = ann.get(f"/waves/{second.slug}/tables/compare/{first.slug}/waves.csv").content.decode("utf-8-sig")
    (told,) = [line for line in lines.splitlines() if line.startswith("C1,")]
    assert ",16,0,4,12,0,0," in told
    assert "Draft: not checked for disclosure" in told
    assert AuditEntry.objects.filter(act="figures.taken", wave=second.slug).count() == 1


def test_few_linked_boards_are_counted_and_nothing_else(ann: Client, waves: tuple[Wave, Wave]) -> None:
    first, second = waves
    second.returns.filter(board__slug__in=Board.objects.order_by("slug").values_list("slug")[:7]).update(board=None)
    page = ann.get(f"/waves/{second.slug}/tables/compare/{first.slug}/?item=C1").content.decode()
    assert "9 boards answered in both waves" in page
    assert "Under 10 linked boards nothing is shown or tested." in page
    assert "Nothing is tested" in page
    assert 'id="whole"' not in page
    assert 'id="items"' not in page


def test_a_wave_is_not_paired_with_itself_a_rehearsal_or_another_survey(ann: Client) -> None:
    real, rehearsal = wave(), wave("rehearsal", is_test=True)
    here = f"/waves/{real.slug}/tables/compare/"
    assert ann.get(f"{here}{real.slug}/").status_code == 404
    refused = ann.get(f"{here}{rehearsal.slug}/")
    assert refused.status_code == 409
    assert "is a rehearsal" in refused.content.decode()
    assert "No other wave of this questionnaire has opened yet." in ann.get(here).content.decode()
