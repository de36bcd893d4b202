"""Why a plan was not recorded or nothing was frozen."""

from accounts.refusals import Overtaken


class NothingToFreeze(Overtaken):
    """Somebody froze the data of a wave that is a draft or still open."""

    title = "Nothing can be frozen yet"


class NoQuestionnaireYet(Overtaken):
    """Somebody recorded a plan before it was known what the wave asks."""

    title = "Choose the questionnaire first"
