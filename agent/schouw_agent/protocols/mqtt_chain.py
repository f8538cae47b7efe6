"""Chains of MQTT packets whose beginning was not seen: how sure they are, where they start."""

import re

from schouw_agent.errors import DecodeError
from schouw_agent.protocols import mqtt_packets as packets
from schouw_agent.protocols import mqtt_properties as mp
from schouw_agent.protocols import mqtt_publish

SEARCH_LIMIT = 1 << 18
"""Octets that are searched for a chain before the search is given up."""
_PACKET_LIMIT = 1 << 16
"""A packet longer than this is no evidence: its length may be any octets."""
SURE = 64
"""Bits of a CONNECT: what follows cannot make it less sure."""
_OF_ALIAS = 28
"""Bits of a PUBLISH with an alias for its topic: a topic of no octets, and properties that fit."""
ENOUGH = 40
"""Bits that had to fit by chance for octets that are not MQTT."""

# The first octets of a PUBLISH with a topic below 512 octets, an empty ping or a plain
# acknowledgement: what is looked for after a gap.
_START = re.compile(
    rb"[\x30-\x35\x3a-\x3d](?:[\x03-\x7f]|[\x80-\xff][\x01-\x7f]|[\x80-\xff]{2}[\x01-\x03])[\x00\x01]"
    rb"|[\xc0\xd0]\x00|[\x40\x50\x62\x70]\x02",
    re.DOTALL,
)

_UNLIKE_TEXT = re.compile(rb"[\0-\x08\x0e-\x1f]")
"""Lengths of topics and names have such octets, and so have acknowledgements and pings."""


def packet(data: bytes, start: int, version: int) -> tuple[int, int]:
    """Return where a packet ends and how many of its bits had to fit; (-1, 0) if it is none.

    For a packet that goes on beyond the data the end is beyond the data too.
    """
    if not packets.header_is_valid(data[start], version):
        return -1, 0
    kind = data[start] >> 4
    try:
        length, body = mp.variable_length(data, start + 1, len(data))
        end = body + length
        if length > _PACKET_LIMIT:
            return -1, 0
        if length < 0 or end > len(data):
            return len(data) + 1, _visible_bits(data[start], data, body)
        if kind == packets.PUBLISH:
            found = mqtt_publish.parse(data[start], data, body, end, version)
            return end, 12 + min(len(found.topic), 16) if found.topic else _OF_ALIAS
        if kind == packets.CONNECT:
            packets.connect(data, body, end)
            return end, SURE
        if version:
            packets.parse(kind, data, body, end, version)
        else:
            packets.inferred_version(kind, data, body, end)
    except DecodeError:
        return -1, 0
    return end, 16 if length < 4 else 24


def _visible_bits(first: int, data: bytes, body: int) -> int:
    """Return the bits of an incomplete packet: only a CONNECT or a topic in full tells.

    Raises `DecodeError` if what can be seen does not fit.
    """
    kind, seen = first >> 4, data[body:]
    if kind == packets.CONNECT:
        return SURE if seen.startswith((b"\0\4MQTT", b"\0\6MQIsdp")) else 0
    if kind != packets.PUBLISH or len(seen) < 2:
        return 0
    topic_end = 2 + (seen[0] << 8 | seen[1])
    if topic_end > len(seen):
        return 0
    if topic_end > 2:
        return 12 + min(len(mqtt_publish.topic_name(seen[2:topic_end])), 16)
    length, at = mp.variable_length(seen, 4 if first & 0x06 else 2, len(seen))
    if length < 0 or at + length > len(seen):
        return 0
    mqtt_publish.parse(first, seen, 0, len(seen), 0)
    return _OF_ALIAS


def bits(data: bytes) -> int:
    """Return how many bits of a head fit a chain of packets; -1 if one packet does not."""
    total = at = 0
    while at < len(data) and total < SURE:
        at, found = packet(data, at, 0)
        if at < 0:
            return -1
        total += found
    return total


def score(heads: tuple[bytes, ...], usual_port: bool) -> float:
    """Return how surely the heads of both directions are MQTT, 0 to 1."""
    if not any(map(_UNLIKE_TEXT.search, heads)):
        return 0.0
    found = [_head_bits(head) for head in heads if head]
    if not found or min(found) < 0:
        return 0.0
    total = sum(found)
    if total >= SURE:
        return 0.98
    if usual_port:
        total += 12
    return min(0.9, 0.5 + (total - 26) / 100) if total >= 26 else 0.2


def _head_bits(head: bytes) -> int:
    found = bits(head)
    # A capture may start amid a packet.
    return ENOUGH if found < 0 and find(head, 0, 0)[1] else found


def find(data: bytes, start: int, version: int) -> tuple[int, bool]:
    """Return the first place from `start` where a chain may begin, and whether it surely does.

    The decision on a place depends on complete packets only, so that more octets
    never change it.  The place is the end of the data if there is none.
    """
    while True:
        match = _START.search(data, start)
        if match is None:
            # The last octets may be the start of a match.
            return max(start, len(data) - 4), False
        sure = _is_chain(data, match.start(), version)
        if sure is not False:
            return match.start(), sure is True
        start = match.start() + 1


def _is_chain(data: bytes, start: int, version: int) -> bool | None:
    """Return whether a chain begins here; None if more octets are needed to tell."""
    total = 0
    at = start
    while at < len(data):
        end, found = packet(data, at, version)
        if end < 0:
            return False
        if end > len(data):
            return None
        total += found
        if total >= ENOUGH:
            return True
        at = end
    return None
