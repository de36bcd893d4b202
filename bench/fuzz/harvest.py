"""What there is to send: every route of the resolver, and the forms and queries that its pages offer to each actor."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.forms import BaseForm
from lxml import html

from tests.access.asking import every_route
from tests.access.table import ROWS, Row
from tests.access.world import World

OFF_LIMITS = {"account_logout"}  # it ends the session that all further inputs need
Field = tuple[str, str, tuple[str, ...]]  # name, kind, what stands in it or may be chosen


@dataclass
class Target:
    """One address as one actor: the fields of the form that is sent there, and the names that its queries use."""

    route: str
    actor: str
    address: str
    fields: dict[str, Field] = field(default_factory=dict)
    queries: set[str] = field(default_factory=set)
    takes: bool = False  # a form is taken there
    forms: list[BaseForm] = field(default_factory=list)  # as the page was made with them


def targets(world: World, *, some: int | None = None, seed: int = 0) -> list[Target]:
    """Every route as every actor who is declared to come there, with what its pages offer.

    With `some`, pages are looked at for so many addresses only, which are chosen by the seed, and the others left out.
    """
    found = {(each.actor, each.address): each for each in _bare(world)}
    looked_at = list(found.items())
    if some:
        looked_at = Random(seed).sample([each for each in looked_at if each[1].takes], some)
        found = dict(looked_at)
    for (actor, address), target in looked_at if some != 0 else ():
        if ROWS[target.route].get is None or ROWS[target.route].is_slow:
            continue
        answer = world.browser(actor).get(address)
        if "text/html" in answer.get("Content-Type", "") and not answer.streaming:
            target.forms += _bound(answer.context)
            for form in _forms(answer.content.decode(), address) if answer.content.strip() else ():
                _note(found, actor, target, form)
    return list(found.values())


def _bare(world: World) -> Iterator[Target]:
    for route in sorted(every_route(), key=lambda each: each.name):
        row = ROWS.get(route.name)
        if row is None or route.name in OFF_LIMITS:
            continue
        for actor in _actors(row):
            side = world.other if actor == "other_chair" else world.own
            address = route.address(side | {name: side[key] for name, key in row.values.items()})
            yield Target(route.name, actor, address, _body(row), takes=row.post is not False)


def _actors(row: Row) -> list[str]:
    if row.is_public:
        return ["anonymous", "chair"]
    return sorted(row.who | ({"other_chair"} if row.is_mine and "chair" in row.who else set()))


def _body(row: Row) -> dict[str, Field]:
    return {name: (name, "hidden", (value,)) for name, value in row.body.items()}


def _bound(context: Any) -> list[BaseForm]:  # noqa: ANN401 -- what Django's client keeps of templates
    """The forms that the templates of a page were given."""
    found: dict[int, BaseForm] = {}
    for layer in context or ():
        for each in layer.dicts if hasattr(layer, "dicts") else [layer]:
            found.update({id(value): value for value in each.values() if isinstance(value, BaseForm)})
    return list(found.values())


@dataclass
class _Form:
    to: str
    is_post: bool
    fields: dict[str, Field]


def _forms(text: str, address: str) -> Iterator[_Form]:
    """The forms of one page, and its links with queries as forms that are sent by GET."""
    page = html.fromstring(text)
    for form in page.iter("form"):
        to = urlsplit(urljoin(f"http://x{address}", form.get("action") or "")).path
        yield _Form(to, (form.get("method") or "get").lower() == "post", _fields(form))
    for link in page.iter("a"):
        parts = urlsplit(urljoin(f"http://x{address}", link.get("href") or ""))
        if parts.query and parts.netloc == "x":
            yield _Form(
                parts.path, is_post=False, fields={name: (name, "hidden", (v,)) for name, v in parse_qsl(parts.query)}
            )


def _fields(form: html.HtmlElement) -> dict[str, Field]:
    chosen: dict[str, list[str]] = defaultdict(list)
    kinds: dict[str, str] = {}
    for each in form.iter("input", "select", "textarea", "button"):
        name = each.get("name")
        if not name or name == "csrfmiddlewaretoken":
            continue
        kinds.setdefault(name, each.tag if each.tag != "input" else each.get("type") or "text")
        if each.tag == "select":
            chosen[name] += [option.get("value") or "" for option in each.iter("option")]
        else:
            chosen[name].append(each.get("value") or each.text or "")
    return {name: (name, kind, tuple(chosen[name])) for name, kind in kinds.items()}


def _note(found: dict[tuple[str, str], Target], actor: str, page: Target, form: _Form) -> None:
    """What a page offers is kept with the address it is sent to."""
    target = found.get((actor, form.to), page)
    if form.is_post:
        target.fields.update(form.fields)
    else:
        target.queries.update(form.fields)
