"""What strangers can make the proxy hold: it is bounded, and what the container is given holds all of it."""

import re
import select
import socket
from collections import Counter
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tests.builders import ROOT
from tests.config.test_proxy import web
from tests.nginx import CONFIGURATION, proxy
from tests.services import free_port

SESSION = f"sessionid={1:032}"
IMPORT = "/register/imports/new/"
MIB, KIB = 2**20, 2**10
UNITS = {"k": KIB, "m": MIB, "M": MIB}


def sent(port: int, size: int, *, path: str = "/returns/", session: str = "", chunked: bool = False) -> int:
    """The status for so many bytes."""
    line = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        body = iter([b"x" * size]) if chunked else b"x" * size
        headers = {"Cookie": session} | ({"Transfer-Encoding": "chunked"} if chunked else {})
        line.request("POST", path, body, headers, encode_chunked=chunked)
        return line.getresponse().status
    finally:
        line.close()


def begun(port: int, size: int, number: int) -> bytes:
    """How a request begins that says it will send so much."""
    cookie = f"Cookie: sessionid={number:032}"
    head = f"POST /returns/ HTTP/1.1\r\nHost: localhost\r\n{cookie}\r\nContent-Length: {size}\r\n\r\n"
    return head.encode() + b"x" * 100


@pytest.mark.production
def test_whoever_has_no_session_sends_nothing_large(tmp_path: Path) -> None:
    port = free_port()
    with web(answers=True) as there, proxy(tmp_path, port=port, web=there.address):
        strangers = [sent(port, 299_999), sent(port, 300_000), sent(port, 300_000, path=IMPORT)]
        strangers.append(sent(port, 10, chunked=True))
        people = [sent(port, size * MIB, session=SESSION) for size in (2, 4)]
        people.append(sent(port, 4 * MIB, path=IMPORT, session=SESSION))
        people.append(sent(port, 10, session=SESSION, chunked=True))
    assert strangers == [200, 413, 413, 413]
    assert people == [200, 413, 200, 200]


@pytest.mark.production
def test_so_many_send_much_at_once_and_forms_go_on_beside_them(tmp_path: Path) -> None:
    port, many = free_port(), int(limits()["heavy"]) + 5
    with web(answers=True) as there, proxy(tmp_path, port=port, web=there.address), ExitStack() as stack:
        lines = [stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=0.5)) for _ in range(many)]
        for number, line in enumerate(lines):
            line.sendall(begun(port, 2 * MIB, number))
        forms = {sent(port, 30_000) for _ in range(5)}
        answered, _, _ = select.select(lines, [], [], 1)
        said = Counter(line.recv(12).decode() for line in answered)
        held = sum(file.stat().st_size for file in (tmp_path / "body").rglob("*") if file.is_file())
    assert said == {"HTTP/1.1 503": 5}
    assert forms == {200}
    assert held < MIB


def limits() -> dict[str, str]:
    """What stands in the proxy's configuration, the first of each."""
    text = CONFIGURATION.read_text()
    found = dict(reversed(re.findall(r"^ *limit_conn (\w+) (\d+);", text, re.MULTILINE)))
    return found | dict(reversed(re.findall(r"^ *(\w+) ([^;{]+);", text, re.MULTILINE)))


def amount(text: str) -> int:
    """Bytes."""
    return int(text[:-1]) * UNITS[text[-1]]


@pytest.mark.pure
def test_what_the_proxy_may_hold_at_most_is_what_its_container_is_given() -> None:
    told, text = limits(), CONFIGURATION.read_text()
    given = YAML(typ="safe").load(ROOT / "docker-compose.yml")["services"]["proxy"]
    rooms = {
        name: amount(size)
        for each in given["tmpfs"]
        for name, size in re.findall(r"^(\S+):size=(\w+),mode=1777$", each)
    }
    assert len(rooms) == len(given["tmpfs"])
    everybody, register = int(told["everybody"]), max(map(amount, re.findall(r"client_max_body_size (\w+)", text)))

    bodies = int(told["heavy"]) * amount(told["client_max_body_size"]) + int(told["registers"]) * register
    bodies += everybody * 40_000
    lines = int(told["worker_processes"]) * int(told["worker_connections"])
    heads, buffers = told["large_client_header_buffers"].split(), told["proxy_buffers"].split()
    memory = lines * int(heads[0]) * amount(heads[1])
    memory += everybody * (int(buffers[0]) * amount(buffers[1]) + amount(told["client_body_buffer_size"]) + 8 * KIB)
    memory += sum(map(amount, re.findall(r" zone=\w+:(\w+)", text))) + int(told["worker_processes"]) * 15 * MIB

    assert bodies <= rooms["/bodies"]
    assert memory + sum(rooms.values()) <= amount(given["deploy"]["resources"]["limits"]["memory"])
