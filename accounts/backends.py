"""Who is signed in, found by a query that is put together once."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import User
from accounts.prepared import Given, Prepared

BY_ID = Prepared(lambda pk: User.objects.filter(pk=pk), pk=Given(User, "id", 987_654_321))


class HouseBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """allauth's, but for the look-up that every request makes; whoever is not active any more is not found."""

    def get_user(self, user_id: Any) -> User | None:  # noqa: ANN401 -- as Django has it
        """The person, read anew for each request."""
        found = BY_ID.rows(pk=user_id)
        return found[0] if found and self.user_can_authenticate(found[0]) else None
