"""The pages on which administrators set the house style, and what everybody sees of it."""

from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEntry, Role
from analysis.core.house_style import Picture
from analysis.house_style.models import HouseStyleVersion
from analysis.house_style.standing import house_now
from analysis.outputs.house_places import css_address, picture_address
from analysis.pictures.models import KeptPicture
from tests.analysis.house_style.pictures import SVG, file_of
from tests.builders import person, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PAGE = "/house-style/"
SAID = {
    "department": "Department for Children",
    "publisher": "",
    "contact": "surveys@example.gov.uk",
    "main": "00703c",
    "accent": "#FFDD00",
    "logo_words": "",
    "kept": "",
    "base": "0",
}


@pytest.fixture
def pat(client: Client) -> Client:
    """An administrator's browser."""
    return sign_in(client, person("pat@example.org", role=Role.ADMINISTRATOR))


def sent(client: Client, to: str = "change/", *, status: int = 200, logo: bytes = b"", **changes: str) -> str:
    files = {"logo": SimpleUploadedFile("logo.png", logo)} if logo else {}
    response = client.post(PAGE + to, {**SAID, **changes, **files})
    assert response.status_code == status
    return unescape(response.content.decode())


def test_a_version_is_saved_recorded_and_shown_to_everybody(pat: Client) -> None:
    sent(pat, status=303)

    version = HouseStyleVersion.objects.get()
    assert (version.number, version.main, str(version.changed_by)) == (1, "#00703C", "Pat")
    assert AuditEntry.objects.get(act="house_style.changed").detail["version"] == 1
    with CaptureQueriesContext(connection) as queries:
        shown = pat.get(PAGE).content.decode()
    assert len(queries) <= 20
    assert "Version 1. Saved by Pat" in shown
    public = Client().get("/publications/").content.decode()
    assert "Department for Children" in public
    assert '<link rel="stylesheet" href="/house-style/1.css">' in public
    assert "Questions to surveys@example.gov.uk." in public
    styles = Client().get("/house-style/1.css")
    assert styles["Content-Type"] == "text/css"
    assert "max-age" in styles["Cache-Control"]
    assert "#00703C" in styles.content.decode()


def test_the_plain_look_stands_until_then(pat: Client) -> None:
    assert house_now().number == 0
    assert "Nothing was set yet" in pat.get(PAGE).content.decode()
    assert "house-style" not in Client().get("/publications/").content.decode()


def test_a_logo_without_words_is_kept_and_asked_about(pat: Client) -> None:
    shown = sent(pat, "preview/", logo=file_of())
    kept = KeptPicture.objects.get()
    assert "Say what the logo says or shows" in shown
    assert f'value="{kept.digest}"' in shown

    shown = sent(pat, "preview/", kept=kept.digest, logo_words="Its name")
    assert f'<image href="/pictures/{kept.digest}/"' in shown
    assert not HouseStyleVersion.objects.exists()
    sent(pat, kept=kept.digest, logo_words="Its name", status=303)
    logo = house_now().logo
    assert isinstance(logo, Picture)
    assert logo.words == "Its name"
    picture = Client().get(picture_address(kept.digest))
    assert (picture["Content-Type"], picture.content) == ("image/png", logo.content)
    sent(pat, kept=kept.digest, logo_words="", without_logo="on", base="1", status=303)
    assert house_now().logo is None


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"main": "#FFDD00"}, "#FFDD00 has a contrast of 1.34 to 1 against white"),
        ({"accent": "#12436D"}, "against #00703C, on which the department’s name stands; 4.5 to 1 is needed"),
        ({"main": "blue"}, "“blue” is no colour. Write it as #"),
        ({"contact": "one\ntwo"}, "Use letters and spaces only"),
    ],
)
def test_what_could_not_be_read_is_refused_beside_its_field(pat: Client, changes: dict[str, Any], said: str) -> None:
    assert said in sent(pat, **changes)
    assert not HouseStyleVersion.objects.exists()


def test_a_logo_that_is_none_is_refused_beside_its_field(pat: Client) -> None:
    assert "This is an SVG." in sent(pat, logo=SVG, logo_words="Its name")
    assert not KeptPicture.objects.exists()


def test_who_comes_second_is_told_and_who_sends_twice_is_not(pat: Client) -> None:
    sent(pat, status=303)
    sent(pat, status=303)
    assert HouseStyleVersion.objects.count() == 1
    assert "Somebody else changed the house style" in sent(pat, status=409, department="Another")


def test_documents_name_the_addresses_that_stand() -> None:
    assert css_address(house_now()) == ""
    assert reverse("house_style:css", args=[3]) == "/house-style/3.css"
    assert reverse("pictures:picture", args=["ab"]) == picture_address("ab")
