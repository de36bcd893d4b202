"""What the proxy itself stands for: limits by person and address, and headers on pages that it makes."""

import os
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from email.message import Message
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.config.test_abuse import say
from tests.nginx import CONFIGURATION, START, proxy
from tests.services import free_port

pytestmark = pytest.mark.production
GUARDS = {
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}
HOST = b" HTTP/1.1\r\nHost: localhost\r\n"
MADE_BY_THE_PROXY = {  # the status, and what is answered with it
    503: b"GET /returns/" + HOST + b"\r\n",
    404: b"GET /metrics" + HOST + b"\r\n",
    413: b"POST /returns/" + HOST + b"Content-Length: 9000000\r\n\r\n",
    400: b"GET / HTTP/1.1\r\nHost: local host\r\n\r\n",
    405: b"TRACE /" + HOST + b"\r\n",
    414: b"GET /" + b"a" * 9_000 + HOST + b"\r\n",
}


@contextmanager
def answering(**headers: str) -> Iterator[str]:
    """The address of a web server that says with 200, and these headers, who asks by the proxy's word."""

    class Page(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(200)
            for name, value in headers.items():
                self.send_header(name, value)
            said = self.headers["X-Real-IP"].encode()
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        do_POST = do_GET  # noqa: N815 -- the standard library's name

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def ask(
    port: int, path: str = "/sign-in/", *, method: str = "GET", source: str = "127.0.0.1", **headers: str
) -> tuple[int, str, Message]:
    """Status, text and headers of the answer to one request from this address."""
    line = HTTPConnection("127.0.0.1", port, timeout=20, source_address=(source, 0))
    try:
        line.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = line.getresponse()
        return answer.status, answer.read().decode(), answer.headers
    finally:
        line.close()


def test_behind_a_balancer_the_address_is_the_person_s_and_only_the_balancer_is_believed(tmp_path: Path) -> None:
    port = free_port()
    with answering() as web, proxy(tmp_path, port=port, web=web, TRUSTED_PROXIES="127.0.0.2 10.0.0.0/8"):
        said = {
            source: ask(port, source=source, X_Forwarded_For="192.0.2.1, 203.0.113.9, 10.1.2.3")[1]
            for source in ("127.0.0.2", "127.0.0.3")
        }
    assert said == {"127.0.0.2": "203.0.113.9", "127.0.0.3": "127.0.0.3"}


@pytest.mark.parametrize("networks", ["everybody", "10.0.0.0/8,10.1.0.0/16", "10.0.0.0/8; server {}", "*"])
def test_a_network_that_is_none_stops_the_proxy_with_a_sentence(tmp_path: Path, networks: str) -> None:
    told = os.environ | {"AROUND": str(tmp_path / "around.conf"), "TRUSTED_PROXIES": networks}
    ended = subprocess.run(["/bin/sh", START, "true"], env=told, capture_output=True, text=True, check=False)
    assert (ended.returncode, "is no network" in ended.stderr) == (1, True)


@pytest.mark.parametrize(("networks", "status"), [("", 1), ("none", 0), ("10.0.0.0/8", 0)])
def test_over_tls_the_proxy_is_told_who_stands_before_it_or_does_not_start(
    tmp_path: Path, networks: str, status: int
) -> None:
    own = {"SITE_URL": "https://survey.example.org", "TRUSTED_PROXIES": networks}
    told = os.environ | own | {"AROUND": str(tmp_path / "around.conf")}
    ended = subprocess.run(["/bin/sh", START, "true"], env=told, capture_output=True, text=True, check=False)
    assert (ended.returncode, "TRUSTED_PROXIES must be set" in ended.stderr) == (status, bool(status))


@pytest.mark.parametrize(
    ("known", "asked"),
    [
        ("search lan\nnameserver 127.0.0.11\noptions ndots:0\n", "127.0.0.11"),
        ("nameserver 10.0.0.2\nnameserver fd00::1\nnameserver fe80::1%eth0\n", "10.0.0.2 [fd00::1]"),
        ("", "127.0.0.11"),
    ],
)
def test_the_proxy_asks_whoever_knows_names_on_its_machine_every_five_seconds(
    tmp_path: Path, known: str, asked: str
) -> None:
    (tmp_path / "names").write_text(known)
    told = os.environ | {"AROUND": str(tmp_path / "around.conf"), "NAMES": str(tmp_path / "names")}
    subprocess.run(["/bin/sh", START, "true"], env=told, check=True)
    assert (tmp_path / "around.conf").read_text().splitlines()[0] == f"resolver {asked} valid=5s ipv6=off;"


def test_web_is_looked_up_again_in_a_zone_that_all_processes_share() -> None:
    group = CONFIGURATION.read_text().partition("upstream product {")[2].partition("}")[0]
    lines = {line.strip().rstrip(";").partition(" ")[0]: line.split() for line in group.splitlines() if line.strip()}
    assert {"zone", "server", "keepalive"} <= lines.keys()
    assert lines["server"][1:3] == ["web:8000", "resolve"]


@pytest.mark.parametrize("around", [{"TRUSTED_PROXIES": "none"}, {}])
def test_one_address_that_asks_without_end_shuts_no_page_for_another(tmp_path: Path, around: dict[str, str]) -> None:
    port = free_port()

    def looked(source: str, path: str = "/sign-in/") -> int:
        return ask(port, path, source=source)[0]

    with answering() as web, proxy(tmp_path, port=port, web=web, **around), ThreadPoolExecutor(20) as people:
        flood = Counter(people.map(lambda _: looked("127.0.0.2"), range(260)))
        other = {looked("127.0.0.3") for _ in range(10)}
        parts = {looked("127.0.0.2", "/pictures/a") for _ in range(10)}

    assert (other, parts) == ({200}, {200})
    assert set(flood) == ({200, 503} if around else {200})  # where it is not known who stands before, nobody is counted


def test_one_address_that_makes_up_sessions_or_asks_whether_web_is_ready_shuts_nobody_out(tmp_path: Path) -> None:
    port = free_port()

    def sent(number: int, source: str = "127.0.0.2", *, method: str = "POST", path: str = "/returns/") -> int:
        return ask(port, path, method=method, source=source, Cookie=f"sessionid={number:032}")[0]

    floods: dict[str, set[int]] = {}
    around = {"TRUSTED_PROXIES": "none"}
    with answering() as web, proxy(tmp_path, port=port, web=web, **around), ThreadPoolExecutor(20) as people:
        for method, path in (("POST", "/returns/"), ("GET", "/health/ready")):
            flood = people.map(lambda number, m=method, p=path: sent(number, method=m, path=p), range(260))
            floods[path] = set(flood)
        other = {sent(number, "127.0.0.3") for number in range(10)}
        looks = {sent(number, "127.0.0.3", method="GET") for number in range(10)}
        strange = {sent(1, "127.0.0.3", method=method) for method in ("PUT", "DELETE", "PATCH")}

    assert (floods, other, looks) == ({"/returns/": {200, 503}, "/health/ready": {200, 503}}, {200}, {200})
    assert strange == {405}


def test_a_session_that_asks_or_sends_like_a_robot_waits_and_hands_never_do(tmp_path: Path) -> None:
    port = free_port()

    def sent(method: str, who: int) -> int:
        cookie = f"a=1; __Host-sessionid={who:032}"
        return ask(port, "/returns/1/autosave/G1/", method=method, Cookie=cookie)[0]

    with answering() as web, proxy(tmp_path, port=port, web=web), ThreadPoolExecutor(20) as people:
        robots = [set(people.map(lambda _, by=by: sent(*by), range(170))) for by in (("POST", 1), ("GET", 2))]
        crowd = set(people.map(lambda number: sent("POST", number), range(10, 170)))
        hands = {sent("POST", 3) for _ in range(20)}

    assert robots == [{200, 503}] * 2
    assert (crowd, hands) == ({200}, {200})


def test_pages_that_the_proxy_makes_itself_are_as_guarded_as_any(tmp_path: Path) -> None:
    port, over_tls = free_port(), {"SITE_URL": "https://survey.example.org", "TRUSTED_PROXIES": "none"}
    with proxy(tmp_path, port=port, web=f"127.0.0.1:{free_port()}", **over_tls):
        answers = {status: say(port, asked).decode() for status, asked in MADE_BY_THE_PROXY.items()}

    for status, said in answers.items():
        lines = said.partition("\r\n\r\n")[0].split("\r\n")
        assert lines[0].split()[1] == str(status)
        assert [guard for guard, value in GUARDS.items() if f"{guard}: {value}" not in lines] == [], status


def test_over_http_nothing_is_said_of_tls_and_what_web_says_is_not_said_twice(tmp_path: Path) -> None:
    own = dict.fromkeys(GUARDS, "own")
    for headers, kept in (({}, None), (own, ["own"])):
        port, folder = free_port(), tmp_path / str(len(headers))
        folder.mkdir()
        with answering(**headers) as web, proxy(folder, port=port, web=web):
            _, _, got = ask(port)
        assert got.get_all("Strict-Transport-Security") == kept
        assert {len(got.get_all(name, [])) for name in GUARDS if name != "Strict-Transport-Security"} == {1}
