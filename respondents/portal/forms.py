"""Forms of the chair's pages: one page of questions, a conflict to settle, a declaration to send."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import Any

from crispy_forms.layout import LayoutObject
from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Layout
from django import forms
from django.http import QueryDict
from django.template.loader import get_template

from respondents.portal.asking import ask, refuses
from respondents.portal.controls import AskedQuestion, Control, Raw, Sent
from respondents.portal.copied import copied_from
from respondents.portal.fields import (
    BASE,
    BOTH,
    NOT_WHOLE,
    AnswerField,
    SequenceField,
    TabKeyField,
    VersionField,
    VersionMixin,
)
from respondents.portal.held import HeldText, hold
from respondents.returns.models import Return
from respondents.returns.saving import Saved, Sending, Settlement
from respondents.returns.tabs import Tab
from survey.schema.answers import Value, answered, raw
from survey.schema.codes import REFUSED
from survey.schema.document import Item, Page
from survey.schema.routing import applicable

# Names with a dash can be no item's code.
TAB_KEY, TAB_SEQUENCE = "tab-key", "tab-sequence"
SEEN = "seen-version"
DECLINE, AS_IT_IS, SHOWN_PASSAGE = "decline-what-is-left", "save-as-it-is", "shown-passage"


@lru_cache(maxsize=2_000)
def draw_row(row: Control) -> str:
    """One item of a battery as HTML. Equal rows look equal, so each is drawn once: a page may hold fifty."""
    return get_template("respondents/battery_row.html").render({"row": row})


class QuestionBlock(LayoutObject):  # type: ignore[misc]  # crispy ships no types
    """A whole question in one template: drawing each radio by itself would cost more than the rest of the page."""

    def __init__(self, question: AskedQuestion) -> None:
        self.question = question
        self.fields: list[str] = []

    def render(self, form: forms.Form, context: object, template_pack: str = "gds", **_: Any) -> str:
        """The question as HTML."""
        rows = map(draw_row, self.question.controls) if self.question.columns else ()
        return get_template(self.question.template).render({"question": self.question, "rows": rows})


class AnswerForm(forms.Form):
    """The items shown on one page of a return; `sent` is what was sent of them, ready to be saved.

    An item of the page that was sent belongs to it, even where an answer elsewhere has closed it meanwhile.
    """

    def __init__(
        self,
        data: QueryDict | None,
        *,
        found: Return,
        page: Page,
        shown: Sequence[Item],
        may_decline: Collection[str] = (),
        held: Sequence[HeldText] = (),
    ) -> None:
        super().__init__(data)
        self.found, self.page, self.opened, self.values = found, page, shown, found.values
        self.may_decline, self.in_boxes = may_decline, {each.item.code: each for each in held}
        self.fields[BASE] = VersionField()
        self.fields[TAB_KEY], self.fields[TAB_SEQUENCE] = TabKeyField(), SequenceField()
        self.fields.update({item.code: AnswerField(item) for item in page.items})
        self.shown = tuple(each for each in page.items if each in shown or (self.is_bound and self._was_sent(each)))
        self.fields = {name: each for name, each in self.fields.items() if name not in self._unseen}

    @property
    def base_version(self) -> int:
        """The version that the person was looking at."""
        # A form that arrived without it is taken to be based on nothing, so that it can overwrite nothing.
        version: int = self.cleaned_data.get(BASE, 0) if self.is_bound else self.found.version
        return version

    @cached_property
    def copied_from(self) -> dict[str, str]:
        """The boards that unconfirmed answers on this page were copied from."""
        return copied_from(self.found, self.shown)

    @property
    def confirmed(self) -> tuple[str, ...]:
        """The copied answers that the person has looked at: a page sent by its button shows them all."""
        return tuple(code for code in self.all_sent if code in self.found.copied)

    @property
    def tab(self) -> Tab | None:
        """Which opened page sent this, where scripts ran."""
        key, sequence = self.cleaned_data.get(TAB_KEY), self.cleaned_data.get(TAB_SEQUENCE)
        return Tab(key, sequence) if key and sequence else None

    @property
    def saved_words(self) -> dict[str, Raw]:
        """What is saved of the page's items, in the words of the form."""
        return {item.code: raw(item, self.values.get(item.code)) for item in self.shown}

    def clean(self) -> None:
        """Tells the person when the hidden version did not arrive, or when an answer was written and refused at once.

        Where the refusal stood already, the person has changed their mind and what they wrote takes its place.
        """
        if BASE in self.errors:
            self.add_error(None, NOT_WHOLE)
        for item in self.shown:
            is_new = refuses(item.code) in self.data and self.values.get(item.code) != REFUSED
            if is_new and self.cleaned_data.get(item.code) not in (None, REFUSED):
                self.add_error(item.code, BOTH)

    @property
    def sent(self) -> dict[str, Value]:
        """The values to be saved: what was sent, without texts that the person must look at first."""
        held = {each.item.code for each in self.held}
        return {code: value for code, value in self.all_sent.items() if code not in held}

    @property
    def sending(self) -> Sending:
        """What is to be saved, and what was known when it was sent."""
        return Sending(self.base_version, self.sent, self.tab, self.confirmed)

    @property
    def all_sent(self) -> dict[str, Value]:
        """The values of the items that the browser sent; what it did not send stays as it is."""
        given = {item.code: self.cleaned_data[item.code] for item in self.shown if self._arrived(item)}
        declined = self._left(given) if DECLINE in self.data else ()
        return {**given, **{item.code: REFUSED for item in declined}}

    @property
    def _unseen(self) -> set[str]:
        return {item.code for item in self.page.items}.difference(self.items)

    @property
    def unasked(self) -> tuple[Item, ...]:
        """The items answered here that an answer elsewhere has closed since the page was opened."""
        sent = self.sent
        return tuple(each for each in self.shown if each not in self.opened and answered(sent.get(each.code)))

    @property
    def left(self) -> tuple[Item, ...]:
        """The items of the page that stay without an answer and could be refused."""
        return self._left(self.all_sent)

    @cached_property
    def held(self) -> tuple[HeldText, ...]:
        """Texts in which a scan found what may point to a person, and that the person has not been shown yet."""
        if AS_IT_IS in self.data:
            return ()
        shown = frozenset(self.words_of(SHOWN_PASSAGE))
        found = (hold(self.items[code], value, self.values.get(code), shown) for code, value in self.all_sent.items())
        return tuple(each for each in found if each)

    def words_of(self, name: str) -> list[str]:
        """Everything that was sent under this name."""
        return [str(word) for word in self.data.getlist(name)] if isinstance(self.data, QueryDict) else []

    def with_warnings(self) -> "AnswerForm":
        """The form as it was sent, with a word beside each text that was held back."""
        self.in_boxes = {each.item.code: each for each in self.held}
        return self

    @property
    def items(self) -> dict[str, Item]:
        """The items shown, by code."""
        return {item.code: item for item in self.shown}

    def _left(self, given: Mapping[str, Value]) -> tuple[Item, ...]:
        values = {**self.values, **given}
        asked = applicable(self.found.wave.questionnaire, values)
        return tuple(item for item in self.shown if item.code in asked and not answered(values.get(item.code)))

    @cached_property
    def helper(self) -> FormHelper:
        """How the page is laid out: its questions one under another."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.layout = Layout(*(QuestionBlock(question) for question in self.questions))
        return helper

    @property
    def questions(self) -> list[AskedQuestion]:
        """The questions of the page that have something to ask, as they stand on the screen."""
        states = {item.code: self._state(item) for item in self.shown}
        shown = {item.question_code for item in self.shown}
        return [
            ask(
                question,
                page=self.page,
                questionnaire=self.found.wave.questionnaire,
                shown=self.shown,
                sent=states,
            )
            for question in self.page.questions
            if question.code in shown
        ]

    def _arrived(self, item: Item) -> bool:
        return item.code in self.cleaned_data and self._was_sent(item)

    def _was_sent(self, item: Item) -> bool:
        widget = self.fields[item.code].widget
        return not widget.value_omitted_from_data(self.data, self.files, item.code)

    def _state(self, item: Item) -> Sent:
        saved = self.values.get(item.code)
        if held := self.in_boxes.get(item.code):
            return Sent(held.text, saved, warning=held.warning)
        if not self.is_bound or not self._was_sent(item):
            may_decline, copied = item.code in self.may_decline, self.copied_from.get(item.code, "")
            return Sent(raw(item, saved), saved, may_decline=may_decline, copied_from=copied)
        words = self.fields[item.code].widget.value_from_datadict(self.data, self.files, item.code)
        error = " ".join(map(str, self.errors.get(item.code, [])))
        return Sent(words, saved, error, is_refused=refuses(item.code) in self.data)


class AutosaveForm(AnswerForm):
    """What an open page sends by itself: some of its items; those that are not right yet wait."""

    @property
    def is_whole(self) -> bool:
        """Whether everything but the answers is as it was sent out."""
        self.is_valid()
        return BASE not in self.errors and self.tab is not None

    @property
    def sending(self) -> Sending:
        """What is to be saved; no copied answer counts as looked at before the person sends the page."""
        return replace(super().sending, confirmed=())

    def look_again(self, outcome: object) -> None:
        """Takes up what is stored now, where others have saved since the page was opened."""
        if isinstance(outcome, Saved) and (outcome.is_merged or outcome.version != self.found.version):
            self.found.refresh_from_db(fields=["answers", "texts", "version"])
        self.values = self.found.values

    @property
    def not_right(self) -> dict[str, str]:
        """What is wrong, by item."""
        return {code: " ".join(map(str, errors)) for code, errors in self.errors.items() if code in self.items}


class SubmitForm(VersionMixin):
    """The declaration: which version the person has checked."""


MINE, THEIRS = "mine", "theirs"


class SettleForm(AnswerForm):
    """Which of two answers stands, for each item that two people changed.

    When a choice is missing nothing counts as settled: all is tried again as it was first sent, and asked again.
    """

    def __init__(self, data: QueryDict, *, found: Return, page: Page, shown: Sequence[Item]) -> None:
        super().__init__(data, found=found, page=page, shown=shown)
        self.fields[SEEN] = VersionField()
        self.disputed = [item for item in shown if f"disputed-{item.code}" in data]
        for item in self.disputed:
            sentence = f"Choose which answer stands for “{item.short}”"
            self.fields[f"keep-{item.code}"] = forms.ChoiceField(
                choices=[(MINE, "Yours"), (THEIRS, "Theirs")],
                error_messages={"required": sentence, "invalid_choice": sentence},
            )

    @property
    def is_settled(self) -> bool:
        """Whether every choice was made."""
        return self.is_valid()

    @property
    def is_whole(self) -> bool:
        """Whether everything but the choices arrived as it was sent out."""
        return all(name.startswith("keep-") for name in self.errors)

    @property
    def settlement(self) -> Settlement:
        """What the person has decided; nothing while a choice is missing."""
        seen = {item.code: self.cleaned_data[SEEN] for item in self.disputed} if self.is_settled else {}
        return Settlement(seen, {code: value for code, value in self.all_sent.items() if code in self._given_up})

    @property
    def sent(self) -> dict[str, Value]:
        """The person's own answers, without those they gave up for the other's."""
        return {code: value for code, value in super().sent.items() if code not in self._given_up}

    @property
    def sending(self) -> Sending:
        """What is to be saved, with what was decided."""
        return replace(super().sending, settled=self.settlement)

    @property
    def _given_up(self) -> set[str]:
        return {item.code for item in self.disputed if self.is_settled and self.choice(item.code) == THEIRS}

    def choice(self, code: str) -> str:
        """Which answer the person has chosen so far."""
        return str(self.cleaned_data.get(f"keep-{code}", ""))
