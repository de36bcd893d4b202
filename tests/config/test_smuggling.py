"""Requests that two programs could read in two ways, through production's proxy to production's web server.

Whatever the bytes, gunicorn hears no request that the proxy did not see as one, and none of the hidden ones.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.config.test_abuse import CHUNKED, CLAIMS, END, GET, HIDDEN, HOST, POST, SMUGGLED, length, say
from tests.gunicorn import Heard, Web, gunicorn
from tests.nginx import proxy
from tests.services import free_port

pytestmark = pytest.mark.production

BARE = HIDDEN.replace(b"\r\n", b"\n")
# Beside those of the proxy's own test: two lengths that agree, lines that end in one sign or go on in the next.
MORE = {
    "the same length twice": POST + HOST + length(0) * 2 + b"\r\n" + HIDDEN,
    "chunks twice": POST + HOST + CHUNKED * 2 + b"\r\n" + END + HIDDEN,
    "chunks in capitals": POST + HOST + length(4) + b"Transfer-Encoding: CHUNKED\r\n\r\n" + END + HIDDEN,
    "chunks behind another": POST + HOST + length(4) + b"Transfer-Encoding: gzip, chunked\r\n\r\n" + END + HIDDEN,
    "chunks before another": POST + HOST + b"Transfer-Encoding: chunked, identity\r\n\r\n" + END + HIDDEN,
    "chunks by a twin of the name": POST + HOST + length(4) + CHUNKED.replace(b"-", b"_") + b"\r\n" + END + HIDDEN,
    "a length by a twin of the name": POST + HOST + length(0) + b"Content_Length: 44\r\n\r\n" + HIDDEN,
    "bare line feeds": (POST + HOST + length(0)).replace(b"\r\n", b"\n") + b"\n" + BARE,
    "a bare line feed hides a header": POST + HOST + b"X: a\n" + CHUNKED + length(4) + b"\r\n" + END + HIDDEN,
    "a bare return hides a header": POST + HOST + b"X: a\r" + CHUNKED + length(4) + b"\r\n" + END + HIDDEN,
    "a folded length": POST + HOST + b"Content-Length:\r\n 0\r\n\r\n" + HIDDEN,
    "a folded header": POST + HOST + b"X: a\r\n\tContent-Length: 44\r\n" + length(0) + b"\r\n" + HIDDEN,
    "chunks that end in bare line feeds": POST + HOST + CHUNKED + b"\r\n0\n\n" + HIDDEN,
    "an extension of a chunk with a line feed": POST + HOST + CHUNKED + b"\r\n1;a\nb\r\nx\r\n" + END + HIDDEN,
    "a trailer that is a header": POST + HOST + CHUNKED + b"\r\n0\r\nContent-Length: 44\r\n\r\n" + HIDDEN,
    "a length in hexadecimal": POST + HOST + b"Content-Length: 0x0\r\n\r\n" + HIDDEN,
    "a length with an underscore": POST + HOST + b"Content-Length: 1_0\r\n\r\n" + HIDDEN,
    "a body with GET": GET + HOST + length(len(HIDDEN)) + b"\r\n" + HIDDEN,
    "chunks of version 1.0": POST.replace(b"1.1", b"1.0") + HOST + CHUNKED + length(4) + b"\r\n" + END + HIDDEN,
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """The proxy's port, and the web server behind it."""

    port: int
    web: Web

    def told(self, said: bytes) -> tuple[bytes, list[Heard]]:
        """What is answered to these bytes, and what web has heard of them."""
        before = len(self.web.heard())
        return say(self.port, said), self.web.heard()[before:]


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    folder, port = tmp_path_factory.mktemp("line"), free_port()
    with gunicorn(folder) as web, proxy(folder, port=port, web=web.address):
        yield Line(port, web)


@pytest.mark.parametrize("name", [*SMUGGLED, *MORE])
def test_web_hears_no_request_that_the_proxy_did_not_see(line: Line, name: str) -> None:
    answer, heard = line.told((SMUGGLED | MORE)[name])

    # A request whose body has ended may be followed by another, which the proxy sees and answers as one more.
    assert len(heard) <= answer.count(b"HTTP/1.1 ")
    for each in heard:
        assert "HTTP_TRANSFER_ENCODING" not in each.headers
        assert len(each.body) == int(each.headers.get("CONTENT_LENGTH") or 0)
    assert [each.path for each in heard] in ([], ["/"], ["/", "/hidden"])


def test_a_second_request_arrives_only_where_the_first_has_ended_for_everybody(line: Line) -> None:
    """So that the test above can fail: a request that is followed by another in the open is heard as two."""
    _, open_ones = line.told(POST + HOST + length(0) + b"\r\n" + HIDDEN)
    _, in_the_body = line.told(POST + HOST + length(len(HIDDEN)) + b"\r\n" + HIDDEN)

    assert [each.path for each in open_ones] == ["/", "/hidden"]
    assert [(each.path, each.body) for each in in_the_body] == [("/", HIDDEN.decode())]


def test_web_itself_hears_the_proxy_s_word_and_no_twin_of_a_header(line: Line) -> None:
    _, [claimed] = line.told(CLAIMS)

    ours = {"HTTP_X_REAL_IP": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "127.0.0.1", "HTTP_X_FORWARDED_PROTO": "http"}
    assert {name: claimed.headers[name] for name in ours} == ours
    assert claimed.headers["HTTP_X_REQUEST_ID"] != "chosen"


def test_web_alone_refuses_what_the_proxy_would_not_have_passed_on(line: Line) -> None:
    """A second wall: asked past the proxy, gunicorn takes no request that can be read in two ways."""
    for name in (
        "length, then chunks",
        "chunks after a space",
        "two lengths",
        "a length with a sign",
        "chunks with a sign",
    ):
        before = len(line.web.heard())
        answer = say(line.web.port, SMUGGLED[name])
        assert "/hidden" not in {each.path for each in line.web.heard()[before:]}, (name, answer)
