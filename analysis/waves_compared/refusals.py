"""Why two waves are not paired."""

from accounts.refusals import Overtaken


class NotOneQuestionnaire(Overtaken):
    """The two waves do not run the same questionnaire, or one of them is a rehearsal."""

    title = "These two waves cannot be paired"
