"""OpenVPN: a tunnel that is encrypted, known by the two resets that it begins with.

The server's reset repeats the session number of the client's, where that is in clear.
"""

from schouw_agent.plugins import Decoder, PortHint, Screen
from schouw_agent.protocols.counted import sealed

PORTS = frozenset({1194})
_CLIENT, _SERVER = 0x38, 0x40
"""Resets of version 2, with a number of the key that is 0; after one of version 3 all is sealed."""
_LEAST = 14
_LONGEST = 1 << 11
_MOST_PLAIN = 86
"""Octets of a reset, with the longest digest of those in use before what it acknowledges."""


def _without_length(head: bytes) -> bytes:
    """Return a packet without its length, which it has over TCP."""
    length = int.from_bytes(head[:2], "big")
    return head[2 : 2 + length] if _LEAST <= length < _LONGEST else b""


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:
    """Return how surely these are OpenVPN."""
    if hint.transport == "tcp":
        orig, resp = _without_length(orig), _without_length(resp)
    if not resp or (resp[0] == _CLIENT and orig[:1] == bytes([_SERVER])):
        orig, resp = resp, orig  # who was seen first is not always who began
    if len(orig) < _LEAST or len(resp) < _LEAST or orig[0] != _CLIENT or resp[0] != _SERVER:
        return 0.0
    number = orig[1:9]
    return 0.97 if any(number) and resp.find(number, 9, _MOST_PLAIN) > 0 else 0.0


DECODER = Decoder(
    id="openvpn",
    title="OpenVPN",
    reference="OpenVPN Inc., OpenVPN Protocol (of ssl.h): packet format, message types",
    transports=frozenset({"udp", "tcp"}),
    ports=PORTS,
    probe=probe,
    open=sealed("openvpn"),
    screens=(
        Screen(octets={0: {_CLIENT, _SERVER}}, least=_LEAST),
        Screen(octets={0: range(_LONGEST // 256), 2: {_CLIENT, _SERVER}}, least=_LEAST),
    ),
)
