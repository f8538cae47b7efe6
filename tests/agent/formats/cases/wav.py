"""Rows: why; content; leaves as path to value, or the form of a medium."""


def _wav(rate, channels, width, size, before=b""):
    second = rate * channels * width
    fmt = (
        b"\x01\x00" + channels.to_bytes(2, "little") + rate.to_bytes(4, "little")
        + second.to_bytes(4, "little") + (channels * width).to_bytes(2, "little")
        + (8 * width).to_bytes(2, "little")
    )  # fmt: skip
    return (
        b"RIFF\x00\x00\x00\x00WAVE" + before + b"fmt \x10\x00\x00\x00" + fmt
        + b"data" + size.to_bytes(4, "little")
    )  # fmt: skip


CASES = (
    ("two seconds", _wav(16000, 1, 2, 64000) + bytes(64), "WAV 16 kHz mono 2.0 s"),
    ("stereo", _wav(44100, 2, 2, 176400), "WAV 44.1 kHz stereo 1.0 s"),
    (
        "another chunk first",
        _wav(8000, 1, 1, 8000, b"LIST\x03\x00\x00\x00abc\x00"),
        "WAV 8 kHz mono 1.0 s",
    ),
    (
        "streamed: the size is not known",
        _wav(8000, 1, 1, 0xFFFFFFFF) + bytes(800),
        "WAV 8 kHz mono 0.1 s",
    ),
    ("cut after the head", b"RIFF\x24\x00\x00\x00WAVE", "WAV"),
)
INVALID = (b"", b"RIFF", b"RIFF\x00\x00\x00\x00AVI LIST", b"WAVE" * 4)
