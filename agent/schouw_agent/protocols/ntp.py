"""NTP and SNTP: the time service, recognised and counted."""

from collections.abc import Collection, Iterable

from schouw_agent.plugins import Decoder, PortHint, Screen
from schouw_agent.protocols.counted import count

PORTS = frozenset({123})
_HEADER_OCTETS = 48
_CLIENT, _SERVER, _CONTROL, _PRIVATE = 3, 4, 6, 7
_DIGEST_OCTETS = frozenset({0, 20, 24})
"""Key identifier and digest of MD5 or SHA-1 (RFC 5905, 7.3)."""
_LONGEST_POLL = 17
_SET, _RECEIVED, _TRANSMITTED = 16, 32, 40
"""Where the times stand at which the clock was set, a request came and this left."""
_DAY, _SOON = 1 << 17, 8
"""Seconds."""
_COARSEST = 256 - 32
"""Precision, a power of two: from there on it is less than a second."""
_CONTROL_OCTETS = 12
_OPERATIONS = frozenset({*range(13), 31})
_PRIVATE_OCTETS = 8
_IMPLEMENTATIONS = frozenset({0, 2, 3})


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:
    """Return how well the first datagrams fit an NTP header (RFC 5905, 7.3)."""
    scores = [_score(head, hint) for head in (orig, resp) if head]
    return min(scores, default=0.0)


def _score(head: bytes, hint: PortHint) -> float:
    version, mode = head[0] >> 3 & 7, head[0] & 7
    usual = 123 in (hint.orig_port, hint.resp_port)
    if not 1 <= version <= 4 or (not mode and version > 1):
        return 0.0  # only version 1 had no modes (RFC 1305, D)
    if mode in (_CONTROL, _PRIVATE):
        fits = _is_control(head) if mode == _CONTROL else _is_private(head)
        return 0.7 if usual and fits else 0.0
    if len(head) < _HEADER_OCTETS:
        return 0.0
    poll = head[2] - 256 if head[2] > 127 else head[2]
    if head[1] > 16 or not -6 <= poll <= _LONGEST_POLL:
        return 0.0
    if usual:
        return 0.9
    # On another port only a client or a server is believed whose times agree.
    if version < 3 or len(head) - _HEADER_OCTETS not in _DIGEST_OCTETS:
        return 0.0
    agree = {_CLIENT: _is_request, _SERVER: _is_answer}.get(mode)
    return 0.6 if agree is not None and agree(head) else 0.0


def _stamp(head: bytes, at: int) -> int:
    """Return the seconds of a timestamp."""
    return int.from_bytes(head[at : at + 4], "big")


def _is_request(head: bytes) -> bool:
    """Tell whether a client says no more than it knows: its own time, which may be made up.

    Delay and dispersion of who follows a server are small, and it was set before now.
    """
    if not any(head[_SET:_TRANSMITTED]):
        return not head[4] and not head[8] and any(head[_TRANSMITTED:_HEADER_OCTETS])
    return _is_near(head) and 0 <= _stamp(head, _TRANSMITTED) - _stamp(head, _SET) < _DAY


def _is_answer(head: bytes) -> bool:
    """Tell whether a server sent what it received, at once, by a clock that is set."""
    sent, received = _stamp(head, _TRANSMITTED), _stamp(head, _RECEIVED)
    return head[1] > 0 and _is_near(head) and 0 <= sent - received < _SOON and received > 0


def _is_near(head: bytes) -> bool:
    """Tell whether root delay and dispersion are of seconds, and the precision of less than one."""
    return not head[4] and not head[8] and head[3] >= _COARSEST


def _is_control(head: bytes) -> bool:
    """Tell whether the data that a control message counts are there (RFC 9327, 2)."""
    if len(head) < _CONTROL_OCTETS or head[0] >> 6 or head[1] & 31 not in _OPERATIONS:
        return False
    return _CONTROL_OCTETS + int.from_bytes(head[10:12], "big") <= len(head)


def _is_private(head: bytes) -> bool:
    """Tell whether this is a request of the reference implementation (RFC 9327, B)."""
    return len(head) >= _PRIVATE_OCTETS and head[2] in _IMPLEMENTATIONS and head[6] < 16


def _first(versions: Iterable[int], modes: Collection[int]) -> frozenset[int]:
    """Return the values of an octet with leap indicator, version and mode."""
    return frozenset(
        leap << 6 | version << 3 | mode
        for leap in range(4)
        for version in versions
        for mode in modes
    )


DECODER = Decoder(
    id="ntp",
    title="NTP",
    reference="RFC 5905, 7.3; control messages RFC 9327",
    transports=frozenset({"udp"}),
    ports=PORTS,
    probe=probe,
    open=count,
    screens=(
        Screen(octets={0: _first(range(1, 5), range(6)), 1: range(17)}, least=48, ports=PORTS),
        Screen(octets={0: _first((3, 4), (_CLIENT, _SERVER)), 1: range(17)}, least=48),
        Screen(octets={0: _first(range(1, 5), (_CONTROL, _PRIVATE))}, least=8, ports=PORTS),
    ),
)
