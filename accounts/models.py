"""People, keyed by email. A person never has a password: they sign in with a code sent by email.

Gathers the other tables of this room too, each beside the code that keeps its rules.
"""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from accounts.audit.models import AuditEntry, AuditHead
from accounts.codes.models import SignInCode
from accounts.outbox.models import Message
from accounts.second.models import SecondTries
from accounts.signed_in.models import Session
from accounts.staff.models import RoleRequest

__all__ = [
    "STAFF",
    "AuditEntry",
    "AuditHead",
    "Message",
    "Role",
    "RoleRequest",
    "SecondTries",
    "Session",
    "SignInCode",
    "User",
    "UserManager",
]


class Role(models.TextChoices):
    """What a person comes for."""

    RESPONDENT = "respondent", "Respondent"
    RESEARCHER = "researcher", "Researcher"
    ANALYST = "analyst", "Analyst"
    ADMINISTRATOR = "administrator", "Administrator"


STAFF = frozenset({Role.RESEARCHER, Role.ANALYST, Role.ADMINISTRATOR})


class UserManager(BaseUserManager["User"]):
    """Finds people by their address, however it was typed."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """The person with this address."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person: a chair, a colleague of a chair, or one of the staff."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=20, choices=Role, default=Role.RESPONDENT)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    sessions_ended = models.PositiveIntegerField(default=0, help_text="How often all sessions were ended at once.")
    provider_account = models.CharField(
        max_length=64, null=True, blank=True, unique=True, help_text="Digest of the department's own name for them."
    )

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_is_lower_case"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="user_role_is_known"),
        )

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_staff(self) -> bool:
        """Whether this person works for the survey rather than answering it."""
        return self.role in STAFF

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must hold to go on: it ends with the role it began with, or when all are ended."""
        holds = f"{self.password}:{self.role}:{self.sessions_ended}"
        return salted_hmac("accounts.models.User.session", holds, secret=secret, algorithm="sha256").hexdigest()
