"""What everybody may see: by the clock at each request, never kept across a moment, as pages, feed and API."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from django.conf import LazySettings, settings
from django.core.cache import caches
from django.test import Client
from django.utils import timezone
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from openapi_spec_validator import OpenAPIV31SpecValidator
from pytest_django import DjangoDbBlocker

from accounts import clock
from accounts.audit.models import AuditEntry
from accounts.digests import bytes_digest
from accounts.models import User
from analysis.core.document import parse
from analysis.core.table_record import read_all
from analysis.outputs.formats import FORMATS
from analysis.pictures.models import KeptPicture
from analysis.planning import plan_of
from analysis.publishing.early import end_access, give_access
from analysis.publishing.models import CalendarEntry, Edition, EditionFile, Publication
from analysis.publishing.preparing import prepare_edition
from analysis.publishing.public.caching import LONGEST
from analysis.publishing.public.calendar import changes_of
from analysis.publishing.public.feed import entries
from analysis.publishing.public.pages import dates_of
from analysis.publishing.refusals import NotReady
from analysis.publishing.signing import sign_off, withdraw
from analysis.publishing.standing import standings
from analysis.publishing.starting import start_publication, write_words
from analysis.publishing.tasks import tell_early
from analysis.publishing.wording import NOT_RECORDED, lint_of, plan_words
from analysis.templating.models import ReportPicture, ReportText
from tests.analysis.publishing import examples
from tests.analysis.publishing.examples import built
from tests.builders import person, sign_in, wave
from tests.kept import kept

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ATOM = "{http://www.w3.org/2005/Atom}"
SOON = 50  # seconds
EARLY = {"email": "sue@example.org", "name": "Sue", "role": "Statistician", "reason": "Press"}
SECRET = "Nobody knows this yet."
API = "/api/v1/publications"


@dataclass(frozen=True)
class World:
    """One publication that is out and was corrected, and one that is signed off and about to come out."""

    out: Publication
    coming: Publication


def made() -> World:
    first = examples.signed(wave())
    ann, bob = examples.staff()
    found = first.publication
    mended = examples.release_of(found.wave, examples.tables(agree=39, disagree=18), by=ann)
    told = {"what": "Two figures were wrong.", "why": "A board was read twice."}
    later = examples.OUT + timedelta(days=3)
    sign_off(prepare_edition(found, release=mended, **told, by=ann, now=later), by=bob, now=later)
    return World(found, coming(first, seconds=SOON))


def coming(first: Edition, *, seconds: int) -> Publication:
    """Announced row by row, since no test waits for a working day."""
    ann, bob = examples.staff()
    now = timezone.now() - timedelta(minutes=10)  # in the last two minutes nothing is signed
    found = start_publication(first.publication.wave, title="What is to come", by=ann, now=now)
    write_words(found, words={**examples.WORDS, "summary": SECRET}, by=ann, now=now)
    CalendarEntry.objects.create(
        publication=found,
        moment=timezone.now() + timedelta(seconds=seconds),
        reason="Agreed late",
        made_by=ann,
        made_at=now,
    )
    release = found.wave.releases.latest("number")
    sign_off(prepare_edition(found, release=release, by=ann, now=now), by=bob, now=now)
    return found


@pytest.fixture(scope="module")
def world_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with kept(made, django_db_blocker) as found:
        yield found


@pytest.fixture
def world(world_once: World, db: None) -> World:
    """With its announced moment ahead of this test, by less than a cache may keep a page."""
    later = timezone.now() + timedelta(seconds=SOON)
    entry = {"reason": "Moved", "made_by": world_once.out.started_by, "made_at": timezone.now()}
    CalendarEntry.objects.create(publication=world_once.coming, moment=later, **entry)
    return world_once


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return str(answer.content.decode())


def test_what_is_under_embargo_is_nowhere_but_in_the_calendar(client: Client, world: World) -> None:
    slug = world.coming.slug
    hidden = [f"/publications/{slug}/", f"/publications/{slug}/tables.csv", f"/publications/{slug}/tables/answers/"]
    hidden += [f"/publications/{slug}/editions/1/", f"{API}/{slug}", f"{API}/{slug}/tables"]
    for address in (*hidden, f"{API}/{slug}/tables/answers.json"):
        answer = client.get(address)
        assert (answer.status_code, answer["Cache-Control"]) == (404, "no-store")
        assert SECRET not in answer.content.decode()
    pages = [text(client, each) for each in ("/publications/", API, "/releases.atom", "/release-calendar/")]
    assert not any(SECRET in page or f"/publications/{slug}/" in page for page in pages)
    assert ["What is to come" in page for page in pages] == [False, False, True, True]
    assert client.get(f"/publications/{slug}/early/").status_code == 302  # to the door, whatever the name


def test_no_copy_is_kept_across_the_moment(client: Client, world: World) -> None:
    for address in ("/publications/", "/release-calendar/", "/releases.atom", API):
        kept_for = client.get(address)["Cache-Control"]
        assert kept_for.startswith("public, max-age=")
        assert int(kept_for.split("max-age=")[1].split(",")[0]) <= SOON < LONGEST
    assert client.get(f"/publications/{world.out.slug}/")["Cache-Control"].startswith(f"public, max-age={LONGEST},")


def test_no_copy_is_kept_of_what_takes_a_cookie_away(client: Client, world: World) -> None:
    client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32  # of a session that has ended
    answer = client.get(f"/publications/{world.out.slug}/")
    assert (answer.cookies[settings.SESSION_COOKIE_NAME].value, answer["Cache-Control"]) == ("", "no-store")


def test_once_its_moment_has_come_it_is_there_without_any_job(client: Client, world: World) -> None:
    past = timezone.now() - timedelta(minutes=1)
    CalendarEntry.objects.create(
        publication=world.coming, moment=timezone.now(), reason="?", made_by=world.out.started_by, made_at=past
    )
    page = text(client, f"/publications/{world.coming.slug}/")
    assert SECRET in page
    assert text(client, API).count('"title"') == 2
    assert f">{SECRET}</p>" in text(client, "/publications/")


def test_the_page_says_everything_and_older_editions_stay(client: Client, world: World) -> None:
    slug = world.out.slug
    page = text(client, f"/publications/{slug}/")
    for said in (
        *("57 of 2 boards made a return", "Two figures were wrong.", "Why: A board was read twice.", "4 figures of 14"),
        *("team@example.org", "The team alone decided.", "Nobody was drawn at random.", "39% answered."),
        *("Nobody outside the team", "Announced for Monday 23 April 2012 at 09:30", "Edition 1, Monday 23 April 2012"),
        *("was recorded on 1 February 2012, before fieldwork closed", "JSON-stat", "<h1", "Corrections"),
    ):
        assert said in page, said
    older = text(client, f"/publications/{slug}/editions/1/")
    assert "This edition was replaced on Thursday 26 April 2012" in older
    assert "[r]" in text(client, f"/publications/{slug}/tables/answers/")
    assert "[r]" not in text(client, f"/publications/{slug}/editions/1/tables/answers/")
    assert "answers,agree,n,count,40,57,," in text(client, f"/publications/{slug}/editions/1/tables.csv")
    assert "answers,agree,n,count,39,57,[r]," in text(client, f"/publications/{slug}/tables.csv")
    text(client, f"/publications/{slug}/tables.exe", 404)
    text(client, f"/publications/{slug}/tables/nothing/", 404)


def test_the_feed_keeps_its_ids_and_moves_what_was_corrected(client: Client, world: World) -> None:
    feed = ET.fromstring(text(client, "/releases.atom"))
    found = {
        (entry.findtext(f"{ATOM}title") or ""): (entry.findtext(f"{ATOM}id"), entry.findtext(f"{ATOM}updated") or "")
        for entry in feed.iter(f"{ATOM}entry")
    }
    assert set(found) == {
        *("Boards in 2012", "Corrected: Boards in 2012", "Calendar: Boards in 2012", "Calendar: What is to come"),
    }
    assert found["Boards in 2012"][0] == f"urn:uuid:{world.out.key}"
    assert found["Boards in 2012"][1].startswith("2012-04-26")
    assert len({id_ for id_, _ in found.values()}) == 4
    said = {entry.id: entry.text for entry in entries(standings(Publication.objects.all()), now=timezone.now())}
    assert said[found["Calendar: Boards in 2012"][0] or ""] == "Published on Monday 23 April 2012 at 09:30."
    assert said[found["Calendar: What is to come"][0] or ""].startswith("To be published on ")


def test_what_the_calendar_says_of_a_day_is_so(world: World) -> None:
    ann, _ = examples.staff()
    found = start_publication(world.out.wave, title="Another", by=ann, now=examples.AT)
    about = {"publication": found, "moment": examples.OUT, "made_by": ann, "made_at": examples.AT}
    CalendarEntry.objects.create(**about, reason="Agreed with the chairs")
    CalendarEntry.objects.create(**about, late_reason="The team was ill.")
    (standing,) = standings(Publication.objects.filter(pk=found.pk))
    assert list(changes_of(standing)) == ["Announced on 5 March 2012: Agreed with the chairs"]
    assert [each.split(",")[0] for each in dates_of(standing)] == [
        "Announced for Monday 23 April 2012 at 09:30",
        "A reason was added for Monday 23 April 2012 at 09:30",
    ]
    (late,) = entries((standing,), now=timezone.now())
    assert late.text.startswith("It was to be published on Monday 23 April 2012 at 09:30 and is delayed.")


def test_a_withdrawn_publication_says_why_and_gives_nothing(client: Client, world: World) -> None:
    ann, _ = examples.staff()
    withdraw(world.out, reason="The data were another survey’s.", by=ann, now=timezone.now())
    page = text(client, f"/publications/{world.out.slug}/")
    assert "The data were another survey’s." in page
    assert "Most boards agree." not in page
    assert "Corrected on Thursday 26 April 2012" in page
    everywhere = [page, *(text(client, each) for each in ("/releases.atom", f"{API}/{world.out.slug}"))]
    assert not any(said in each for each in everywhere for said in ("Two figures were wrong", "was read twice"))
    assert plan_words(world.out.wave, digest="of other words") == NOT_RECORDED
    assert "another survey’s" in text(client, f"/publications/{world.out.slug}/tables.csv", 410)
    gone = client.get(f"{API}/{world.out.slug}/tables/answers.csv")
    assert (gone.status_code, gone["Content-Type"], gone.json()["status"]) == (410, "application/problem+json", 410)
    assert client.get(f"{API}/{world.out.slug}").json()["withdrawn"]["reason"] == "The data were another survey’s."


def test_a_picture_of_a_report_is_shown_as_long_as_a_report_that_shows_it(client: Client, world: World) -> None:
    (ann, _), now, digest = examples.staff(), timezone.now(), "ab" * 32
    about = {"content": b"?", "kind": "png", "width": 1, "height": 1, "kept_by": ann, "kept_at": now}
    kept = KeptPicture.objects.create(digest=digest, **about)
    ReportPicture.objects.create(
        wave=world.out.wave, name="map", picture=kept, words="A map", added_by=ann, added_at=now
    )
    first = world.out.editions.earliest("number")

    def problems(at: datetime) -> list[str]:
        plan, template = plan_of(world.out.wave), parse("---\ntitle: T\n---\n# Map\n\n::: picture map\n")
        return lint_of(first.release, read_all(first.tables), plan=plan, template=template, now=at)

    assert problems(now) == []
    assert "There is no picture" in problems(now - timedelta(minutes=1))[0]
    address = f"/pictures/{digest}/"
    article = f'<img src="{address}" alt="A map">'.encode()
    file = {"form": "html", "content": article, "size": len(article), "digest": "d"}
    EditionFile.objects.create(edition=world.coming.editions.get(), **file)
    hidden, half, staff = client.get(address), Client(), sign_in(Client(), ann)
    half.force_login(ann)
    assert (hidden.status_code, hidden["Cache-Control"]) == (404, "no-store")
    assert half.get(address).status_code == 404  # before the second step
    assert (staff.get(address).content, staff.get(address)["Cache-Control"]) == (b"?", "no-store")

    EditionFile.objects.create(edition=world.out.editions.latest("number"), **file)
    shown = client.get(address)
    assert (shown.content, shown["Cache-Control"]) == (b"?", f"public, max-age={LONGEST}, must-revalidate")

    withdraw(world.out, reason="The data were another survey’s.", by=ann, now=timezone.now())
    assert client.get(address).status_code == 404


def test_a_named_outsider_signs_in_and_each_look_is_recorded(client: Client, world: World) -> None:
    ann, _ = examples.staff()
    sue, address = person("sue@example.org"), f"/publications/{world.coming.slug}/early/"
    sign_in(client, sue)
    text(client, address, 404)
    about = {"name": "Sue", "role": "Statistician", "reason": "Press"}
    give_access(world.coming, kind="early", email=sue.email, **about, hours=1, by=ann, now=timezone.now())
    page = text(client, address)
    assert SECRET in page
    assert "Embargoed until" in page
    assert "Do not pass on anything" in text(client, f"{address}tables/answers/")
    assert client.get(address)["Cache-Control"] == "no-store"
    looks = AuditEntry.objects.filter(act="early_access.used", person=sue)
    assert [(look.detail["edition"], look.detail["what"]) for look in looks.order_by("number")] == [
        *((1, "page"), (1, "answers"), (1, "page")),
    ]
    text(client, f"/publications/{world.coming.slug}/", 404)


def test_files_that_are_taken_early_are_recorded_by_name(client: Client, world: World) -> None:
    ann, _ = examples.staff()
    sue, address = person("sue@example.org"), f"/publications/{world.coming.slug}/early/"
    EditionFile.objects.create(edition=world.coming.editions.get(), form="pdf", content=b"%PDF", size=4, digest="d")
    sign_in(client, sue)
    for part in ("tables.xlsx", "report.pdf"):
        text(client, f"{address}{part}", 404)
    about = {"name": "Sue", "role": "Statistician", "reason": "Press"}
    access = give_access(world.coming, kind="early", email=sue.email, **about, hours=1, by=ann, now=timezone.now())
    page = text(client, address)
    for part in ("tables.xlsx", "tables.ods", "report.pdf"):
        assert f'href="{address}{part}"' in page
    assert client.get(f"{address}report.pdf").content == b"%PDF"
    assert client.get(f"{address}tables.xlsx").content[:2] == b"PK"
    for part in ("report.docx", "tables.exe"):
        text(client, f"{address}{part}", 404)
    taken = AuditEntry.objects.filter(act="early_access.downloaded", person=sue).order_by("number")
    assert [entry.detail["what"] for entry in taken] == ["report.pdf", "tables.xlsx"]
    end_access(access, by=ann, now=timezone.now())
    text(client, f"{address}report.pdf", 404)


def test_the_link_of_a_letter_leads_on_once_it_is_out(client: Client, world: World) -> None:
    sign_in(client, person("sue@example.org"))
    address = f"/publications/{world.out.slug}/"
    for part in ("", "tables/answers/", "tables.csv", "report.pdf"):
        assert client.get(f"{address}early/{part}")["Location"] == f"{address}{part}"
    text(client, "/publications/nothing/early/", 404)


# --- the API


def spec(client: Client) -> dict[str, object]:
    found: dict[str, object] = client.get("/api/v1/openapi.json").json()
    return found


def test_the_description_is_valid_and_the_answers_are_as_described(client: Client, world: World) -> None:
    described = spec(client)
    OpenAPIV31SpecValidator(described).validate()
    one = f"{API}/{world.out.slug}"
    for address, schema in (
        *(("/api/v1/", "Start"), (API, "Publications"), (one, "Publication"), (f"{one}/tables", "Tables")),
        *((f"{one}/tables/answers.json", "Figures"), (f"{one}/tables/answers.json?edition=1", "Figures")),
        *((f"{one}/tables/answers.jsonstat.json", "Dataset"), (f"{API}/nothing", "Problem")),
    ):
        document = client.get(address).json()
        whole = {"$ref": f"#/components/schemas/{schema}", "components": described["components"]}
        assert not list(Draft202012Validator(whole).iter_errors(document)), address
    paths = json.dumps(described["paths"])
    assert all(f'"{path}"' in paths for path in ("/publications", "/publications/{publication}/tables/{table}.csv"))


def test_a_table_by_the_api_has_the_figures_of_its_edition(client: Client, world: World) -> None:
    one = f"{API}/{world.out.slug}/tables"
    lines = client.get(f"{one}/answers.csv").content.decode().splitlines()
    assert lines[1:3] == ["answers,agree,n,count,39,57,[r],", "answers,agree,n,percent,68,57,[r],"]
    stat = client.get(f"{one}/answers.jsonstat.json").json()
    assert (stat["class"], stat["version"], stat["value"][:3]) == ("dataset", "2.0", [39, 68, 57])
    links = client.get(f"{one}?edition=1").json()["tables"][1]["links"]
    assert client.get(links["json"]).json()[0]["value"] == 40
    for wrong, status in (("?edition=x", 400), ("?edition=9", 404), ("?edition=", 400)):
        assert client.get(f"{one}{wrong}").status_code == status


def test_what_one_has_is_not_sent_again(client: Client, world: World) -> None:
    first = client.get(f"{API}/{world.out.slug}/tables/answers.csv")
    again = client.get(f"{API}/{world.out.slug}/tables/answers.csv", headers={"If-None-Match": first["ETag"]})
    since = client.get(f"{API}/{world.out.slug}", headers={"If-Modified-Since": first["Last-Modified"]})
    assert (again.status_code, again.content, since.status_code) == (304, b"", 304)
    assert first["Last-Modified"] == "Thu, 26 Apr 2012 08:30:00 GMT"
    assert client.head(API).status_code == 200


def test_programs_of_other_sites_may_read_and_nobody_may_write(client: Client, world: World) -> None:
    asked = client.options(API)
    assert (asked["Access-Control-Allow-Origin"], asked["Access-Control-Allow-Methods"]) == ("*", "GET, HEAD, OPTIONS")
    assert client.get(API)["Access-Control-Allow-Origin"] == "*"
    refused = client.post(API)
    assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert "Set-Cookie" not in client.get(API).headers


def test_who_asks_too_often_is_told_when_to_come_back(client: Client, world: World, settings: LazySettings) -> None:
    settings.API_REQUESTS_A_MINUTE = 3
    caches["api"].clear()
    answers = [client.get(API) for _ in range(8)]  # eight, since a minute may end between them
    limited = [each for each in answers if each.status_code == 429]
    assert limited
    assert 0 < int(limited[0]["Retry-After"]) <= 60
    assert limited[0]["Content-Type"] == "application/problem+json"
    caches["api"].clear()


@pytest.mark.parametrize(("seconds", "status"), [(SOON + 10, 200), (0, 404), (-60, 404)])
def test_every_door_goes_by_the_clock_of_the_database(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch, seconds: int, status: int
) -> None:
    """However far that of this host is from it: hosts must not disagree on what is out."""
    monkeypatch.setitem(clock._ahead, "by", timedelta(seconds=-seconds))
    slug = world.coming.slug
    for address in ("", "tables.csv", "tables/answers/"):
        text(client, f"/publications/{slug}/{address}", status)
    for address in ("", "/tables", "/tables/answers.json"):
        text(client, f"{API}/{slug}{address}", status)
    for listing in ("/publications/", API):
        assert (f"{slug}" in text(client, listing)) == (status == 200)
    assert (SECRET in text(client, "/releases.atom")) == (status == 200)
    give_access(world.coming, kind="early", **EARLY, hours=1, by=world.coming.started_by, now=timezone.now())
    assert tell_early() == (status == 404)
    early = sign_in(client, User.objects.get(email=EARLY["email"])).get(f"/publications/{slug}/early/")
    assert early.status_code == (302 if status == 200 else 200)


def test_two_releases_are_compared_cell_by_cell(client: Client, world: World) -> None:
    ann, _ = examples.staff()
    sign_in(client, ann)
    address = f"/waves/{world.out.wave.slug}/tables/disclosure/compare/"
    assert client.get(address)["Location"] == f"{address}1/2/"
    page = text(client, f"{address}1/2/")
    assert "4 of 14 figures differ." in page
    assert "40 of 57" in page
    lines = text(client, f"{address}1/2/changes.csv").splitlines()
    assert lines[1] == "answers,agree,n,count,40,57,,39,57,,changed"
    assert "None of 14 figures differs." in text(client, f"{address}1/1/")
    text(client, f"{address}1/9/", 404)


def test_the_way_to_a_publication_is_one_page_with_its_steps(client: Client, world: World) -> None:
    ann, bob = examples.staff()
    slug = world.out.wave.slug
    sign_in(client, bob)
    page = text(client, f"/waves/{slug}/tables/publication/{world.coming.pk}/")
    assert re.findall(r'id="hint-(\w+)"', page) == [
        *(
            "freeze",
            "plan",
            "audit",
            "findings",
            "quality",
            "words",
            "prepare",
            "sign",
            "announce",
            "embargo",
            "publish",
        ),
    ]
    assert "Under embargo until" in page
    assert "by the clock of this server at each request" in page
    form = {"release": "2", "what": "A note.", "why": "It was missing.", "send": ""}
    start = f"/waves/{slug}/tables/publication/{world.out.pk}/"
    assert "Say what is corrected" in client.post(f"{start}prepare/", form | {"what": ""}).content.decode()
    assert client.post(f"{start}prepare/", form)["Location"] == f"{start}edition/"
    page = text(client, f"{start}edition/")
    assert "Somebody else of the team" in page
    assert "A worker is building it." in page
    sign_in(client, ann)
    assert "I have read it: sign it off" not in text(client, f"{start}edition/")
    assert world.out.wave.builds.update(state="failed", doing="The disk was full.") == 3
    assert "The disk was full." in text(client, f"{start}edition/")
    assert "I have read it: sign it off" in text(client, f"{start}edition/")
    assert client.post(f"{start}edition/3/sign/").status_code == 303
    assert "A note." in text(client, f"/publications/{world.out.slug}/")


def test_the_page_that_is_read_while_its_report_is_built_is_not_loaded_anew(client: Client, world: World) -> None:
    ann, bob = examples.staff()
    told = {"what": "The report was missing.", "why": "It was not built yet."}
    release = world.out.wave.releases.get(number=2)
    edition = prepare_edition(world.out, release=release, **told, by=ann, now=timezone.now())
    built(edition, "pdf", b"", state="running")
    sign_in(client, bob)
    address = f"/waves/{world.out.wave.slug}/tables/publication/{world.out.pk}/edition/"
    answer = client.get(address)
    assert "Refresh" not in answer.headers
    assert f'href="{address}">Look again</a>' in answer.content.decode()


def test_the_report_that_was_signed_comes_out_with_the_edition(client: Client, world: World) -> None:
    ann, bob = examples.staff()
    now, release = timezone.now(), world.out.wave.releases.get(number=2)
    told = {"what": "The report was missing.", "why": "It was not built yet."}
    edition = prepare_edition(world.out, release=release, **told, by=ann, now=now)
    built(edition, "pdf", b"%PDF-1.7", state="running")
    with pytest.raises(NotReady, match="A worker is building it"):
        sign_off(edition, by=bob, now=now)
    built(edition, "pdf", b"%PDF-1.7")
    built(edition, "web", b"<article>Read me</article>")
    built(edition, "word", b"PK")
    for form in ("report.pdf", "report/"):
        text(client, f"/publications/{world.out.slug}/{form}", 404)
    sign_off(edition, by=bob, now=now)
    page = text(client, f"/publications/{world.out.slug}/")
    assert all(said in page for said in ("Report (PDF, 8\xa0bytes)", "Report (Word, 2\xa0bytes)", "Read the report"))
    built(edition, "pdf", b"%PDF-2.0")  # what is built later is not what was signed
    assert client.get(f"/publications/{world.out.slug}/report.pdf").content == b"%PDF-1.7"
    assert client.get(f"/publications/{world.out.slug}/report.docx").content == b"PK"
    text(client, f"/publications/{world.out.slug}/report.html", 404)
    text(client, f"/publications/{world.out.slug}/editions/1/report.pdf", 404)
    assert "<article>Read me</article>" in text(client, f"/publications/{world.out.slug}/report/")
    text(client, f"/publications/{world.out.slug}/editions/1/report/", 404)
    entry = AuditEntry.objects.filter(act="edition.signed").latest("number")
    assert (entry.detail["files"]["pdf"], entry.detail["text"]) == (bytes_digest(b"%PDF-1.7"), 0)


def test_every_form_and_file_can_be_read_before_it_is_signed(client: Client, world: World) -> None:
    ann, bob = examples.staff()
    now, told = timezone.now(), {"what": "The report was missing.", "why": "It was not built yet."}
    edition = prepare_edition(world.out, release=world.out.wave.releases.get(number=2), **told, by=ann, now=now)
    built(edition, "pdf", b"%PDF-1.7")
    with pytest.raises(NotReady, match="in some of its forms only: pdf"):
        sign_off(edition, by=bob, now=now)
    sign_in(client, bob)
    address = f"/waves/{world.out.wave.slug}/tables/publication/{world.out.pk}/edition/"
    text(client, f"{address}reading/", 404)
    built(edition, "web", b"<article>Read me</article>")
    page = text(client, address)
    assert f'href="{address}reading/"' in page
    assert all(f'href="{address}tables.{name}"' in page for name in ("xlsx", "ods", "csv", "json"))
    assert "<article>Read me</article>" in text(client, f"{address}reading/")
    assert client.get(f"{address}tables.ods").content[:2] == b"PK"
    entry = AuditEntry.objects.filter(act="figures.taken", person=bob).get()
    assert entry.detail["what"] == "Edition 3 of Boards in 2012 as ods"


def test_a_format_that_came_later_is_not_offered_of_what_was_packed_before(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(FORMATS, "new", FORMATS["csv"])
    assert "tables.new" not in text(client, f"/publications/{world.out.slug}/")
    text(client, f"/publications/{world.out.slug}/tables.new", 404)


def test_a_text_that_cannot_be_read_is_said_and_not_a_fault(world: World) -> None:
    about = {"number": 1, "digest": "d", "problems": 0, "written_by": world.out.started_by, "written_at": examples.AT}
    ReportText.objects.create(wave=world.out.wave, text="---\ntitle: T\n---\n\n::: if table\n", **about)
    release, told = world.out.wave.releases.get(number=2), {"what": "?", "why": "?"}
    with pytest.raises(NotReady, match="Version 1 of the report’s text cannot be read"):
        prepare_edition(world.out, release=release, **told, by=world.out.started_by, now=timezone.now())


def test_a_build_that_was_cancelled_or_came_later_hides_no_good_report(client: Client, world: World) -> None:
    ann, bob = examples.staff()
    now, told = timezone.now(), {"what": "The report was missing.", "why": "It was not built yet."}
    edition = prepare_edition(world.out, release=world.out.wave.releases.get(number=2), **told, by=ann, now=now)
    for form in ("pdf", "web", "word"):
        built(edition, form, b"%PDF-1.7")
    built(edition, "pdf", b"", state="cancelled")
    sign_in(client, bob)
    address = f"/waves/{world.out.wave.slug}/tables/publication/{world.out.pk}/edition/"
    assert "Report (PDF, 8\xa0bytes)" in text(client, address)
    sign_off(edition, by=bob, now=now)
    built(edition, "pdf", b"%PDF-2.0 later")
    page = text(client, address)
    assert "As it was signed off." in page
    assert "Report (PDF, 8\xa0bytes)" in page
    assert "A worker is building it" not in page
    assert set(edition.files.values_list("form", flat=True)) == {"pdf", "docx", "html"}
