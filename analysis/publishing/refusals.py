"""Why something was not announced, prepared, signed or taken back."""

from accounts.refusals import Overtaken, Refusal


class NotReady(Overtaken):
    """Something is missing, or a check fails."""

    title = "This is not ready to be published"


class OutAlready(Overtaken):
    """It is out: what the public has seen is not changed, but corrected."""

    title = "This is out already"


class TakenBack(Overtaken):
    """The publication was withdrawn."""

    title = "This was withdrawn"


class OwnWork(Refusal):
    """The person who prepared an edition must not sign it off."""

    title = "A second person must sign this off"


class SignedAlready(Overtaken):
    """Somebody else was quicker."""

    title = "This has been signed off already"
