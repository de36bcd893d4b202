"""Roles that one administrator asked for and another has to approve."""

from django.conf import settings
from django.db import models

LONGEST_NAME = 200


class Decision(models.TextChoices):
    """What became of a request; blank while it waits."""

    APPROVED = "approved", "Approved"
    ENDED = "ended", "Refused or taken back"


class RoleRequestQuerySet(models.QuerySet["RoleRequest"]):
    """Reads on requests for roles."""

    def waiting(self) -> "RoleRequestQuerySet":
        """Those that nobody has decided."""
        return self.filter(decision="")


class RoleRequest(models.Model):
    """Somebody is to have a role: a new person, or one with another role until then."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="role_requests",
        help_text="Nobody as long as the person is new.",
    )
    email = models.EmailField()
    name = models.CharField(max_length=LONGEST_NAME, blank=True)
    role = models.CharField(max_length=20)
    role_before = models.CharField(max_length=20, blank=True, help_text="Blank if the person is new.")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", help_text="Nobody if by a command."
    )
    decided_at = models.DateTimeField(null=True)

    objects = RoleRequestQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("email",), condition=models.Q(decision=""), name="one_waiting_role_request_per_address"
            ),
            models.CheckConstraint(
                condition=~models.Q(decision="approved")
                | models.Q(decided_by__isnull=True)
                | ~models.Q(decided_by=models.F("asked_by")),
                name="a_role_is_approved_by_another_person",
            ),
        )

    def __str__(self) -> str:
        return self.name or self.email
