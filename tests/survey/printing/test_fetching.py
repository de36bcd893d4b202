"""Tests of the wall around printing: nothing is read but packaged assets."""

import re
import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError

from survey.printing.fetching import BASE_URL, AssetFetcher

pytestmark = pytest.mark.pure

SECRET = b"canary-in-a-file"
SVG = "http://www.w3.org/2000/svg"


@pytest.fixture
def assets(tmp_path: Path) -> Path:
    folder = tmp_path / "assets"
    (folder / "fonts").mkdir(parents=True)
    (folder / "report.css").write_text("p { color: red }")
    (folder / "fonts" / "a-font.woff2").write_bytes(b"a font")
    (folder / "other.txt").write_bytes(SECRET)
    (tmp_path / "secret.css").write_bytes(SECRET)
    return folder


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """A canary: it writes down everyone who asks it for something."""
    asked: list[str] = []

    class Canary(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"canary-on-the-network")

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name is given)
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Canary) as http:
        thread = threading.Thread(target=http.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{http.server_address[1]}", asked
        http.shutdown()
        thread.join()


def test_packaged_assets_are_read_by_name(assets: Path) -> None:
    fetcher = AssetFetcher(assets)
    font, styles = fetcher.fetch(f"{BASE_URL}fonts/a-font.woff2"), fetcher.fetch(f"{BASE_URL}report.css")
    assert (font.read(), font.content_type) == (b"a font", "font/woff2")
    assert (styles.read(), styles.content_type) == (b"p { color: red }", "text/css")


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "data:text/css,p{}",
        "ftp://assets.invalid/report.css",
        "http://assets.invalid/report.css",
        f"{BASE_URL}other.txt",
        f"{BASE_URL}../secret.css",
        f"{BASE_URL}fonts/../../secret.css",
        f"{BASE_URL}fonts/%2e%2e/a.woff2",
        f"{BASE_URL}/etc/passwd",
        f"{BASE_URL}report.css?x=1",
        f"{BASE_URL}report.css\n",
        f"{BASE_URL.rstrip('/')}.example/report.css",
        "",
    ],
)
def test_every_other_address_stops_the_report(assets: Path, address: str) -> None:
    with pytest.raises(FatalURLFetchingError):
        AssetFetcher(assets).fetch(address)


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="{address}" alt="x">',
        '<link rel="stylesheet" href="{address}">',
        '<link rel="attachment" href="{address}">',
        '<a rel="attachment" href="{address}">x</a>',
        '<p style="background: url({address})">x</p>',
        "<style>@import url({address});</style>",
        "<style>p::before {{ content: url({address}) }}</style><p>x</p>",
        f'<svg xmlns="{SVG}" width="9" height="9"><image href="{{address}}" width="9" height="9"/></svg>',
        '<object data="{address}"></object>',
    ],
)
def test_canaries_are_neither_asked_nor_attached(assets: Path, server: tuple[str, list[str]], markup: str) -> None:
    canary, asked = server
    for address in (f"{canary}/x.png", (assets / "other.txt").as_uri(), "other.txt"):
        html = HTML(string=markup.format(address=address), base_url=BASE_URL, url_fetcher=AssetFetcher(assets))
        pdf = b""
        with suppress(FatalURLFetchingError):  # a picture inside a drawing is left out, everything else stops
            pdf = html.write_pdf(uncompressed_pdf=True)
        assert not re.search(b"canary|EmbeddedFile", pdf)
    assert asked == []


def test_an_unknown_address_stops_the_report_rather_than_leaving_a_gap(assets: Path) -> None:
    with pytest.raises(FatalURLFetchingError):
        HTML(string='<img src="x.png" alt="x">', base_url=BASE_URL, url_fetcher=AssetFetcher(assets)).write_pdf()
