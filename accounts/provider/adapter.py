"""How the provider is called: as it says where it is, and nowhere else."""

from typing import Any

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter


class SurveySocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """allauth's sessions follow no redirect: one would be answered as a provider that is away."""

    def get_requests_session(self) -> Any:  # noqa: ANN401 -- of requests
        """A session for calls to the provider."""
        session = super().get_requests_session()
        session.max_redirects = 0
        return session
