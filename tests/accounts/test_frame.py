"""What every page has in common."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import Client, override_settings

from tests import builders

pytestmark = pytest.mark.django_db

PUBLIC = ["/", "/sign-in/", "/returns/help/", "/returns/privacy/", "/returns/cookies/", "/returns/accessibility/"]
NOTICE = "All answers here are invented; the boards’ names are real."


@pytest.mark.parametrize("path", PUBLIC)
def test_public_page_has_a_title_a_heading_and_no_inline_code(client: Client, path: str) -> None:
    text = client.get(path).content.decode()

    assert len(re.findall("<h1", text)) == 1
    assert re.search("<title>[A-Z].* – Survey of Local Safeguarding Children Boards</title>", text)
    assert re.findall(r"<style|<script(?! type=\"module\" src)| style=| on[a-z]+=", text) == []


@pytest.mark.parametrize("path", [*PUBLIC, "/nowhere/"])
def test_demonstration_says_so_on_every_page(client: Client, path: str) -> None:
    assert NOTICE not in client.get(path).content.decode()
    with override_settings(DEMONSTRATION=True):
        assert NOTICE in client.get(path).content.decode()


def test_unknown_page_says_what_to_do(client: Client) -> None:
    answer = client.get("/nowhere/")
    assert (answer.status_code, "Page not found" in answer.content.decode()) == (404, True)


@pytest.mark.parametrize("template", ["400.html", "403.html", "404.html", "429.html", "500.html", "503.html"])
def test_error_page_can_be_shown_when_nothing_is_known(template: str) -> None:
    assert "<h1" in render_to_string(template)


def test_signed_in_person_is_named_and_can_leave_from_every_page(client: Client) -> None:
    client.force_login(builders.person("ann@example.org"))
    text = client.get("/returns/").content.decode()
    assert ["Ann" in text, "Sign out" in text] == [True, True]


def test_pages_send_the_policy_that_forbids_inline_code(client: Client) -> None:
    policy = client.get("/")["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "default-src 'none'" in policy
