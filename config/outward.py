"""What web, workers and scheduler may reach: this machine, and the hosts that settings name. All else is refused.

The list holds in Python as a whole, whichever library asks, from a process's start to its end; the database is reached
by libpq, which goes where DATABASE_URL says.
"""

import logging
import socket
import sys
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import wraps
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from config.env import Environment
from config.inside import is_here

log = logging.getLogger("survey.security")
WATCHED = frozenset({"socket.getaddrinfo", "socket.connect", "socket.sendto"})
HOUR = 3600.0


class NotListed(PermissionError):
    """A host that no setting names."""


def listed_hosts(environment: Environment) -> frozenset[str]:
    """The hosts that settings name, as they are written there."""
    secret = (environment.broker_url.get_secret_value(), environment.email_url.get_secret_value())
    plain = (environment.oidc_issuer, environment.traces_url, environment.scanner_url)
    notify = (environment.notify_url,) if environment.email_sender == "notify" else ()
    named = {urlsplit(address).hostname for address in (*secret, *plain, *notify)} | {*environment.outside_hosts}
    return frozenset(host.lower() for host in named if host)


@dataclass(frozen=True)
class Reach:
    """The hosts that may be reached, and the addresses that their names led to within the last hour."""

    hosts: Collection[str]
    until: dict[str, float] = field(default_factory=dict)

    def remember(self, host: str, addresses: Collection[str], *, at: float) -> None:
        """Keeps the addresses that this name led to, if it is listed; moments are those of one clock, in seconds."""
        for old in [each for each, until in [*self.until.items()] if until <= at]:
            self.until.pop(old, None)
        if host in self.hosts:
            self.until.update(dict.fromkeys(addresses, at + HOUR))

    def has(self, host: str, *, at: float) -> bool:
        """Whether this name or address may be reached; nobody is asked where a name leads."""
        return is_here(host) or host in self.hosts or self.until.get(host, at) > at


def keep_to(hosts: Collection[str]) -> None:
    """From now on to its end this process, and those it forks, reach these hosts and this machine alone."""
    reach = Reach(hosts)
    _listen(reach)

    def look(event: str, said: tuple[object, ...]) -> None:
        if event in WATCHED and (host := _host_of(event, said)) and not reach.has(host, at=monotonic()):
            log.warning("refused: a connection to %s, which no setting names (OUTSIDE_HOSTS)", host)
            raise NotListed(f"{host} is named by no setting: see OUTSIDE_HOSTS")

    sys.addaudithook(look)


def _listen(reach: Reach) -> None:
    """What any library is told when it asks where a listed name leads, it may use: each asking has another answer."""
    ask = socket.getaddrinfo

    @wraps(ask)
    def told(host: bytes | str | None, *rest: Any, **more: Any) -> list[Any]:
        found = ask(host, *rest, **more)
        reach.remember(_text(host), [str(each[4][0]) for each in found], at=monotonic())
        return found

    socket.getaddrinfo = told


def _host_of(event: str, said: tuple[object, ...]) -> str:
    """The name or address that is asked for; nothing for sockets of this machine that have none."""
    if event == "socket.getaddrinfo":
        host = said[0]
    else:
        address = said[1]
        host = address[0] if isinstance(address, tuple) and address else ""
    return _text(host)


def _text(host: object) -> str:
    return (host.decode() if isinstance(host, bytes) else str(host or "")).lower()
