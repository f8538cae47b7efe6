"""Rows: why; content; leaves as path to value, or the form of a medium."""


def _element(kind, body):
    return bytes.fromhex(kind) + (0x10000000 | len(body)).to_bytes(4, "big") + body


def _track(kind, video=b""):
    return _element("ae", _element("83", bytes([kind])) + (_element("e0", video) if video else b""))


def _file(doc_type, *tracks):
    head = _element("1a45dfa3", _element("4282", doc_type))
    # A live stream does not know its length: all ones.
    return (
        head + bytes.fromhex("18538067 01ffffffffffffff") + _element("1654ae6b", b"".join(tracks))
    )


_VIDEO = _track(1, _element("b0", b"\x05\x00") + _element("ba", b"\x02\xd0"))
CASES = (
    ("video with sound", _file(b"matroska", _VIDEO, _track(2)), "Matroska 1280×720 with sound"),
    ("WebM", _file(b"webm", _VIDEO), "WebM 1280×720"),
    ("sound alone", _file(b"webm", _track(2)), "WebM"),
    ("cut off", _file(b"webm", _VIDEO)[:30], "WebM"),
)
INVALID = (b"", b"\x1aE\xdf\xa3", _file(b"other", _VIDEO), b"\x1aE\xdf\xa3\x00\x00")
