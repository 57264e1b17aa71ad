"""Confinement: what a process that runs strangers' queries can no longer do, whatever they make the engine do.

Memory and files are limited everywhere (setrlimit). On Linux, where the machine is one that we know, the kernel also
refuses it the network, other programs, and whatever changes a file (seccomp, filter mode, kernel's Documentation,
userspace-api/seccomp_filter). Elsewhere the deadline and the limits are all there is.
"""

import ctypes
import errno
import platform
import resource
import signal
import struct
import sys
from typing import Final

MIB: Final = 1 << 20

#: For each machine: the number by which the kernel's audit knows it, that of the call `seccomp`, and those of what is
#: refused: making and using sockets; starting programs and processes; changing files; looking into other processes.
MACHINES: Final[dict[str, tuple[int, int, tuple[int, ...]]]] = {
    "x86_64": (0xC000003E, 317, (
        41, 42, 43, 44, 46, 49, 50, 53, 288, 299, 307,  # socket connect accept sendto sendmsg bind listen ...
        57, 58, 59, 322,  # fork vfork execve execveat
        76, 77, 82, 83, 84, 85, 86, 87, 88, 90, 91, 92, 93, 94,  # truncate rename mkdir link chmod chown ...
        133, 258, 259, 260, 263, 264, 265, 266, 268, 316,  # mknod mkdirat unlinkat renameat fchmodat ...
        62, 101, 200, 234, 310, 311, 321, 425, 426, 427,  # kill ptrace process_vm_readv bpf io_uring_setup ...
    )),
    "aarch64": (0xC00000B7, 277, (
        198, 199, 200, 201, 202, 203, 206, 211, 242, 243, 269,  # socket bind listen accept connect sendto ...
        221, 281,  # execve execveat
        33, 34, 35, 36, 37, 38, 45, 46, 52, 53, 54, 55, 276,  # mknodat mkdirat unlinkat truncate fchmod ...
        117, 129, 130, 131, 270, 271, 280, 425, 426, 427,  # ptrace kill process_vm_readv bpf io_uring_setup ...
    )),
}  # fmt: skip
#: Above this, x86-64 takes a call for one of its 32-bit kin, which has the same numbers with this added.
X32: Final = 0x40000000

_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06  # BPF: a word of the call; two jumps; the verdict
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000 | errno.EPERM, 0x80000000
_NO_NEW_PRIVILEGES, _NOT_DUMPABLE = 38, 4
_FILTER, _ALL_THREADS = 1, 1


class _Program(ctypes.Structure):
    """The kernel's sock_fprog: how many instructions, and where."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p))


def confine(mebibytes: int) -> bool:
    """Give up, in this process and for good, what no query needs. Say whether the kernel refuses network and programs.

    mebibytes: how much memory the process may have in all (RLIMIT_AS). Call it when all files are open. Raise OSError
    where the machine is one that we know and its kernel will not have it.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # not one byte to any file; sockets and pipes are none
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    if sys.platform != "linux":
        return False
    resource.setrlimit(resource.RLIMIT_AS, (mebibytes * MIB, mebibytes * MIB))
    known = MACHINES.get(platform.machine())
    if known is None:
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    machine, seccomp, refused = known
    program = _program(machine, refused)
    held = ctypes.create_string_buffer(program, len(program))
    wanted = _Program(len(program) // 8, ctypes.addressof(held))
    libc.prctl(_NOT_DUMPABLE, 0, 0, 0, 0)
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) or libc.syscall(seccomp, _FILTER, _ALL_THREADS, ctypes.byref(wanted)):
        raise OSError(ctypes.get_errno(), "this kernel does not let a process be confined (seccomp)")
    return True


def _program(machine: int, refused: tuple[int, ...]) -> bytes:
    """Return the filter: another machine's calls end the process, those refused fail with EPERM, all others go on."""
    last = len(refused)
    steps = [
        (_LOAD, 0, 0, 4),  # the machine
        (_EQUAL, 1, 0, machine),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, 0),  # the number of the call
        (_AT_LEAST, last + 1, 0, X32),
        *((_EQUAL, last - place, 0, number) for place, number in enumerate(refused)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    return b"".join(struct.pack("=HBBI", *step) for step in steps)
