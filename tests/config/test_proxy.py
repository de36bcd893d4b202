"""The proxy by itself: what it tells the product about people, and people about the product."""

import socket
from pathlib import Path

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
