"""From a decision to a release: by a worker, with reasons, looked at by a second person, audited each time."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from accounts.audit.models import AuditEntry
from accounts.models import Role, User
from analysis.builds.models import Build
from analysis.builds.running import run_build
from analysis.comparators.importing import withdraw
from analysis.comparators.models import Comparator
from analysis.core.release.decisions import Choices
from analysis.core.release.record import read
from analysis.core.table import Table
from analysis.disclosing.choosing import choices_of, choose
from analysis.disclosing.material import material_of
from analysis.disclosing.models import Release, ReleaseChoice, ReleaseStep
from analysis.disclosing.packing import protected_tables
from analysis.disclosing.refusals import NotSafe, NotYours, WrongStep
from analysis.disclosing.releasing import audit_again, check_release, let_go
from analysis.milestones.recording import freeze_data
from respondents.returns.importing import import_returns
from survey.models import Wave
from tests.analysis.comparators.examples import imported
from tests.builders import RETURNS, person, sign_in, wave, whole_register
from tests.kept import kept

pytestmark = [pytest.mark.django_db, pytest.mark.once]

LONG = [f"table_{n}-by-{by}" for n in (3, 4, 7, 8, 9, 10) for by in ("region", "authority-type")]


@pytest.fixture
def ann() -> User:
    return person("ann@example.org", role=Role.ANALYST)


@pytest.fixture
def bob() -> User:
    return person("bob@example.org", role=Role.ANALYST)


def closed_wave() -> Wave:
    """The wave of 2012 after it closed; most breakdowns are left out, which saves the time to decide on them."""
    whole_register()
    ann, now = person("ann@example.org", role=Role.ANALYST), timezone.now()
    found = wave(opens_at=now - timedelta(days=20), closes_at=now - timedelta(days=1))
    import_returns(found, RETURNS.read_bytes(), now=now - timedelta(days=2))
    for each in LONG:
        ReleaseChoice.objects.create(
            wave=found, kind="leave_out", value=each, reason="Too long.", made_by=ann, made_at=now
        )
    return found


@pytest.fixture(scope="module")
def closed_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Wave]:
    with kept(closed_wave, django_db_blocker) as made:
        yield made


@pytest.fixture
def closed(closed_once: Wave, db: None) -> Wave:
    """As the database has it at the beginning of the test."""
    return Wave.objects.get(pk=closed_once.pk)


def address(found: Wave, rest: str = "") -> str:
    return f"/waves/{found.slug}/tables/disclosure/{rest}"


def decide(client: Client, found: Wave) -> str:
    """What the page says after a worker has decided."""
    client.post(address(found, "decide/"))
    run_build(Build.objects.order_by("-requested_at")[0].pk)
    return client.get(address(found)).content.decode()


def tampered(release: Release, decisions: Mapping[str, object], **changed: object) -> Release:
    """A row beside it that says otherwise."""
    kept = {
        name: getattr(release, name)
        for name in ("wave", "extract", "plan", "kept_plan", "choice", "after", "content", "digest")
    }
    return Release.objects.create(
        number=Release.objects.count() + 1,
        decisions=decisions,
        prepared_by=release.prepared_by,
        prepared_at=release.prepared_at,
        **kept | changed,
    )


def nothing_confidential_in(told: str) -> None:
    assert all("Exploratory: the analysis plan" in row["note"] for row in csv.DictReader(io.StringIO(told)))
    figures = {(row["table"], row["row"], row["column"]): row for row in csv.DictReader(io.StringIO(told))}
    hidden = figures["table_2", "south_west", "returns"]
    assert (hidden["value"], hidden["marker"]) == ("", "[c]")
    assert figures["table_5", "agree", "frequency"]["marker"] == ""
    assert not any(table.startswith("table_7-by") for table, _, _ in figures)


def taken(client: Client, found: Wave, query: str) -> list[dict[str, str]]:
    told = client.get(f"/waves/{found.slug}/tables/explore/table.csv?{query}").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(told)))


def what_is_taken_from_the_explorer_is_held_against_it(client: Client, found: Wave) -> None:
    """The South West, where one board did not answer, is hidden in table 2, so its base is not told here."""
    rows = {(row["group"], row["answer"]): row for row in taken(client, found, "item=A4&by=region&base=returned")}
    south_west = [row for (group, _), row in rows.items() if group == "South West"]
    assert {(row["count"], row["base"], row["status"]) for row in south_west} == {("", "", "[c]")}
    refused = client.get(f"/waves/{found.slug}/tables/explore/table.csv?item=C1&by=authority_type")
    assert refused.status_code == 409
    assert "Metropolitan has 15 returns here" in refused.content.decode()
    assert "Take the figures of that release instead" in refused.content.decode()


def a_withdrawn_survey_stays_in_the_release(found: Wave, ann: User) -> None:
    release = Release.objects.get(number=1)
    (kept,) = Comparator.objects.all()
    assert release.comparators == [[kept.name, kept.digest]]
    assert kept.column in {column.label for table in released_tables(release) for column in table.columns}
    withdraw(kept, reason="A newer edition is out", by=ann, now=timezone.now())
    assert kept.column in {column.label for table in released_tables(release) for column in table.columns}
    later = tampered(release, release.decisions, after=[1], comparators=release.comparators)
    with pytest.raises(NotSafe, match="other surveys beside the tables, have changed"):
        check_release(later, by=person("cat@example.org"), now=timezone.now())
    it_is_audited_again_once_something_has_come(release)


def it_is_let_go_by_a_publication_alone(client: Client, found: Wave, bob: User) -> None:
    """By itself it goes to nobody: not without an hour that was announced."""
    refused = client.post(address(found, "releases/1/release/"))
    assert (refused.status_code, "by way of a publication" in refused.content.decode()) == (409, True)
    assert "It goes on to a publication" in client.get(address(found, "releases/1/")).content.decode()
    let_go(Release.objects.get(), by=bob, now=timezone.now())


def it_is_audited_again_once_something_has_come(release: Release) -> None:
    """A copy was taken since, which gives nothing away; then comes a release that shows what this one hides."""
    now, hidden = timezone.now(), dict(release.decisions["hidden"])
    audit_again(release, now=now)
    hidden.popitem()
    shows = tampered(release, release.decisions | {"hidden": hidden}, after=[1])
    ReleaseStep.objects.create(release=shows, state="released", by=release.prepared_by, at=now)
    with pytest.raises(NotSafe, match="is not protected"):
        audit_again(release, now=now)


def released_tables(release: Release) -> tuple[Table, ...]:
    found = material_of(release.wave, now=timezone.now(), remade=release)
    return protected_tables(found, read(release.decisions))


def test_a_release_is_decided_prepared_checked_and_released(client: Client, closed: Wave, ann: User, bob: User) -> None:
    imported(closed, ann)
    sign_in(client, ann)
    assert "It has not been decided yet what may leave." in client.get(address(closed)).content.decode()
    page = decide(client, closed)
    assert "The audit passes" in page
    assert "Prepare a release" not in page
    assert client.post(address(closed, "prepare/")).status_code == 409
    freeze_data(closed, by=ann, now=timezone.now())
    assert "Something has changed since" in client.get(address(closed)).content.decode()
    assert "Prepare a release" in decide(client, closed)
    table = client.get(address(closed, "tables/table_2/")).content.decode()
    assert "tells which boards answered (M46)" in table

    assert client.post(address(closed, "prepare/"))["Location"] == address(closed, "releases/1/")
    assert client.post(address(closed, "releases/1/check/")).status_code == 403
    assert client.post(address(closed, "releases/1/release/")).status_code == 409
    sign_in(client, bob)
    assert client.post(address(closed, "releases/1/check/")).status_code == 303
    it_is_let_go_by_a_publication_alone(client, closed, bob)

    assert "count as known to the public" in client.get(address(closed, "releases/1/")).content.decode()
    nothing_confidential_in(client.get(address(closed, "releases/1/tables.csv")).content.decode())
    acts = ["release.prepared", "release.checked", "release.released", "figures.taken"]
    assert list(AuditEntry.objects.filter(act__in=acts).order_by("number").values_list("act", flat=True)) == acts
    assert "hidden in an earlier release" in decide(client, closed)
    what_is_taken_from_the_explorer_is_held_against_it(client, closed)
    a_withdrawn_survey_stays_in_the_release(closed, ann)


def test_the_audit_refuses_what_was_tampered_with(client: Client, closed: Wave, ann: User, bob: User) -> None:
    freeze_data(closed, by=ann, now=timezone.now())
    sign_in(client, ann)
    decide(client, closed)
    client.post(address(closed, "prepare/"))
    release = Release.objects.get()
    hidden = dict(release.decisions["hidden"])
    hidden.popitem()
    now = timezone.now()
    with pytest.raises(NotSafe, match="is not protected"):
        check_release(tampered(release, release.decisions | {"hidden": hidden}), by=bob, now=now)
    with pytest.raises(NotSafe, match="files of Release 3"):
        check_release(tampered(release, release.decisions, content=b"x"), by=bob, now=now)
    with pytest.raises(NotSafe, match="plan of Release 4"):
        check_release(tampered(release, release.decisions, plan="x"), by=bob, now=now)
    with pytest.raises(NotSafe, match="Another release"):
        check_release(tampered(release, release.decisions, after=[7]), by=bob, now=now)
    with pytest.raises(NotSafe, match="codes of answers in words"):
        check_release(tampered(release, release.decisions, codings=[{"table": "x"}]), by=bob, now=now)
    with pytest.raises(NotYours):
        check_release(release, by=ann, now=now)
    with pytest.raises(WrongStep):
        let_go(release, by=bob, now=now)
    assert ReleaseStep.objects.count() == 0


def test_choices_need_a_reason_and_are_recorded(client: Client, closed: Wave, ann: User) -> None:
    sign_in(client, ann)
    form = {"what": "smallest:5", "reason": "", "send": ""}
    assert "Say why" in client.post(address(closed, "choice/"), form).content.decode()
    assert client.post(address(closed, "choice/"), form | {"reason": "Agreed with the officer."}).status_code == 303
    assert choices_of(closed) == Choices(5, frozenset(LONG))
    entry = AuditEntry.objects.get(act="release.chosen")
    assert entry.detail == {"kind": "smallest", "value": "5", "reason": "Agreed with the officer."}
    choose(closed, kind="put_back", value=LONG[0], reason="!", by=ann, now=timezone.now())
    assert LONG[0] not in choices_of(closed).left_out
    for table in ("table_2", "table_3"):
        choose(closed, kind="leave_out", value=table, reason="Nobody reads them.", by=ann, now=timezone.now())
    page = client.get(address(closed)).content.decode()
    assert (page.count("Nobody reads them."), "<br>Table 2; Table 3</li>" in page) == (1, True)
    with pytest.raises(ValidationError, match="no table table_99"):
        choose(closed, kind="leave_out", value="table_99", reason="!", by=ann, now=timezone.now())


def test_a_wave_without_answers_says_so(client: Client, ann: User) -> None:
    found = wave("another")
    page = decide(sign_in(client, ann), found)
    assert "The audit fails" in page
    assert "No return counts: national tables may be released from 30 returns on. Wait for more." in page
    assert json.loads(bytes(Build.objects.get().content or b""))["decisions"]["tables"] == []


def test_a_disclosure_build_is_no_report(client: Client, ann: User) -> None:
    found = wave("another")
    decide(sign_in(client, ann), found)
    build = Build.objects.get()
    assert client.get(f"/waves/{found.slug}/report/{build.pk}/report.pdf").status_code == 404
