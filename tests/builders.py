"""Plain functions that make what a test needs, with sensible rest."""

import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.mfa.utils import decrypt
from django.test import Client
from django.utils import timezone

from accounts.models import Role, User
from accounts.people import ensure_person
from accounts.second.marks import note_passed
from accounts.second.setting_up import give_app, has_second
from accounts.second.trying import digits_of
from respondents.fieldwork.opening import open_wave
from respondents.register.importing import import_register
from respondents.register.models import Appointment, Board
from respondents.returns.models import Return
from survey.models import QuestionnaireVersion, Wave
from survey.publishing import publish_questionnaire

ROOT = Path(__file__).resolve().parent.parent
REGISTER = ROOT / "respondents" / "register" / "data"
MUNRO = ROOT / "survey" / "documents" / "munro_2012.yaml"
RETURNS = ROOT / "config" / "demonstration" / "returns_2012_synthetic.csv"
NOW = datetime(2012, 2, 10, 12, 0, tzinfo=UTC)

AUTHORITIES_HEAD = "gss_code,name,authority_type,region\n"
BOARDS_HEAD = "slug,name,area_name,region,authority_type,authorities\n"
TWO_AUTHORITIES = (
    AUTHORITIES_HEAD
    + "E09000003,Barnet,London borough,Outer London\n"
    + "E06000015,Derby,Unitary,East Midlands\n"
    + "E10000007,Derbyshire,County,East Midlands\n"
)
TWO_BOARDS = (
    BOARDS_HEAD
    + "barnet,Barnet Local Safeguarding Children Board,Barnet,Outer London,London borough,E09000003\n"
    + "derby-and-derbyshire,Derby and Derbyshire Local Safeguarding Children Board,Derby and Derbyshire,"
    + "East Midlands,County,E10000007;E06000015\n"
)


def two_boards() -> list[Board]:
    """Barnet, and a joint board of Derby and Derbyshire."""
    import_register(TWO_AUTHORITIES.encode(), TWO_BOARDS.encode())
    return list(Board.objects.all())


def whole_register() -> None:
    """The 148 boards and 152 authorities of 2012."""
    import_register((REGISTER / "authorities.csv").read_bytes(), (REGISTER / "boards.csv").read_bytes())


def published(document: str | None = None) -> QuestionnaireVersion:
    """The questionnaire of 2012, published, or another."""
    version, _ = publish_questionnaire(document or MUNRO.read_text(encoding="utf-8"), now=NOW)
    return version


def wave(
    slug: str = "munro-2012",
    *,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    is_test: bool = False,
) -> Wave:
    """A wave on the boards in the register (two unless there are some), open at NOW."""
    if not Board.objects.exists():
        two_boards()
    version = QuestionnaireVersion.objects.first() or published()
    return open_wave(
        slug,
        title="Survey of chairs",
        version=version,
        plan=version.code,
        opens_at=opens_at or NOW - timedelta(days=9),
        closes_at=closes_at or NOW + timedelta(days=21),
        now=NOW,
        is_test=is_test,
    )


def person(email: str, *, role: Role = Role.RESPONDENT) -> User:
    """Somebody who can sign in."""
    return ensure_person(email, name=email.partition("@")[0].capitalize(), role=role)


def chair(*boards: Board, email: str = "chair@example.org") -> User:
    """A chair of these boards since last year."""
    who = person(email)
    for board in boards:
        Appointment.objects.create(board=board, person=who, from_date=date(2011, 4, 1))
    return who


def return_of(board: str, *, in_wave: Wave) -> Return:
    """The board's return in the wave."""
    return in_wave.returns.get(board__slug=board)


def sign_in(client: Client, who: User) -> Client:
    """This browser is signed in as the person, who has just passed whatever their role asks for."""
    client.force_login(who)
    if who.is_staff:
        session = client.session
        note_passed(session, now=timezone.now())
        session.save()
    return client


def app_code(who: User, *, later: int = 0) -> str:
    """What the person's authenticator app shows now, or a few periods later; it is set up if it was not."""
    if not has_second(who):
        give_app(who, secret=generate_totp_secret())
    app = Authenticator.objects.get(user=who, type=Authenticator.Type.TOTP)
    return digits_now(decrypt(app.data["secret"]), later=later)


def digits_now(secret: str, *, later: int = 0) -> str:
    """What an app with this secret shows now, or a few periods later."""
    return digits_of(secret, int(time.time()) // 30 + later)
