"""One survey in which everybody who could come to a page exists, and everything that a page could be about."""

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.cookies import SimpleCookie
from typing import Any
from uuid import uuid4

from allauth.mfa.utils import encrypt
from django.conf import settings
from django.test import Client
from django.utils import timezone

from accounts.audit.recording import record
from accounts.digests import bytes_digest
from accounts.models import Role, RoleRequest, User
from accounts.outbox.models import Message, MessageKind
from accounts.second.marks import KEY
from accounts.second.views import NEW_SECRET, TO_BE_KEPT
from accounts.sessions import SessionStore
from analysis.builds.models import Build, BuildState
from analysis.builds.reports import REPORT_PDF
from analysis.comparators.models import Comparator
from analysis.core.house_style import ACCENT, MAIN
from analysis.house_style.models import HouseStyleVersion
from analysis.monitoring.exports import PANELS
from analysis.pictures.models import KeptPicture
from respondents.contacts.models import Mailing, Stop
from respondents.correspondence.models import Query, ReopeningRequest
from respondents.fieldwork.inviting import invitation_url
from respondents.register.history import RegisterImport
from respondents.register.importing import import_register
from respondents.register.models import Appointment, Board
from respondents.register.proposing import propose_import
from respondents.retention.applying import APPLIED
from respondents.returns.importing import import_returns
from respondents.returns.models import Return
from respondents.returns.saving import Sending, save_answers
from respondents.returns.submitting import submit_return
from respondents.together.inviting import invite, remove
from respondents.together.models import Contribution
from survey.authoring.writing import keep_draft
from survey.models import DocumentDraft, QuestionnaireVersion, Wave
from tests import builders
from tests.analysis.comparators import examples
from tests.analysis.publishing import examples as publications

THREE = (
    builders.TWO_AUTHORITIES + "E08000035,Leeds,Metropolitan,Yorkshire and the Humber\n",
    builders.TWO_BOARDS
    + "leeds,Leeds Local Safeguarding Children Board,Leeds,Yorkshire and the Humber,Metropolitan,E08000035\n",
)
SECTIONS = ("B", "C")


@dataclass
class World:
    """Who there is, the session of each, and the names and numbers in addresses: own, other and swapped."""

    people: dict[str, User]
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))
    sessions: dict[str, str] = field(default_factory=dict)
    read: dict[str, dict[str, Any]] = field(default_factory=dict)  # what each session holds
    own: dict[str, Any] = field(default_factory=dict)
    other: dict[str, Any] = field(default_factory=dict)
    elsewhere: dict[str, Any] = field(default_factory=dict)

    @property
    def swapped(self) -> dict[str, Any]:
        """One's own return with the rows of another."""
        return self.other | {"return_id": self.own["return_id"]}

    @property
    def nowhere(self) -> dict[str, Any]:
        """What does not exist."""
        names = dict.fromkeys(("slug", "board_slug", "code", "kind", "sheet", "out"), "nothing")
        numbers = dict.fromkeys(("appointment_id", "import_id", "stop_id", "request_id"), 999_999)
        return self.own | names | numbers | {"name": "draft-999", "old": "draft-999"}

    def session(self, actor: str) -> SessionStore:
        """This person's session as if just read, for it is read from the database once; that of nobody is empty."""
        key = self.sessions.get(actor)
        found = SessionStore(key)
        if key:
            if key not in self.read:
                self.read[key] = SessionStore(key).load()
            found._session_cache = deepcopy(self.read[key])  # type: ignore[attr-defined]
        return found

    def let_time_pass(self) -> None:
        """As if everybody had passed their second step eleven minutes earlier."""
        self.read.clear()
        for key in self.sessions.values():
            session = SessionStore(key)
            if "passed" in session.get(KEY, {}):
                session[KEY] = session[KEY] | {"passed": session[KEY]["passed"] - 660}
                session.save()

    def browser(self, actor: str) -> Client:
        """The one browser, in which now this person has signed in, or nobody: each new one would load the site anew."""
        self.client.cookies = SimpleCookie()
        if actor in self.sessions:
            self.client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[actor]
        return self.client


def make_world() -> World:
    """The world of the matrix: two boards that answer alike, and a second wave beside the first."""
    now = timezone.now()
    import_register(*(text.encode() for text in THREE))
    barnet, derby, leeds = (Board.objects.get(slug=slug) for slug in ("barnet", "derby-and-derbyshire", "leeds"))
    opens_at, closes_at = now - timedelta(days=2), now + timedelta(days=5)
    wave = builders.wave(opens_at=opens_at, closes_at=closes_at)
    beside = builders.wave("another-wave", opens_at=opens_at, closes_at=closes_at)
    people = _people(barnet, derby, leeds)
    world = World(people)
    world.own = _answered(wave, "barnet", people["chair"], people)
    world.other = _answered(wave, "derby-and-derbyshire", people["other_chair"], people)
    world.own["source_id"] = world.other["source_id"] = builders.return_of("leeds", in_wave=wave).pk
    Wave.objects.update(needs_signature=True)
    world.elsewhere = _elsewhere(world.own, beside, people)
    sign_everybody_in(world)
    User.objects.filter(pk=people["deactivated"].pk).update(is_active=False)
    Appointment.objects.filter(person=people["former_chair"]).update(until_date=now.date() - timedelta(days=1))
    return world


def sign_everybody_in(world: World) -> None:
    """Each in a session that has just begun."""
    world.read.clear()
    world.sessions = {actor: _session(actor, person) for actor, person in world.people.items() if person.is_active}


def _people(barnet: Board, derby: Board, leeds: Board) -> dict[str, User]:
    staff = {
        role.value: builders.person(f"{role.value}@example.org", role=role) for role in Role if role != "respondent"
    }
    return {
        "chair": builders.chair(barnet, leeds),
        "other_chair": builders.chair(derby, email="other@example.org"),
        "contributor": builders.person("contributor@example.org"),
        "signer": builders.person("signer@example.org"),
        "removed": builders.person("removed@example.org"),
        "former_chair": builders.chair(barnet, email="former@example.org"),
        "deactivated": builders.chair(barnet, email="deactivated@example.org"),
        "no_second": builders.person("new@example.org", role=Role.ADMINISTRATOR),
        **staff,
    }


def _answered(wave: Wave, board: str, chair: User, people: dict[str, User]) -> dict[str, Any]:
    """The board has answered and sent it once, with a colleague, one who was one, and a query; what addresses hold."""
    now, found = timezone.now(), builders.return_of(board, in_wave=wave)
    helps = people["contributor"].email if board == "barnet" else "helper@example.org"
    asked = invite(found, email=helps, name="Helper", sections=SECTIONS, by=chair, now=now)
    left = invite(found, email=people["removed"].email, name="Left", sections=SECTIONS, by=chair, now=now)
    remove(left, by=chair, now=now)
    if board == "barnet":
        asks = {"invited_by": chair, "invited_at": now}
        Contribution.objects.create(survey_return=found, person=people["signer"], part="signer", **asks)
    save_answers(found, Sending(0, {"C1": 1}), person=chair, now=now)
    submit_return(found, person=chair, version=Return.objects.get(pk=found.pk).version, now=now)
    query = Query.objects.create(survey_return=found, item="C1", text="?", asked_by=people["researcher"], asked_at=now)
    done = {"state": BuildState.DONE, "content": b"%PDF", "digest": bytes_digest(b"%PDF"), "finished_at": now}
    build = Build.objects.create(wave=wave, kind=REPORT_PDF.name, requested_at=now, **done)
    draft = DocumentDraft.objects.first() or keep_draft(
        builders.MUNRO.read_text("utf-8"), by=people["researcher"], now=now
    )
    import_returns(wave, f"return_id,board,C1\nof {board},,agree\n".encode(), now=now)
    loose = Return.objects.filter(wave=wave, board=None).latest("pk")
    return {
        **_staffs(wave, people, now=now),
        "slug": wave.slug,
        "return_id": found.pk,
        "contribution_id": asked.pk,
        "query_id": query.pk,
        "asked_id": _asked(found, now=now).pk,
        "build_id": build.pk,
        "person_id": people["analyst"].pk,
        "kind_of_build": REPORT_PDF.name,
        "report_to_read": "methodology",
        "text_version": 0,
        "token": invitation_url(found, chair).split("/")[-2],
        "page_code": "C1",
        "item": "G1",
        "code_key": "money",
        "name_id": 999_999,
        "quote_id": 999_999,
        "pseudonym": Return.objects.get(pk=found.pk).pseudonym,
        "section_code": "C",
        "number": 1,
        "approval": "dpia",
        "panel": min(PANELS),
        "loose_id": loose.pk,
        "name": f"draft-{draft.pk}",
        "new": f"draft-{draft.pk}",
        "old": f"version-{QuestionnaireVersion.objects.get().pk}",
    }


def _asked(found: Return, *, now: datetime) -> ReopeningRequest:
    """A researcher who is none of the actors asked to reopen the return."""
    by = builders.person("asks@example.org", role=Role.RESEARCHER)
    asked = {"sections": ["C"], "until": now + timedelta(days=9), "reason": "?", "asked_by": by, "asked_at": now}
    return ReopeningRequest.objects.create(survey_return=found, **asked)


def _staffs(wave: Wave, people: dict[str, User], *, now: datetime) -> dict[str, Any]:
    """What staff have beside a wave and in the register."""
    by, board = people["researcher"], Board.objects.get(slug="barnet")
    letter = Message.objects.create(
        key=f"matrix:{uuid4()}", kind=MessageKind.REMINDER, recipient="a@example.org", created_at=now, wave=wave.slug
    )
    stop = Stop.objects.filter(lifted_at=None).first() or Stop.objects.create(board=board, reason="?", by=by, at=now)
    beside = Comparator.objects.filter(wave=wave).first() or examples.imported(wave, people["analyst"])
    asked = RoleRequest.objects.first() or RoleRequest.objects.create(
        email="asked@example.org", name="Asked", role="analyst", asked_by=people["no_second"], asked_at=now
    )
    tables = [("authorities.csv", THREE[0].encode()), ("boards.csv", THREE[1].encode())]
    proposed = RegisterImport.objects.first() or propose_import(tables, ends_absent=False, by=by, now=now)
    return {
        "request_id": asked.pk,
        "message_id": letter.pk,
        "mailing_id": Mailing.objects.create(wave=wave, due_at=now + timedelta(days=1), made_by=by, made_at=now).pk,
        "stop_id": stop.pk,
        "kind": "thanks",
        "board_slug": board.slug,
        "code": "E09000003",
        "sheet": "boards",
        "appointment_id": Appointment.objects.filter(board=board).earliest("pk").pk,
        "chair_id": people["chair"].pk,
        "certificate_number": record(APPLIED, by=None, now=now).number,
        "import_id": proposed.pk,
        "survey": "laming",
        "imported": beside.name,
        "proposal_id": examples.proposed(wave, people["analyst"], facts={**examples.FACTS, "label": "Another"}).pk,
        "table": "table_3",
        "output_format": "csv",
        "ending": "pdf",
        "other": "another-wave",
        **_published(wave, by=people["analyst"]),
    }


def _published(wave: Wave, *, by: User) -> dict[str, Any]:
    """What is out, for everybody, with somebody who could see it early."""
    edition = publications.out_long_ago(wave, by=by)
    return {
        "publication_id": edition.publication.pk,
        "access_id": edition.publication.early_access.get().pk,
        "out": edition.publication.slug,
        "out_table": "answers",
        "out_name": "csv",
        "out_ending": "pdf",
        "release_number": 7,
        "out_file": "answers.csv",
        "rest": "nothing",
        **_in_house_style(by=by),
    }


def _in_house_style(*, by: User) -> dict[str, Any]:
    """A picture, and a version of the house style that shows it."""
    about = {"content": b"?", "kind": "png", "width": 1, "height": 1, "kept_by": by, "kept_at": timezone.now()}
    logo, _ = KeptPicture.objects.get_or_create(digest="0" * 64, defaults=about)
    said = {"main": MAIN, "accent": ACCENT, "logo": logo, "changed_by": by, "changed_at": timezone.now()}
    version, _ = HouseStyleVersion.objects.get_or_create(number=1, defaults=said)
    return {"house_number": version.number, "picture_digest": logo.digest}


def _elsewhere(own: dict[str, Any], beside: Wave, people: dict[str, User]) -> dict[str, Any]:
    """What staff could put into an address though it does not belong there: rows of another wave, and respondents."""
    build = Build.objects.create(wave=beside, kind=REPORT_PDF.name, requested_at=timezone.now())
    found = builders.return_of("barnet", in_wave=beside)
    beside_it = _staffs(beside, people, now=timezone.now())
    rows = {"return_id": found.pk, "loose_id": found.pk, "build_id": build.pk, "person_id": people["chair"].pk}
    numbers = dict.fromkeys(("number", "certificate_number", "text_version"), 99_999)
    return own | beside_it | rows | numbers | {"chair_id": people["analyst"].pk}


def _session(actor: str, person: User) -> str:
    client = Client()
    if actor == "no_second":
        client.force_login(person)
    else:
        builders.sign_in(client, person)
    if person.is_staff:
        builders.app_code(person) if actor != "no_second" else None
        session = client.session
        session[NEW_SECRET], session[TO_BE_KEPT] = encrypt("A" * 32), True
        session.save()
    return client.cookies[settings.SESSION_COOKIE_NAME].value
