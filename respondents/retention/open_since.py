"""Which returns closed only lately, or are to close still."""

from datetime import datetime

from django.db.models import Q, QuerySet

from respondents.returns.models import Return


def open_after(moment: datetime) -> QuerySet[Return]:
    """Returns that closed after this moment or are still to close: with their wave, or later than it."""
    longer = Q(extended_until__gt=moment) | Q(extensions__until__gt=moment) | Q(reopenings__until__gt=moment)
    return Return.objects.filter(Q(wave__closes_at__gt=moment) | longer)
