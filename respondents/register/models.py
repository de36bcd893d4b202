"""The register: boards, the authorities they cover, and the people who chair them, with dates."""

from datetime import date

from django.db import models

from accounts.models import User
from respondents.register.history import RegisterChange, RegisterImport, RegisterLock

__all__ = [
    "Appointment",
    "AppointmentKind",
    "Authority",
    "AuthorityType",
    "Board",
    "BoardAuthority",
    "Region",
    "RegisterChange",
    "RegisterImport",
    "RegisterLock",
    "Stratum",
    "Succession",
]


class AuthorityType(models.TextChoices):
    """Kinds of upper-tier authority in England."""

    LONDON = "London borough"
    METROPOLITAN = "Metropolitan"
    UNITARY = "Unitary"
    COUNTY = "County"


class Region(models.TextChoices):
    """The nine regions of England, London in two."""

    NORTH_EAST = "North East"
    NORTH_WEST = "North West"
    YORKSHIRE = "Yorkshire and the Humber"
    EAST_MIDLANDS = "East Midlands"
    WEST_MIDLANDS = "West Midlands"
    EAST = "East of England"
    INNER_LONDON = "Inner London"
    OUTER_LONDON = "Outer London"
    SOUTH_EAST = "South East"
    SOUTH_WEST = "South West"


class Stratum(models.Model):
    """What every breakdown is by."""

    authority_type = models.CharField(max_length=20, choices=[(t.value, t.value) for t in AuthorityType], blank=True)
    region = models.CharField(max_length=30, choices=[(r.value, r.value) for r in Region], blank=True)

    class Meta:
        abstract = True


class Lasting(models.Model):
    """What begins on one day and ends on another; without a day it has always been there, or still is."""

    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True, help_text="The first day on which it is no more.")

    class Meta:
        abstract = True


class Authority(Stratum, Lasting):
    """An upper-tier local authority, by its ONS code."""

    gss_code = models.CharField(max_length=9, unique=True)
    name = models.CharField(max_length=100)

    class Meta:
        ordering = ("name",)
        verbose_name_plural = "authorities"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ended_on__gt=models.F("started_on")), name="authority_ends_after_it_starts"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """One authority took over from another: by a merger, a split or a new name, from this day."""

    predecessor = models.ForeignKey(Authority, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Authority, models.PROTECT, related_name="origins")
    on_date = models.DateField()

    class Meta:
        ordering = ("on_date", "pk")
        constraints = (models.UniqueConstraint(fields=("predecessor", "successor"), name="one_succession_per_pair"),)


class BoardQuerySet(models.QuerySet["Board"]):
    """Reads on boards."""

    def eligible_on(self, day: date) -> "BoardQuerySet":
        """Those that a frame of this day holds: already there, and not ended."""
        has_begun = models.Q(started_on__isnull=True) | models.Q(started_on__lte=day)
        goes_on = models.Q(ended_on__isnull=True) | models.Q(ended_on__gt=day)
        return self.filter(has_begun & goes_on)


class Board(Stratum, Lasting):
    """A Local Safeguarding Children Board; its strata are those of its lead authority."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    area_name = models.CharField(max_length=120)
    authorities: "models.ManyToManyField[Authority, BoardAuthority]" = models.ManyToManyField(
        Authority, through="BoardAuthority", related_name="boards"
    )

    objects = BoardQuerySet.as_manager()

    class Meta:
        ordering = ("area_name",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ended_on__gt=models.F("started_on")), name="board_ends_after_it_starts"
            ),
        )

    def __str__(self) -> str:
        return self.name


class BoardAuthority(models.Model):
    """One authority that a board covers; the lead authority stands first."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="coverage")
    authority = models.OneToOneField(Authority, models.PROTECT, related_name="coverage")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("board", "position")
        constraints = (models.UniqueConstraint(fields=("board", "position"), name="one_authority_per_position"),)


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    """Reads on who chairs what."""

    def current_on(self, day: date) -> "AppointmentQuerySet":
        """Those in force on this day."""
        return self.filter(models.Q(until_date__isnull=True) | models.Q(until_date__gte=day), from_date__lte=day)


class AppointmentKind(models.TextChoices):
    """In what capacity a person chairs a board."""

    CHAIR = "chair", "Chair"
    INTERIM = "interim", "Interim chair"


class Appointment(models.Model):
    """A person chairs a board, from one day until another or still."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="appointments")
    person = models.ForeignKey(User, models.PROTECT, related_name="appointments")
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)
    kind = models.CharField(max_length=10, choices=AppointmentKind, default=AppointmentKind.CHAIR)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ("board", "from_date")
        constraints = (
            models.UniqueConstraint(fields=("board", "person", "from_date"), name="one_appointment_per_start"),
            models.CheckConstraint(
                condition=models.Q(until_date__isnull=True) | models.Q(until_date__gte=models.F("from_date")),
                name="appointment_ends_after_it_starts",
            ),
        )
