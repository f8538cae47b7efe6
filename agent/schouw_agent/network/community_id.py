"""Community ID of flows, by which other tools know the same flow.

Source: github.com/corelight/community-id-spec, version 1 with seed 0.
"""

from base64 import b64encode
from hashlib import sha1

from schouw_agent.network.packets import ICMP, ICMP_6, SCTP, TCP, UDP
from schouw_agent.network.transport import ICMP_ANSWERS

_WITH_PORTS = frozenset({ICMP, TCP, UDP, ICMP_6, SCTP})
_MAPPED = b"\0" * 10 + b"\xff\xff"
_ANSWERED = {
    (protocol, kind) for protocol, pairs in ICMP_ANSWERS.items() for pair in pairs for kind in pair
}


def community_id(orig: bytes, resp: bytes, orig_port: int, resp_port: int, protocol: int) -> str:
    """Return the id, such as 1:LQU9qZlK+B5F3KDmev6m5PMibrg=.

    Addresses in 16 octets, IPv4 mapped into IPv6; `protocol` is that of IP.  The ports of ICMP are
    its type, and the type that answers it or the code, as in a flow.
    """
    ends = [(_short(orig), orig_port), (_short(resp), resp_port)]
    one_way = protocol in ICMP_ANSWERS and (protocol, orig_port) not in _ANSWERED
    if ends[0] > ends[1] and not one_way:
        ends.reverse()
    octets = b"\0\0" + ends[0][0] + ends[1][0] + bytes((protocol, 0))
    if protocol in _WITH_PORTS:
        octets += b"".join(port.to_bytes(2, "big") for _, port in ends)
    # Not for security: the specification names this digest.
    return "1:" + b64encode(sha1(octets, usedforsecurity=False).digest()).decode()


def _short(address: bytes) -> bytes:
    return address[12:] if address[:12] == _MAPPED else address
