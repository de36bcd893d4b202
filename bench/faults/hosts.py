"""Hosts on one machine: each has a network and a name of its own, and all are joined by a bridge. It needs root.

The namespaces have no names and hang on processes that end with the one that made them, so the kernel takes them and
their wires away whatever happens. No wire leads to this machine's own network, and there is no way out of theirs.
"""

import ctypes
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

NETWORK = "10.77.0"
KINDS = ("net", "uts")
LIBC = ctypes.CDLL(None, use_errno=True)
# The holder ends with whoever started it, and with it the namespaces that nothing else stands in.
HOLD = ("setpriv", "--pdeathsig", "KILL", "unshare", "--net", "--uts", "sh", "-c", 'hostname "$0"; exec sleep infinity')


@dataclass(frozen=True)
class Host:
    """One of them, by the name it goes by and the last part of its address."""

    name: str
    number: int
    holder: "subprocess.Popen[bytes]"

    @property
    def address(self) -> str:
        """Where the others find it."""
        return address_of(self.number)

    @contextmanager
    def inside(self) -> Iterator[None]:
        """What this thread opens and starts in the block stands on that host."""
        with ExitStack() as stack:
            for kind in KINDS:
                home = stack.enter_context(Path(f"/proc/thread-self/ns/{kind}").open())
                with Path(f"/proc/{self.holder.pid}/ns/{kind}").open() as there:
                    _enter(there)
                stack.callback(_enter, home)
            yield

    def heard(self) -> int:
        """How many packets have come to it from the others."""
        with self.inside():
            return packets_in(Path("/proc/thread-self/net/dev").read_text())


@dataclass
class Network:
    """The bridge, on a host of its own, and the hosts."""

    switch: Host
    hosts: dict[str, Host] = field(default_factory=dict)

    def add(self, name: str, number: int) -> Host:
        """One more host, with a wire to the bridge."""
        host = self.hosts[name] = _held(name, number)
        _ip(self.switch, wired(number, pid=host.holder.pid))
        _ip(host, furnished(number))
        return host

    def cut(self, host: Host) -> None:
        """Its wire is out: nothing comes and nothing goes, and nobody is told."""
        _ip(self.switch, [f"link set port{host.number} down"])

    def mend(self, host: Host) -> None:
        """Its wire is in again."""
        _ip(self.switch, [f"link set port{host.number} up"])


@contextmanager
def network() -> Iterator[Network]:
    """An empty network until the block ends."""
    found = Network(_held("switch", 0))
    try:
        _ip(found.switch, ["link add bridge type bridge", "link set bridge up"])
        yield found
    finally:
        for host in (*found.hosts.values(), found.switch):
            host.holder.kill()
            host.holder.wait()


def address_of(number: int) -> str:
    """The address of the host with this number."""
    return f"{NETWORK}.{number}"


def wired(number: int, *, pid: int) -> list[str]:
    """What `ip` is told at the bridge: a wire to the host whose namespaces that process holds."""
    port = f"port{number}"
    return [
        f"link add {port} type veth peer name wire netns {pid}",
        f"link set {port} master bridge",
        f"link set {port} up",
    ]


def furnished(number: int) -> list[str]:
    """What `ip` is told on the host itself."""
    return [f"address add {address_of(number)}/24 dev wire", "link set wire up", "link set lo up"]


def packets_in(table: str) -> int:
    """How many packets have come over the wire, as /proc/net/dev tells it."""
    line = next(each for each in table.splitlines() if each.strip().startswith("wire:"))
    return int(line.partition(":")[2].split()[1])


def _held(name: str, number: int) -> Host:
    holder = subprocess.Popen([*HOLD, name], stdin=subprocess.DEVNULL)
    own, theirs = Path("/proc/self/ns/uts").stat().st_ino, Path(f"/proc/{holder.pid}/ns/uts")
    end = time.monotonic() + 10
    while theirs.stat().st_ino == own and time.monotonic() < end and holder.poll() is None:
        time.sleep(0.01)
    assert theirs.stat().st_ino != own, f"{name} has no namespaces: it takes root, setpriv and unshare"
    return Host(name, number, holder)


def _ip(host: Host, lines: Sequence[str]) -> None:
    with host.inside():
        subprocess.run(("ip", "-batch", "-"), input="\n".join(lines), text=True, check=True)


def _enter(namespace: IO[str]) -> None:
    if LIBC.setns(namespace.fileno(), 0):
        raise OSError(ctypes.get_errno(), f"cannot enter {namespace.name}")
