"""A secret is replaced while people work: nobody is signed out, every app works, and the old key can go."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from cryptography.fernet import InvalidToken
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from django.utils import timezone

from accounts.audit.models import AuditEntry
from accounts.models import Role
from accounts.second.setting_up import recovery_codes
from analysis.calendar.feeds import find_feed, make_feed, token_of
from tests import builders

OLD, NEW = "the old key, long enough to be taken for a secret", "the new key, long enough to be taken for a secret"

pytestmark = pytest.mark.django_db


def test_sessions_apps_and_addresses_outlive_a_key(client: Client) -> None:
    def is_in() -> bool:
        return client.get("/waves/").status_code == 200

    with override_settings(SECRET_KEY=OLD):
        rita = builders.person("rita@example.org", role=Role.RESEARCHER)
        builders.app_code(rita)
        (secret,) = [decrypt(row.data["secret"]) for row in Authenticator.objects.filter(type="totp")]
        codes = recovery_codes(rita)
        address = token_of(make_feed(rita, now=timezone.now()))
        builders.sign_in(client, rita)
        assert is_in()
    with override_settings(SECRET_KEY=NEW, SECRET_KEY_FALLBACKS=[OLD]):
        both = is_in(), find_feed(address) is not None
        call_command("rotate_keys")
    with override_settings(SECRET_KEY=NEW, SECRET_KEY_FALLBACKS=[]):
        after = is_in(), find_feed(address) is None
        (kept,) = [decrypt(row.data["secret"]) for row in Authenticator.objects.filter(type="totp")]
        assert (kept, recovery_codes(rita)) == (secret, codes)
    with override_settings(SECRET_KEY=OLD, SECRET_KEY_FALLBACKS=[]):
        stolen = is_in()
        with pytest.raises(CommandError, match="Nothing was changed: add that key"):
            call_command("rotate_keys")

    assert (both, after, stolen) == ((True, True), (True, True), False)
    assert AuditEntry.objects.filter(act="keys.rotated").count() == 1


def test_a_key_of_their_own_takes_over_the_apps_and_is_changed_by_itself(client: Client) -> None:
    first, second = f"the first {OLD}", f"the second {OLD}"

    def secret_under(*keys: str, site: str = OLD) -> str:
        with override_settings(SECRET_KEY=site, SECRET_KEY_FALLBACKS=[], SECOND_STEP_KEYS=list(keys)):
            return str(decrypt(Authenticator.objects.get(type="totp").data["secret"]))

    with override_settings(SECRET_KEY=OLD):
        builders.app_code(builders.person("rita@example.org", role=Role.RESEARCHER))
    secret = secret_under()
    for keys in ([first], [second, first]):
        assert secret_under(*keys) == secret
        with override_settings(SECRET_KEY=OLD, SECOND_STEP_KEYS=keys):
            call_command("rotate_keys")

    assert secret_under(second, site=NEW) == secret
    for keys in ([], [first]):
        with pytest.raises(InvalidToken):
            secret_under(*keys)
