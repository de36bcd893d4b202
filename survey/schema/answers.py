"""One answer between its three forms: as sent by a form or a file, as stored, and in words."""

import re
from datetime import date
from decimal import Decimal
from unicodedata import normalize

from survey.schema.codes import DONT_KNOW, MISSING_WORDS, NOT_ANSWERED, NOT_ASKED, REFUSED, REFUSED_RAW
from survey.schema.parts import Item, Option, Scale

Value = None | int | list[int] | str

MAX_TEXT = 20_000
SEPARATOR = ";"
NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class InvalidAnswer(ValueError):
    """An answer that the item cannot have; `message` says so to the person, `allowed` are the words it may have."""

    def __init__(self, item: Item, value: str, message: str, *, allowed: tuple[str, ...] = ()) -> None:
        super().__init__(f"{item.code}: {message}")
        self.item, self.value, self.message, self.allowed = item, value, message, allowed


def answered(value: Value) -> bool:
    """Whether a stored value is an answer; a refusal and a "don't know" are, -9 and -7 are not."""
    return value not in (None, "", [], NOT_ANSWERED, NOT_ASKED)


def parse(item: Item, raw: str | list[str]) -> Value:
    """The value to store for what was sent; None when nothing was, InvalidAnswer when the item cannot have it.

    A text is what was typed, whatever it says; a list holds words of the questionnaire, so that a typed item is refused
    by `["refused"]` and a person may still write “refused”.
    """
    if item.kind == "multiple":
        return _multiple(item, raw.split(SEPARATOR) if isinstance(raw, str) else raw)
    if not item.coded and raw == [REFUSED_RAW]:
        return REFUSED
    if isinstance(raw, list):
        if len(raw) > 1:
            raise InvalidAnswer(item, SEPARATOR.join(raw), "Give one answer only.")
        raw = raw[0] if raw else ""
    return _PARSED_BY[item.kind](item, raw)


def raw(item: Item, value: Value) -> str | list[str]:
    """What a form or a file holds for a stored value: the inverse of parse."""
    if item.kind == "multiple":
        values = value if isinstance(value, list) else [] if value is None else [value]
        return [word for each in values if (word := _word(item, int(each)))]
    if not item.coded and value == REFUSED:
        return [REFUSED_RAW]
    return _word(item, value) if isinstance(value, int) else str(value or "")


def display(item: Item, value: Value) -> str:
    """The words in which a stored value is shown to a person."""
    if value is None or value in ([], ""):
        return MISSING_WORDS[NOT_ANSWERED]
    if isinstance(value, list):
        return "; ".join(_label(item, each) for each in value)
    if isinstance(value, int):
        return _label(item, value)
    if item.kind == "date":
        day = date.fromisoformat(value)
        return f"{day.day} {day:%B %Y}"
    return value


def _closed(item: Item, raw: str) -> Value:
    code = raw.strip()
    if code in {"", REFUSED_RAW}:
        return REFUSED if code else None
    return _option(item, code).value


def _multiple(item: Item, sent: list[str]) -> Value:
    codes = list(dict.fromkeys(code.strip() for code in sent if code.strip()))
    if not codes:
        return None
    if codes == [REFUSED_RAW]:
        return REFUSED
    chosen = [_option(item, code) for code in codes if code != REFUSED_RAW]
    alone = ["I do not want to answer"] if REFUSED_RAW in codes else []
    alone += [option.label for option in chosen if option.exclusive]
    if alone and len(codes) > 1:
        raise InvalidAnswer(item, SEPARATOR.join(codes), f"“{alone[0]}” cannot be chosen together with another answer.")
    if chosen[0].value == DONT_KNOW:
        return DONT_KNOW
    return sorted(option.value for option in chosen)


def _option(item: Item, code: str) -> Option:
    scale = _scale(item)
    if code in scale.by_code:
        return scale.option(code)
    allowed = (*scale.by_code, REFUSED_RAW)
    message = f"“{code[:60]}” is not one of the answers. Use one of: {', '.join(allowed)}."
    raise InvalidAnswer(item, code, message, allowed=allowed)


def _text(item: Item, raw: str) -> Value:
    if "\0" in raw or LONE_SURROGATE.search(raw):
        raise InvalidAnswer(item, raw, "The text has a character that cannot be stored. Remove it and try again.")
    text = normalize("NFC", raw.replace("\r\n", "\n"))
    if len(text) > MAX_TEXT:
        message = f"The text must be {MAX_TEXT:,} characters or fewer; it has {len(text):,}."
        raise InvalidAnswer(item, raw, message)
    return text if text.strip() else None


def _number(item: Item, raw: str) -> Value:
    text = raw.strip()
    if not text:
        return None
    if not NUMBER.fullmatch(text):
        raise InvalidAnswer(item, raw, "Enter a number in digits, such as 12 or 12.5.")
    if item.whole and "." in text:
        raise InvalidAnswer(item, raw, "Enter a whole number.")
    if item.minimum is not None and Decimal(text) < item.minimum:
        raise InvalidAnswer(item, raw, f"The number must be {item.minimum:f} or more.")
    if item.maximum is not None and Decimal(text) > item.maximum:
        raise InvalidAnswer(item, raw, f"The number must be {item.maximum:f} or less.")
    return text


def _date(item: Item, raw: str) -> Value:
    text = raw.strip()
    if not text:
        return None
    try:
        if DATE.fullmatch(text):
            return date.fromisoformat(text).isoformat()
    except ValueError:
        pass  # the day does not exist; told below
    raise InvalidAnswer(item, raw, "Enter a real date as year, month and day, such as 2012-02-23.")


_PARSED_BY = {"closed": _closed, "text": _text, "number": _number, "date": _date}


def _scale(item: Item) -> Scale:
    if item.scale is None:
        raise TypeError(f"{item.code} has no scale")
    return item.scale


def _word(item: Item, value: int) -> str:
    """The code of an option's value; a stored -9 or -7 is no answer, so nothing."""
    if value == REFUSED:
        return REFUSED_RAW
    option = _scale(item).by_value.get(value)
    if option is None and value in MISSING_WORDS:
        return ""
    return _scale(item).by_value[value].code


def _label(item: Item, value: int) -> str:
    scale = item.scale
    if value in MISSING_WORDS and (scale is None or value not in scale.by_value):
        return MISSING_WORDS[value]
    return _scale(item).label(value)
