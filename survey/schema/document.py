"""The questionnaire: `load()` reads one from an author's text, or says everything that is wrong with it."""

from hashlib import sha256

from survey.schema.assembly import assemble
from survey.schema.codes import DONT_KNOW, NOT_ANSWERED, NOT_ASKED, REFUSED, FrameField, ItemKind, QuestionKind
from survey.schema.lint import lint
from survey.schema.outline import Entry
from survey.schema.parts import Feed, Item, Option, Page, Question, Questionnaire, Scale, Section
from survey.schema.rules import Rule
from survey.schema.source import DocumentError, Problem, check_shape, scan_yaml
from survey.schema.written import WrittenQuestionnaire

__all__ = [
    "DONT_KNOW",
    "NOT_ANSWERED",
    "NOT_ASKED",
    "REFUSED",
    "DocumentError",
    "Feed",
    "FrameField",
    "Item",
    "ItemKind",
    "Option",
    "Page",
    "Problem",
    "Question",
    "QuestionKind",
    "Questionnaire",
    "Rule",
    "Scale",
    "Section",
    "load",
]


def load(text: str) -> Questionnaire:
    """The questionnaire written in this text; DocumentError with every problem when there is one."""
    source, problems = scan_yaml(text)
    if source is None:
        raise DocumentError(problems)
    written, misshapen = check_shape(WrittenQuestionnaire, source)
    senseless = [source.problem(fault) for fault in lint(Entry((), source.data))]
    problems = [*problems, *misshapen, *senseless]
    if written is None or problems:
        raise DocumentError(problems)
    return assemble(written, digest=sha256(text.encode()).hexdigest())
