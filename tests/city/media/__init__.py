"""Pictures that are drawn and speech that is synthetic: nobody was ever in them.

`make.py` made the files beside this; they are kept, so that recording needs no media programs.
"""

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


@cache
def faces() -> tuple[bytes, ...]:
    """Return drawn faces as JPEG."""
    return tuple(path.read_bytes() for path in sorted(_FOLDER.glob("face-*.jpg")))


@cache
def squares() -> tuple[bytes, ...]:
    """Return drawn squares with figures, 320×240, as JPEG."""
    return tuple(path.read_bytes() for path in sorted(_FOLDER.glob("square-*.jpg")))


@cache
def speech() -> tuple[bytes, ...]:
    """Return invented sentences of one second: WAV, 8 kHz, 16 bits, mono."""
    return tuple(path.read_bytes() for path in sorted(_FOLDER.glob("speech-*.wav")))


@cache
def video() -> tuple[bytes, ...]:
    """Return the NAL units of two seconds of H.264 (Annex B), 160×120, 10 pictures a second."""
    octets = (_FOLDER / "square.h264").read_bytes()
    units = octets.replace(b"\0\0\0\1", b"\0\0\1").split(b"\0\0\1")
    return tuple(unit for unit in units if unit)
