"""What web, workers and scheduler may reach: this machine, and the hosts that settings name. All else is refused.

The list holds in Python as a whole, whichever library asks, from a process's start to its end; the database is reached
by libpq, which goes where DATABASE_URL says.
"""

import logging
import socket
import sys
from collections.abc import Collection
from urllib.parse import urlsplit

from config.env import Environment
from config.inside import is_here

log = logging.getLogger("survey.security")
WATCHED = frozenset({"socket.getaddrinfo", "socket.connect", "socket.sendto"})


class NotListed(PermissionError):
    """A host that no setting names."""


def listed_hosts(environment: Environment) -> frozenset[str]:
    """The hosts that settings name, as they are written there."""
    secret = (environment.broker_url.get_secret_value(), environment.email_url.get_secret_value())
    plain = (environment.oidc_issuer, environment.traces_url, environment.scanner_url)
    notify = (environment.notify_url,) if environment.email_sender == "notify" else ()
    named = {urlsplit(address).hostname for address in (*secret, *plain, *notify)} | {*environment.outside_hosts}
    return frozenset(host.lower() for host in named if host)


def keep_to(hosts: Collection[str]) -> None:
    """From now on to its end this process, and those it forks, reach these hosts and this machine alone."""

    def look(event: str, said: tuple[object, ...]) -> None:
        if event in WATCHED and (host := _host_of(event, said)) and not _may_reach(host, hosts):
            log.warning("refused: a connection to %s, which no setting names (OUTSIDE_HOSTS)", host)
            raise NotListed(f"{host} is named by no setting: see OUTSIDE_HOSTS")

    sys.addaudithook(look)


def _host_of(event: str, said: tuple[object, ...]) -> str:
    """The name or address that is asked for; nothing for sockets of this machine that have none."""
    if event == "socket.getaddrinfo":
        host = said[0]
    else:
        address = said[1]
        host = address[0] if isinstance(address, tuple) and address else ""
    return (host.decode() if isinstance(host, bytes) else str(host or "")).lower()


def _may_reach(host: str, hosts: Collection[str]) -> bool:
    return is_here(host) or host in hosts or any(host in _addresses(each) for each in hosts)


def _addresses(host: str) -> set[str]:
    """Where a listed host is just now."""
    try:
        return {str(found[4][0]) for found in socket.getaddrinfo(host, None)}
    except OSError:
        return set()
