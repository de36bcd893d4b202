"""The proxy by itself: what it tells the product about people, and people about the product."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.nginx import proxy
from tests.services import ask, free_port

pytestmark = pytest.mark.production


def test_stranger_cannot_choose_the_address_that_limits_count(tmp_path: Path) -> None:
    port = free_port()
    with socket.create_server(("127.0.0.1", free_port())) as listener:
        web = f"127.0.0.1:{listener.getsockname()[1]}"
        with proxy(tmp_path, port=port, web=web), socket.create_connection(("127.0.0.1", port)) as client:
            client.sendall(
                b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Real-IP: 192.0.2.1\r\nX-Forwarded-For: 192.0.2.1\r\n\r\n"
            )
            received, _ = listener.accept()
            with received:
                lines = received.recv(4096).decode().split("\r\n")
    assert {line for line in lines if line.startswith(("X-Real-IP", "X-Forwarded-For"))} == {
        "X-Real-IP: 127.0.0.1",
        "X-Forwarded-For: 127.0.0.1",
    }


def test_proxy_says_so_while_web_is_away(tmp_path: Path) -> None:
    port = free_port()
    with proxy(tmp_path, port=port, web=f"127.0.0.1:{free_port()}"):
        reply, text = ask(port, "/returns/")
    assert (reply.status, reply.headers["Retry-After"], reply.headers["Cache-Control"]) == (503, "60", "no-store")
    assert "What you have saved is kept." in text


class Host(BaseHTTPRequestHandler):
    """Notes what it is asked, and answers or hangs up."""

    server: "Web"

    def do_GET(self) -> None:
        self.server.asked.append(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        if self.server.answers:
            self.send_response(200)
            self.end_headers()

    do_POST = do_GET  # noqa: N815 -- the library asks by this name

    def log_message(self, *_: object) -> None:
        """Says nothing."""


class Web(ThreadingHTTPServer):
    """A host of web that is there, whether or not it answers."""

    daemon_threads = True

    def __init__(self, *, answers: bool) -> None:
        super().__init__(("127.0.0.1", 0), Host)
        self.answers, self.asked = answers, list[bytes]()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"


@contextmanager
def web(*, answers: bool) -> Iterator[Web]:
    with Web(answers=answers) as found:
        thread = Thread(target=found.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield found
        finally:
            found.shutdown()
            thread.join()


def send(port: int, method: str) -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request(method, "/returns/", b"answers" if method == "POST" else None)
        return connection.getresponse().status
    finally:
        connection.close()


def test_what_a_host_never_had_is_passed_on_to_another(tmp_path: Path) -> None:
    port = free_port()
    with web(answers=True) as there, proxy(tmp_path, port=port, web=f"127.0.0.1:{free_port()}", others=[there.address]):
        statuses = [send(port, "POST") for _ in range(6)]
    assert statuses == [200] * 6
    assert there.asked == [b"answers"] * 6


def test_a_form_that_was_sent_is_never_sent_again_and_a_page_is(tmp_path: Path) -> None:
    port = free_port()
    with (
        web(answers=False) as one,
        web(answers=False) as two,
        proxy(tmp_path, port=port, web=one.address, others=[two.address]),
    ):
        assert send(port, "POST") == 503
        assert len(one.asked) + len(two.asked) == 1
        assert send(port, "GET") == 503
        assert len(one.asked) + len(two.asked) == 3
