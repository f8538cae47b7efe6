"""What a stream that nobody can read resembles, by its amounts alone.

A shape never says what is in a stream: only what it is consistent with.  Where two kinds of traffic
have the same shape, nothing is said; so most streams have none.  What is known of a flow are its
packets and octets each way and how long it lasted; nothing is measured per packet.

The thresholds:

* video: for two minutes or more 0.3 to 25 Mbit/s one way, at least thirty times what comes back, in
  packets of 600 to 1,340 octets on average.  Frames end in packets that are not full, so that the
  average stays below a full one of any usual path (1,360 octets or more); a file fills all but the
  last.
* sound at a constant rate: over UDP for a minute or more, packets of 20 to 400 octets, as many in a
  second as codecs make of frames of 10, 20, 30, 40 or 60 ms, within 2 % (RFC 3551, 4.2; RFC 7587,
  4.2).
* a file: over TCP, 1 MB or more at 1 Mbit/s or more within a minute, at least thirty times what
  comes back, in packets of 1,360 to 1,460 octets on average.
* telemetry: nine or more connections of the same kind of up to 16 kB each, nine in ten of whose
  intervals are within a factor of four, and none of them below a second (RFC 5103 biflows).
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from schouw_agent.inventory.flow_batch import FlowBatch
from schouw_agent.report import Emission

Shape = tuple[str, int, int]
"""What a flow resembles, its octets and its nanoseconds."""
Shapes = Mapping[int, Shape]
"""By place in the batch, of flows that resemble something."""

VIDEO, SOUND, FILE, TELEMETRY = "video", "sound at a constant rate", "file transfer", "telemetry"

_TCP, _UDP = 6, 17
_SECOND = 1_000_000_000
_ONE_WAY = 30
_VIDEO_SECONDS = 120
_VIDEO_RATE = (300_000, 25_000_000)
_VIDEO_PACKET = (600, 1340)
_SOUND_SECONDS = 60
_SOUND_PACKET = (20, 400)
_SOUND_FRAMES = (100.0, 50.0, 1000 / 30, 25.0, 1000 / 60)
"""Packets a second."""
_OFF = 0.02
_FILE_SECONDS = 60
_FILE_OCTETS = 1_000_000
_FILE_RATE = 1_000_000
_FILE_PACKET = (1360, 1460)
_MOST_OF_IT = 0.8
_TELEMETRY_INTERVALS = 8
_TELEMETRY_OCTETS = 16_384
_REGULAR = 0.9
_CLASS_OF_A_SECOND = 10
"""Of the log₂ histogram of `Emission.intervals`."""


def shapes_of(batch: FlowBatch, *, sent: bool) -> Shapes:
    """Return what flows resemble in one direction, from orig if `sent`: those that do, by place."""
    ways = (batch.orig_packets, batch.orig_octets), (batch.resp_packets, batch.resp_octets)
    (packets, octets), (_, back) = ways if sent else ways[::-1]
    length = batch.end - batch.start
    seen = (packets > 0) & (length > 0) & (batch.missed_octets == 0)
    seconds = np.where(seen, length, 1) / _SECOND
    size, rate = octets / np.maximum(packets, 1), octets * 8 / seconds
    one_way = seen & (octets >= _ONE_WAY * back)
    each_second = packets / seconds
    codec = np.zeros(len(seen), dtype=np.bool_)
    for frames in _SOUND_FRAMES:
        codec |= np.abs(each_second / frames - 1) <= _OFF
    sound = seen & codec & _within(size, _SOUND_PACKET) & (seconds >= _SOUND_SECONDS)
    video = one_way & _within(size, _VIDEO_PACKET) & _within(rate, _VIDEO_RATE)
    file = one_way & _within(size, _FILE_PACKET) & (octets >= _FILE_OCTETS)
    file &= (rate >= _FILE_RATE) & (seconds <= _FILE_SECONDS)
    found: dict[int, Shape] = {}
    for kind, fits in (
        (FILE, file & (batch.transport == _TCP)),
        (VIDEO, video & (seconds >= _VIDEO_SECONDS)),
        (SOUND, sound & (batch.transport == _UDP)),
    ):
        for place in np.flatnonzero(fits).tolist():
            found[place] = (kind, int(octets[place]), int(length[place]))
    return found


def _within(value: NDArray[np.float64], bounds: Sequence[int]) -> NDArray[np.bool_]:
    return (bounds[0] <= value) & (value <= bounds[1])


def consistent_with(emission: Emission, shapes: dict[str, list[int]]) -> str:
    """Return, for people, what an opaque emission resembles; empty if nothing clear.

    A kind with its rate and length, "video, 1.9 Mbit/s, 10 min", or the time between the beginnings
    of its connections, "telemetry, 60 s".
    `shapes`: of its flows by what they resemble, octets and nanoseconds.
    """
    for shape, (octets, length) in shapes.items():
        if octets >= _MOST_OF_IT * emission.octets:
            rate = _rate(octets * 8 * _SECOND / length)
            return f"{shape}, {rate}, {_length(length / _SECOND)}"
    return _rhythm(emission)


def _rhythm(emission: Emission) -> str:
    intervals = emission.intervals
    counted = sum(intervals)
    if counted < _TELEMETRY_INTERVALS or any(intervals[:_CLASS_OF_A_SECOND]):
        return ""
    if emission.octets > _TELEMETRY_OCTETS * emission.messages:
        return ""
    pairs = zip(intervals, (*intervals[1:], 0), strict=True)
    regular = max(one + other for one, other in pairs)
    if regular < _REGULAR * counted:
        return ""
    every = (emission.last_seen - emission.first_seen).total_seconds() / counted
    return f"{TELEMETRY}, {_length(every)}"


def _rate(bits: float) -> str:
    return f"{bits / 1e6:.1f} Mbit/s" if bits >= 1e6 else f"{bits / 1e3:.0f} kbit/s"


def _length(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"
