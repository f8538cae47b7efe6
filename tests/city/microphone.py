"""A microphone that is listened to: its sound as RTP over UDP, 8 kHz µ-law (RFC 3551, 4.5.14)."""

import socket
import struct
import wave
from collections.abc import Callable
from io import BytesIO

import numpy as np

from tests.city.media import speech
from tests.city.town import Host, Town

_PCMU, _SAMPLES, _SECONDS = 0, 160, 0.02
"""Twenty milliseconds a packet."""
_BIAS, _CLIP = 132, 32_635


class Listening:
    """Somebody listens to a microphone for a while."""

    def __init__(self, town: Town, microphone: Host, listener: str, port: int) -> None:
        """`listener` is the address of a server."""
        self._town, self._target = town, (listener, port)
        self._own = microphone.address
        self._sequence = town.draw.randrange(1 << 15)
        self._stamp = town.draw.randrange(1 << 30)
        self._source = town.draw.getrandbits(32)

    def begin(self, seconds: float) -> None:
        """Send sound for so many seconds, at its pace."""
        self._sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._sender.bind((self._own, self._town.draw.randrange(20_000, 30_000, 2)))
        with self._town.wire.among_servers():
            self._receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            self._receiver.bind(self._target)
        sound = self._town.draw.choice(_sounds())
        for number in range(int(seconds / _SECONDS)):
            start = number * _SAMPLES % (len(sound) - _SAMPLES)
            self._town.clock.after(
                number * _SECONDS, self._packet(sound[start : start + _SAMPLES], first=not number)
            )
        self._town.clock.after(seconds + 1, self._end)

    def _packet(self, samples: bytes, *, first: bool) -> Callable[[], None]:
        def send() -> None:
            kind = _PCMU | (0x80 if first else 0)
            head = struct.pack(">BBHII", 0x80, kind, self._sequence, self._stamp, self._source)
            self._sender.sendto(head + samples, self._target)
            self._sequence = self._sequence + 1 & 0xFFFF
            self._stamp = self._stamp + _SAMPLES & 0xFFFFFFFF

        return send

    def _end(self) -> None:
        self._sender.close()
        self._receiver.close()


def _sounds() -> list[bytes]:
    """Return the invented sentences as µ-law (ITU-T G.711)."""
    return [_mu_law(each) for each in speech()]


def _mu_law(clip: bytes) -> bytes:
    with wave.open(BytesIO(clip)) as file:
        linear = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2").astype(np.int32)
    sign = np.where(linear < 0, 0x80, 0)
    size = np.minimum(np.abs(linear), _CLIP) + _BIAS
    exponent = np.floor(np.log2(size)).astype(np.int32) - 7
    mantissa = size >> exponent + 3 & 0x0F
    return (~(sign | exponent << 4 | mantissa) & 0xFF).astype(np.uint8).tobytes()
