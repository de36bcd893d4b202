"""How the work on a return stands: who is asked for what, what was handed back, where there are comments."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Count

from respondents.returns.models import Return
from respondents.together.access import last_request
from respondents.together.models import Contribution, Handback, Part, SignatureRequest


@dataclass(frozen=True)
class Overview:
    """The state of the work, read in as many queries whatever the number of people and sections."""

    people: tuple[Contribution, ...] = ()
    handbacks: Mapping[str, Handback] = field(default_factory=dict)
    comments: Mapping[str, int] = field(default_factory=dict)
    request: SignatureRequest | None = None

    def asked(self, section: str) -> tuple[Contribution, ...]:
        """Who is asked to answer a section."""
        return tuple(each for each in self.people if each.part == Part.CONTRIBUTOR and section in each.sections)

    def ready(self, section: str) -> Handback | None:
        """The mark by which a section is ready; nothing if it is not."""
        last = self.handbacks.get(section)
        return last if last is not None and last.is_ready else None


def overview_of(found: Return) -> Overview:
    """How the work on this return stands now."""
    people = found.contributions.current().select_related("person", "invited_by").order_by("invited_at", "pk")
    handbacks = found.handbacks.select_related("marked_by").order_by("pk")
    counts = found.comments.values_list("section").annotate(number=Count("pk")).order_by("section")
    return Overview(
        people=tuple(people),
        handbacks={each.section: each for each in handbacks},
        comments=dict(counts),
        request=last_request(found),
    )
