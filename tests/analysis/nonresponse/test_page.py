"""The page that precedes all findings: who was silent, what that leaves open, what weights would do; its files."""

import csv
import io
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.audit.models import AuditEntry
from accounts.models import Role
from analysis import planning
from analysis.marking import DRAFT
from analysis.nonresponse.printing import printed_silence, weighted_tables_of
from analysis.nonresponse.reading import silence_of
from respondents.contacts.models import Mailing, MailingKind, MailingState
from respondents.returns.models import Submission
from survey.models import Wave
from tests.builders import NOW, person, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def analyst(client: Client) -> Client:
    return sign_in(client, person("ann@example.org", role=Role.ANALYST))


def shown(client: Client) -> str:
    return client.get("/waves/munro-2012/tables/non-response/").content.decode().replace("\u00a0", " ")


def reminded(found: Wave, *, days: float) -> None:
    Mailing.objects.create(
        wave=found, kind=MailingKind.REMINDER, state=MailingState.DONE, queued=90, made_at=NOW,
        due_at=found.opens_at + timedelta(days=days), made_by=person("rita@example.org", role=Role.RESEARCHER),
    )  # fmt: skip


def test_the_page_says_who_is_missing_what_that_leaves_open_and_what_weights_would_do(
    analyst: Client, munro: Wave, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(25):
        page = shown(analyst)

    assert "57 of 148 boards (39%) answered. 91 boards made no return" in page
    assert "The boards that answered differ from all boards by region." in page
    assert "X² = 22.93 with 9 degrees of freedom" in page  # worked example W66
    assert "At worst these groups’ rates shift a percentage by 26.4 points." in page  # W67
    assert "Fewer than expected" in page
    for part in ("44 of 57 (77%)", "99 to 126 (67% to 85%)", "44 to 135 (30% to 91%)", "31 of 91 (34%)"):
        assert part in page  # W14, W21, W54
    assert "Allowed. Weights from 0.83 to 1.38; design effect 1.03; effective sample size 49.4 of 51" in page  # W69
    assert "Refused. " in page
    assert "East Midlands has 8 boards and no return: nothing can stand for them." in page
    assert "The analysis plan asks for no weights, so every figure is unweighted." in page


def test_late_are_the_last_third_unless_a_reminder_parts_the_returns(munro: Wave) -> None:
    moments = sorted(Submission.objects.values_list("submitted_at", flat=True))
    thirds = silence_of(munro, now=NOW)
    assert thirds.split is not None
    assert (thirds.split.is_reminder, thirds.split.after) == (False, moments[37])
    assert thirds.split.late == sum(moment > moments[37] for moment in moments)

    between = (moments[20] - munro.opens_at) / timedelta(days=1)
    reminded(munro, days=between)
    after = silence_of(munro, now=NOW)
    assert after.split is not None
    assert (after.split.is_reminder, after.split.early) == (True, sum(m <= moments[20] for m in moments))


def test_answers_of_late_and_early_returns_add_to_those_of_all(munro: Wave) -> None:
    found = silence_of(munro, now=NOW)
    assert len(found.lateness) == len(found.headlines) == 34
    for headline, parts in zip(found.headlines, found.lateness, strict=True):
        assert parts.early[0] + parts.late[0] == headline.count
        assert parts.early[1] + parts.late[1] == headline.base
    late = {group.stratum: sum(group.late) for group in found.groups}
    assert late.keys() == {"authority_type", "region"}


def test_a_return_counts_as_early_or_late_by_its_own_moment(munro: Wave) -> None:
    """The late who agree with a statement, read submission by submission."""
    found = silence_of(munro, now=NOW)
    assert found.split is not None
    scale = munro.questionnaire.items["D1.2"].scale
    assert scale is not None
    agreeing = {option.value for option in scale.options if option.code in {"agree", "strongly_agree"}}
    late = Submission.objects.filter(submitted_at__gt=found.split.after).values_list("answers", flat=True)
    place = next(place for place, each in enumerate(found.headlines) if each.finding == "willingness")
    assert found.lateness[place].late == (sum(answers["D1.2"] in agreeing for answers in late), len(late))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The plan of 2012 asks for weights by authority type."""
    for path in planning.PLANS.iterdir():
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            wish = "weighting: {method: post_stratification, margins: [authority_type]}\n"
            (tmp_path / path.name).write_text(wish + text if path.name == "munro_2012.yaml" else text, encoding="utf-8")
    monkeypatch.setattr(planning, "PLANS", tmp_path)
    monkeypatch.setattr(planning, "_READ", {})


@pytest.mark.usefixtures("asked")
def test_a_plan_that_asks_for_weights_has_both_figures_everywhere(analyst: Client, munro: Wave) -> None:
    assert "asks for weights: post-stratification by authority type. Both figures are printed" in shown(analyst)

    findings = analyst.get("/waves/munro-2012/tables/findings/").content.decode()
    assert "44 of 57 (77%); weighted 76%" in findings

    weighted = weighted_tables_of(munro, now=NOW)
    assert weighted["table_5"].base_note.startswith("Post-stratification by authority type. Weights from 0.83 to 1.38")
    assert weighted["table_5"].evenness.startswith("Before weighting, the boards that answered differ from all boards ")
    assert weighted["table_5"].evenness.endswith(" Weights allow only for what they are made by.")
    open_still = weighted_tables_of(munro, now=munro.closes_at - timedelta(days=1))["table_5"]
    assert DRAFT in open_still.marks
    assert DRAFT not in weighted_tables_of(munro, now=munro.closes_at)["table_5"].marks
    assert {column.measures for column in weighted["table_8"].columns} == {("percent",)}
    assert "table_8_weighted" in analyst.get("/waves/munro-2012/tables/all/").content.decode()

    printed = printed_silence(munro, now=NOW)
    assert "effective sample size 49.4 of 51 returns" in printed.weighting
    (willing,) = (row for row in printed.weighted if row.place.startswith("There is a willingness"))
    assert (willing.unweighted, willing.weighted, willing.shift) == ("39 of 51 (76%)", "76%", "−0.4")


def test_a_plan_that_asks_for_nothing_has_no_weighted_figures(munro: Wave) -> None:
    assert weighted_tables_of(munro, now=NOW) == {}
    assert printed_silence(munro, now=NOW).weighted == ()


def test_its_tables_are_taken_away_as_a_workbook_and_as_a_list_and_each_copy_is_noted(
    analyst: Client, munro: Wave
) -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(analyst.post("/waves/munro-2012/tables/non-response/download.xlsx").content)
    )
    rows = list(
        csv.reader(
            io.StringIO(analyst.post("/waves/munro-2012/tables/non-response/download.csv").content.decode("utf-8-sig"))
        )
    )

    assert book.sheetnames == [
        *("Response by group", "Representativeness", "Headlines", "Item response", "Late by group"),
        *("Late and early", "Weighting", "Notes"),
    ]
    assert [cell.value for cell in book["Response by group"][5]][:5] == [
        "Metropolitan",
        "By authority type",
        15,
        36,
        42,
    ]
    assert ["Response by group", "4", "Metropolitan", "Returns", "15"] in rows
    noted = AuditEntry.objects.filter(act="figures.taken").values_list("detail__what", flat=True)
    assert sorted(noted) == ["non-response as csv", "non-response as xlsx"]
    assert analyst.get("/waves/munro-2012/tables/non-response/download.csv").status_code == 405
