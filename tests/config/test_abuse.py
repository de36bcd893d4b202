"""Raw requests that two programs could read in two ways, through the proxy of production: none hides another."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.nginx import proxy
from tests.services import free_port

pytestmark = pytest.mark.production

HIDDEN = b"GET /hidden HTTP/1.1\r\nHost: localhost\r\n\r\n"
GET, POST, HOST = b"GET / HTTP/1.1\r\n", b"POST / HTTP/1.1\r\n", b"Host: localhost\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"
END = b"0\r\n\r\n"


def length(number: int) -> bytes:
    return f"Content-Length: {number}\r\n".encode()


# Each hides a second request in what one reader takes for the body of the first.
SMUGGLED = {
    "length, then chunks": POST + HOST + length(len(END + HIDDEN)) + CHUNKED + b"\r\n" + END + HIDDEN,
    "chunks, then length": POST + HOST + CHUNKED + length(4) + b"\r\n5c\r\n" + HIDDEN.ljust(92) + b"\r\n" + END,
    "chunks by a strange name": POST + HOST + length(4) + b"Transfer-Encoding: xchunked\r\n\r\n" + END + HIDDEN,
    "chunks after a space": POST + HOST + length(4) + b"Transfer-Encoding : chunked\r\n\r\n" + END + HIDDEN,
    "chunks after a tab": POST + HOST + length(4) + b"Transfer-Encoding:\tchunked\r\n\r\n" + END + HIDDEN,
    "chunks said twice": POST + HOST + CHUNKED + b"Transfer-Encoding: identity\r\n\r\n" + END + HIDDEN,
    "chunks on a folded line": POST + HOST + length(4) + b"Transfer-Encoding:\r\n chunked\r\n\r\n" + END + HIDDEN,
    "chunks with a sign": POST + HOST + CHUNKED + b"\r\n+0\r\n\r\n" + HIDDEN,
    "chunks that are huge": POST + HOST + CHUNKED + b"\r\nffffffffffffffff1\r\n" + HIDDEN,
    "two lengths": POST + HOST + length(0) + length(len(HIDDEN)) + b"\r\n" + HIDDEN,
    "a length with a sign": POST + HOST + b"Content-Length: +0\r\n\r\n" + HIDDEN,
    "a length below nothing": POST + HOST + b"Content-Length: -1\r\n\r\n" + HIDDEN,
    "two lengths in one": POST + HOST + b"Content-Length: 0, 44\r\n\r\n" + HIDDEN,
    "a header without an end": POST + HOST + b"X: a\x00b\r\n" + length(0) + b"\r\n",
    "a line without a colon": GET + HOST + b"hidden\r\n\r\n",
}
STRANGE_HOSTS = {
    "two hosts": GET + HOST + b"Host: evil.example\r\n\r\n",
    "no host": GET + b"\r\n",
    "a host with a path": GET + b"Host: localhost/evil\r\n\r\n",
    "a host with signs": GET + b"Host: local host\r\n\r\n",
}
# What every page of the proxy’s own says.
OWN = (
    b"Content-Security-Policy: default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'\r\n",
    b"X-Content-Type-Options: nosniff\r\n",
    b"X-Frame-Options: DENY\r\n",
)
CLAIMS = (
    GET + HOST + b"X-Forwarded-Host: evil.example\r\nX-Forwarded-For: 192.0.2.1\r\nX-Real-IP: 192.0.2.1\r\n"
    b"X_Real_IP: 192.0.2.2\r\nX_Forwarded_For: 192.0.2.2\r\nX_Forwarded_Proto: https\r\n"
    b"Forwarded: for=192.0.2.3;host=evil\r\n"
    b"X-Request-ID: chosen\r\nConnection: close\r\n\r\n"
)


class Heard(BaseHTTPRequestHandler):
    """Notes each request that comes through, as the web server would read it."""

    protocol_version = "HTTP/1.1"
    requests: list[tuple[str, str, list[tuple[str, str]], bytes]]

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.requests.append((self.command, self.path, list(self.headers.items()), body))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        if "policy" in self.path:
            self.send_header("Content-Security-Policy", "of the product")
        self.end_headers()

    do_POST = do_TRACE = do_CONNECT = do_GET  # noqa: N815 -- the standard library's names

    def log_message(self, *_: object) -> None: ...


@contextmanager
def listening(folder: Path) -> Iterator[tuple[int, list[tuple[str, str, list[tuple[str, str]], bytes]]]]:
    """The port of the proxy, and what comes through it."""
    heard: list[tuple[str, str, list[tuple[str, str]], bytes]] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Here", (Heard,), {"requests": heard}))
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    port = free_port()
    try:
        with proxy(folder, port=port, web=f"127.0.0.1:{server.server_port}"):
            yield port, heard
    finally:
        server.shutdown()
        server.server_close()


def say(port: int, said: bytes) -> bytes:
    """What the proxy answers to these bytes before it closes, or falls silent."""
    with socket.create_connection(("127.0.0.1", port), timeout=0.4) as client:
        client.sendall(said)
        received = b""
        try:
            while more := client.recv(65536):
                received += more
        except TimeoutError:
            pass
        return received


def test_requests_that_can_be_read_in_two_ways_hide_none(tmp_path: Path) -> None:
    with listening(tmp_path) as (port, heard):
        for name, said in SMUGGLED.items():
            heard.clear()
            answer = say(port, said)
            # A body that has ended may be followed by another request: that one is seen by the proxy, and logged.
            seen = answer.count(b"HTTP/1.1 ")
            assert len(heard) <= seen, name
            lines = [(key.lower(), value) for _, _, headers, _ in heard for key, value in headers]
            assert not [value for key, value in lines if key == "transfer-encoding"], name
            assert sum(key == "content-length" for key, _ in lines) <= len(heard), name


def test_strange_hosts_and_methods_do_not_come_through(tmp_path: Path) -> None:
    with listening(tmp_path) as (port, heard):
        for name, said in STRANGE_HOSTS.items():
            answer = say(port, said)
            assert answer.startswith(b"HTTP/1.1 400"), name
            assert [answer.count(line) for line in OWN] == [1, 1, 1], name
        traced = say(port, b"TRACE / HTTP/1.1\r\n" + HOST + b"\r\n")
        assert (traced.startswith(b"HTTP/1.1 405"), [traced.count(line) for line in OWN]) == (True, [1, 1, 1])
        for hidden in (b"/static/a.js.map", b"/metrics"):
            answer = say(port, GET.replace(b" / ", b" " + hidden + b" ") + HOST + b"\r\n")
            assert (answer.startswith(b"HTTP/1.1 404"), [answer.count(line) for line in OWN]) == (True, [1, 1, 1])
        assert say(port, b"CONNECT evil.example:443 HTTP/1.1\r\n" + HOST + b"\r\n").startswith(b"HTTP/1.1 4")
        assert say(port, GET + HOST + b"X: " + b"a" * 40_000 + b"\r\n\r\n").startswith(b"HTTP/1.1 400")
        assert heard == []


def test_the_proxy_adds_a_policy_where_the_product_says_none_and_never_a_second(tmp_path: Path) -> None:
    with listening(tmp_path) as (port, _):
        asked = [GET.replace(b" / ", path) + HOST + b"Connection: close\r\n\r\n" for path in (b" /policy ", b" /file ")]
        page, file = (say(port, each) for each in asked)
    assert (page.count(b"Content-Security-Policy: "), b"of the product" in page) == (1, True)
    assert [file.count(line) for line in OWN] == [1, 1, 1]


def test_the_web_server_hears_the_proxy_s_own_word_and_no_twin_of_it(tmp_path: Path) -> None:
    with listening(tmp_path) as (port, heard):
        assert say(port, CLAIMS).startswith(b"HTTP/1.1 200")
        absolute = GET.replace(b" / ", b" http://evil.example/ ") + HOST + b"Connection: close\r\n\r\n"
        say(port, absolute)
    (_, _, claimed, _), (_, path, headers, _) = heard
    told = {key.lower().replace("_", "-"): value for key, value in claimed}
    ours = {"x-real-ip": "127.0.0.1", "x-forwarded-for": "127.0.0.1", "x-forwarded-proto": "http"}
    assert {key: told[key] for key in ours} == ours
    assert len([key for key, _ in claimed if "_" in key]) == 0
    assert told["x-request-id"] != "chosen"
    assert path == "/"
    assert dict(headers)["Host"] in {"localhost", "evil.example"}  # Django refuses a name that is not listed
