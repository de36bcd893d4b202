"""How a question stands on the screen: every mark and word decided here, only placed by the templates."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from respondents.portal.controls import AskedQuestion, Choice, Column, Control, Part, Raw, Refusal, Sent
from respondents.portal.routes import leaves_here
from survey.schema.codes import MISSING_WORDS, NOT_ANSWERED, REFUSED, REFUSED_RAW
from survey.schema.conditions import in_words
from survey.schema.document import Item, Option, Page, Question, QuestionKind, Questionnaire
from survey.schema.rules import Leaf

# Each kind of question has one template. A battery may have any number of rows, so it is set as columns.
TEMPLATES: Mapping[QuestionKind, str] = {
    "single_choice": "respondents/questions/radios.html",
    "yes_no_details": "respondents/questions/radios.html",
    "multiple_choice": "respondents/questions/checkboxes.html",
    "rating_battery": "respondents/battery.html",
    "statement_battery": "respondents/battery.html",
    "open_text": "respondents/questions/text.html",
    "number": "respondents/questions/number.html",
    "date": "respondents/questions/date.html",
}


BATTERIES: frozenset[QuestionKind] = frozenset({"rating_battery", "statement_battery"})


DATE_PARTS = (("day", "Day", 2), ("month", "Month", 2), ("year", "Year", 4))
NO_ANSWER = Option(code="", label="No answer", value=NOT_ANSWERED, kind="dont_know", exclusive=True)
DECLINED = Option(code=REFUSED_RAW, label=MISSING_WORDS[REFUSED], value=REFUSED, kind="dont_know", exclusive=True)


def ask(
    question: Question, *, page: Page, questionnaire: Questionnaire, shown: Sequence[Item], sent: Mapping[str, Sent]
) -> AskedQuestion:
    """The question with those of its items that are shown, in the state in which the form is."""
    codes = {item.code for item in shown}
    mine = [item for item in question.items if item.code in codes]
    options = _offered(mine, sent)
    reveals = {
        leaf: _control(item, sent[item.code]) for item in mine if item.follow_up for leaf in leaves_here(page, item)
    }
    controls = tuple(
        replace(
            _control(item, sent[item.code]),
            choices=_choices(item, sent[item.code], options, reveals),
            condition=_condition(item, page, questionnaire),
        )
        for item in mine
        if not item.follow_up
    )
    columns = tuple(Column(option.label, option.kind == "dont_know") for option in options)
    return AskedQuestion(
        code=question.code,
        template=TEMPLATES[question.kind],
        wording=question.wording,
        hint=question.hint,
        is_heading=len(page.questions) == 1,
        controls=controls,
        columns=columns if question.kind in BATTERIES else (),
    )


def _offered(items: Sequence[Item], sent: Mapping[str, Sent]) -> tuple[Option, ...]:
    """The options of the question's scale, and what is offered only where an answer stands: to take it back."""
    closed = [item for item in items if item.scale]
    if not closed or closed[0].scale is None:
        return ()
    saved = [sent[item.code].saved for item in closed]
    extra = (DECLINED,) if any(_may_decline(sent[item.code]) for item in closed) else ()
    back = (NO_ANSWER,) if closed[0].kind == "closed" and any(value is not None for value in saved) else ()
    options = (*closed[0].scale.options, *extra, *back)
    # What excludes all others stands last, after an “or”.
    return tuple(sorted(options, key=lambda option: option.exclusive)) if closed[0].kind == "multiple" else options


def refuses(name: str) -> str:
    """What the box is called with which a typed item is refused; no item's code has a dash."""
    return f"refuse-{name}"


def _control(item: Item, state: Sent) -> Control:
    is_typed = isinstance(state.raw, str)
    control_id = f"id_{item.code}"
    said = {"hint": item.hint, "error": state.error, "warning": state.warning, "copied": state.copied_from}
    return Control(
        id=control_id,
        name=item.code,
        label=item.label,
        hint=item.hint,
        error=state.error,
        raw=state.raw if is_typed and not item.scale else "",  # choices hold their own marks
        described_by=" ".join(f"{control_id}-{name}" for name, words in said.items() if words),
        warning=state.warning,
        copied_from=state.copied_from,
        parts=_parts(control_id, item.code, state.raw if is_typed else "") if item.kind == "date" else (),
        refusal=_refusal(item, state, control_id),
    )


def _refusal(item: Item, state: Sent, control_id: str) -> Refusal | None:
    """The box that refuses a typed answer: offered, standing already, or just ticked."""
    if item.coded:
        return None
    is_ticked = state.is_refused or state.raw == [REFUSED_RAW]
    is_offered = is_ticked or _may_decline(state)
    return Refusal(f"{control_id}-refuse", refuses(item.code), item.short, checked=is_ticked, is_offered=is_offered)


def _choices(
    item: Item, state: Sent, options: Sequence[Option], reveals: Mapping[Leaf, Control]
) -> tuple[Choice | None, ...]:
    """A choice for each option; none where an answer could be taken back but none stands."""
    chosen = state.raw if isinstance(state.raw, list) else [state.raw]
    first_alone = next((option for option in options if option.exclusive), None) if item.kind == "multiple" else None
    opened = {leaf.option: control for leaf, control in reveals.items() if leaf.item == item.code}
    return tuple(
        Choice(
            id=f"id_{item.code}-{place}" if place else f"id_{item.code}",
            value=option.code,
            label=option.label,
            checked=option.code in chosen,
            apart=option.kind == "dont_know",
            alone=option.exclusive and item.kind == "multiple",
            begins_alone=option is first_alone,
            reveals=opened.get(option.code),
        )
        if _fits(option, state)
        else None
        for place, option in enumerate(options)
    )


def _fits(option: Option, state: Sent) -> bool:
    if option is NO_ANSWER:
        return state.saved is not None
    return option is not DECLINED or _may_decline(state)


def _may_decline(state: Sent) -> bool:
    """Refusing is shown where it stands already, and offered once where nothing was answered."""
    return state.may_decline or state.saved == REFUSED


def _condition(item: Item, page: Page, questionnaire: Questionnaire) -> str:
    """When an item is to be answered, in words, if that depends on an answer beside it."""
    if item.shown_when is None or not leaves_here(page, item):
        return ""
    return f"Answer this if {in_words(questionnaire, item.shown_when)}."


def _parts(control_id: str, name: str, raw: Raw) -> tuple[Part, ...]:
    """The three boxes of a date: as typed when they were sent, else the parts of the saved date."""
    year, month, day = [*str(raw).split("-"), "", "", ""][:3]
    values = {"day": day.lstrip("0"), "month": month.lstrip("0"), "year": year}
    return tuple(
        Part(control_id if part == "day" else f"{control_id}-{part}", f"{name}-{part}", label, values[part], size)
        for part, label, size in DATE_PARTS
    )
