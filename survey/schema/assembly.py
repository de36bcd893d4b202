"""From a valid written document to the questionnaire: shared lists filled in, items spelt out, pages gathered."""

from itertools import groupby

from survey.schema.codes import DONT_KNOW
from survey.schema.expansion import Shared, items_of
from survey.schema.parts import Option, Page, Question, Questionnaire, Scale, Section
from survey.schema.written import (
    WrittenAny,
    WrittenAsked,
    WrittenChoice,
    WrittenFrame,
    WrittenMultiple,
    WrittenOption,
    WrittenQuestionnaire,
    WrittenSection,
    WrittenText,
)


def assemble(written: WrittenQuestionnaire, *, digest: str) -> Questionnaire:
    """The questionnaire that this document means; the document must have passed its lint."""
    scales = {scale.code: Scale(code=scale.code, options=_options(scale.options)) for scale in written.scales}
    shared = Shared(scales=scales, agencies=written.agencies, text_hint=written.text_hint or "")
    return Questionnaire(
        code=written.questionnaire,
        title=written.title,
        introduction=written.introduction or "",
        status=written.status or "",
        evidence=written.evidence or "",
        scales=tuple(scales.values()),
        sections=tuple(_section(section, shared) for section in written.sections),
        digest=digest,
    )


def _options(written: tuple[WrittenOption, ...]) -> tuple[Option, ...]:
    return tuple(
        Option(
            code=option.code,
            label=option.label,
            value=DONT_KNOW if option.value is None else option.value,
            kind=option.kind,
            exclusive=option.kind == "dont_know" or (isinstance(option, WrittenChoice) and option.exclusive),
        )
        for option in written
    )


def _section(written: WrittenSection, shared: Shared) -> Section:
    asked = [_question(question, shared) for question in written.questions if isinstance(question, WrittenAsked)]
    frame = [_question(question, shared) for question in written.questions if isinstance(question, WrittenFrame)]
    gathered = [(key, tuple(questions)) for key, questions in groupby(asked, key=lambda question: question.page)]
    return Section(
        code=written.code,
        title=written.title,
        intro=written.intro or "",
        pages=tuple(
            Page(code=key, title=written.pages.get(key, questions[0].short), questions=questions)
            for key, questions in gathered
        ),
        frame_questions=tuple(frame),
    )


def _question(written: WrittenAny, shared: Shared) -> Question:
    page = written.page if isinstance(written, WrittenAsked) else None
    hint = shared.text_hint if isinstance(written, WrittenText) else ""
    return Question(
        code=written.code,
        kind=written.kind,
        wording=written.wording,
        short=written.short or written.wording,
        page=page or written.code,
        hint=written.hint or hint,
        items=tuple(items_of(written, shared, _scale(written, shared))),
        shown_when=written.shown_when if isinstance(written, WrittenAsked) else None,
        recommendations=written.recommendations,
        feeds=written.feeds,
        taken_from=written.taken_from if isinstance(written, WrittenFrame) else None,
    )


def _scale(written: WrittenAny, shared: Shared) -> Scale | None:
    if isinstance(written, WrittenMultiple):
        return Scale(code=written.code, options=_options(written.options))
    name = getattr(written, "scale", None)
    return shared.scales[name] if name else None
