"""What a respondent's page costs, beside the bare reference, in one run on PostgreSQL.

    python -m bench.pages [--rounds 3]

A turn is what a person waits for: a POST, its redirect and the next page. CPU is that of web server and database.
"""

import argparse
import http.client
import json
import os
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from bench.quiet import tree_seconds, wait_for_quiet
from tests.postgres import postgresql
from tests.services import free_port, is_open, running, wait_until

BIN = Path(sys.executable).parent
CLIENTS = (1, 8, 32)
SECONDS, WARMING = 12.0, 2.0


class FormReader(HTMLParser):
    """The first form of a page that posts: where to, its hidden fields, its radio groups and its text boxes."""

    def __init__(self) -> None:
        super().__init__()
        self.action: str | None = None
        self.hidden: list[tuple[str, str]] = []
        self.radios: dict[str, list[str]] = {}
        self.texts: list[str] = []
        self._is_inside = False
        self._is_done = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes what belongs to the questionnaire's form."""
        attributes = {name: value or "" for name, value in attrs}
        if tag == "form" and attributes.get("method") == "post" and "sign-in" not in attributes.get("action", ""):
            self._is_inside, self.action = not self._is_done, attributes.get("action", "")
        if not self._is_inside:
            return
        kind, name = attributes.get("type", "text"), attributes.get("name", "")
        if tag == "textarea":
            self.texts.append(name)
        elif tag == "input" and kind == "radio":
            self.radios.setdefault(name, []).append(unescape(attributes.get("value", "")))
        elif tag == "input" and kind == "hidden":
            self.hidden.append((name, attributes.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        """The form ends."""
        if tag == "form" and self._is_inside:
            self._is_inside, self._is_done = False, True


@dataclass
class Walker:
    """One respondent with a connection that stays open."""

    port: int
    cookie: str
    turns: list[float] = field(default_factory=list)
    battery_turns: list[float] = field(default_factory=list)
    gets: int = 0
    csrf: str = ""

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def ask(self, method: str, path: str, body: str | None = None) -> tuple[str, str]:
        """The page that ends the redirects, and its path."""
        cookies = f"sessionid={self.cookie}" + (f"; csrftoken={self.csrf}" if self.csrf else "")
        headers = {"Cookie": cookies, "Host": f"127.0.0.1:{self.port}"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        text = response.read().decode()
        for cookie in response.headers.get_all("Set-Cookie") or []:
            if found := re.match(r"csrftoken=(\w+)", cookie):
                self.csrf = found.group(1)
        if response.status in (302, 303):
            return self.ask("GET", urlsplit(response.headers["Location"]).path)
        if response.status != http.HTTPStatus.OK:
            raise RuntimeError(f"{method} {path}: {response.status}")
        return text, path

    def walk(self, start: str, *, until: float) -> None:
        """From the start page on, answering at random, until no page has questions or the time is up."""
        text, path = self.ask("GET", start)
        self.gets += 1
        while time.monotonic() < until:
            form = FormReader()
            form.feed(text)
            if form.action is None or not (form.radios or form.texts):
                return
            answers = [(name, random.choice(values[:5])) for name, values in form.radios.items()]
            answers += [(name, "We meet every month and look at what has changed.") for name in form.texts]
            began = time.perf_counter()
            text, path = self.ask("POST", form.action or path, urlencode([*form.hidden, *answers]))
            self.turns.append(time.perf_counter() - began)
            if len(form.radios) >= 6:
                self.battery_turns.append(self.turns[-1])


@dataclass(frozen=True)
class Site:
    """A running site, and where each of its respondents starts."""

    name: str
    port: int
    starts: Sequence[tuple[str, str]]


@contextmanager
def serve(name: str, module: str, starts: Sequence[tuple[str, str]], *, url: str, folder: Path) -> Iterator[Site]:
    """The site behind gunicorn with two workers."""
    port, log = free_port(), folder / f"{name}.log"
    command: list[str | Path] = [BIN / "gunicorn", module, "--workers", "2", "--bind", f"127.0.0.1:{port}"]
    environment = {**os.environ, "DATABASE_URL": url, "SITE_URL": f"http://127.0.0.1:{port}", "DEBUG": "false"}
    with running(command, log=log, env=environment) as process:
        wait_until(lambda: is_open(port), process=process, log=log)
        yield Site(name, port, starts)


def measure(site: Site, clients: int) -> dict[str, float]:
    """One run of so many respondents at once against the site."""
    wait_for_quiet()
    begun, own = tree_seconds([os.getpid()]), _own_seconds()
    until, walkers = time.monotonic() + SECONDS, [Walker(site.port, site.starts[n][0]) for n in range(clients)]
    clock = time.perf_counter()
    _run_all([_again_and_again(walker, site.starts[n][1], until) for n, walker in enumerate(walkers)])
    wall = time.perf_counter() - clock
    turns = sorted(turn for walker in walkers for turn in walker.turns)
    battery = sorted(turn for walker in walkers for turn in walker.battery_turns)
    pages = len(turns) + sum(walker.gets for walker in walkers)
    spent = tree_seconds([os.getpid()]) - begun - (_own_seconds() - own)
    return {
        "pages": pages,
        "cpu_ms_page": 1000 * spent / pages,
        "pages_s": pages / wall,
        "p50_ms": 1000 * statistics.median(turns),
        "p95_ms": 1000 * turns[int(0.95 * len(turns))],
        "battery_p50_ms": 1000 * statistics.median(battery) if battery else 0.0,
    }


def _warm(site: Site) -> None:
    """What each worker reads and puts together only once is no cost of a page."""
    until = time.monotonic() + WARMING
    walkers = [Walker(site.port, site.starts[n][0]) for n in range(4)]
    _run_all([_again_and_again(walker, site.starts[n][1], until) for n, walker in enumerate(walkers)])


def _again_and_again(walker: Walker, start: str, until: float) -> Callable[[], None]:
    def run() -> None:
        while time.monotonic() < until:
            walker.walk(start, until=until)

    return run


def _run_all(runs: Sequence[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=run) for run in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _own_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def _prepare(module: str, url: str) -> list[list[str]]:
    done = subprocess.run(
        [sys.executable, "-m", module],
        env={**os.environ, "DATABASE_URL": url},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return [line.split() for line in done.stdout.splitlines()]


def main() -> None:
    """Measures both sites in turn and prints medians over the rounds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    durable = ("-c", "fsync=on", "-c", "synchronous_commit=on")
    with (
        tempfile.TemporaryDirectory() as folder,
        postgresql(*durable) as ours,
        postgresql(*durable) as theirs,
    ):
        product = [(key, page) for key, page in _prepare("bench.product_site", ours)]
        bare = [(key, "/0") for (key,) in _prepare("bench.reference_site", theirs)]
        with (
            serve("product", "config.wsgi", product, url=ours, folder=Path(folder)) as first,
            serve("reference", "bench.reference_site:application", bare, url=theirs, folder=Path(folder)) as second,
        ):
            for clients in CLIENTS:
                results = {site.name: [] for site in (first, second)}  # type: dict[str, list[dict[str, float]]]
                for _ in range(rounds):
                    for site in (first, second):
                        _warm(site)
                        results[site.name].append(measure(site, clients))
                for name, runs in results.items():
                    row = {key: round(statistics.median(run[key] for run in runs), 1) for key in runs[0]}
                    print(json.dumps({"site": name, "clients": clients, **row}))


if __name__ == "__main__":
    main()
