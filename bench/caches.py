"""A cache put in front of the proxy, as departments have them: never does one person get another’s page from it.

    python -m bench.caches

Caches of three kinds stand before the demonstration behind nginx and gunicorn: one that keeps to the standard, one that
is deaf to Vary, one that is deaf to Vary and keeps answers with cookies. A chair, a researcher, an analyst and an
administrator ask for their pages by GET, HEAD and for ranges, with Vary absent, empty, repeated and a star; then
another chair and nobody ask for the same. Fails where a word, a cookie or a token of the one is in what the others get,
or lies in the folder of the cache.
"""

import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.doors import Answer, Site, demonstration, send
from tests.nginx import program
from tests.services import free_port, is_open, running, wait_until

CACHES = {
    "by the standard": "",
    "deaf to Vary": "proxy_ignore_headers Vary;",
    "deaf to Vary, keeps cookies": "proxy_ignore_headers Vary Set-Cookie;",
}
CONFIGURATION = """
pid {home}/pid; error_log stderr crit; worker_processes 1;
events {{ worker_connections 512; }}
http {{
    access_log off; client_body_temp_path {home}/body; proxy_temp_path {home}/proxy; fastcgi_temp_path {home}/f;
    scgi_temp_path {home}/s; uwsgi_temp_path {home}/u;
    proxy_cache_path {home}/kept keys_zone=kept:10m;
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://127.0.0.1:{behind}; proxy_http_version 1.1; proxy_set_header Host $http_host;
            proxy_cache kept; proxy_cache_key $request_uri; proxy_force_ranges on; {more}
            add_header X-From $upstream_cache_status always;
        }}
    }}
}}
"""
WAYS: dict[str, tuple[str, dict[str, str]]] = {
    "GET": ("GET", {}),
    "HEAD": ("HEAD", {}),
    "a range": ("GET", {"Range": "bytes=0-4000"}),
    "the end": ("GET", {"Range": "bytes=-4000"}),
    "two ranges": ("GET", {"Range": "bytes=0-99,200-4000"}),
    "an empty Vary": ("GET", {"Vary": ""}),
    "Vary: *": ("GET", {"Vary": "*"}),
    "Vary twice": ("GET", {"Vary": "Cookie, Cookie, Accept-Language"}),
    "as a program": ("GET", {"Accept": "*/*", "Accept-Encoding": "identity"}),
}
CANARY, CHAIR = "canary4e1", "chair17@example.org"
PUBLIC = ["/", "/publications/", "/release-calendar/", "/releases.atom", "/api/v1/publications", "/sign-in/"]
PEOPLE = {
    CHAIR: ("/returns/",),
    "researcher@example.org": ("/waves/", "/register/"),
    "analyst@example.org": ("/waves/", "/waves/munro-2012/tables/"),
    "administrator@example.org": ("/people/", "/audit/"),
}
PAGES = 14  # of each person
LINK = re.compile(r'href="(/[^"#]*)"')
KEPT_SECRETS = (CANARY, "csrfmiddlewaretoken", "sessionid=", "csrftoken=")


@contextmanager
def cache(site: Site, more: str) -> Iterator[tuple[int, Path]]:
    """Its port, and the folder of what it keeps."""
    with tempfile.TemporaryDirectory(prefix="survey-cache-") as name:
        home, port = Path(name), free_port()
        path = home / "nginx.conf"
        path.write_text(CONFIGURATION.format(home=home, port=port, behind=site.port, more=more))
        subprocess.run([program(), "-t", "-q", "-p", home, "-c", path], check=True)
        stay = "daemon off; user root;"
        with running((program(), "-p", home, "-c", path, "-g", stay), log=home / "log") as process:
            wait_until(lambda: is_open(port), process=process, log=home / "log")
            yield port, home / "kept"


def plant() -> list[str]:
    """A chair whose answers hold a word to look for, something published; the names that stand on people’s pages."""
    from django.utils import timezone

    from accounts.models import User
    from respondents.returns.models import Return
    from respondents.returns.saving import Sending, save_answers
    from survey.models import Wave
    from tests.analysis.publishing.examples import out_long_ago

    now, chair = timezone.now(), User.objects.get(email=CHAIR)
    for found in Return.objects.filter(board__appointments__person=chair):
        save_answers(found, Sending(found.version, {"G1": f"We say {CANARY}."}), person=chair, now=now)
    out_long_ago(Wave.objects.get(), by=User.objects.get(email="analyst@example.org"))
    return ["Sign out", CANARY, CHAIR, "Sam Okafor", "Jo Patel", "Chris Lund", "Pat Reid"]


def pages_of(site: Site, session: str, begins: Iterable[str]) -> list[str]:
    """Some pages that this person comes to from here, found without a cache."""
    waiting, found = [*begins], list[str]()
    while waiting and len(found) < PAGES:
        address = waiting.pop(0)
        if address in found or address.startswith(("/sign-", "/static/")) or address.endswith((".pdf", ".docx")):
            continue
        found.append(address)
        waiting += LINK.findall(send(site.port, address, session=session).body.decode("utf-8", "replace"))
    return found


@dataclass
class Round:
    """One kind of cache, who asks through it, and what came of it."""

    port: int
    words: list[str]
    sessions: dict[str, str]
    pages: dict[str, list[str]]
    other: str  # the session of another chair
    asked: int = 0
    hits: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def try_all(self) -> None:
        """Everybody’s pages in every way, each followed by the two who must not get them."""
        for email, session in self.sessions.items():
            for address in self.pages[email]:
                for way in WAYS:
                    self.ask(address, way, session)
                self.look(address, who="nobody", session="", words=self.words)
                self.look(address, who="another chair", session=self.other, words=self.words[1:])

    def sign_out(self, session: str, email: str) -> None:
        """Who has signed out gets none of their pages back, from the same browser with the same cookie."""
        for address in self.pages[email]:
            self.ask(address, "GET", session)
        end(session)
        for address in self.pages[email]:
            self.look(address, who="who has signed out", session=session, words=self.words)

    def look(self, address: str, *, who: str, session: str, words: list[str]) -> None:
        """What another person gets for an address that somebody has asked for before."""
        for way in ("GET", "HEAD", "a range"):
            answer = self.ask(address, way, session)
            self.faults += [f"{who} gets “{word}” at {address} by {way}" for word in words if word in answer.whole]
            if answer.named("X-From") == "HIT" and answer.named("Set-Cookie"):
                self.faults.append(f"{who} gets a kept cookie at {address}: {answer.named('Set-Cookie')[:40]}")

    def ask(self, address: str, way: str, session: str) -> Answer:
        """The answer through the cache; the proxy’s “busy” is waited out."""
        method, headers = WAYS[way]
        answer = send(self.port, address, method=method, session=session, **headers)
        while answer.status == 503:
            answer = send(self.port, address, method=method, session=session, **headers)
        self.asked += 1
        self.hits[answer.named("X-From") or "none"] += 1
        return answer


def end(session: str) -> None:
    """As signing out ends it."""
    from accounts.sessions import SessionStore

    SessionStore(session).delete()


def kept_in(folder: Path) -> Iterator[str]:
    """Secrets in what the cache has written to its disk."""
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes().decode("utf-8", "replace")
            yield from (f"the cache keeps “{word}”: {content[:300]!r}" for word in KEPT_SECRETS if word in content)


def main() -> int:
    """Try each kind of cache, and end with 1 where anything was given to another."""
    faults = 0
    with demonstration() as site:
        words = plant()
        sessions = {email: site.session(email) for email in PEOPLE}
        other = site.session("chair@example.org")
        pages = {email: pages_of(site, sessions[email], begins) for email, begins in PEOPLE.items()}
        pages[CHAIR] += PUBLIC
        for name, more in CACHES.items():
            with cache(site, more) as (port, folder):
                told = Round(port, words, sessions, pages, other)
                told.try_all()
                told.sign_out(site.session(CHAIR), CHAIR)
                told.faults += kept_in(folder)
                kept = sum(path.is_file() for path in folder.rglob("*"))
            print(f"{name}: {told.asked:,} requests, {dict(told.hits)}, {kept} answers kept, {len(told.faults)} faults")
            print("\n".join(told.faults[:20]), flush=True)
            faults += len(told.faults)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
