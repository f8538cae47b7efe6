"""What a command line asks to look at, live or recorded, as feeds under an order."""

import contextlib
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from schouw_agent.errors import CaptureError, ConfigError

if TYPE_CHECKING:
    from schouw_agent.capture.feed import Feed
    from schouw_agent.order import Order

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_DURATION = re.compile(r"(?:\d{1,6}(?:\.\d{1,3})?[smhd])+")
_SNAP_MIN, _SNAP_MAX = 64, 262_144
_RING_MAX = 1024


@dataclass(frozen=True, slots=True)
class Live:
    """The options of a live inspection, as given."""

    interfaces: tuple[str, ...] = ()
    duration: str = ""
    """Such as 90s, 15m, 2h or 1h30m; empty: until it is stopped."""
    filter: str = ""
    ring_mebibytes: float = 16
    snap_length: int = _SNAP_MAX
    """Octets that are kept of a frame."""
    shunt: bool = False


@contextlib.contextmanager
def feeds(
    sources: Sequence[str | Path | BinaryIO], live: Live, order: "Order | None"
) -> Iterator[Sequence["str | Path | BinaryIO | Feed"]]:
    """Provide what `pipeline.inspect` reads, and let signals end what would go on.

    Raises `ConfigError` if the options contradict each other, or if nobody gave an order for what
    is to be looked at live.
    """
    from schouw_agent.capture.blocks import read_blocks
    from schouw_agent.capture.stop import Stop

    seconds = duration_seconds(live.duration) if live.duration else None
    if not live.interfaces:
        _require_recorded(sources, live)
        if all(isinstance(each, str | Path) for each in sources):
            yield sources
            return
        stop = Stop(seconds)
        with stop.on_signals():
            yield [
                each if isinstance(each, str | Path) else read_blocks(each, stop=stop)
                for each in sources
            ]
        return
    if sources:
        raise ConfigError("give captures or --interface, not both")
    left = _in_force(order)
    if not sys.platform.startswith("linux"):
        raise CaptureError("live capture works on Linux only; record with tcpdump instead")
    from schouw_agent.capture.live import Interfaces

    if not _SNAP_MIN <= live.snap_length <= _SNAP_MAX:
        raise ConfigError(f"--snap-length must lie between {_SNAP_MIN} and {_SNAP_MAX}")
    if not 0 < live.ring_mebibytes <= _RING_MAX:
        raise ConfigError(f"--ring must be above 0 and at most {_RING_MAX} MiB")
    stop = Stop(left if seconds is None else min(seconds, left))
    with stop.on_signals():
        yield [
            Interfaces(
                live.interfaces,
                stop,
                expression=live.filter,
                ring_octets=int(live.ring_mebibytes * (1 << 20)),
                snap_octets=live.snap_length,
                shunts=live.shunt,
            )
        ]


def _require_recorded(sources: Sequence[str | Path | BinaryIO], live: Live) -> None:
    if not sources:
        raise ConfigError("nothing to look at: give a capture, or --interface")
    if live.filter or live.shunt:
        raise ConfigError("--filter and --shunt need --interface")
    if live.duration and all(isinstance(each, str | Path) for each in sources):
        raise ConfigError("--duration needs --interface, or - for a capture that comes live")


def _in_force(order: "Order | None") -> float:
    """Return the seconds that an order still holds.  Raises `ConfigError` if it does not."""
    if order is None:
        raise ConfigError(
            "looking live needs a mandate: give it with --order FILE;"
            " to write one: schouw order new FILE"
        )
    start, end = (
        moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        for moment in (order.period.start, order.period.end)
    )
    now = datetime.now(UTC)
    if now < start:
        raise ConfigError(f"the period of the order begins only at {start.isoformat()}")
    if now >= end:
        raise ConfigError(f"the period of the order ended at {end.isoformat()}")
    return (end - now).total_seconds()


def duration_seconds(text: str) -> float:
    """Return the seconds of a duration such as 90s or 1h30m.  Raises `ConfigError`."""
    if not _DURATION.fullmatch(text):
        raise ConfigError("--duration is a number with s, m, h or d, such as 90s, 15m or 1h30m")
    parts = re.findall(r"([\d.]+)([smhd])", text)
    seconds = sum(float(number) * _UNITS[unit] for number, unit in parts)
    if not seconds:
        raise ConfigError("--duration must be longer than nothing")
    return seconds
