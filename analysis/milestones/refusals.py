"""Why a plan was not recorded or nothing was frozen."""

from http import HTTPStatus

from accounts.refusals import Refusal


class NothingToFreeze(Refusal):
    """Somebody froze the data of a wave that is a draft or still open."""

    status = HTTPStatus.CONFLICT
    title = "Nothing can be frozen yet"


class NoQuestionnaireYet(Refusal):
    """Somebody recorded a plan before it was known what the wave asks."""

    status = HTTPStatus.CONFLICT
    title = "Choose the questionnaire first"
