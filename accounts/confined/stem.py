"""The stem: a process that has loaded what the work needs, from which a confined one branches off for each piece.

It never held a connection to the database, nor anybody's answers. (Python's own server of this kind cannot be begun
by Celery's processes.)
"""

import os
import socket
import struct
import sys
from importlib import import_module
from multiprocessing.connection import Connection

from accounts.confined.child import do_work
from accounts.confined.kernel import end_with_parent

NUMBER = struct.Struct("i")


def main(control: socket.socket, modules: list[str]) -> None:
    """Loads these modules; then branches off whenever it is handed the two ends of a piece of work, one at a time."""
    end_with_parent()
    for module in modules:
        import_module(module)
    while True:
        message, ends, *_ = socket.recv_fds(control, 1, 2)
        if not message:
            return
        branch = os.fork()
        if not branch:
            control.close()
            _branch(*ends)
        for end in ends:
            os.close(end)
        control.sendall(NUMBER.pack(branch))
        control.sendall(NUMBER.pack(os.waitstatus_to_exitcode(os.waitpid(branch, 0)[1])))


def _branch(given: int, said: int) -> None:
    """Does the work and ends, without what Python does at the end of a program."""
    try:
        with open(given, "rb") as work, Connection(said, readable=False) as line:
            do_work(work, line)
    finally:
        os._exit(0)


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])), sys.argv[2:])
