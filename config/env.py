"""The environment, read once, typed, and refused with a sentence when it is wrong."""

import sys
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
Switch = Literal["true", "false"]


class Environment(BaseSettings):
    """Every variable the product reads; `.env` beside manage.py fills in what the process was not given."""

    model_config = SettingsConfigDict(env_file=ROOT / ".env", extra="ignore", frozen=True, hide_input_in_errors=True)

    secret_key: SecretStr = Field(min_length=32)
    site_url: str = "http://localhost:8000"
    allowed_hosts: Annotated[list[str], NoDecode] = ["localhost", "127.0.0.1"]
    database_url: SecretStr = SecretStr(f"sqlite:///{ROOT / 'var' / 'survey.sqlite3'}")
    broker_url: SecretStr = SecretStr("filesystem://")
    email_url: SecretStr = SecretStr(f"file://{ROOT / 'var' / 'mail'}")
    email_from: str = "National survey <survey@localhost>"
    behind_proxy: Switch = "false"
    debug: Switch = "false"
    demonstration: Switch = "false"

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def split_hosts(cls, value: object) -> object:
        """Hosts are written with commas between them."""
        return [host.strip() for host in value.split(",") if host.strip()] if isinstance(value, str) else value

    @field_validator("site_url")
    @classmethod
    def check_site_url(cls, value: str) -> str:
        """Links in messages come from here, so it must be a whole address."""
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path not in {"", "/"}:
            raise ValueError("must be an address such as https://survey.example.gov.uk, without a path")
        return value.rstrip("/")

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


def read_environment() -> Environment:
    """The environment, or the end of the process with one sentence for each thing that is wrong."""
    try:
        return Environment()
    except ValidationError as error:
        for problem in error.errors():
            name = str(problem["loc"][0]).upper() if problem["loc"] else "The environment"
            print(f"{name}: {problem['msg']}.", file=sys.stderr)
        print("Mend .env or the environment (see .env.example; `make setup` writes a first .env).", file=sys.stderr)
        raise SystemExit(1) from None
