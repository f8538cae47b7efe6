"""MPEG transport streams in datagrams: the tables that say what a stream carries.

The tables are delivered as media, for a format to open; the rest is bulk and is not read.
"""

from collections.abc import Sequence

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Decoder, PortHint, Screen
from schouw_agent.records import Message

_PACKET = 188
_SYNC = 0x47
_MOST_PACKETS = 4096
"""That are looked at in the hope of the tables."""
_PROGRAM_TABLE, _ASSOCIATION_TABLE = 2, 0
_CUT = 250
"""Octets from which a head may be cut off."""
_OTHER_PORTS = frozenset({53, 123, 161, 443, 1900, 3478, 5353})


class Conversation:
    """The packets from one port to another, until both tables were seen."""

    __slots__ = ("_count", "_positions", "_tables", "encryption", "server_name", "wanted")

    def __init__(self, _hint: PortHint) -> None:
        self.wanted = True
        self.server_name = ""
        self.encryption = ""
        self._positions = [0, 0]
        self._tables: dict[int, bytes] = {}
        self._count = 0

    def feed(self, from_orig: bool, octets: bytes, /) -> Sequence[Message]:
        """Return the tables that this datagram completes.  Raises `DecodeError`."""
        self._positions[from_orig] += len(octets)
        if not octets or len(octets) % _PACKET:
            raise DecodeError("not whole packets")
        for at in range(0, len(octets), _PACKET):
            packet = octets[at : at + _PACKET]
            if packet[0] != _SYNC:
                raise DecodeError("packet without its first octet")
            table = _table(packet)
            if table in (_ASSOCIATION_TABLE, _PROGRAM_TABLE):
                self._tables[table] = packet
        self._count += len(octets) // _PACKET
        if len(self._tables) < 2:
            self.wanted = self._count < _MOST_PACKETS
            return ()
        self.wanted = False
        payload = self._tables[_ASSOCIATION_TABLE] + self._tables[_PROGRAM_TABLE]
        fields = {"encoding": "MP2T/90000"}
        return [Message("mpeg_ts", "media", fields, payload, self._positions[from_orig])]

    def gap(self, from_orig: bool, octets: int, /) -> None:
        """Go on: the tables come again."""
        self._positions[from_orig] += octets

    def close(self) -> Sequence[Message]:
        """Return nothing more."""
        return ()


def _table(packet: bytes) -> int:
    """Return the id of the table that starts in a packet; -1 if none (ISO/IEC 13818-1, 2.4.4)."""
    number = (packet[1] & 0x1F) << 8 | packet[2]
    if not packet[1] & 0x40 or not packet[3] & 0x10 or packet[3] & 0xC0:
        return -1
    at = 4 + (1 + packet[4] if packet[3] & 0x20 else 0)
    if at >= _PACKET:
        return -1
    at += 1 + packet[at]
    if at + 8 > _PACKET or packet[at + 1] & 0xC0 != 0x80:
        return -1
    table = packet[at]
    # The association table has a number of its own; programs are never on a reserved one.
    return table if (number == 0) == (table == 0) and (not number or number > 15) else -1


def _head_score(head: bytes) -> float:
    if len(head) < _PACKET or head[0] != _SYNC or not head[3] & 0x30:
        return 0.0
    if len(head) == _PACKET:  # alone it must start something: 188 octets of text may start with G
        return 0.75 if _plain(head) and (_table(head) >= 0 or _starts_stream(head)) else 0.0
    second = head[_PACKET:]
    return 0.95 if len(head) >= _CUT and second[0] == _SYNC and _plain(second) else 0.0


def _starts_stream(packet: bytes) -> bool:
    """Return whether a packet starts a part of a stream (ISO/IEC 13818-1, 2.4.3.6)."""
    at = 4 + (1 + packet[4] if packet[3] & 0x20 else 0)
    return bool(packet[1] & 0x40 and packet[3] & 0x10) and packet[at : at + 3] == b"\0\0\1"


def _plain(packet: bytes) -> bool:
    """Return whether a packet has no error mark, is clear, and has a payload or stuffing."""
    return len(packet) > 3 and not packet[1] & 0x80 and bool(packet[3] & 0x30)


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:
    """Return how surely these are packets of 188 octets that each start with 0x47."""
    heads = [head for head in (orig, resp) if head]
    if hint.transport != "udp" or not heads or _OTHER_PORTS & {hint.orig_port, hint.resp_port}:
        return 0.0
    return max(_head_score(head) for head in heads)


DECODER = Decoder(
    id="mpeg_ts",
    title="MPEG transport stream over UDP",
    reference="ISO/IEC 13818-1, 2.4.3 and 2.4.4",
    transports=frozenset({"udp"}),
    ports=frozenset({1234}),
    probe=probe,
    open=Conversation,
    screens=(Screen(octets={0: {_SYNC}}, least=_PACKET, either=True),),
)
