"""Why something was not announced, prepared, signed or taken back."""

from http import HTTPStatus

from accounts.refusals import Refusal


class NotReady(Refusal):
    """Something is missing, or a check fails."""

    status = HTTPStatus.CONFLICT
    title = "This is not ready to be published"


class OutAlready(Refusal):
    """It is out: what the public has seen is not changed, but corrected."""

    status = HTTPStatus.CONFLICT
    title = "This is out already"


class TakenBack(Refusal):
    """The publication was withdrawn."""

    status = HTTPStatus.CONFLICT
    title = "This was withdrawn"


class OwnWork(Refusal):
    """The person who prepared an edition must not sign it off."""

    title = "A second person must sign this off"


class SignedAlready(Refusal):
    """Somebody else was quicker."""

    status = HTTPStatus.CONFLICT
    title = "This has been signed off already"
