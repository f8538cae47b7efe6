"""Filter expressions such as "udp port 1883": compiled by libpcap, where it is installed.

Source: pcap-filter(7), pcap_compile(3PCAP), tcpdump(8) for -ddd.
"""

import ctypes
import re
import subprocess
import sys
from ctypes.util import find_library

from schouw_agent.capture.bpf import RETURN_A, Instruction, Program
from schouw_agent.capture.hardware import ETHERNET, RAW
from schouw_agent.errors import ConfigError

_KEPT_OCTETS = 262_144
_NETMASK_UNKNOWN = 0xFFFFFFFF
_ORDER = sys.byteorder
_NAMES = {ETHERNET: "EN10MB", RAW: "RAW"}
_NUMBERS = {ETHERNET: 1, RAW: 12}
"""DLT_ numbers, which are Linux's own for raw IP."""


class _Compiled(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint), ("instructions", ctypes.c_void_p))


def compile_expression(text: str, link_type: int) -> Program:
    """Return the program of an expression, for frames of a link type.

    Raises `ConfigError` if it is wrong, or if there is nothing to compile it with.
    """
    if link_type not in _NUMBERS:
        raise ConfigError("a filter works on Ethernet and raw IP interfaces only")
    if re.search(r"\bvlan\b", text):
        # The kernel takes the tag out of the frame before a filter sees it.
        raise ConfigError("vlan does not work in a filter: tags are passed over; leave it out")
    library = _library()
    program = _by_library(library, text, link_type) if library else _by_tcpdump(text, link_type)
    if any(each.code == RETURN_A for each in program):
        raise ConfigError("the filter does not say yes or no")
    return program


def _library() -> ctypes.CDLL | None:
    name = find_library("pcap")
    try:
        return ctypes.CDLL(name) if name else None
    except OSError:
        return None


def _by_library(library: ctypes.CDLL, text: str, link_type: int) -> Program:
    library.pcap_open_dead.restype = ctypes.c_void_p
    library.pcap_geterr.restype = ctypes.c_char_p
    handle = ctypes.c_void_p(library.pcap_open_dead(_NUMBERS[link_type], _KEPT_OCTETS))
    compiled = _Compiled()
    try:
        if library.pcap_compile(
            handle, ctypes.byref(compiled), text.encode(), 1, ctypes.c_uint(_NETMASK_UNKNOWN)
        ):
            raise _wrong(library.pcap_geterr(handle).decode("utf-8", "replace"))
        octets = ctypes.string_at(compiled.instructions, compiled.length * 8)
        library.pcap_freecode(ctypes.byref(compiled))
    finally:
        library.pcap_close(handle)
    return [
        Instruction(
            int.from_bytes(octets[at : at + 2], _ORDER), octets[at + 2], octets[at + 3],
            int.from_bytes(octets[at + 4 : at + 8], _ORDER),
        )
        for at in range(0, len(octets), 8)
    ]  # fmt: skip


def _by_tcpdump(text: str, link_type: int) -> Program:
    command = ["tcpdump", "-y", _NAMES[link_type], "-s", str(_KEPT_OCTETS), "-ddd", "--", text]
    try:
        # No shell, and the expression comes after "--".
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    except OSError:
        raise ConfigError("a filter needs libpcap or tcpdump to be installed") from None
    if done.returncode:
        raise _wrong(done.stderr.removeprefix("tcpdump: "))
    rows = [tuple(map(int, line.split())) for line in done.stdout.splitlines()[1:]]
    return [Instruction(*row) for row in rows]


def _wrong(why: str) -> ConfigError:
    reason = why.strip().splitlines()[-1] if why.strip() else "not a filter expression"
    return ConfigError(f"the filter: {reason}")
