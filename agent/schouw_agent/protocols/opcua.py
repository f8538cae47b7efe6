"""OPC UA over its binary connection protocol, recognised and counted."""

from schouw_agent.plugins import Decoder, PortHint, Screen
from schouw_agent.protocols.counted import recognise

PORTS = frozenset({4840})
_HEADER_OCTETS = 8
_OPENING = frozenset({b"HELF", b"ACKF", b"ERRF", b"RHEF"})
_SECURED = frozenset({b"OPNF", b"MSGF", b"MSGC", b"MSGA", b"CLOF"})
_LONGEST_OPENING = 8192
_LONGEST = 1 << 24
_SHORTEST_BUFFER = 1024
_POLICY = b"http://opcfoundation.org/UA/SecurityPolicy#"


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:  # noqa: ARG001
    """Return how surely these are message headers of UACP (OPC 10000-6, 7.1.2)."""
    heads = [head for head in (orig, resp) if head]
    return min((_score(head) for head in heads), default=0.0)


def _score(head: bytes) -> float:
    if len(head) < _HEADER_OCTETS:
        return 0.0
    size = int.from_bytes(head[4:8], "little")
    if head[:4] in _OPENING:
        return 0.97 if _is_opening(head, size) else 0.0
    # The size in octets that are never text tells it from words in capitals.
    if head[:4] not in _SECURED or not 16 <= size < _LONGEST:
        return 0.0
    if head[:3] == b"OPN":
        return 0.97 if head[16 : 16 + len(_POLICY)] == _POLICY else 0.0
    return 0.9


def _is_opening(head: bytes, size: int) -> bool:
    """Tell whether buffer sizes or a reason follow as they must (OPC 10000-6, 7.1.2.3 to 6)."""
    if not _HEADER_OCTETS < size <= _LONGEST_OPENING:
        return False
    if head[:3] in (b"HEL", b"ACK"):
        buffers = [int.from_bytes(head[at : at + 4], "little") for at in (12, 16)]
        return size >= 28 and min(buffers) >= _SHORTEST_BUFFER
    # A status code of an error has its first bit set (OPC 10000-4, 7.39).
    return head[:3] == b"RHE" or (len(head) > 11 and head[11] & 0x80 != 0)


DECODER = Decoder(
    id="opcua",
    title="OPC UA",
    reference="OPC 10000-6, 7.1 (OPC UA Connection Protocol) and 6.7.2",
    transports=frozenset({"tcp"}),
    ports=PORTS,
    probe=probe,
    open=recognise,
    screens=(Screen(octets={0: b"HAEROMC", 1: b"ECRHPSL", 2: b"LKRENGO", 3: b"FCA"}),),
)
