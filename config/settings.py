"""All settings, in one file: only the environment differs between machines."""

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import dj_database_url
from celery.schedules import crontab
from csp.constants import NONE, SELF

from config.env import ROOT, fallbacks, passwords_of, read_environment
from config.inside import Papers

ENV = read_environment()

SECRET_KEY = ENV.secret_key.get_secret_value()
SECRET_KEY_FALLBACKS = fallbacks(ENV.secret_key_fallbacks)
SECOND_STEP_KEYS = fallbacks(ENV.second_step_key)  # known to web alone: workers sign letters and open no second step
DEBUG = ENV.debug == "true"
DEMONSTRATION = ENV.demonstration == "true"
SITE_URL = ENV.site_url
SCANNER_URL = ENV.scanner_url
CHAIN_DIGEST = ENV.chain_digest
SURVEY_PRODUCER = ENV.survey_producer
SURVEY_FUNDER = ENV.survey_funder
ALLOWED_HOSTS = ENV.allowed_hosts
VAR = ROOT / "var"
VAR.mkdir(exist_ok=True)
INSIDE = Papers(ENV.inside_ca, ENV.inside_certificate, ENV.inside_key)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_forms_gds",
    "accounts",
    "survey",
    "respondents",
    "analysis",
    "config",
]
MIDDLEWARE = [
    "config.watching.requests.RequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "accounts.transport.ProgramsMiddleware",
    "accounts.middleware.CookieMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.audit.origin.OriginMiddleware",
    "respondents.returns.devices.DeviceMiddleware",
    "accounts.middleware.RuleMiddleware",
    "accounts.middleware.RefusalMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.house",
            ],
            # The way between the rooms is known to the house alone, so that no room's template asks another for it.
            "builtins": ["config.navigation"],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = ["gds"]
CRISPY_TEMPLATE_PACK = "gds"

# --- Stores ---------------------------------------------------------------------------------------------------
DATABASES = {"default": dj_database_url.parse(ENV.database_url.get_secret_value())}
ASKED_OF_DATABASE = DATABASES["default"].get("OPTIONS", {})  # such as sslmode
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # WAL lets people read while one writes; IMMEDIATE takes the write lock before the first read of a transaction.
    DATABASES["default"]["OPTIONS"] = {
        **ASKED_OF_DATABASE,
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # A host that is gone is noticed within twenty seconds, not after the hours that the kernel would wait.
    LINE = {"connect_timeout": 5, "tcp_user_timeout": 20_000}
    LINE |= {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}
    # The server's certificate is looked at, and its name compared, unless the address asks for less: config/inside.py.
    SAFELY = INSIDE.for_database()
    # Statements are planned once for each connection and not at every page.
    HOUSE = {"server_side_binding": True, "prepare_threshold": 5}
    DATABASES["default"]["OPTIONS"] = {**LINE, **SAFELY, **ASKED_OF_DATABASE, **HOUSE}
# The owner of the tables, for commands of operators alone; what web and workers may do is said in config/roles.
ROLE_PASSWORDS = passwords_of(ENV.role_passwords)
MIGRATION_DATABASE_URL = ENV.migration_database_url.get_secret_value()
# Sealed copies of the database, and the key that opens them: only where they are tested (respondents/backups).
BACKUP_FOLDER, BACKUP_RECIPIENT = ENV.backup_folder, ENV.backup_recipient
BACKUP_IDENTITY = ENV.backup_identity.get_secret_value()
POSTGRESQL_PROGRAMS = ENV.postgresql_programs
# SQLite leaves out the further columns of a covering index; it finds the same rows, a little later.
SILENCED_SYSTEM_CHECKS = ["models.W040"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Limits on sign-in must be shared by all processes and outlive a broker: they are kept in the database.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_cache",
        # Above this some are forgotten, so it stands well above what is counted in a minute.
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
    # Counts of the public API stand apart: many addresses asking there must not push out the limits on sign-in.
    "api": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "analysis_api_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}
API_REQUESTS_A_MINUTE = 120
CSP_REPORTS_A_MINUTE = 60  # of all browsers together: what is wrong with a page is told by a few

# --- People ---------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.HouseBackend"]
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapter.SurveyAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# The codes are our own (accounts/codes); allauth holds the limits on asking and signs the person in.
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "20/m/ip",
    "request_login_code_for_address": "3/m/key,40/d/key",
    "request_login_code_from_here": "1/5m/key",
}
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
# allauth keeps and checks the second step of staff; the pages, the limits and the refusal of replays are our own.
MFA_ADAPTER = "accounts.second.adapter.SurveyMFAAdapter"
SOCIALACCOUNT_ADAPTER = "accounts.provider.adapter.SurveySocialAccountAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "National survey"
MFA_TOTP_TOLERANCE = 1
# Staff may come through their department's own provider; whether they may still use emailed codes then is a choice.
SIGN_IN_PROVIDER = ENV.provider
STAFF_CODES = ENV.staff_codes == "true"
BREAK_GLASS_EMAIL = ENV.break_glass_email
# How long each kind of thing is kept; the privacy notice reads this too (respondents/retention).
RETENTION = {
    "contacts": "6 months",
    "voices": "6 months",
    "texts": "24 months",
    "message_texts": "3 months",
    "messages": "12 months",
    "open_pages": "7 days",
    "imports": "7 days",
    "stops": "12 months",
    "sessions": "1 day",
    "sign_in_codes": "1 day",  # no shorter: wrong codes are counted over a day
}
# How many colleagues can be asked on one return, and how many messages one person can write to the team, in 24 hours.
COLLEAGUES_A_DAY, MESSAGES_A_DAY = 20, 20
SESSION_ENGINE = "accounts.sessions"
# A browser takes a cookie of such a name only over TLS, from this host itself and for all of it.
COOKIE_PREFIX = "__Host-" if ENV.is_https else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid", f"{COOKIE_PREFIX}csrftoken"
MESSAGE_STORAGE = "accounts.notices.HouseStorage"
SESSION_COOKIE_AGE = 12 * 60 * 60  # no session lives longer; when it ends is decided on the server

# --- Messages -------------------------------------------------------------------------------------------------
_EMAIL = urlsplit(ENV.email_url.get_secret_value())
if _EMAIL.scheme == "file":
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = unquote(_EMAIL.path)
else:
    EMAIL_HOST = _EMAIL.hostname or "localhost"
    EMAIL_BACKEND = "accounts.outbox.post.HouseBackend"
    EMAIL_PORT = _EMAIL.port or {"smtps": 465, "smtp+starttls": 587}.get(_EMAIL.scheme, 25)
    EMAIL_HOST_USER = unquote(_EMAIL.username or "")
    EMAIL_HOST_PASSWORD = unquote(_EMAIL.password or "")
    EMAIL_USE_SSL, EMAIL_USE_TLS = _EMAIL.scheme == "smtps", _EMAIL.scheme == "smtp+starttls"
    EMAIL_TIMEOUT = 35  # some servers take half a minute for a message; one that is given up may go twice
DEFAULT_FROM_EMAIL = ENV.email_from
EMAIL_SENDER = ENV.email_sender
BOUNCE_ADDRESS = ENV.bounce_address
BOUNCE_MAILDIR = ENV.bounce_maildir
NOTIFY_URL = ENV.notify_url
NOTIFY_API_KEY = ENV.notify_api_key.get_secret_value()
NOTIFY_TEMPLATE_ID = ENV.notify_template_id
NOTIFY_CALLBACK_TOKEN = ENV.notify_callback_token.get_secret_value()

# --- Background work ------------------------------------------------------------------------------------------
CELERY_BROKER_URL = ENV.broker_url.get_secret_value()
if CELERY_BROKER_URL.startswith("filesystem:"):
    _QUEUE = Path(unquote(urlsplit(CELERY_BROKER_URL).path) or VAR / "queue")
    CELERY_BROKER_URL = "filesystem://localhost"  # the host means nothing, but one is asked for
    CELERY_BROKER_TRANSPORT = "config.queue_files:Transport"
    for _folder in ("messages", "control"):
        (_QUEUE / _folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_QUEUE / "messages"),
        "data_folder_out": str(_QUEUE / "messages"),
        "control_folder": str(_QUEUE / "control"),
        "store_processed": False,
        "polling_interval": 0.2,
    }
elif CELERY_BROKER_URL.startswith("redis"):
    # Tried once: whoever rings while it is away goes on, and a worker that listens has its own patience.
    CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 1, "socket_timeout": 5, "max_retries": 0}
    if CELERY_BROKER_URL.startswith("rediss:"):
        CELERY_BROKER_USE_SSL = INSIDE.for_broker()
# The broker is a doorbell: a person does not wait for one that is away.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 300
# What one build may use in its process: memory (address space) and files in MiB, processor time and time in seconds.
# The time stays below the task's own, so that a build that takes too long ends with a sentence.
BUILD_LIMITS = {"memory": 2048, "processor": 120, "time": 240, "file": 200}
# So many finished files of each kind are kept for each wave, and all that belong to a release.
BUILDS_KEPT = 10
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_ROUTES = {
    "analysis.builds.tasks.run": {"queue": "builds"},
    "respondents.contacts.tasks.run": {"queue": "bulk"},
    "respondents.register.tasks.run": {"queue": "builds"},
    "respondents.backups.tasks.back_up": {"queue": "backups"},
}
CELERY_TASK_DEFAULT_QUEUE = "default"  # the outbox rings two more by name: codes and bulk
CELERY_BEAT_SCHEDULE = {
    "sweep-messages": {"task": "accounts.outbox.tasks.sweep", "schedule": 15.0},
    "sweep-mailings": {"task": "respondents.contacts.tasks.sweep", "schedule": 15.0},
    "digest": {"task": "respondents.contacts.tasks.digest", "schedule": 600.0},
    "sweep-imports": {"task": "respondents.register.tasks.sweep", "schedule": 15.0},
    "sweep-builds": {"task": "analysis.builds.tasks.sweep", "schedule": 15.0},
    "clear-builds": {"task": "analysis.builds.tasks.clear", "schedule": crontab(hour=3, minute=40)},
    "anchor-audit": {"task": "accounts.audit.tasks.anchor", "schedule": 3600.0},
    "announce-releases": {"task": "analysis.reports.tasks.announce", "schedule": 60.0},
    "tell-early": {"task": "analysis.publishing.tasks.tell_early", "schedule": 60.0},
    "tally-waves": {"task": "analysis.monitoring.tasks.tally", "schedule": 60.0},
    "apply-retention": {"task": "respondents.retention.tasks.apply", "schedule": crontab(hour=3, minute=10)},
    "forget-codes": {"task": "accounts.outbox.tasks.forget", "schedule": 3600.0},
}
if BOUNCE_MAILDIR:
    CELERY_BEAT_SCHEDULE["read-bounces"] = {"task": "accounts.outbox.tasks.read_bounces", "schedule": 60.0}
if BACKUP_FOLDER:
    # Twice a day, so that what is shown is never a day old.
    CELERY_BEAT_SCHEDULE["back-up"] = {
        "task": "respondents.backups.tasks.back_up",
        "schedule": crontab(hour="2,14", minute=10),
    }
CELERY_BEAT_SCHEDULER = "config.clock:Scheduler"
CELERY_TIMEZONE = "Europe/London"

# --- Language, time, files ------------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [("", ROOT / "static" / "build")] if (ROOT / "static" / "build").is_dir() else []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.static.HouseStaticStorage"},
}

# --- Safety ---------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "report-uri": "/csp-reports",
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "accounts.views.csrf_failure"
# TLS ends at the proxy, or nowhere on a try-out machine; health checks speak plain HTTP inside the network.
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENV.is_https
# What programs ask for is refused in the clear (accounts/transport.py), so that they learn to ask over TLS.
FOR_PROGRAMS = [re.compile(each) for each in (r"api/v1/", r"outbox/", r"calendar/[^/]+\.ics$", r"releases\.atom$")]
SECURE_REDIRECT_EXEMPT = [r"^health/", r"^metrics$", *(f"^{each.pattern}" for each in FOR_PROGRAMS)]
SECURE_HSTS_SECONDS = 31_536_000 if ENV.is_https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = ENV.is_https
BEHIND_PROXY = ENV.behind_proxy == "true"
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # The proxy writes this header itself, so limits on sign-in count people and not the proxy.
    ALLAUTH_TRUSTED_CLIENT_IP_HEADER = "X-Real-IP"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
# One text of 20,000 characters may take 120 kB when encoded; a page holds a few.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

# --- Watching -------------------------------------------------------------------------------------------------
LOG_FORMAT = ENV.log_format
METRICS_TOKEN = ENV.metrics_token.get_secret_value()
TRACES_URL, TRACES_SHARE = ENV.traces_url, ENV.traces_share
if TRACES_URL:
    MIDDLEWARE.insert(1, "config.watching.traces.TraceMiddleware")
BACKUP_MARK = ENV.backup_mark
WATCHED_FOLDERS = [folder.strip() for folder in ENV.watched_folders.split(",") if folder.strip()]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"house": {"()": "config.watching.lines.house_formatter", "form": LOG_FORMAT}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "house"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "survey": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}
if METRICS_TOKEN:
    LOGGING["handlers"] |= {"counted": {"class": "config.watching.security.CountingHandler"}}  # type: ignore[operator]
    LOGGING["loggers"] |= {"survey.security": {"handlers": ["counted"]}}  # type: ignore[operator]
