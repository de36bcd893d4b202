"""How what stands inside is reached: by certificates that are looked at, or in the clear where somebody said so."""

import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from config.env import Environment


@dataclass(frozen=True)
class Papers:
    """Files: who signs the certificates inside, and the certificate and key that this service shows; or nothing."""

    ca: str = ""
    certificate: str = ""
    key: str = ""

    def for_database(self) -> dict[str, str]:
        """What libpq is told."""
        told = {"sslmode": "verify-full", "sslrootcert": self.ca} if self.ca else {}
        return told | ({"sslcert": self.certificate, "sslkey": self.key} if self.certificate else {})

    def for_broker(self) -> dict[str, Any]:
        """What the client of Redis is told; without an own signer, those that the system knows are believed."""
        told = {"ssl_ca_certs": self.ca, "ssl_certfile": self.certificate, "ssl_keyfile": self.key}
        strict = {"ssl_cert_reqs": ssl.CERT_REQUIRED, "ssl_check_hostname": True}
        return strict | {name: path for name, path in told.items() if path}


@dataclass(frozen=True)
class Way:
    """One connection: the setting that names it, the host it leads to, and what would protect it."""

    setting: str
    host: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.setting} leads to {self.host} in the clear."

    @property
    def way_out(self) -> str:
        """What to do about it."""
        return f"Protect it: {self.remedy}. Or name {self.host} in CLEAR_HOSTS, if nobody can listen in between."


def require_protected(environment: "Environment") -> None:
    """Ends a process that begins, with a sentence for each connection to another machine that anybody could read."""
    if found := in_the_clear(environment):
        raise SystemExit("\n".join(f"config.E001: {way} {way.way_out}" for way in found))


def in_the_clear(environment: "Environment") -> list[Way]:
    """The connections that leave this machine unprotected, to hosts that CLEAR_HOSTS does not name.

    None where people reach the site without TLS, since it is tried out.
    """
    if not environment.is_https:
        return []
    return [
        way for way in _unprotected(environment) if not is_here(way.host) and way.host not in environment.clear_hosts
    ]


def is_here(host: str) -> bool:
    """Whether what is said to this host stays on this machine: a socket's folder, or loopback."""
    if not host or host.startswith(("/", "@")) or host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _unprotected(environment: "Environment") -> Iterator[Way]:
    yield from _stores(environment)
    broker, mail = (urlsplit(each.get_secret_value()) for each in (environment.broker_url, environment.email_url))
    if broker.scheme == "redis" or (broker.scheme == "rediss" and "ssl_" in broker.query):
        yield Way("BROKER_URL", broker.hostname or "", "begin it with rediss: and end it with the path")
    if environment.email_sender == "notify":
        yield from _plain("NOTIFY_URL", environment.notify_url)
    elif mail.scheme == "smtp":
        yield Way("EMAIL_URL", mail.hostname or "", "begin it with smtps: or smtp+starttls:")
    if environment.scanner_url.startswith("tcp:"):
        yield Way("SCANNER_URL", urlsplit(environment.scanner_url).hostname or "", "begin it with unix:")
    yield from _plain("TRACES_URL", environment.traces_url)
    if environment.behind_proxy == "true" and not environment.inside_certificate:
        yield Way("BEHIND_PROXY", "web", "set INSIDE_CERTIFICATE and INSIDE_KEY, and WEB_CA for the proxy")


def _stores(environment: "Environment") -> Iterator[Way]:
    """The database, for each who is told where it is; the owner is protected as the rest unless told otherwise."""
    usual = {"sslmode": "verify-full"} if environment.inside_ca else {}
    for setting in ("database_url", "migration_database_url"):
        told = _conninfo(getattr(environment, setting).get_secret_value())
        usual = {"sslmode": told["sslmode"]} if "sslmode" in told else usual
        for host in told.get("host", "").split(",") if usual.get("sslmode") != "verify-full" else ():
            yield Way(setting.upper(), host, "add ?sslmode=verify-full&sslrootcert=…, or set INSIDE_CA")


def _conninfo(address: str) -> Mapping[str, str]:
    """What libpq would read in the address, by its names; nothing for another store."""
    from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415 -- gunicorn reads this file and needs no database

    found = conninfo_to_dict(address) if urlsplit(address).scheme in {"postgresql", "postgres"} else {}
    return {name: str(value) for name, value in found.items() if value is not None}


def _plain(setting: str, address: str) -> Iterator[Way]:
    if address.startswith("http:"):
        yield Way(setting, urlsplit(address).hostname or "", "begin it with https:")
