"""The PHYPayload of LoRaWAN: who sends what kind of frame, and how long it is on the air.

LoRaWAN 1.0.4 and 1.1, 4 (MAC frame formats) and 6.2 (join); airtime: Semtech AN1200.13.
"""

import math
import re
from typing import NamedTuple

from schouw_agent.errors import DecodeError

_KINDS = (
    *("join_request", "join_accept", "unconfirmed_up", "unconfirmed_down"),
    *("confirmed_up", "confirmed_down", "rejoin_request", "proprietary"),
)
_JOIN_REQUEST, _JOIN_ACCEPT, _REJOIN, _PROPRIETARY = 0, 1, 6, 7
_REJOIN_1 = 1
_SIZES = {
    _JOIN_REQUEST: frozenset({23}),
    _JOIN_ACCEPT: frozenset({17, 33}),
    _REJOIN: frozenset({19, 24}),
}
_INTEGRITY_OCTETS = 4
_SHORTEST_DATA = 12
_LONGEST = 256
_DATA_RATE = re.compile(r"SF(5|6|7|8|9|10|11|12)BW(\d{2,4})")
_CODING_RATE = re.compile(r"4/([5-8])")


class Frame(NamedTuple):
    """A frame; what it carries is encrypted, and not looked into."""

    kind: str
    dev_addr: str
    """Eight hexadecimal digits, as networks write it; empty in join requests."""
    dev_eui: str
    """Sixteen hexadecimal digits; only in join and rejoin requests."""
    join_eui: str
    counter: int
    """The low 16 bits of the frame counter; -1 if there is none."""
    port: int
    """0 for commands of the network; -1 if there is none."""
    size: int
    """Octets of the encrypted payload."""

    @property
    def uplink(self) -> bool:
        """Whether a device sent it."""
        return self.kind.endswith(("_up", "_request"))

    @property
    def subject(self) -> str:
        """Which device it is about; empty if the frame does not say."""
        if self.dev_eui:
            return f"dev_eui {self.dev_eui}"
        return f"dev_addr {self.dev_addr}" if self.dev_addr else ""


def parse(octets: bytes) -> Frame:
    """Return the frame of a PHYPayload.  Raises `DecodeError` if it cannot be one."""
    if not 1 <= len(octets) <= _LONGEST or octets[0] & 0x1F:
        raise DecodeError("lorawan: no header of the first major version")
    kind = octets[0] >> 5
    name = _KINDS[kind]
    if kind == _PROPRIETARY:
        return Frame(name, "", "", "", -1, -1, len(octets) - 1)
    if kind in _SIZES:
        if len(octets) not in _SIZES[kind]:
            raise DecodeError("lorawan: length does not fit")
        return _join(name, kind, octets)
    end = len(octets) - _INTEGRITY_OCTETS
    start = 8 + (octets[5] & 0x0F if len(octets) > 5 else 0)
    if len(octets) < _SHORTEST_DATA or start > end:
        raise DecodeError("lorawan: length does not fit")
    port = octets[start] if start < end else -1
    return Frame(
        kind=name,
        dev_addr=octets[4:0:-1].hex(),
        dev_eui="",
        join_eui="",
        counter=octets[6] | octets[7] << 8,
        port=port,
        size=max(0, end - start - 1),
    )


def _join(name: str, kind: int, octets: bytes) -> Frame:
    dev_eui = join_eui = ""
    if kind == _JOIN_REQUEST:
        join_eui, dev_eui = octets[8:0:-1].hex(), octets[16:8:-1].hex()
    elif kind == _REJOIN:
        start = 10 if octets[1] == _REJOIN_1 else 5
        if start + 8 > len(octets) - 6:
            raise DecodeError("lorawan: length does not fit")
        dev_eui = octets[start + 7 : start - 1 : -1].hex()
    return Frame(name, "", dev_eui, join_eui, -1, -1, 0)


def airtime(data_rate: str, coding_rate: str, size: int) -> float:
    """Return the milliseconds that a frame of this size in octets is on the air; 0.0 if unknown.

    `data_rate` such as SF7BW125, `coding_rate` such as 4/5: as packet forwarders write them.
    """
    rate, coding = _DATA_RATE.fullmatch(data_rate), _CODING_RATE.fullmatch(coding_rate)
    if not rate or not coding or not int(rate[2]):
        return 0.0
    spreading, bandwidth = int(rate[1]), int(rate[2])
    symbol = (1 << spreading) / bandwidth
    # Low data rate optimisation from 16 ms a symbol on.
    bits = spreading - 2 if symbol >= 16 else spreading
    over = 8 * size - 4 * spreading + 28 + 16
    symbols = 8 + max(0, math.ceil(over / (4 * bits)) * int(coding[1]))
    return round((8 + 4.25 + symbols) * symbol, 3)
