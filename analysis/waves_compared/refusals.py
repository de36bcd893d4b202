"""Why two waves are not paired."""

from http import HTTPStatus

from accounts.refusals import Refusal


class NotOneQuestionnaire(Refusal):
    """The two waves do not run the same questionnaire, or one of them is a rehearsal."""

    status = HTTPStatus.CONFLICT
    title = "These two waves cannot be paired"
