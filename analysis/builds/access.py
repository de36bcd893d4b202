"""Which builds a person may see, ask for again and take away."""

from django.db.models import QuerySet

from accounts.models import Role, User
from analysis.builds.kinds import Kind, kinds
from analysis.builds.models import Build, BuildState


def kinds_for(person: User) -> list[Kind]:
    """The kinds that this person may ask for."""
    return [kind for kind in kinds().values() if kind.allows(person)]


def seen_by(person: User) -> QuerySet[Build]:
    """Builds of kinds that this person may ask for; all for administrators, who may cancel them."""
    builds = Build.objects.defer("content").select_related("wave", "requested_by").filter(kind__in=kinds())
    if person.role == Role.ADMINISTRATOR:
        return builds
    return builds.filter(kind__in=[kind.name for kind in kinds_for(person)])


def taken_by(person: User) -> QuerySet[Build]:
    """Finished builds whose files this person may take away, with the files."""
    names = [kind.name for kind in kinds_for(person) if kind.file_name]
    return Build.objects.select_related("wave").filter(kind__in=names, state=BuildState.DONE)
