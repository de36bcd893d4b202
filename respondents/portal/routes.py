"""Which items a page shows and where the way goes on, given the answers."""

from collections.abc import Iterator, Mapping

from respondents.portal.ways import route_through
from survey.schema.answers import Value
from survey.schema.document import Item, Page, Questionnaire
from survey.schema.routing import applicable
from survey.schema.rules import ItemIncludes, Leaf, leaves

Values = Mapping[str, Value]


def open_items(questionnaire: Questionnaire, page: Page, values: Values) -> tuple[Item, ...]:
    """The items asked on this page now, and those that an answer on the page itself would open."""
    asked: set[str] = set()
    for supposed in _suppositions(questionnaire, page, values):
        asked |= applicable(questionnaire, supposed)
    return tuple(item for item in page.items if item.code in asked)


def next_page(questionnaire: Questionnaire, page: Page, values: Values, *, by_agency: bool = False) -> Page | None:
    """The page that comes after this one; None after the last."""
    asked = applicable(questionnaire, values)
    pages = route_through(questionnaire, page, by_agency=by_agency)
    following = pages[pages.index(page) + 1 :]
    return next((each for each in following if any(item.code in asked for item in each.items)), None)


def leaves_here(page: Page, item: Item) -> list[Leaf]:
    """The comparisons in the item's rule that look at answers on its own page."""
    here = {each.code for each in page.items}
    return [leaf for leaf in leaves(item.shown_when) if leaf.item in here] if item.shown_when else []


def _suppositions(questionnaire: Questionnaire, page: Page, values: Values) -> Iterator[Values]:
    """The answers as they are, and as they would be after each answer on this page that a rule looks at."""
    yield values
    leaves_on_page = list(dict.fromkeys(leaf for item in page.items for leaf in leaves_here(page, item)))
    if not leaves_on_page:
        return
    supposed = [{leaf.item: _answer(questionnaire, leaf)} for leaf in leaves_on_page]
    yield {**values, **dict.fromkeys(leaf.item for leaf in leaves_on_page)}
    yield {**values, **{code: value for each in supposed for code, value in each.items()}}
    for each in supposed:
        yield {**values, **each}


def _answer(questionnaire: Questionnaire, leaf: Leaf) -> Value:
    scale = questionnaire.items[leaf.item].scale
    if scale is None:
        raise TypeError(f"{leaf.item} has no options")
    value = scale.option(leaf.option).value
    return [value] if isinstance(leaf, ItemIncludes) else value
