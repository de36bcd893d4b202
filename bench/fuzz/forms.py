"""Forms filled in with hostile words without a request around them: each field ends with a value or a sentence."""

import copy
from collections.abc import Callable
from random import Random

from django.core.exceptions import BadRequest
from django.forms import BaseForm
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from accounts.refusals import Refusal
from bench.fuzz.harvest import Target
from bench.fuzz.inputs import spoiled


def form_input(target: Target, rng: Random) -> tuple[str, Callable[[], object]]:
    """A form of this address: what it is called, and what fills it in."""
    form = rng.choice(target.forms)
    way = rng.choice(("field", "field", "fields", "missing", "repeated", "more"))
    return f"form {type(form).__name__}", lambda: fill_in(form, spoiled(target, rng, way))


def fill_in(form: BaseForm, pairs: list[tuple[str, str]]) -> None:
    """Checks what was sent, and shows the form again with what was wrong."""
    sent = QueryDict(mutable=True)
    for name, value in pairs:
        sent.appendlist(name, value)
    filled = copy.copy(form)
    filled.data, filled.files, filled.is_bound = sent, MultiValueDict(), True
    filled._errors, filled._bound_fields_cache = None, {}  # type: ignore[attr-defined]  # noqa: SLF001 -- as if made anew
    try:
        filled.is_valid()
    except (BadRequest, Refusal):
        return
    str(filled.errors)
