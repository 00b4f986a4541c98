"""Takes from this process what the examination of a photo does not need: files, sockets, other programs and processes.

Landlock limits which files can be opened (https://docs.kernel.org/userspace-api/landlock.html), seccomp which system
calls can be made (https://docs.kernel.org/userspace-api/seccomp_filter.html). Both hold for the rest of the process and
for its later threads. Neither needs root. The kernel's names and numbers are those of its headers.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

_PR_SET_NO_NEW_PRIVS = 38

# --- Landlock ---------------------------------------------------------------------------------------------------------

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_ASK_VERSION = 1
_PATH_BENEATH = 1
_READ_FILE, _READ_DIR = 1 << 2, 1 << 3
# How many rights to files each version of Landlock knows; later versions know at least as many as the last.
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
_BIND_AND_CONNECT = 0b11
_SIGNALS_AND_ABSTRACT_SOCKETS = 0b11

# What the libraries read: shared objects, and the number and kind of the processors.
_SYSTEM_PATHS = (
    "/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/localtime", "/dev/null", "/dev/urandom",
    "/proc/self", "/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/sys/devices/system", "/sys/fs/cgroup",
)  # fmt: skip

# --- seccomp ----------------------------------------------------------------------------------------------------------

_SET_MODE_FILTER, _TO_ALL_THREADS = 1, 1
_LOAD_WORD, _JUMP_IF_EQUAL, _JUMP_IF_AT_LEAST, _JUMP_IF_BITS, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16  # where they lie in seccomp_data
_ALLOW, _FAIL, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_CLONE_THREAD = 0x10000
_X32_BIT = 0x40000000

# The architecture's number in the audit headers, that of seccomp(2), and the calls that are treated differently.
_AUDIT_ARCHITECTURE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_SECCOMP = {"x86_64": 317, "aarch64": 277}
_CLONE = {"x86_64": 56, "aarch64": 220}
_TGKILL = {"x86_64": 234, "aarch64": 131}
_PRLIMIT = {"x86_64": 302, "aarch64": 261}
_CLONE3 = 435
# Landlock does not keep a process from changing the mode, owner, times and attributes of the files of its user.
_FORBIDDEN_EVERYWHERE = {
    "pidfd_send_signal": 424, "io_uring_setup": 425, "pidfd_open": 434, "pidfd_getfd": 438, "fchmodat2": 452,
    "setxattrat": 463, "removexattrat": 466, "file_setattr": 469,
}  # fmt: skip
_FORBIDDEN = {
    "x86_64": {
        "socket": 41, "socketpair": 53, "fork": 57, "vfork": 58, "execve": 59, "kill": 62, "ptrace": 101,
        "rt_sigqueueinfo": 129, "mount": 165, "tkill": 200, "add_key": 248, "request_key": 249, "keyctl": 250,
        "unshare": 272, "rt_tgsigqueueinfo": 297, "perf_event_open": 298, "open_by_handle_at": 304, "setns": 308,
        "process_vm_readv": 310, "process_vm_writev": 311, "kcmp": 312, "bpf": 321, "execveat": 322, "userfaultfd": 323,
        "truncate": 76, "chmod": 90, "fchmod": 91, "chown": 92, "fchown": 93, "lchown": 94, "utime": 132,
        "setxattr": 188, "lsetxattr": 189, "fsetxattr": 190, "removexattr": 197, "lremovexattr": 198,
        "fremovexattr": 199, "utimes": 235, "fchownat": 260, "futimesat": 261, "fchmodat": 268, "utimensat": 280,
        **_FORBIDDEN_EVERYWHERE,
    },
    "aarch64": {
        "mount": 40, "unshare": 97, "ptrace": 117, "kill": 129, "tkill": 130, "rt_sigqueueinfo": 138, "socket": 198,
        "socketpair": 199, "add_key": 217, "request_key": 218, "keyctl": 219, "execve": 221, "rt_tgsigqueueinfo": 240,
        "perf_event_open": 241, "open_by_handle_at": 265, "setns": 268, "process_vm_readv": 270,
        "process_vm_writev": 271, "kcmp": 272, "bpf": 280, "execveat": 281, "userfaultfd": 282,
        "setxattr": 5, "lsetxattr": 6, "fsetxattr": 7, "removexattr": 14, "lremovexattr": 15, "fremovexattr": 16,
        "truncate": 45, "fchmod": 52, "fchmodat": 53, "fchownat": 54, "fchown": 55, "utimensat": 88,
        **_FORBIDDEN_EVERYWHERE,
    },
}  # fmt: skip


def confine_process(readable: Iterable[Path]) -> list[str]:
    """Confine this process, which should have one thread, for the rest of its life.

    Args:
        readable: files and folders that it may read, besides Python's own and the system's libraries.

    Returns:
        What could not be done here, as sentences for the operator. Empty when all was done.

    """
    if sys.platform != "linux":
        return ["Only Linux confines the process that opens photos."]
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    paths = [*map(Path, _SYSTEM_PATHS), Path(sys.prefix), Path(sys.base_prefix), *readable]
    problems = [_limit_files(libc, [path for path in paths if path.exists()]), _limit_calls(libc)]
    return [problem for problem in problems if problem]


def landlock_version() -> int:
    """The version of this kernel's Landlock; less than 1 where it has none."""
    if sys.platform != "linux":
        return 0
    return int(ctypes.CDLL(None).syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _ASK_VERSION))


def _limit_files(libc: ctypes.CDLL, paths: Iterable[Path]) -> str:
    version = landlock_version()
    if version < 1:
        return "This kernel has no Landlock, so the process that opens photos can read what its user can read."
    rights = (1 << _FILE_RIGHTS.get(version, max(_FILE_RIGHTS.values()))) - 1
    fields = [rights, _BIND_AND_CONNECT, _SIGNALS_AND_ABSTRACT_SOCKETS][: 1 + (version >= 4) + (version >= 6)]
    attributes = struct.pack(f"={len(fields)}Q", *fields)
    rules = libc.syscall(_CREATE_RULESET, attributes, ctypes.c_size_t(len(attributes)), 0)
    if rules < 0:
        return _failed("Landlock")
    try:
        for path in paths:
            place = os.open(path, os.O_PATH | os.O_CLOEXEC)
            rule = struct.pack("=Qi", _READ_FILE | _READ_DIR if path.is_dir() else _READ_FILE, place)
            added = libc.syscall(_ADD_RULE, rules, _PATH_BENEATH, rule, 0)
            os.close(place)
            if added < 0:
                return _failed("Landlock")
        return _failed("Landlock") if libc.syscall(_RESTRICT_SELF, rules, 0) < 0 else ""
    finally:
        os.close(rules)


def _limit_calls(libc: ctypes.CDLL) -> str:
    machine = platform.machine()
    if machine not in _FORBIDDEN:
        return f"The system calls of the process that opens photos are not limited on {machine}."
    code = b"".join(_filter(machine))
    buffer = ctypes.create_string_buffer(code, len(code))
    program = struct.pack("@HP", len(code) // 8, ctypes.addressof(buffer))
    done = libc.syscall(_SECCOMP[machine], _SET_MODE_FILTER, _TO_ALL_THREADS, program)
    return _failed("seccomp") if done else ""


def _filter(machine: str) -> Iterator[bytes]:
    """The instructions of the filter (https://docs.kernel.org/networking/filter.html), eight bytes each."""
    fail = _instruction(_RETURN, _FAIL | errno.EPERM)
    yield _instruction(_LOAD_WORD, _ARCHITECTURE)
    yield _instruction(_JUMP_IF_EQUAL, _AUDIT_ARCHITECTURE[machine], when_true=1)
    yield _instruction(_RETURN, _KILL)
    yield _instruction(_LOAD_WORD, _NUMBER)
    yield _instruction(_JUMP_IF_AT_LEAST, _X32_BIT, when_false=1)
    yield fail
    for number in _FORBIDDEN[machine].values():
        yield _instruction(_JUMP_IF_EQUAL, number, when_false=1)
        yield fail
    # The flags of clone3 lie in memory, where a filter cannot see them. Without it, glibc uses clone.
    yield _instruction(_JUMP_IF_EQUAL, _CLONE3, when_false=1)
    yield _instruction(_RETURN, _FAIL | errno.ENOSYS)
    # Threads but no processes; signals and limits for this process only.
    yield from _only_if(_CLONE[machine], _JUMP_IF_BITS, [_CLONE_THREAD])
    yield from _only_if(_TGKILL[machine], _JUMP_IF_EQUAL, [os.getpid()])
    yield from _only_if(_PRLIMIT[machine], _JUMP_IF_EQUAL, [0, os.getpid()])
    yield _instruction(_RETURN, _ALLOW)


def _only_if(call: int, comparison: int, values: list[int]) -> Iterator[bytes]:
    """Allow the call if the comparison of its first argument with one of the values holds."""
    yield _instruction(_JUMP_IF_EQUAL, call, when_false=3 + len(values))
    yield _instruction(_LOAD_WORD, _FIRST_ARGUMENT)
    for place, value in enumerate(values):
        yield _instruction(comparison, value, when_true=len(values) - place)
    yield _instruction(_RETURN, _FAIL | errno.EPERM)
    yield _instruction(_RETURN, _ALLOW)


def _instruction(code: int, value: int, *, when_true: int = 0, when_false: int = 0) -> bytes:
    """One instruction; the last two say how many of the next ones a comparison skips."""
    return struct.pack("=HBBI", code, when_true, when_false, value)


def _failed(name: str) -> str:
    reason = os.strerror(ctypes.get_errno())
    return f"{name} does not work here ({reason}), so a file that takes over a decoder can do more."
