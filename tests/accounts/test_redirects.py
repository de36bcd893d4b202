"""Where a payload in `next` or in the referer leads, read as browsers read addresses: always to this site."""

import re
from itertools import product
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import RequestFactory

from accounts.onwards import next_page, way_back

pytestmark = pytest.mark.pure

BEFORE = (
    *(
        "//",
        "///",
        "////",
        "/////",
        "/\\",
        "\\/",
        "\\\\",
        "\\\\\\",
        "/\t/",
        "/\n/",
        "/\r/",
        "\t//",
        " //",
        "\x00//",
        "\x0b//",
    ),
    *(
        "https:",
        "https:/",
        "https://",
        "https:///",
        "HtTpS://",
        "http:\\\\",
        "https:\\",
        "ftp://",
        "ws://",
        "javascript:",
    ),
    *(
        "javascript://",
        "data:text/html,",
        "vbscript:",
        "//user@",
        "//testserver@",
        "https://testserver@",
        "//testserver:80@",
    ),
    *(
        "https://testserver.",
        "https://testserver\\@",
        "https:testserver@",
        "///testserver@",
        "//testserver\\@",
        "///\\",
    ),
    *(
        "%2f%2f",
        "/%2f",
        "/%5c",
        "//%09/",
        ".//",
        "/..//",
        "/./\\",
        "/;//",
        "//;@",
        "\u2215\u2215",
        "\uff0f\uff0f",
        "/\u2028/",
    ),
)
AFTER = (
    "evil.example",
    "evil.example/returns/",
    "evil%E3%80%82example",
    "evil.example#testserver",
    "evil.example?testserver",
)
PAYLOADS = [f"{before}{after}" for before, after in product(BEFORE, AFTER)]


def as_browsers_read(address: str) -> tuple[str, str]:
    """Scheme and host of a Location header: browsers drop some signs, and take a backslash for a slash."""
    cleaned = re.sub(r"[\t\r\n]", "", address.strip("".join(map(chr, range(33))))).replace("\\", "/")
    # Any number of slashes after a scheme, or two and more at the beginning, come before a host.
    cleaned = re.sub(r"^(https?:)/*", r"\1//", cleaned, flags=re.IGNORECASE)
    cleaned = re.sub(r"^//+", "//", cleaned)
    parts = urlsplit(urljoin("http://testserver/sign-in/", cleaned))
    return parts.scheme, (parts.hostname or "")


def test_there_are_payloads_enough_and_the_reader_sees_through_them() -> None:
    away = [payload for payload in PAYLOADS if as_browsers_read(payload) != ("http", "testserver")]
    assert (len(PAYLOADS) >= 200, len(away) >= 100) == (True, True)


@pytest.mark.parametrize("after", AFTER)
def test_no_payload_leads_to_another_host(after: str) -> None:
    for payload in (each for each in PAYLOADS if each.endswith(after)):
        asked = RequestFactory().get("/sign-in/", {"next": payload})
        sent = RequestFactory().post("/sign-in/second/", HTTP_REFERER=payload)
        for found in (next_page(asked), way_back(sent)):
            assert as_browsers_read(found) == ("http", "testserver"), (payload, found)
