"""The register: boards, the authorities they cover, and the people who chair them, with dates."""

from datetime import date

from django.db import models

from accounts.models import User


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


class Authority(Stratum):
    """An upper-tier local authority, by its ONS code."""

    gss_code = models.CharField(max_length=9, unique=True)
    name = models.CharField(max_length=100)

    class Meta:
        ordering = ("name",)
        verbose_name_plural = "authorities"

    def __str__(self) -> str:
        return self.name


class Board(Stratum):
    """A Local Safeguarding Children Board; its strata are those of its lead authority."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    area_name = models.CharField(max_length=120)
    authorities: "models.ManyToManyField[Authority, BoardAuthority]" = models.ManyToManyField(
        Authority, through="BoardAuthority", related_name="boards"
    )

    class Meta:
        ordering = ("area_name",)

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


class Appointment(models.Model):
    """A person chairs a board, from one day until another or still."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="appointments")
    person = models.ForeignKey(User, models.PROTECT, related_name="appointments")
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)

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
