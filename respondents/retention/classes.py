"""Every kind of thing that is kept for a time: what it is called, since when, and how it is forgotten."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from accounts.periods import Period, kept
from respondents.retention import people, texts, traces, voices

Due = Callable[[datetime], "models.QuerySet[Any]"]
Forget = Callable[["models.QuerySet[Any]", Sequence[object], datetime], None]


@dataclass(frozen=True)
class RetentionClass:
    """One kind. `name` is its setting in `settings.RETENTION`; `at_once` is how many are forgotten together."""

    name: str
    what: str
    since: str
    due: Due
    forget: Forget
    at_once: int = 500

    @property
    def period(self) -> Period:
        """How long it is kept, as set."""
        return kept(self.name)

    @property
    def notice(self) -> str:
        """Its line in the privacy notice."""
        return f"{self.what}: {self.period} {self.since}"


CLASSES = (
    RetentionClass(
        "contacts", "names and email addresses", "after the survey closes", people.contacts, people.erase, 50
    ),
    RetentionClass(
        "voices",
        "the name of whoever answered for a board on the telephone",
        "after the survey closes",
        voices.voices,
        voices.erase,
        50,
    ),
    RetentionClass(
        "texts",
        "answers, messages and comments in your own words, as you wrote them",
        "after the survey closes",
        texts.texts,
        texts.erase,
        10,
    ),
    RetentionClass("message_texts", "the words of emails sent to you", "", traces.message_texts, traces.blank_texts),
    RetentionClass("messages", "that an email was sent to you, and when", "", traces.messages, traces.delete),
    RetentionClass(
        "open_pages", "which pages of questions you had open", "after they last saved", traces.open_pages, traces.delete
    ),
    RetentionClass(
        "imports",
        "names and addresses in files that were sent for our list of chairs and not used",
        "after they were sent",
        traces.imports,
        traces.delete,
        5,
    ),
    RetentionClass(
        "stops",
        "that you asked us not to write, once you have let us write again",
        "after that",
        traces.stops,
        traces.delete,
    ),
    RetentionClass(
        "sessions",
        "that you were signed in, since when and with what kind of browser",
        "after your session ends",
        traces.sessions,
        traces.delete,
    ),
)
