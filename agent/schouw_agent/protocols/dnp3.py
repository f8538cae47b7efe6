"""DNP3: substations and pumping stations, recognised by the checksum of the link header."""

from schouw_agent.plugins import Decoder, PortHint, Screen
from schouw_agent.protocols.counted import recognise

PORTS = frozenset({20000})
_START = b"\x05\x64"
_HEADER_OCTETS = 10
_POLYNOMIAL = 0xA6BC
_FUNCTIONS = (frozenset({0, 1, 11, 14, 15}), frozenset({0, 1, 2, 3, 4, 9}))
"""Link functions of a secondary, of a primary."""
_PLACES = 16
"""How often a start is looked for in what may begin amid a frame."""


def _table() -> tuple[int, ...]:
    rows = []
    for octet in range(256):
        value = octet
        for _ in range(8):
            value = value >> 1 ^ (_POLYNOMIAL if value & 1 else 0)
        rows.append(value)
    return tuple(rows)


_CRC = _table()


def checksum(octets: bytes) -> int:
    """Return the CRC of a block (IEEE 1815-2012, 9.2.4.1.5)."""
    value = 0
    for octet in octets:
        value = value >> 8 ^ _CRC[(value ^ octet) & 0xFF]
    return value ^ 0xFFFF


def _is_header(octets: bytes) -> bool:
    """Tell whether a link header stands here in full (IEEE 1815-2012, 9.2.4.1)."""
    if len(octets) < _HEADER_OCTETS or octets[2] < 5:
        return False
    primary = octets[3] >> 6 & 1
    if octets[3] & 0x0F not in _FUNCTIONS[primary]:
        return False
    return checksum(octets[:8]) == octets[8] | octets[9] << 8


def _score(head: bytes, transport: str) -> float:
    if head.startswith(_START) and _is_header(head[:_HEADER_OCTETS]):
        return 0.97
    if transport == "udp":
        return 0.0
    at = -1
    for _ in range(_PLACES):
        at = head.find(_START, at + 1)
        if at < 0:
            break
        if _is_header(head[at : at + _HEADER_OCTETS]):
            return 0.8
    return 0.0


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:
    """Return how surely a link header stands in the first octets of either side."""
    return max(_score(head, hint.transport) for head in (orig, resp))


DECODER = Decoder(
    id="dnp3",
    title="DNP3",
    reference="IEEE 1815-2012, 9.2 (data link layer)",
    transports=frozenset({"tcp", "udp"}),
    ports=PORTS,
    probe=probe,
    open=recognise,
    screens=(
        Screen(octets={0: _START[:1], 1: _START[1:]}, least=_HEADER_OCTETS, either=True, amid=True),
    ),
)
