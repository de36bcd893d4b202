"""Services: the coding frame of an item changes by one code, or comes from a file; each time a new version."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from accounts.audit.acts import declare
from accounts.audit.recording import record
from accounts.models import User
from analysis.core.coding import Code
from analysis.opentext.frames import as_kept, codes_of
from analysis.opentext.models import FrameVersion
from respondents.fieldwork.drafting import lock_wave
from respondents.tabular.csv_lines import read_lines
from respondents.tabular.lines import FileRefused, Line
from survey.models import Wave
from survey.schema.source import Problem

FRAMED = declare("coding.frame", "Changed a coding frame")
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}")
REQUIRED, OPTIONAL = ("code", "name", "definition"), ("include", "exclude", "example", "parent")


@transaction.atomic
def add_code(wave: Wave, item: str, code: Code, *, by: User, now: datetime) -> FrameVersion:
    """Adds a code under a key of its own. ValidationError where the name is taken or the parent is none."""
    codes = _codes_now(lock_wave(wave), item)
    code = replace(code, key=_new_key(code.name, codes))
    _check((*codes, code), code)
    return _keep(wave, item, (*codes, code), change=f"Added “{code.name}”", by=by, now=now)


@transaction.atomic
def change_code(wave: Wave, item: str, code: Code, *, by: User, now: datetime) -> FrameVersion:
    """Puts another wording in place of the code with this key; what was coded with it stays under the key."""
    before = _codes_now(lock_wave(wave), item)
    codes = tuple(code if each.key == code.key else each for each in before)
    _check(codes, code)
    verb = "Retired" if code.is_retired else "Changed"
    return _keep(wave, item, codes, change=f"{verb} “{code.name}”", by=by, now=now)


@transaction.atomic
def import_frame(wave: Wave, item: str, content: bytes, *, by: User | None, now: datetime) -> FrameVersion:
    """The whole frame from a CSV file. A code that it leaves out is retired. FileRefused names every bad line."""
    lines = read_lines(content, required=REQUIRED, optional=OPTIONAL)
    if problems := [problem for line in lines if (problem := _key_problem(line))]:
        raise FileRefused(problems)
    codes = tuple(map(_read, lines))
    given = {code.key for code in codes}
    before = _codes_now(lock_wave(wave), item)
    codes += tuple(replace(code, is_retired=True) for code in before if code.key not in given)
    for code in codes:
        _check(codes, code)
    return _keep(wave, item, codes, change="Read from a file", by=by, now=now)


def _key_problem(line: Line) -> Problem | None:
    """A key is an id in tables and files, so it begins with a letter or a digit."""
    key = line["code"].strip()
    if KEY.fullmatch(key):
        return None
    message = f"“{key}” is no key of a code" if key else "The code has no key"
    return line.problem("F007", "code", message, "Begin with a letter or a digit, and use letters, digits, - and _")


def _read(line: Line) -> Code:
    key, *words = (line[name].strip() for name in (*REQUIRED, *OPTIONAL))
    name, definition, include, exclude, example, parent = words
    return Code(key, name, definition, include, exclude, example, parent)


def _codes_now(wave: Wave, item: str) -> tuple[Code, ...]:
    return codes_of(FrameVersion.objects.filter(wave=wave, item=item).order_by("-number").first())


def _new_key(name: str, codes: Sequence[Code]) -> str:
    taken, key = {code.key for code in codes}, slugify(name)[:40].strip("-") or "code"
    return next(each for each in (key, *(f"{key}-{number}" for number in range(2, 999))) if each not in taken)


def _check(codes: Sequence[Code], code: Code) -> None:
    """A name belongs to one code, a parent is a code of the frame that has no parent itself."""
    others = {each.key: each for each in codes if each.key != code.key}
    if len(others) != len(codes) - 1:
        raise ValidationError({"name": f"The key {code.key} stands twice: give each code its own"})
    if any(each.name.casefold() == code.name.casefold() for each in others.values() if not each.is_retired):
        raise ValidationError({"name": "Another code has this name: choose one that tells them apart"})
    if code.parent and (code.parent not in others or others[code.parent].parent):
        raise ValidationError({"parent": "Choose a code that stands at the top of the frame"})
    if code.parent and any(each.parent == code.key for each in others.values()):
        raise ValidationError({"parent": "Codes stand under this one, so it stays at the top"})


def _keep(wave: Wave, item: str, codes: Sequence[Code], *, change: str, by: User | None, now: datetime) -> FrameVersion:
    last = FrameVersion.objects.filter(wave=wave, item=item).order_by("-number").first()
    number = last.number + 1 if last else 1
    kept = FrameVersion.objects.create(
        wave=wave, item=item, number=number, codes=as_kept(tuple(codes)), change=change, made_by=by, made_at=now
    )
    detail = {"item": item, "version": number, "change": change}
    record(FRAMED, by=by, subject=wave, wave=wave.slug, detail=detail, now=now)
    return kept
