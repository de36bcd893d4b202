"""A line between two programs that can be slow, or be cut where it hurts: after the request, before the reply."""

import random
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

CHUNK = 65_536


class Wire:
    """Passes bytes on to a port here; `cuts` is the share of replies that are cut, `delay` their longest wait."""

    def __init__(self, target: int, *, seed: int = 0) -> None:
        self._target, self._chance = target, random.Random(seed)
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._lines: set[socket.socket] = set()
        self.cuts, self.delay, self.cut = 0.0, 0.0, 0
        self._is_open = True

    @property
    def port(self) -> int:
        """Where it begins."""
        return int(self._listener.getsockname()[1])

    def serve(self) -> None:
        """Takes lines until it is closed."""
        while self._is_open:
            with suppress(OSError):
                near, _ = self._listener.accept()
                threading.Thread(target=self._join, args=(near,), daemon=True).start()

    def sever(self) -> None:
        """Every line ends now; new ones may be opened."""
        for line in list(self._lines):
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """The wire is taken away."""
        self._is_open = False
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.sever()

    def _join(self, near: socket.socket) -> None:
        try:
            far = socket.create_connection(("127.0.0.1", self._target), timeout=30)
        except OSError:
            near.close()
            return
        far.settimeout(None)
        self._lines |= {near, far}
        back = threading.Thread(target=self._pass, args=(far, near), kwargs={"is_reply": True}, daemon=True)
        back.start()
        self._pass(near, far, is_reply=False)
        back.join()
        self._lines -= {near, far}
        near.close()
        far.close()

    def _pass(self, source: socket.socket, sink: socket.socket, *, is_reply: bool) -> None:
        with suppress(OSError):
            while said := source.recv(CHUNK):
                if is_reply and self._is_cut():
                    break
                sink.sendall(said)
        for line in (source, sink):
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def _is_cut(self) -> bool:
        if self.delay:
            time.sleep(self._chance.uniform(0, self.delay))
        if self._chance.random() >= self.cuts:
            return False
        self.cut += 1
        return True


@contextmanager
def wire(target: int, *, seed: int = 0) -> Iterator[Wire]:
    """A wire to this port, until the block ends."""
    found = Wire(target, seed=seed)
    thread = threading.Thread(target=found.serve, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        found.close()
        thread.join(timeout=5)
