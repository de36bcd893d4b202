"""The environment, read once, typed, and refused with a sentence when it is wrong."""

import sys
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from config.env_files import SecretFileError, SecretFiles
from config.env_provider import provider_of, provider_problems

ROOT = Path(__file__).resolve().parent.parent
Switch = Literal["true", "false"]
SHORTEST_SECRET = 32
SHORTEST_NOTIFY_KEY = 73  # two identifiers of 36 characters with a hyphen between them, after a name
SCHEMES = {
    "database_url": ("sqlite", "postgresql", "postgres"),
    "broker_url": ("redis", "rediss", "filesystem", "memory"),
    "email_url": ("smtp", "smtps", "file", "smtp+starttls"),
}
INSIDE = ("inside_ca", "inside_certificate", "inside_key")
FILES = ("bounce_maildir", "backup_mark", "backup_folder", "postgresql_programs", *INSIDE)


class Environment(BaseSettings):
    """Every variable the product reads; `.env` beside manage.py fills in what the process was not given."""

    model_config = SettingsConfigDict(env_file=ROOT / ".env", extra="ignore", frozen=True, hide_input_in_errors=True)

    secret_key: SecretStr
    secret_key_fallbacks: SecretStr = SecretStr("")
    second_step_key: SecretStr = SecretStr("")
    site_url: str = "http://localhost:8000"
    allowed_hosts: Annotated[list[str], NoDecode] = ["localhost", "127.0.0.1"]
    database_url: SecretStr = SecretStr(f"sqlite:///{ROOT / 'var' / 'survey.sqlite3'}")
    migration_database_url: SecretStr = SecretStr("")
    role_passwords: SecretStr = SecretStr("")
    broker_url: SecretStr = SecretStr("filesystem://")
    email_url: SecretStr = SecretStr(f"file://{ROOT / 'var' / 'mail'}")
    inside_ca: str = ""
    inside_certificate: str = ""
    inside_key: str = ""
    clear_hosts: Annotated[list[str], NoDecode] = []
    outside_hosts: Annotated[list[str], NoDecode] = []
    scanner_url: str = ""
    chain_digest: Literal["sha256", "sha3-256"] = "sha256"
    email_from: str = "National survey <survey@localhost>"
    email_sender: Literal["email", "notify"] = "email"
    bounce_address: str = ""
    bounce_maildir: str = ""
    notify_url: str = "https://api.notifications.service.gov.uk"
    notify_api_key: SecretStr = SecretStr("")
    notify_template_id: str = ""
    notify_callback_token: SecretStr = SecretStr("")
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr = SecretStr("")
    oidc_name: str = "your department’s account"
    oidc_groups_claim: str = "groups"
    oidc_roles: str = ""
    oidc_second_amr: str = ""
    oidc_second_acr: str = ""
    oidc_emails_confirmed: Switch = "false"
    staff_codes: Switch = "true"
    break_glass_email: str = ""
    survey_producer: str = ""
    survey_funder: str = ""
    behind_proxy: Switch = "false"
    trusted_proxies: str = ""
    log_format: Literal["line", "json"] = "line"
    metrics_token: SecretStr = SecretStr("")
    traces_url: str = ""
    traces_share: float = Field(default=1.0, ge=0, le=1)
    backup_mark: str = ""
    watched_folders: str = ""
    backup_folder: str = ""
    backup_recipient: str = ""
    backup_identity: SecretStr = SecretStr("")
    postgresql_programs: str = ""
    debug: Switch = "false"
    demonstration: Switch = "false"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 -- pydantic passes it by name
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """A file named for a secret wins over `.env`, as the process's own environment does."""
        return init_settings, SecretFiles(settings_cls), env_settings, dotenv_settings

    @field_validator("allowed_hosts", "clear_hosts", "outside_hosts", mode="before")
    @classmethod
    def split_hosts(cls, value: object) -> object:
        """Hosts are written with commas between them."""
        return [host.strip() for host in value.split(",") if host.strip()] if isinstance(value, str) else value

    @field_validator("allowed_hosts")
    @classmethod
    def name_hosts(cls, value: list[str]) -> list[str]:
        """Each host is named: a wildcard would let links in messages point anywhere."""
        if not value or any(host.startswith(("*", ".")) for host in value):
            raise ValueError("must name each host, such as survey.example.gov.uk, without wildcards")
        return value

    @field_validator("secret_key")
    @classmethod
    def want_long_secret(cls, value: SecretStr) -> SecretStr:
        """Everything that is signed is signed with it."""
        if len(value.get_secret_value()) < SHORTEST_SECRET:
            raise ValueError(f"must be at least {SHORTEST_SECRET} characters that nobody can guess")
        return value

    @field_validator("database_url", "broker_url", "email_url")
    @classmethod
    def know_scheme(cls, value: SecretStr, field: ValidationInfo) -> SecretStr:
        """Only what was tried is taken."""
        known = SCHEMES[str(field.field_name)]
        if urlsplit(value.get_secret_value()).scheme not in known:
            raise ValueError(f"must begin with {' or '.join(f'{scheme}:' for scheme in known)}")
        return value

    @field_validator("site_url")
    @classmethod
    def check_site_url(cls, value: str) -> str:
        """Links in messages come from here, so it must be a whole address."""
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path not in {"", "/"}:
            raise ValueError("must be an address such as https://survey.example.gov.uk, without a path")
        return value.rstrip("/")

    @field_validator("bounce_address")
    @classmethod
    def check_bounce_address(cls, value: str) -> str:
        """What comes back goes to this mailbox, with the message's number between name and host."""
        name, at, host = value.partition("@")
        if value and not (name and at and host and "+" not in name and not set(value) & set(" <>,\r\n")):
            raise ValueError("must be an address such as bounces@survey.example.gov.uk, without a plus sign")
        return value

    @field_validator(*FILES)
    @classmethod
    def want_whole_path(cls, value: str) -> str:
        """It is read again and again, so that it must be the same file or folder wherever a program was started."""
        if value and not Path(value).is_absolute():
            raise ValueError("must be a whole path such as /var/mail/bounces")
        return value

    @field_validator("scanner_url")
    @classmethod
    def want_scanner(cls, value: str) -> str:
        """Where ClamAV's clamd listens."""
        parts = urlsplit(value)
        if value and not ((parts.scheme == "tcp" and parts.hostname) or (parts.scheme == "unix" and parts.path)):
            raise ValueError("must be tcp://host:3310 or unix:///run/clamav/clamd.ctl, or empty")
        return value

    @field_validator("traces_url")
    @classmethod
    def want_collector(cls, value: str) -> str:
        """The whole address to which a collector takes traces."""
        if value and urlsplit(value).scheme not in {"http", "https"}:
            raise ValueError("must be a whole address such as http://collector:4318/v1/traces, or empty")
        return value

    @field_validator("notify_callback_token", "metrics_token")
    @classmethod
    def want_long_token(cls, value: SecretStr) -> SecretStr:
        """Whoever knows it may say that a message came back, or read how the house does."""
        if 0 < len(value.get_secret_value()) < SHORTEST_SECRET:
            raise ValueError(f"must be at least {SHORTEST_SECRET} characters that nobody can guess, or empty")
        return value

    @field_validator("secret_key_fallbacks", "second_step_key")
    @classmethod
    def want_long_keys(cls, value: SecretStr) -> SecretStr:
        """Each is or was a key, so each is as long as one."""
        if any(len(secret) < SHORTEST_SECRET for secret in fallbacks(value)):
            raise ValueError(f"must be keys with commas between them, each of at least {SHORTEST_SECRET} characters")
        return value

    @field_validator("migration_database_url")
    @classmethod
    def want_postgresql(cls, value: SecretStr) -> SecretStr:
        """SQLite knows no owner."""
        if urlsplit(value.get_secret_value()).scheme not in {"", "postgresql", "postgres"}:
            raise ValueError("must begin with postgresql:, or be empty")
        return value

    @field_validator("role_passwords")
    @classmethod
    def know_roles(cls, value: SecretStr) -> SecretStr:
        """A role that nobody knows, or an empty password, would be found out when it is too late."""
        found = passwords_of(value)
        if found.keys() - {"web", "worker", "analyst"} or not all(found.values()):
            raise ValueError("must be written web=…; worker=…; analyst=…, each with a password, or be empty")
        return value

    @field_validator("backup_recipient")
    @classmethod
    def want_recipient(cls, value: str) -> str:
        """A key that opens backups must not stand where they are made."""
        if value and not value.startswith("age1"):
            raise ValueError("must be the key that begins with age1 (`manage.py backup_key` makes a pair)")
        return value

    @model_validator(mode="after")
    def seal_backups(self) -> Self:
        """There is no backup in the clear."""
        if self.backup_folder and not self.backup_recipient:
            raise ValueError(
                "BACKUP_FOLDER needs BACKUP_RECIPIENT: backups are sealed (`manage.py backup_key` makes a pair)"
            )
        return self

    @model_validator(mode="after")
    def show_whole_certificate(self) -> Self:
        """A certificate is shown with its key, and to those whose own is looked at."""
        if bool(self.inside_certificate) != bool(self.inside_key) or (self.inside_key and not self.inside_ca):
            raise ValueError("INSIDE_CERTIFICATE and INSIDE_KEY go together, and need INSIDE_CA")
        return self

    @model_validator(mode="after")
    def tell_people_apart(self) -> Self:
        """Limits count people by address, and the audit notes it: it must be theirs, not that of what ends TLS."""
        if self.is_https and self.behind_proxy == "true" and not self.trusted_proxies.strip():
            raise ValueError(
                "TRUSTED_PROXIES must name the networks of what ends TLS before the proxy, such as 10.0.0.0/8, or be "
                "none where people reach the proxy itself: otherwise everybody has one address, and shares its limits"
            )
        return self

    @model_validator(mode="after")
    def know_notify(self) -> Self:
        """GOV.UK Notify needs a key and a template."""
        if self.email_sender != "notify":
            return self
        if len(self.notify_api_key.get_secret_value()) < SHORTEST_NOTIFY_KEY or not self.notify_template_id:
            raise ValueError("EMAIL_SENDER=notify needs NOTIFY_API_KEY and NOTIFY_TEMPLATE_ID, both from GOV.UK Notify")
        return self

    @model_validator(mode="after")
    def know_provider(self) -> Self:
        """Staff sign in through a provider by all it needs, or not at all."""
        for problem in provider_problems(self):
            raise ValueError(problem)
        return self

    @model_validator(mode="after")
    def keep_demonstration_at_home(self) -> Self:
        """The demonstration shows sign-in codes on a page, so it may be reached from this machine only."""
        away = set(self.allowed_hosts) - {"localhost", "127.0.0.1", "[::1]", "testserver"}
        if self.demonstration == "true" and (away or self.is_https):
            raise ValueError(
                "DEMONSTRATION shows sign-in codes: it runs on http://localhost only, never for other hosts"
            )
        return self

    @property
    def is_https(self) -> bool:
        """Whether people reach the site over TLS."""
        return self.site_url.startswith("https://")

    @property
    def provider(self) -> dict[str, object] | None:
        """The provider that staff sign in through, if there is one."""
        return provider_of(self) if self.oidc_issuer else None


def fallbacks(value: SecretStr) -> list[str]:
    """Keys with commas between them, the newest first."""
    return [secret.strip() for secret in value.get_secret_value().split(",") if secret.strip()]


def passwords_of(value: SecretStr) -> dict[str, str]:
    """The password of each role of the database, by what it is for."""
    parts = [part.partition("=") for part in value.get_secret_value().split(";") if part.strip()]
    return {name.strip(): password.strip() for name, _, password in parts}


def read_environment() -> Environment:
    """The environment, or the end of the process with one sentence for each thing that is wrong."""
    try:
        return Environment()
    except SecretFileError as error:
        print(f"{error}.", file=sys.stderr)
        raise SystemExit(1) from None
    except ValidationError as error:
        for problem in error.errors():
            name = str(problem["loc"][0]).upper() if problem["loc"] else "The environment"
            print(f"{name}: {problem['msg'].removeprefix('Value error, ')}.", file=sys.stderr)
        print("Mend .env or the environment (see .env.example; `make setup` writes a first .env).", file=sys.stderr)
        raise SystemExit(1) from None
