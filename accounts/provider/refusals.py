"""Why nobody came in through the provider, in words for the person at the door."""

from http import HTTPStatus

from accounts.refusals import Refusal


class NotSignedIn(Refusal):
    """Something did not fit."""

    title = "You have not been signed in"


class ProviderAway(Refusal):
    """The provider does not answer, or answers nonsense."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    title = "Your department’s sign-in cannot be reached"


BEGIN_AGAIN = "This sign-in was begun too long ago, in another browser, or used already. Sign in again."
NOT_TRUE = (
    "What your department’s sign-in sent could not be confirmed. Sign in again; if it happens every time, tell whoever "
    "runs this survey’s computers."
)
CANCELLED = "Your department’s sign-in ended without letting you in. Sign in again."
AWAY = "Nothing is wrong with your account. Wait a few minutes, then sign in again."
UNVERIFIED = (
    "Your department’s sign-in has not confirmed your email address. Ask your department’s IT desk to confirm it, "
    "then sign in again."
)
UNKNOWN = (
    "Nobody who works for the survey has this email address. Ask an administrator of the survey to add you, then "
    "sign in again."
)
SUSPENDED = "You no longer work for the survey. If that is wrong, ask one of its administrators."
ANOTHER_ACCOUNT = (
    "Somebody else at your department used to sign in here with this email address, or you did with another. Ask an "
    "administrator of the survey to deactivate whoever should no longer come in, and to let you in again."
)
NO_GROUP = (
    "None of your groups at your department works for the survey. Ask your department’s IT desk to put you in one, and "
    "an administrator of the survey to let you in again."
)
SOMEBODY_ELSE = "Your department signed in somebody else. Sign out, then sign in as the person you want to be."
