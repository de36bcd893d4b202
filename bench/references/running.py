"""Harvests, sends, and compares what came back and what is stored with what may be."""

import logging
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from random import Random

from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.utils import timezone
from lxml import html

from accounts.models import User
from bench.fuzz.running import _undone as undone
from bench.fuzz.running import noticed, written
from bench.references.identifiers import Reference, addresses_in, identifiers_in
from bench.references.planting import CANARY, Side, former_chair_of, planted, state_of
from bench.references.reading import text_of
from bench.references.seen import HERE, Seen, kind_of, letters_to, lines_of_the_log, seen_by, told_by, whole
from bench.references.sending import Harvest, Try, tries
from config.demonstration.people import RESEARCHER
from config.demonstration.preparing import WAVE, prepare_demonstration
from tests.builders import sign_in

PAGES, MOST = 160, 220  # pages that each is shown; references that are sent, of each kind
FORM = "application/x-www-form-urlencoded"
LINKS = ("/invitation/", "/sign-in/", "/calendar/")  # a secret that was sent to one mailbox opens these, and no more
FILES = (f"/waves/{WAVE}/response.xlsx", f"/waves/{WAVE}/chasing-list.xlsx", f"/waves/{WAVE}/chasing-list.csv")


@dataclass
class Done:
    """What was harvested and sent, and what must not have happened."""

    kinds: Counter[str] = field(default_factory=Counter)
    references: Counter[str] = field(default_factory=Counter)
    addresses: int = 0
    ways: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    by_link: int = 0
    faults: list[str] = field(default_factory=list)


def run(*, some: int, seed: int) -> Done:
    """On the demonstration's data; nothing of it is kept."""
    done, rng = Done(), Random(seed)
    with transaction.atomic():
        prepare_demonstration(now=timezone.now())
        one, other = planted(now=timezone.now())
        found = harvest(one, other, done=done, rng=rng)
        logging.disable(logging.CRITICAL)
        for person in (other.person, former_chair_of(one, now=timezone.now()), None):
            send_all(tries(found, some=some, rng=rng), one, person, done=done)
        if not is_found_by_its_own(found, one):
            done.faults.append("The search finds nothing even in what the board itself is shown.")
        logging.disable(logging.NOTSET)
        transaction.set_rollback(True)
    return done


def harvest(one: Side, other: Side, *, done: Done, rng: Random) -> Harvest:
    """What the one board and the team are shown, and what the other board has of its own."""
    with lines_of_the_log() as log:
        seen = [*board_sees(one), *team_sees()]
    seen += log
    own = list(seen_by(signed_in(other.person), begins=begins(other), most=PAGES))
    done.kinds = Counter(each.kind for each in seen)
    own_words = {each for thing in own for each in identifiers_in(thing.text)}
    references = {each for thing in seen for each in identifiers_in(thing.text)} - own_words
    done.references = Counter(each.kind for each in references)
    addresses = {each for thing in seen for each in addresses_in(thing.text, site=[HERE, "localhost"])}
    done.addresses = len(addresses)
    return Harvest(
        addresses=sorted(addresses),
        references=sampled(references, rng),
        own_addresses=sorted(each.where for each in own if each.kind == "address"),
        own_forms=sorted(set(forms_of(signed_in(other.person), own))),
    )


def sampled(found: Iterable[Reference], rng: Random) -> list[Reference]:
    """So many of each kind at most."""
    kinds: dict[str, list[Reference]] = {}
    for each in sorted(found):
        kinds.setdefault(each.kind, []).append(each)
    return [each for every in kinds.values() for each in rng.sample(every, min(MOST, len(every)))]


def begins(side: Side) -> tuple[str, ...]:
    """Where a chair comes in."""
    base = f"/returns/{side.found.pk}"
    return ("/returns/", f"{base}/", f"{base}/copies/", f"{base}/people/", f"{base}/messages/", "/returns/my-data/")


def board_sees(side: Side) -> Iterator[Seen]:
    """All that the chair and the colleague are shown and sent."""
    yield from seen_by(signed_in(side.person), begins=begins(side), most=PAGES)
    helper = User.objects.get(email=side.helper)
    yield from seen_by(signed_in(helper), begins=("/returns/",), most=30)
    for person in (side.person, helper):
        yield from letters_to(person.email)


def team_sees() -> Iterator[Seen]:
    """What a researcher is shown, with the spreadsheets, the calendar and the register."""
    team = signed_in(User.objects.get(email=RESEARCHER.email))
    yield from seen_by(team, begins=("/waves/", f"/waves/{WAVE}/", f"/waves/{WAVE}/contacts/"), most=PAGES // 2)
    for address in FILES:
        yield from told_by(team.post(address), where=address)
    yield from told_by(team.get("/register/export/register.xlsx"), where="/register/export/register.xlsx")
    team.post("/calendar/new/")
    page = team.get("/calendar/").content.decode()
    for address in sorted(each for each in addresses_in(page, site=[HERE]) if each.endswith(".ics")):
        yield from told_by(team.get(address), where=address)


def forms_of(client: Client, own: Iterable[Seen]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Where one's own pages send forms, and the names of their fields."""
    for thing in own:
        if thing.kind != "html":
            continue
        page = html.fromstring(whole(client.get(thing.where)) or b"<p>")
        for form in page.iter("form"):
            names = {each.get("name") for each in form.iter("input", "select", "textarea")} - {None}
            to = (form.get("action") or thing.where).partition("?")[0]
            if (form.get("method") or "").lower() == "post" and not to.startswith("/sign-"):
                yield to, tuple(sorted(str(name) for name in names if name != "csrfmiddlewaretoken"))


def send_all(every: Iterable[Try], one: Side, person: User | None, *, done: Done) -> None:
    """Each of these as this person."""
    before = state_of(one)
    keys = {str(one.found.pk), one.found.pk.hex}
    with noticed() as raised:
        client = signed_in(person)
        for each in every:
            raised.clear()
            with undone(), written() as rows:
                answer = sent(client, each)
                changed = bool(rows) and state_of(one) != before
            done.ways[each.way] += 1
            done.statuses[str(answer.status_code)] += 1
            note(done, each, answer, who=str(person or "nobody"), keys=keys, changed=changed, raised=raised)


def is_found_by_its_own(found: Harvest, one: Side) -> bool:
    """Whether the search finds the board’s words in what its own chair is shown."""
    control, base = Done(), f"/returns/{one.found.pk}/"
    own = [each for each in found.addresses if each.startswith(base) and not each.endswith((".pdf", ".docx"))]
    send_all((Try("path", "GET", each) for each in own[:80]), one, one.person, done=control)
    return any(each.startswith("disclosed") for each in control.faults)


def sent(client: Client, each: Try) -> HttpResponseBase:
    """The answer of the whole site."""
    path, _, query = each.address.partition("?")
    return client.generic(
        each.method, path, each.body, content_type=FORM, headers=dict(each.headers), QUERY_STRING=query
    )


def note(
    done: Done, each: Try, answer: HttpResponseBase, *, who: str, keys: set[str], changed: bool, raised: list[str]
) -> None:
    """What is wrong with an answer, if anything."""
    about = f"{each.way} {each.method} {each.address} {each.body[:200]} {each.headers} as {who}: {answer.status_code}"
    text = "\n".join(answer.headers.values()) + text_of(whole(answer))
    asked = f"{each.address} {each.body} {each.headers}"
    if answer.status_code >= 500 or raised:
        done.faults.append(f"server error: {about} {raised[:1]}")
    if changed:
        done.faults.append(f"changed: {about}")
    if (CANARY in text and CANARY not in asked) or any(key in text and key not in asked for key in keys):
        if each.address.startswith(LINKS):
            done.by_link += 1
        else:
            done.faults.append(f"disclosed ({kind_of(answer)}): {about}")


def signed_in(person: User | None) -> Client:
    """A browser in which this person has signed in, or nobody."""
    client = Client(raise_request_exception=False)
    return sign_in(client, person) if person else client
