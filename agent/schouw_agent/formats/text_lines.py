"""Whether octets are lines of text, told cheaply: every binary payload is asked."""

from schouw_agent.records import Leaf

_HEAD = 32
_PRINTABLE = bytes((9, 10, 13, *range(32, 127)))


def as_text(octets: bytes, longest: int, *, stray: int = 0) -> str | None:
    """Return octets as text when they are short enough and readable, else None.

    UTF-8; with `stray`, so many octets and one more of every 32 may be anything, and it is
    Latin-1: some makers put a binary number into their lines.
    """
    if not 0 < len(octets) <= longest:
        return None
    # Most of what is no text shows it soon.
    for part in (octets[:_HEAD], octets):
        other = part.translate(None, _PRINTABLE)
        if stray:
            if len(other) > stray + len(part) // 32:
                return None
        elif other and (min(other) < 32 or 127 in other):
            return None
    if not other:
        return octets.decode("ascii")
    if stray:
        return octets.decode("latin-1")
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        return None


def as_leaves(octets: bytes) -> list[Leaf]:
    """Return one leaf of what was unpacked, if it is text without a structure; else none.

    A nested text that nothing opens is a leaf of what it was found in, or it would be lost.
    """
    if octets[:1] in (b"{", b"[", b"<"):
        return []
    text = as_text(octets, len(octets))
    return [Leaf("", text)] if text else []
