"""Where answers were copied from, in words, as long as nobody has confirmed them."""

from collections.abc import Iterable

from respondents.returns.models import Return
from survey.schema.document import Item


def copied_from(found: Return, items: Iterable[Item]) -> dict[str, str]:
    """The board that each unconfirmed answer was copied from, by item; asks the database only if there is one."""
    origins = {item.code: found.copied[item.code] for item in items if item.code in found.copied}
    if not origins:
        return {}
    boards = {str(each.pk): str(each.board) for each in _named(set(origins.values()))}
    return {code: boards.get(origin, "another return") for code, origin in origins.items()}


def _named(ids: set[str]) -> Iterable[Return]:
    return Return.objects.filter(pk__in=ids).select_related("board")
