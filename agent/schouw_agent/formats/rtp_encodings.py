"""What carries a packet of RTP: as a description announced it, or by its static payload type.

Source: RFC 3551, 4.5 and 5, tables 4 and 5.
"""

from schouw_agent.records import Content

PROTOCOLS = frozenset(("rtp", "rtsp"))


def encoding(content: Content) -> tuple[str, int]:
    """Return the announced encoding in capitals and its clock rate; ("", 0) if none was."""
    name, _, rest = str(content.fields.get("encoding", "")).upper().partition("/")
    rate = rest.partition("/")[0]
    return name, int(rate) if rate.isdecimal() and len(rate) < 7 else 0


def static_type(content: Content) -> int:
    """Return the payload type of a packet of which nothing was announced; -1 otherwise."""
    kind = content.fields.get("payload_type")
    if content.protocol not in PROTOCOLS or content.fields.get("encoding"):
        return -1
    return kind if isinstance(kind, int) else -1
