"""Somebody with a browser of their own, who signs in with an emailed code at whichever host answers."""

import re
from collections.abc import Sequence
from email.message import EmailMessage
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, ProxyHandler, build_opener

from bench.faults.estate import Estate
from tests.faults.chairs import wait_for

CODE = re.compile(r"^([A-Z]{4}(?:-[A-Z]{4}){1,2})\s*$", re.MULTILINE)
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
INSIDE, OUTSIDE = "/returns/", "/sign-in/"


class Browser:
    """Keeps its cookies, whichever host they came from, as one does for one address."""

    def __init__(self, estate: Estate) -> None:
        self._estate = estate
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()), ProxyHandler({}))
        self._opener.addheaders = [("X-Real-IP", estate.front.address)]  # as the proxy says

    def at(self, host: str, path: str, **fields: str) -> tuple[str, str]:
        """Asks web on this host itself, past the proxy; where that led, and the page."""
        address = f"http://127.0.0.1:{self._estate.lab.ports.web}"
        data = urlencode(fields).encode() if fields else None
        with self._estate.host(host).inside():
            try:
                with self._opener.open(f"{address}{path}", data, timeout=20) as reply:
                    return str(reply.url).removeprefix(address), reply.read().decode()
            except HTTPError as error:
                return f"{error.code}", error.read().decode()

    def send(self, host: str, path: str, **fields: str) -> str:
        """Fills in the form of a page as it stands on this host; where that led."""
        token = TOKEN.search(self.at(host, path)[1])
        return self.at(host, path, csrfmiddlewaretoken=token.group(1) if token else "", **fields)[0]


def _code_in(letters: Sequence[tuple[list[str], EmailMessage]], email: str) -> str:
    """The code in the latest letter to this address; nothing while there is none."""
    bodies = [letter.get_body(("plain",)) for people, letter in letters if email in people]
    found = [CODE.search(body.get_content()) for body in bodies if body]
    return next((code.group(1) for code in reversed(found) if code), "")


def carried_over(estate: Estate, email: str) -> list[str]:
    """What is wrong where one person goes from host to host: asks for a code, enters it, looks, signs out."""
    browser, letters, problems = Browser(estate), estate.office.letters, list[str]()
    browser.send("web1", "/sign-in/", email=email)
    if wait_for(lambda: _code_in(letters, email), seconds=60) is None:
        return ["no code came to who asked for it at host one"]
    if browser.send("web2", "/sign-in/code/", code=_code_in(letters, email)).startswith(OUTSIDE):
        problems.append("the code that was asked for at host one was not taken by host two")
    for host in ("web1", "web2"):
        if not browser.at(host, INSIDE)[0].startswith(INSIDE):
            problems.append(f"who signed in at host two was not known at {host}")
    browser.send("web1", "/sign-in/out/")
    if not browser.at("web2", INSIDE)[0].startswith(OUTSIDE):
        problems.append("who signed out at host one was still known at host two")
    return problems
