"""The product's settings in a world of their own: nothing of the developer's .env or var/ reaches a test."""

import os
import tempfile
from pathlib import Path

SCRATCH = Path(tempfile.gettempdir()) / f"survey-test-{os.getpid()}"  # made and removed by conftest

if not os.environ.get("DATABASE_URL", "").startswith(
    "postgresql"
):  # a process beside this one has an SQLite of its own
    os.environ["DATABASE_URL"] = f"sqlite:///{SCRATCH / 'survey.sqlite3'}"
os.environ.update(
    BROKER_URL=f"filesystem://{SCRATCH / 'queue'}",
    SECRET_KEY="for tests only, and long enough to be taken for a secret",
    SITE_URL="http://testserver",
    ALLOWED_HOSTS="testserver,localhost,127.0.0.1",
    EMAIL_URL=f"file://{SCRATCH / 'mail'}",
    EMAIL_FROM="National survey <survey@testserver>",
    EMAIL_SENDER="email",
    INSIDE_CA="",
    INSIDE_CERTIFICATE="",
    INSIDE_KEY="",
    CLEAR_HOSTS="",
    OUTSIDE_HOSTS="",
    SCANNER_URL="",
    CHAIN_DIGEST="sha256",
    BOUNCE_ADDRESS="",
    NOTIFY_CALLBACK_TOKEN="",
    OIDC_ISSUER="",
    OIDC_CLIENT_ID="",
    OIDC_CLIENT_SECRET="",
    OIDC_ROLES="",
    OIDC_SECOND_AMR="",
    OIDC_SECOND_ACR="",
    OIDC_EMAILS_CONFIRMED="false",
    STAFF_CODES="true",
    BREAK_GLASS_EMAIL="",
    BEHIND_PROXY="false",
    TRUSTED_PROXIES="",
    LOG_FORMAT="line",
    METRICS_TOKEN="",
    TRACES_URL="",
    BACKUP_MARK="",
    WATCHED_FOLDERS="",
    BACKUP_FOLDER="",
    BACKUP_RECIPIENT="",
    BACKUP_IDENTITY="",
    MIGRATION_DATABASE_URL="",
    ROLE_PASSWORDS="",
    SECRET_KEY_FALLBACKS="",
    SECOND_STEP_KEY="",
    DEBUG="false",
    DEMONSTRATION="false",
)

from config.settings import *  # noqa: E402, F403 -- the environment above must be there first
from config.settings import DATABASES, MIDDLEWARE, STORAGES  # noqa: E402

# A real file, since an SQLite in memory knows neither write-ahead logs nor other threads and processes.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(SCRATCH / "test.sqlite3")}
else:
    MIDDLEWARE.insert(0, "tests.as_web.AsWeb")
# No manifest: pages are asked for without collecting files first.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
