"""What was built earlier is looked at again when it is taken away: the person, and what it was made from."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from accounts.digests import bytes_digest
from accounts.models import Role, User
from analysis.builds.kinds import Kind, kinds
from analysis.builds.models import Build, BuildState
from analysis.disclosing.models import Release, ReleaseChoice, ReleaseStep
from analysis.disclosing.packing import as_kept
from analysis.disclosing.refusals import NotSafe
from analysis.disclosing.releasing import check_release
from analysis.milestones.models import FrozenExtract
from analysis.publishing.models import CalendarEntry, Edition, SignOff
from analysis.publishing.preparing import checked_releases, prepare_edition
from analysis.publishing.refusals import TakenBack
from analysis.publishing.signing import withdraw
from analysis.publishing.starting import start_publication, write_words
from analysis.publishing.taking_back import require_standing
from analysis.reports.published import published_of
from tests.access.asking import every_route
from tests.analysis.publishing import examples
from tests.builders import person, sign_in, wave
from tests.kept import kept

pytestmark = [pytest.mark.django_db, pytest.mark.once]

TAKEN = [kind for kind in kinds().values() if kind.file_name]
OF_A_RELEASE = {kind.name for kind in TAKEN if "release" in kind.name or kind.name.startswith(("deposit", "edition"))}


@pytest.fixture(scope="module")
def edition_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Edition]:
    with kept(lambda: examples.signed(wave()), django_db_blocker) as found:
        yield found


@pytest.fixture
def edition(edition_once: Edition, db: None) -> Edition:
    return Edition.objects.select_related("publication__wave", "release__wave").get(pk=edition_once.pk)


@pytest.fixture
def analyst(client: Client, edition: Edition) -> Client:
    """One who had a part in nothing."""
    return sign_in(client, person("cat@example.org", role=Role.ANALYST))


def built(kind: Kind, edition: Edition) -> str:
    """The address of a file of this kind, built for the release where it is one’s."""
    is_last = kind.name.startswith("released_")
    build = Build.objects.create(
        wave=edition.release.wave,
        kind=kind.name,
        number=edition.release.number if kind.name in OF_A_RELEASE and not is_last else None,
        subject="boards-1" if kind.name.startswith("edition") else "",
        state=BuildState.DONE,
        content=b"x",
        digest=bytes_digest(b"x"),
        requested_at=timezone.now(),
        finished_at=timezone.now(),
    )
    return f"/waves/{build.wave.slug}/report/{build.pk}/file/"


def taken_back(edition: Edition) -> None:
    ann, _ = examples.staff()
    withdraw(edition.publication, reason="It tells on a board.", by=ann, now=timezone.now())


def status(client: Client, address: str) -> int:
    return client.get(address).status_code


def test_a_file_is_for_whom_its_kind_is_for_now_and_not_for_whom_it_was_built(client: Client, edition: Edition) -> None:
    files = {kind: built(kind, edition) for kind in TAKEN}
    who = person("dan@example.org", role=Role.ANALYST)
    sign_in(client, who)
    assert {status(client, address) for address in files.values()} == {200}
    for role in (Role.RESEARCHER, Role.ADMINISTRATOR, Role.RESPONDENT):
        User.objects.filter(pk=who.pk).update(role=role)
        sign_in(client, User.objects.get(pk=who.pk))
        wrong = [
            kind.name for kind, address in files.items() if (status(client, address) == 200) != (role in kind.roles)
        ]
        assert (role, wrong) == (role, [])
    User.objects.filter(pk=who.pk).update(role=Role.ANALYST, is_active=False)
    assert {client.get(address)["Location"].partition("?")[0] for address in files.values()} == {"/sign-in/"}


def test_no_file_of_a_release_is_handed_out_once_it_was_withdrawn(analyst: Client, edition: Edition) -> None:
    files = {kind.name: built(kind, edition) for kind in TAKEN}
    number, slug = edition.release.number, edition.release.wave.slug
    base = f"/waves/{slug}/tables/disclosure/releases/{number}/"
    one = f"{base}one/answers.csv"
    assert (status(analyst, one), status(analyst, f"{base}report.pdf")) == (200, 200)
    assert published_of([edition.release.wave_id], now=timezone.now())

    taken_back(edition)

    refused = {name for name, address in files.items() if status(analyst, address) == 409}
    assert refused == OF_A_RELEASE
    assert [status(analyst, f"{base}{name}") for name in ("report.pdf", "report.docx", "tables.csv")] == [409] * 3
    page = analyst.get(one)
    assert (page.status_code, "It tells on a board." in page.content.decode()) == (409, True)
    assert not published_of([edition.release.wave_id], now=timezone.now())  # so no board’s report either


def test_a_release_that_another_publication_shows_stays(edition: Edition) -> None:
    ann, bob = examples.staff()
    again = start_publication(edition.release.wave, title="Once more", by=ann, now=examples.AT)
    write_words(again, words=examples.WORDS, by=ann, now=examples.AT)
    CalendarEntry.objects.create(publication=again, moment=examples.OUT, made_by=ann, made_at=examples.AT)
    second = prepare_edition(again, release=edition.release, by=ann, now=examples.AT)
    SignOff.objects.create(edition=second, by=bob, at=examples.AT)
    taken_back(edition)
    require_standing(edition.release)
    assert list(checked_releases(again.wave)) == [edition.release]
    taken_back(second)
    assert not checked_releases(again.wave)
    third = start_publication(edition.release.wave, title="And again", by=ann, now=examples.AT)
    write_words(third, words=examples.WORDS, by=ann, now=examples.AT)
    with pytest.raises(TakenBack, match="It tells on a board"):
        prepare_edition(third, release=edition.release, by=ann, now=examples.AT)


def test_what_was_prepared_is_not_taken_away_once_it_was_overtaken(analyst: Client, edition: Edition) -> None:
    ann, bob = examples.staff()
    wave, tables = edition.release.wave, as_kept(examples.tables())
    about = {"wave": wave, "plan": "plan", "decisions": {}, "tables": tables, "content": b"", "digest": "d"}
    prepared = {"after": [edition.release.number], "prepared_by": ann, "prepared_at": timezone.now(), **about}
    one, other = (Release.objects.create(number=number, **prepared) for number in (11, 12))
    address = f"/waves/{wave.slug}/tables/disclosure/releases/{{}}/one/answers.csv"
    assert [status(analyst, address.format(number)) for number in (11, 12)] == [200, 200]

    later = timezone.now()
    chosen = {"kind": "leave_out", "value": "answers", "reason": "It tells.", "made_by": bob, "made_at": examples.AT}
    ReleaseChoice.objects.create(wave=wave, **chosen)
    assert "Bob has chosen otherwise" in analyst.get(address.format(11)).content.decode()
    with pytest.raises(NotSafe):
        check_release(one, by=bob, now=later)

    ReleaseStep.objects.create(release=other, state="released", by=bob, at=later)
    assert [status(analyst, address.format(number)) for number in (11, 12)] == [409, 200]


def test_frozen_data_and_releases_are_handed_out_as_they_were_kept_or_not_at_all(
    analyst: Client, edition: Edition
) -> None:
    ann, _ = examples.staff()
    slug = edition.release.wave.slug
    frozen: dict[str, Any] = {"rows": 1, "content": b"data", "response": {}, "frozen_by": ann, "frozen_at": examples.AT}
    for number, digest in ((2, bytes_digest(b"data")), (3, "another")):
        FrozenExtract.objects.create(wave=edition.release.wave, number=number, digest=digest, **frozen)
    files = [f"/waves/{slug}/tasks/freeze/{number}.parquet" for number in (2, 3)]
    assert [status(analyst, address) for address in files] == [200, 409]
    assert status(analyst, f"/waves/{slug}/tables/disclosure/releases/{edition.release.number}/tables.csv") == 409
    sign_in(analyst, person("eve@example.org", role=Role.RESEARCHER))
    assert status(analyst, files[0]) == 404


@pytest.mark.pure
def test_every_kind_of_file_that_is_made_of_a_release_asks_whether_it_stands_and_no_address_gives_a_backup() -> None:
    assert {kind.name for kind in TAKEN if kind.stands} == OF_A_RELEASE
    rooms = [route.name for route in every_route() if route.view.__module__.startswith("respondents.backups")]
    assert rooms == ["backups:backups"]
