"""The dashboard: numerators and denominators on boards and on authorities, its four answers, every board's state."""

from datetime import timedelta

import pytest
from django.test import Client

from accounts.audit.models import AuditEntry
from accounts.models import Role
from analysis.core.response import Rate
from analysis.monitoring.boards import boards_of
from analysis.monitoring.figures import Figures, figures_of
from analysis.monitoring.forms import LEVEL_FIELDS
from analysis.monitoring.models import Tally
from analysis.monitoring.pages.answering import answering_panel
from analysis.monitoring.pages.glance import glance
from analysis.monitoring.pages.strata import strata_panels
from analysis.monitoring.pages.wave import boards_page, live_page
from analysis.monitoring.tallying import tally_wave
from respondents.contacts.noting import decide_outcome
from respondents.helping.answers import answered_in
from respondents.register.models import Board
from respondents.returns.models import Return, ReturnState
from respondents.returns.saving import Sending, save_answers
from respondents.returns.states import with_state
from respondents.returns.submitting import submit_return
from survey.models import Wave
from tests.builders import NOW, chair, person, sign_in, wave

pytestmark = pytest.mark.django_db
MINUTES = {"returns": 57, "median": 90}


@pytest.fixture
def researcher(client: Client) -> Client:
    sign_in(client, person("researcher@example.org", role=Role.RESEARCHER))
    return client


def told(found: Wave) -> Figures:
    return figures_of(found, now=NOW)


def test_the_headline_counts_unattributed_returns_and_says_how_many(munro: Wave) -> None:
    figures = told(munro)

    assert (str(figures.headline), figures.frame.unattributed) == ("57 of 148 boards (39%)", 6)
    assert (figures.target, figures.target_boards, figures.wanting) == (60, 89, 32)
    assert figures.frame.states == {
        ReturnState.NOT_STARTED: 97,
        ReturnState.IN_PROGRESS: 0,
        ReturnState.SUBMITTED: 51,
        ReturnState.CHANGED: 0,
        ReturnState.WAITING: 0,
    }


def test_types_have_their_rates_on_boards_and_on_authorities_most_missing_first(munro: Wave) -> None:
    by_type = live_page(told(munro)).panels[0]

    assert [(row.level, str(row.boards), str(row.authorities), row.share) for row in by_type.levels] == [
        ("Unitary", "19 of 53 boards (36%)", "19 of 56 authorities (34%)", 33),
        ("London borough", "8 of 32 boards (25%)", "8 of 33 authorities (24%)", 14),
        ("Metropolitan", "15 of 36 boards (42%)", "15 of 36 authorities (42%)", 26),
        ("County", "9 of 27 boards (33%)", "9 of 27 authorities (33%)", 16),
    ]
    assert (by_type.not_specified.returns, str(by_type.total.boards)) == (6, "57 of 148 boards (39%)")
    assert by_type.chart.finding == "Most are missing in Unitary: 34 boards of 53."


def test_regions_agree_with_the_independent_reconciliation(munro: Wave) -> None:
    rates = {
        row.level: (row.returns, row.authorities.eligible, row.boards.eligible) for row in told(munro).levels("region")
    }

    assert rates == {
        "North East": (8, 12, 12),
        "North West": (12, 23, 23),
        "Yorkshire and the Humber": (6, 15, 15),
        "East Midlands": (0, 9, 8),
        "West Midlands": (4, 14, 14),
        "East of England": (7, 11, 11),
        "Inner London": (3, 14, 13),
        "Outer London": (5, 19, 19),
        "South East": (7, 19, 19),
        "South West": (1, 16, 14),
        "": (4, 0, 0),
    }


def test_the_first_screen_says_who_differs_and_whom_to_chase_first(munro: Wave) -> None:
    found = glance(told(munro), None, may_settle=True)
    elsewhere = glance(told(munro), None, may_settle=False)

    assert found.loose
    assert elsewhere.loose
    assert (found.loose.address, elsewhere.loose.address) == ("/waves/munro-2012/boards/without-a-board/", "")

    assert found.verdicts == (
        "They do not differ more than by chance by authority type (X² = 2.2, p = 0.545).",
        "They differ by region (X² = 22.9, p = 0.005).",
    )
    assert [step.words for step in found.steps] == [
        "Chase South West first: 13 of 14 boards are missing.",
        "Chase East Midlands first: 8 of 8 boards are missing.",
        "Remind the 97 boards that have not begun.",
    ]


def test_the_map_holds_all_152_authorities_each_with_its_state_in_words(munro: Wave) -> None:
    found = live_page(told(munro)).map

    assert found is not None
    assert len({each.corners for each in found.hexagons}) == len(found.hexagons) == 152
    assert {each.name: (each.label, each.mark) for each in found.hexagons}["Norfolk"] == ("Norfolk: submitted", "✓")
    assert sum(key.authorities for key in found.keys) == 152


def test_days_are_added_up_and_end_where_returns_end(munro: Wave) -> None:
    figures = figures_of(munro, now=munro.closes_at + timedelta(days=9))

    assert figures.days.totals[-1] == figures.frame.returned == 57
    assert len(figures.days.per_day) == figures.days.length == 31
    assert figures.forecast is None


def test_a_board_that_is_not_eligible_is_named_and_in_no_figure(munro: Wave, researcher: Client) -> None:
    sent = munro.returns.in_frame().submitted().select_related("board").order_by("pk")[0]
    silent = munro.returns.in_frame().filter(submitted_version=None).order_by("pk")[0]
    for each in (sent, silent):
        decide_outcome(each, disposition="not_eligible", reason="Merged.", by=person("jo@example.org"), now=NOW)
    figures = told(munro)

    assert str(figures.headline) == "56 of 146 boards (38%)"
    out = "2 boards of the frame are not eligible and in no figure here. What 1 of them sent is kept, and counted in no"
    assert f"{out} figure." in glance(figures, answering_panel(figures), may_settle=False).how_many
    for state, listed in (("", 148), ("submitted", 50), ("missing", 96)):
        page = boards_page(figures, wanted={"state": state}, number="1")
        assert page.shown == f"{listed} of 148 boards"
        assert boards_of(munro, {"state": state}, figures=figures).count() == listed
    assert sent.board is not None
    named = boards_page(figures, wanted={"name": sent.board.area_name}, number="1").rows
    row = next(each for each in named if each.found == sent)  # “York” names North Yorkshire too
    assert row.next_step == "Nothing: not eligible, so its return is kept and not counted"
    board = researcher.get(f"/waves/{munro.slug}/contacts/{sent.pk}/").content.decode()
    assert "Its return is kept, and counted in no figure" in board
    helped = researcher.get(f"/waves/{munro.slug}/boards/{sent.pk}/").content.decode()
    assert "Its return is kept, and counted in no figure" in helped
    assert not answered_in(munro).filter(pk=sent.pk).exists()


def test_the_wave_before_is_told_on_the_same_day_and_learnt_from(munro: Wave) -> None:
    after = wave("second", opens_at=munro.closes_at + timedelta(days=1), closes_at=munro.closes_at + timedelta(days=31))
    now = after.opens_at + timedelta(days=8)
    for place, found in enumerate(after.returns.order_by("pk")[:30]):
        Return.objects.filter(pk=found.pk).update(version=1, submitted_version=1)
        moment = after.opens_at + timedelta(days=place % 9)
        found.submissions.create(
            number=1, version=1, answers={}, texts={}, reference=f"R{place}", digest="", submitted_at=moment
        )
    out = munro.returns.in_frame().submitted().order_by("pk")[0]
    decide_outcome(out, disposition="not_eligible", reason="Merged.", by=person("jo@example.org"), now=now)
    figures = figures_of(after, now=now)

    assert figures.before_days is not None
    assert (figures.before, figures.before_eligible, figures.before_days.totals[-1]) == (munro, 147, 56)
    assert figures.forecast is not None
    assert figures.forecast.method == "previous"
    assert live_page(figures).days is not None


def test_chairs_are_counted_once_however_many_boards_they_have(munro: Wave) -> None:
    sent = [found.board for found in munro.returns.filter(submitted_version=1, board__isnull=False)[:3] if found.board]
    silent = munro.returns.filter(version=0).first()
    assert silent is not None
    assert silent.board is not None
    chair(*sent[:2], email="two@example.org")
    chair(sent[2], silent.board, email="one@example.org")
    chair(silent.board, email="none@example.org")
    other = wave("other")
    Return.objects.filter(wave=other).update(submitted_version=1, version=1)

    chairs = told(munro).chairs

    assert (chairs.known, chairs.answered, chairs.several, chairs.boards) == (3, 2, 1, 3)
    assert chairs.effective == pytest.approx(9 / 5)


def test_the_database_tells_the_same_state_as_the_return(munro: Wave) -> None:
    kinds = [(0, None, None), (2, None, None), (2, 2, None), (3, 2, None), (2, None, 2), (3, None, 2), (3, 2, 3)]
    for found, (version, submitted, awaiting) in zip(munro.returns.in_frame().order_by("pk"), kinds, strict=False):
        changed = {"version": version, "submitted_version": submitted, "awaiting_version": awaiting}
        Return.objects.filter(pk=found.pk).update(**changed)

    told_by_both = [(each.state_now, each.state.value) for each in with_state(munro.returns.all())]

    assert {by_database for by_database, _ in told_by_both} == {state.value for state in ReturnState}
    assert [by_database for by_database, _ in told_by_both] == [by_return for _, by_return in told_by_both]


def test_the_list_of_boards_is_narrowed_by_state_type_region_and_name(munro: Wave) -> None:
    wanted = {"state": "not_started", "authority_type": "Unitary", "region": "South West", "name": "isles"}

    boards = boards_of(munro, wanted, figures=told(munro))

    assert [found.board.slug for found in boards if found.board] == ["cornwall-and-isles-of-scilly"]


def test_the_list_begins_with_those_to_chase_first_and_ends_with_those_who_answered(munro: Wave) -> None:
    boards = list(boards_of(munro, {}, figures=told(munro)))

    assert len(boards) == 148
    assert [found.region for found in boards[:21]] == ["South West"] * 13 + ["East Midlands"] * 8
    assert all(found.submitted_version for found in boards[-51:])


def test_nobody_eligible_has_no_rate() -> None:
    assert (Rate(0, 0, "boards").percent, str(Rate(0, 0, "boards"))) == (None, "0 of 0 boards")


@pytest.mark.parametrize("query", ["", "?state=submitted&name=x", "?state=nonsense&region=Mars&page=-7", "live/"])
def test_the_page_opens_for_a_researcher_whatever_the_filter(researcher: Client, munro: Wave, query: str) -> None:
    response = researcher.get(f"/waves/{munro.slug}/{query}")

    assert response.status_code == 200
    assert "57 of 148 boards (39%)" in response.content.decode()


def test_an_analyst_sees_no_chair_and_takes_no_chasing_list(client: Client, munro: Wave) -> None:
    chair(Board.objects.get(slug="cornwall-and-isles-of-scilly"), email="named@example.org")
    sign_in(client, person("analyst@example.org", role=Role.ANALYST))

    assert "Named" not in client.get("/waves/munro-2012/?region=South+West").content.decode()
    assert client.post("/waves/munro-2012/chasing-list.csv").status_code == 404


def test_the_target_is_changed_and_that_is_noted(researcher: Client, munro: Wave) -> None:
    response = researcher.post("/waves/munro-2012/target/set/", {"percent": "75"})

    assert response.status_code == 303
    assert told(munro).target == 75
    entry = AuditEntry.objects.get(act="wave.target_set")
    assert (entry.wave, entry.detail) == ("munro-2012", {"before": 60, "after": 75, "levels": {}})


def test_types_and_regions_have_targets_of_their_own_and_the_rest_that_of_the_wave(
    researcher: Client, munro: Wave
) -> None:
    names = {level: name for name, (_, level) in LEVEL_FIELDS.items()}
    sent = {"percent": "40", names["South West"]: "50", names["County"]: "30"}

    researcher.post("/waves/munro-2012/target/set/", sent)

    panels = {panel.id: {row.response.level: row.target for row in panel.rows} for panel in strata_panels(told(munro))}
    assert panels["region"]["South West"] == "1 of 7, 6 more"
    assert panels["authority_type"]["County"] == "9 of 9, reached"
    assert panels["authority_type"]["London borough"] == "8 of 13, 5 more"
    assert 'value="50"' in researcher.get("/waves/munro-2012/target/").content.decode()


@pytest.mark.once
def test_what_answering_has_cost_is_told_once_an_hour_has_a_price(researcher: Client, munro: Wave) -> None:
    tally_wave(munro, now=NOW)
    panel = answering_panel(told(munro))
    assert panel
    assert panel.cost == ""

    sent = {"percent": "60", "hourly_rate": "45", "recontact_minutes": "15"}
    researcher.post("/waves/munro-2012/target/set/", sent)
    Tally.objects.update(content=Tally.objects.get().content | {"recontacts": 10, "minutes": MINUTES})

    page = researcher.get("/waves/munro-2012/").content.decode()
    assert "£3,960, which is £69.47 a return: 57 returns of 90 minutes and 10 further contacts of 15 minutes" in page


def test_the_boards_behind_an_item_that_many_left_blank_are_named_and_the_look_is_noted(
    researcher: Client, munro: Wave
) -> None:
    address = "/waves/munro-2012/items/C1/"
    assert "Boards are listed here when fewer than 90% have answered" in researcher.get(address).content.decode()
    assert not AuditEntry.objects.filter(act="item.chased").exists()

    own = munro.returns.in_frame().filter(submitted_version__isnull=False).order_by("board__area_name")
    returns = [(found, board) for found in own.select_related("board")[:9] if (board := found.board)]
    for found, board in returns:
        who = chair(board, email=f"{board.slug}@example.org")
        save_answers(found, Sending(found.version, {"C1": None}), person=who, now=NOW)
        found.refresh_from_db()
        submit_return(found, person=who, version=found.version, now=NOW)
    page = researcher.get(address)

    assert [line.name for line in page.context["page"].boards] == [board.name for _, board in returns]
    assert AuditEntry.objects.get(act="item.chased").detail == {"boards": 9}


@pytest.mark.parametrize("percent", ["", "0", "101", "many"])
def test_a_target_that_is_none_is_refused_beside_its_field(researcher: Client, munro: Wave, percent: str) -> None:
    page = researcher.post("/waves/munro-2012/target/set/", {"percent": percent}).content.decode()

    assert "There is a problem" in page
    assert told(munro).target == 60


@pytest.mark.parametrize("address", ["", "munro-2012/", "munro-2012/tables/", "munro-2012/tables/download.csv"])
def test_the_pages_of_staff_do_not_exist_for_a_chair(client: Client, munro: Wave, address: str) -> None:
    sign_in(client, chair())

    assert client.get(f"/waves/{address}").status_code == 404


def test_a_stranger_is_led_to_sign_in_and_back(client: Client, munro: Wave) -> None:
    response = client.get("/waves/munro-2012/")

    assert response.headers["Location"] == "/sign-in/?next=/waves/munro-2012/"


@pytest.mark.parametrize("address", ["/waves/nothing/", "/waves/nothing/tables/", "/waves/nothing/report/"])
def test_an_unknown_wave_is_not_found(client: Client, address: str) -> None:
    sign_in(client, person("analyst@example.org", role=Role.ANALYST))

    assert client.get(address).status_code == 404
