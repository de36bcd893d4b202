"""Anybody who reaches the survey over HTTP with a session of their own: asks, and keeps what came back."""

import http.client
import secrets
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlencode

LINE_ENDS = (http.client.HTTPException, OSError)


@dataclass(frozen=True)
class Reply:
    """What came back: a status of 0 means that nothing did."""

    status: int
    content: bytes = field(default=b"", repr=False)
    location: str = ""
    seconds: float = 0.0

    @property
    def text(self) -> str:
        """What can be read of it."""
        return self.content.decode(errors="replace")


@dataclass
class Visitor:
    """One browser; `port` is where the survey is for it, `session` what it was given at sign-in."""

    port: int
    session: str
    replies: list[Reply] = field(default_factory=list, init=False)
    source: str = field(default="127.0.0.1", init=False)  # any address of loopback: another machine, as far as is known

    def __post_init__(self) -> None:
        self.csrf = secrets.token_hex(16)
        self.line: http.client.HTTPConnection | None = None

    def ask(self, method: str, path: str, fields: Sequence[tuple[str, str]] = (), **headers: str) -> Reply:
        """One request; a line that ends is a reply of nothing, and the next request opens another."""
        began = time.monotonic()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        own = {"Host": "localhost", "Cookie": f"sessionid={self.session}; csrftoken={self.csrf}"}
        if method == "POST":
            own |= {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": self.csrf}
        self.line = self.line or http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=20, source_address=(self.source, 0)
        )
        try:
            self.line.request(method, path, urlencode(fields) if method == "POST" else None, own | named)
            response = self.line.getresponse()
            content = response.read()
        except LINE_ENDS:
            self.hang_up()
            reply = Reply(0, seconds=time.monotonic() - began)
        else:
            self._keep_session(response)
            location = response.headers.get("Location", "")
            reply = Reply(response.status, content, location, time.monotonic() - began)
        self.replies.append(reply)
        return reply

    def _keep_session(self, response: http.client.HTTPResponse) -> None:
        """As browsers do; a key that is taken away stays, so that it is seen to be dead."""
        for cookie in response.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            if name == "sessionid" and value.strip('"'):
                self.session = value

    def hang_up(self) -> None:
        """Lets the line go."""
        if self.line:
            with suppress(OSError):
                self.line.close()
        self.line = None
