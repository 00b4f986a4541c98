"""The numbers of the forbidden system calls are the kernel's. `test_client.py` tries what they keep a process from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from worker.sandbox import confinement

# Of Debian's linux-libc-dev. The second is that of every newer architecture, ARM64 among them.
HEADERS = {
    "x86_64": Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    "aarch64": Path("/usr/include/asm-generic/unistd.h"),
}


@pytest.mark.parametrize("machine", HEADERS)
def test_numbers_of_system_calls_are_the_kernels(machine: str) -> None:
    if not HEADERS[machine].exists():
        pytest.skip("the kernel's headers are not installed")
    defined = re.findall(r"#define\s+__NR(?:3264)?_(\w+)\s+(\d+)", HEADERS[machine].read_text(encoding="utf-8"))
    kernel = {name: int(number) for name, number in defined}
    named = {
        **confinement._FORBIDDEN[machine],
        "seccomp": confinement._SECCOMP[machine],
        "clone": confinement._CLONE[machine],
        "clone3": confinement._CLONE3,
        "tgkill": confinement._TGKILL[machine],
        "prlimit64": confinement._PRLIMIT[machine],
        "landlock_create_ruleset": confinement._CREATE_RULESET,
        "landlock_add_rule": confinement._ADD_RULE,
        "landlock_restrict_self": confinement._RESTRICT_SELF,
    }
    known = named.keys() & kernel.keys()
    # Older headers lack the newest calls.
    assert len(known) >= len(named) - 4
    assert {name: named[name] for name in known} == {name: kernel[name] for name in known}


def test_what_is_forbidden_is_forbidden_on_each_machine() -> None:
    only_on_x86 = {"fork", "vfork", "chmod", "chown", "lchown", "utime", "utimes", "futimesat"}
    assert confinement._FORBIDDEN["x86_64"].keys() - confinement._FORBIDDEN["aarch64"].keys() == only_on_x86
    assert confinement._FORBIDDEN["aarch64"].keys() <= confinement._FORBIDDEN["x86_64"].keys()
