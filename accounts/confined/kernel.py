"""Takes from this process, for good, what work on others' words never needs: connections and programs.

On Linux the kernel refuses them (seccomp, which needs no rights and works in containers); everywhere Python does too.
"""

import ctypes
import errno
import platform
import signal
import struct
import sys

PR_SET_PDEATHSIG, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS, FILTER = 1, 22, 38, 2
LOAD, EQUAL, AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06  # of the filter's little language
ALLOW, REFUSE = 0x7FFF0000, 0x00050000 | errno.EACCES
X32 = 0x40000000  # calls of another kind of program, which would slip through
# The kernel's number of the machine, then of: socket, socketpair, connect, bind, sendto, execve, execveat, ptrace,
# io_uring_setup.
CALLS = {
    "x86_64": (0xC000003E, (41, 53, 42, 49, 44, 59, 322, 101, 425)),
    "aarch64": (0xC00000B7, (198, 199, 203, 200, 206, 221, 281, 117, 425)),
}
PROGRAMS = ("subprocess.Popen", "os.exec", "os.posix_spawn", "os.spawn", "os.system")


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_char_p))


def end_with_parent() -> None:
    """Have this process killed when the one that began it is gone."""
    if sys.platform == "linux":
        _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def cut_off() -> None:
    """From here on this process opens no connection and starts no program, whatever it runs."""
    if sys.platform == "linux" and platform.machine() in CALLS:
        _prctl(PR_SET_NO_NEW_PRIVS, 1)
        code = _filter(*CALLS[platform.machine()])
        _prctl(PR_SET_SECCOMP, FILTER, ctypes.byref(_Program(len(code) // 8, code)))
    sys.addaudithook(_refuse)


def _refuse(event: str, _arguments: object) -> None:
    if event.startswith("socket.") or event in PROGRAMS:
        raise PermissionError(errno.EACCES, f"This process is cut off: {event} is refused.")


def _filter(machine: int, calls: tuple[int, ...]) -> bytes:
    """Refuses these calls and all of other machines, and allows the rest."""
    steps = [_step(LOAD, 4), _step(EQUAL, machine, past_no=len(calls) + 3), _step(LOAD, 0)]
    steps += [_step(AT_LEAST, X32, past_yes=len(calls) + 1)]
    steps += [_step(EQUAL, call, past_yes=len(calls) - place) for place, call in enumerate(calls)]
    return b"".join([*steps, _step(RETURN, ALLOW), _step(RETURN, REFUSE)])


def _step(what: int, value: int, *, past_yes: int = 0, past_no: int = 0) -> bytes:
    """One step of the filter; `past_` is how many steps are left out after yes or no."""
    return struct.pack("HBBI", what, past_yes, past_no, value)


def _prctl(option: int, *arguments: object) -> None:
    library = ctypes.CDLL(None, use_errno=True)
    if library.prctl(option, *arguments, *([0] * (4 - len(arguments)))):
        raise OSError(ctypes.get_errno(), f"The kernel refused prctl {option}.")
