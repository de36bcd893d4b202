"""The wordings that every wave begins with."""

from collections.abc import Mapping

from respondents.contacts.models import TemplateKind
from respondents.contacts.wording import Wording

_END = "To reach a person, reply to this message.\n\n{{service}}\n"
_CODE = "The link signs nobody in: you get a code by email each time."

STANDARD: Mapping[TemplateKind, Wording] = {
    TemplateKind.PRE_NOTICE: Wording(
        "A survey is coming: {{wave}}",
        "{{greeting}},\n\nfrom {{opens}} we shall ask you, as chair of {{board}}, to answer this survey: {{wave}}.\n\n"
        "Why this board: {{why}}\n\nHow long: {{how_long}}\n\n"
        "You need not do anything yet. An email with a link will follow on the day the survey opens. "
        f"If somebody else chairs the board by then, please tell us.\n\n{_END}",
    ),
    TemplateKind.INVITATION: Wording(
        "Please answer for {{board}}: {{wave}}",
        "{{greeting}},\n\nWe ask you, as chair of {{board}}, to answer this survey: {{wave}}.\n\n"
        "Start here:\n{{link}}\n\n"
        "The link only says which board you answer for and fills in your email address. "
        "It signs nobody in: you get a code by email each time.\n\nWhy this board: {{why}}\n\n"
        "How long: {{how_long}} You need not do it in one go, and you can ask colleagues to help.\n\n"
        "Until when: {{closes}}\n\n"
        "Who sees what: your answers are seen by those who work on this return and by the survey team. "
        "Chairs of other boards never see them. Published tables count boards and do not name them.\n\n"
        f"You can read all the questions before you start. No question has to be answered.\n\n{_END}",
    ),
    TemplateKind.REMINDER_NOT_STARTED: Wording(
        "{{board}} has not answered yet: {{wave}}",
        "{{greeting}},\n\nwe have not heard from {{board}} yet. The survey closes {{days_left}}, on {{closes}}.\n\n"
        f"Start here:\n{{{{link}}}}\n\n{_CODE}\n\nHow long: {{{{how_long}}}} "
        "You need not do it in one go, and you can ask colleagues to help.\n\n"
        f"If the board will not take part, a line in reply is enough, and we shall not write again.\n\n{_END}",
    ),
    TemplateKind.REMINDER_IN_PROGRESS: Wording(
        "Your return for {{board}} is not finished: {{wave}}",
        "{{greeting}},\n\nanswers have been saved for {{board}}, but they have not been sent to us. Only what is sent "
        "counts. The survey closes {{days_left}}, on {{closes}}.\n\nGo on here:\n{{link}}\n\n"
        f"{_CODE}\n\nNo question has to be answered: a return may be sent with gaps.\n\n{_END}",
    ),
    TemplateKind.REMINDER_WAITING: Wording(
        "The return of {{board}} waits for a signature: {{wave}}",
        "{{greeting}},\n\nthe return of {{board}} is complete and waits for a signature. Until somebody signs it, it "
        "has not been sent. The survey closes {{days_left}}, on {{closes}}.\n\nSee it here:\n{{link}}\n\n"
        f"{_CODE}\n\nWhoever is asked to sign can sign it or send it back; the chair can ask somebody else.\n\n{_END}",
    ),
    TemplateKind.THANKS: Wording(
        "Thank you for answering: {{wave}}",
        "{{greeting}},\n\nthank you for the return of {{board}}. We have it, and it counts.\n\n"
        "We shall write to you when the report is published. Until then you find your answers and your receipt here:\n"
        f"{{{{link}}}}\n\n{_END}",
    ),
    TemplateKind.EXTENSION: Wording(
        "More time to answer for {{board}}: {{wave}}",
        "{{greeting}},\n\nthere is more time: the survey now closes on {{closes}}. Why: {{reason}}\n\n"
        f"What you have saved is kept. Start or go on here:\n{{{{link}}}}\n\n{_CODE}\n\n{_END}",
    ),
    TemplateKind.REOPENING: Wording(
        "Your return for {{board}} is open again: {{wave}}",
        "{{greeting}},\n\nthe survey team has reopened part of the return of {{board}}. You can change and "
        "send it again until {{until}}.\n\nRead what was reopened, and why:\n{{link}}\n\n"
        f"{_CODE} What was sent before keeps counting until you send the return again.\n\n{_END}",
    ),
}

_FOR_ALL = ("greeting", "chair", "board", "wave", "opens", "closes", "days_left", "link", "why", "how_long", "service")
_BESIDE = {TemplateKind.EXTENSION: ("reason",), TemplateKind.REOPENING: ("until",)}
WITHOUT_LINK = (TemplateKind.PRE_NOTICE, TemplateKind.THANKS)

MEANINGS: Mapping[str, str] = {
    "greeting": "“Dear” and the chair’s name, or “Good day”",
    "chair": "the person’s name, or their address",
    "board": "the board’s name",
    "wave": "the survey’s title",
    "opens": "when the survey opens",
    "closes": "when the survey closes",
    "days_left": "how far off the closing is, such as “in 3 days”",
    "link": "the person’s own link to the return",
    "why": "why this board is asked",
    "how_long": "how long answering takes",
    "service": "the name of this service",
    "reason": "the reason that you give",
    "until": "until when the return is open again",
}


def variables_of(kind: TemplateKind) -> tuple[str, ...]:
    """The variables that a wording of this kind may use."""
    return (*_FOR_ALL, *_BESIDE.get(kind, ()))


def needed_by(kind: TemplateKind) -> tuple[str, ...]:
    """The variables that a wording of this kind must use in its text."""
    return () if kind in WITHOUT_LINK else ("link",)
