"""Questionnaires on pages: nothing typed is lost, problems stand in place, a version is compared and published."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client
from django.utils.datastructures import MultiValueDict

from accounts.models import AuditEntry, Role
from survey.authoring.forms import ImportForm
from survey.models import DocumentDraft, QuestionnaireVersion
from tests.builders import MUNRO, person, published, sign_in

pytestmark = pytest.mark.django_db
TEXT = MUNRO.read_text(encoding="utf-8")
BROKEN = TEXT.replace("scale: quality5", "scale: quality6", 1)


@pytest.fixture
def author(client: Client) -> Client:
    return sign_in(client, person("author@example.org", role=Role.RESEARCHER))


def test_a_text_with_problems_is_kept_and_told_beside_its_lines(author: Client) -> None:
    answer = author.get(author.post("/questionnaires/import/", {"text": BROKEN})["Location"])

    page = answer.content.decode()
    line = BROKEN[: BROKEN.index("quality6")].count("\n") + 1
    assert DocumentDraft.objects.get().text == BROKEN
    assert f'href="#line-{line}"' in page
    assert "Problem on line" in page
    assert "is not known" in page
    assert author.get("/questionnaires/preview/draft-1/").status_code == 404


def test_a_draft_is_changed_compared_published_and_used(author: Client) -> None:
    published()
    changed = TEXT.replace("label: Very poor}", "label: Dreadful}")
    author.post("/questionnaires/import/", {"file": SimpleUploadedFile("q.yaml", BROKEN.encode())})
    first = DocumentDraft.objects.get()

    answer = author.get(author.post(f"/questionnaires/draft-{first.pk}/change/", {"text": changed})["Location"])

    second = DocumentDraft.objects.latest("pk")
    assert (second.follows, second.text) == (first, changed)
    assert "100 items" in answer.content.decode()
    version = QuestionnaireVersion.objects.get()
    told = author.get(f"/questionnaires/version-{version.pk}/compare/draft-{second.pk}/").content.decode()
    assert "For 42 items no trend may be drawn" in told
    author.post(f"/questionnaires/draft-{second.pk}/publish/")
    assert QuestionnaireVersion.objects.count() == 2
    assert list(AuditEntry.objects.values_list("act", flat=True)) == [
        *["questionnaire.kept"] * 2,
        "questionnaire.published",
    ]


def test_a_draft_with_problems_is_not_published(author: Client) -> None:
    author.post("/questionnaires/import/", {"text": BROKEN})

    answer = author.post(f"/questionnaires/draft-{DocumentDraft.objects.get().pk}/publish/")

    assert (answer.status_code, QuestionnaireVersion.objects.exists()) == (409, False)


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({}, "Choose a file or paste a text"),
        ({"file": SimpleUploadedFile("q.yaml", "title: x\ntitel: Zoë".encode("cp1252"))}, "Line 2 is not UTF-8 text"),
        ({"text": "x" * 400_001}, "The text is longer than"),
        ({"text": "a: b", "file": SimpleUploadedFile("q.yaml", b"a: b")}, "A file was chosen and a text pasted"),
    ],
)
def test_what_is_no_document_is_told_beside_the_field(author: Client, sent: dict[str, object], why: str) -> None:
    answer = author.post("/questionnaires/import/", sent)

    assert why in answer.content.decode()
    assert not DocumentDraft.objects.exists()


@pytest.mark.pure
@pytest.mark.parametrize("how", ["file", "text"])
def test_a_character_that_no_database_takes_is_shown_as_unreadable_however_it_came(how: str) -> None:
    files = {"file": SimpleUploadedFile("q.yaml", b"title: a\0b\r\n")} if how == "file" else {}
    sent = QueryDict(mutable=True)
    sent.update({"text": "" if files else "title: a\0b\r\n"})
    form = ImportForm(sent, MultiValueDict({name: [each] for name, each in files.items()}))
    assert form.is_valid()
    assert form.cleaned_data[how].strip() == "title: a\ufffdb"


def test_the_preview_stands_in_frames_of_this_site_only_and_stores_nothing(author: Client) -> None:
    version = published()
    before = AuditEntry.objects.count()

    outer = author.get(f"/questionnaires/preview/version-{version.pk}/B1/")
    inner = author.get(f"/questionnaires/preview/version-{version.pk}/B1/screen/")

    assert "frame-src 'self'" in outer["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in inner["Content-Security-Policy"]
    assert inner["X-Frame-Options"] == "SAMEORIGIN"
    assert 'name="B1.health"' in inner.content.decode()
    assert "frame-ancestors 'none'" in author.get("/questionnaires/")["Content-Security-Policy"]
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize("name", ["draft-9", "version-9", "nothing", "draft-99999999999"])
def test_what_is_not_there_is_not_found(author: Client, name: str) -> None:
    assert author.get(f"/questionnaires/{name}/").status_code == 404
