"""Programs are refused in the clear and told why; people are led to the safe address; cookies are this host's alone."""

import os
import subprocess
import sys

import pytest
from django.conf import LazySettings
from django.http import HttpRequest, HttpResponse
from django.middleware.security import SecurityMiddleware
from django.test import RequestFactory

from accounts.middleware import CookieMiddleware
from accounts.transport import ProgramsMiddleware
from tests.builders import ROOT

SCRIPT = """
import django
django.setup()
from django.conf import settings
from django.contrib import messages
from django.contrib.messages.storage import default_storage
from django.http import HttpResponse
from django.test import RequestFactory
request = RequestFactory().get("/", secure=True)
request.session = {}
stored, answer = default_storage(request), HttpResponse()
stored.add(messages.INFO, "A sentence.")
stored.update(answer)
names = [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, *answer.cookies]
notice = answer.cookies[names[2]]
print(*names, settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, bool(notice["secure"]))
print(repr(settings.SESSION_COOKIE_DOMAIN), repr(settings.CSRF_COOKIE_DOMAIN), repr(notice["domain"]))
print(settings.SESSION_COOKIE_PATH, settings.CSRF_COOKIE_PATH, notice["path"])
"""


@pytest.mark.pure
@pytest.mark.parametrize(("site", "prefix"), [("https://survey.example.org", "__Host-"), ("http://localhost", "")])
def test_over_tls_each_cookie_has_a_name_that_only_this_host_can_set(site: str, prefix: str) -> None:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SITE_URL": site,
    }
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )

    named, domains, paths = ran.stdout.splitlines()
    is_secure = str(bool(prefix))
    assert named.split()[:3] == [f"{prefix}{name}" for name in ("sessionid", "csrftoken", "messages")]
    assert named.split()[3:] == [is_secure] * 3
    assert (domains, paths) == ("None None ''", "/ / /")


@pytest.mark.pure
@pytest.mark.parametrize(("prefix", "taken"), [("__Host-", ["csrftoken"]), ("", [])])
def test_the_token_under_its_old_name_is_taken_when_a_new_one_is_given(
    settings: LazySettings, prefix: str, taken: list[str]
) -> None:
    def give(_: HttpRequest) -> HttpResponse:
        answer = HttpResponse()
        answer.set_cookie("__Host-csrftoken", "new")
        return answer

    settings.COOKIE_PREFIX = prefix
    request = RequestFactory().get("/", secure=True)
    request.COOKIES["csrftoken"] = "old"
    answers = [CookieMiddleware(each)(request) for each in (give, lambda _: HttpResponse())]

    assert [name for name, each in answers[0].cookies.items() if each["max-age"] == 0] == taken
    assert not answers[1].cookies


@pytest.mark.pure
def test_what_programs_ask_for_in_the_clear_is_refused_and_people_are_led_on(settings: LazySettings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    answers = ProgramsMiddleware(lambda _: HttpResponse("answered"))
    leads = SecurityMiddleware(lambda _: HttpResponse())
    programs = ["/api/v1/publications", "/outbox/notify/", "/calendar/x.ics", "/releases.atom"]
    people = ["/sign-in/", "/calendar/", "/api/", "/outbox", "/returns/releases.atom"]

    clear = {path: answers(RequestFactory().get(path)) for path in programs + people}
    safe = {answers(RequestFactory().get(path, secure=True)).content for path in programs + people}

    assert [path for path in clear if clear[path].status_code == 403] == programs
    assert b"over https only" in clear[programs[0]].content
    assert safe == {b"answered"}
    assert [path for path in clear if leads.process_request(RequestFactory().get(path))] == people
