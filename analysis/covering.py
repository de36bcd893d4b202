"""Service: what a file of a wave's tables says before them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.utils import timezone

from analysis.core.house_style import HouseStyle
from analysis.core.national import with_national_intervals
from analysis.core.plan import Plan
from analysis.core.table import Table
from analysis.house_style.standing import house_at
from analysis.outputs.table_set import Cover, TableSet
from survey.models import Wave
from survey.moments import day_in_words
from survey.waves import fieldwork_of

INVENTED = "Demonstration: all answers are invented."
REHEARSAL = "Rehearsal: the answers were given to try the survey out."


def covered(
    tables: Sequence[Table],
    *,
    wave: Wave,
    plan: Plan,
    made: datetime,
    facts: Iterable[tuple[str, str]] = (),
    house: HouseStyle | None = None,
) -> TableSet:
    """The tables with their cover, each national figure with its interval for all boards.

    `made` is when, `facts` are what else is to be said, such as the release.

    The cover names whom the house style names: the one that stood when they were made, unless another is given.
    """
    author, contact = parseaddr(settings.DEFAULT_FROM_EMAIL)
    named = house or house_at(made)
    said = (
        ("Survey", wave.title),
        ("Answers given", fieldwork_of(wave)),
        *facts,
        ("Tables made on", day_in_words(made)),
        *((("Department", named.department),) if named.department else ()),
        *((("Publisher", named.publisher),) if named.publisher else ()),
        ("Contact", named.contact or contact),
    )
    notices = (INVENTED,) if settings.DEMONSTRATION else (REHEARSAL,) if wave.is_test else ()
    cover = Cover(
        plan.title,
        timezone.localdate(made),
        named.publisher or named.department or author or contact,
        facts=said,
        notices=notices,
    )
    return TableSet(with_national_intervals(tables), cover)
