"""How it went, asked on the receipt."""

from dataclasses import dataclass

from django.urls import reverse

from respondents.correspondence.forms import FeedbackForm
from respondents.returns.models import Return, Submission


@dataclass(frozen=True)
class FeedbackPanel:
    """The form, and the way past it."""

    form: FeedbackForm
    skip_url: str


def feedback_panel(found: Return, submission: Submission, *, was_asked: bool) -> FeedbackPanel | None:
    """What is asked; nothing where it was asked before."""
    if was_asked:
        return None
    arguments = [found.pk, submission.number]
    form = FeedbackForm(action=reverse("correspondence:feedback", args=arguments))
    return FeedbackPanel(form, reverse("correspondence:skip_feedback", args=arguments))
