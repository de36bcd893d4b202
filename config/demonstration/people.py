"""The people of the demonstration. All addresses are on example.org, where no mail is ever delivered."""

from base64 import b32encode
from dataclasses import dataclass
from hashlib import sha1

from accounts.models import STAFF, Role


@dataclass(frozen=True)
class Player:
    """One person to sign in as, and what there is for them to see."""

    email: str
    name: str
    role: Role
    sees: str

    @property
    def secret(self) -> str:
        """What their authenticator app holds: known to everybody, as everything in the demonstration is."""
        return b32encode(sha1(self.email.encode(), usedforsecurity=False).digest()).decode()


CHAIR = Player("chair@example.org", "Alex Morgan", Role.RESPONDENT, "a chair of two boards who has not answered yet")
SUBMITTED = Player(
    "chair17@example.org", "Sam Okafor", Role.RESPONDENT, "a chair who has sent two returns and may amend them"
)
RESEARCHER = Player(
    "researcher@example.org", "Jo Patel", Role.RESEARCHER, "a researcher who watches the returns come in"
)
SECOND_RESEARCHER = Player(
    "researcher2@example.org", "Lee Novak", Role.RESEARCHER, "a second researcher, who approves reopenings"
)
ANALYST = Player("analyst@example.org", "Chris Lund", Role.ANALYST, "an analyst with the ten tables and the report")
SECOND_ANALYST = Player(
    "analyst2@example.org", "Robin Hale", Role.ANALYST, "a second analyst, who codes answers on their own"
)
ADMINISTRATOR = Player("administrator@example.org", "Pat Reid", Role.ADMINISTRATOR, "an administrator")
SECOND_ADMINISTRATOR = Player(
    "administrator2@example.org", "Kim Adeyemi", Role.ADMINISTRATOR, "a second administrator, who approves roles"
)

STAFF_OF_EACH = (RESEARCHER, SECOND_RESEARCHER, ANALYST, SECOND_ANALYST, ADMINISTRATOR, SECOND_ADMINISTRATOR)
PLAYERS = (CHAIR, SUBMITTED, *STAFF_OF_EACH)
STAFF_PLAYERS = tuple(player for player in PLAYERS if player.role in STAFF)
SILENT_BOARDS = ("derby", "derbyshire")
