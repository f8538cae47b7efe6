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
from schouw_agent.topic_filters import check_filter, within

if TYPE_CHECKING:
    from schouw_agent.capture.broker import Broker
    from schouw_agent.capture.feed import Feed
    from schouw_agent.capture.live import Interfaces
    from schouw_agent.capture.stop import Stop
    from schouw_agent.order import Order

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_DURATION = re.compile(r"(?:\d{1,6}(?:\.\d{1,3})?[smhd])+")
_SNAP_MIN, _SNAP_MAX = 64, 262_144
_RING_MAX = 1024
_PAYLOAD_MAX = 1 << 20
_PAYLOAD_LIMIT_MAX = 256 << 20


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
    broker: str = ""
    """Such as mqtts://broker.example.org:8883."""
    topics: tuple[str, ...] = ()
    """Topic filters; empty: those of the order."""
    username: str = ""
    password_file: Path | None = None
    ca_file: Path | None = None
    client_certificate: Path | None = None
    client_key: Path | None = None
    client_id: str = ""
    mqtt_version: str = ""
    payload_limit: int = _PAYLOAD_MAX
    """Octets that are kept of a payload."""


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
    _require_sense(sources, live)
    if not live.interfaces and not live.broker:
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
    mandate, left = _in_force(order)
    stop = Stop(seconds, latest=left)
    feed = _feed(live, mandate, stop)
    with stop.on_signals():
        yield [feed]


def _feed(live: Live, order: "Order", stop: "Stop") -> "Feed":
    """Return the one feed of everything that is looked at live."""
    interfaces = _interfaces(live, stop) if live.interfaces else None
    broker = _broker(live, order, stop) if live.broker else None
    if interfaces is None:
        assert broker is not None  # noqa: S101 one of them was asked for
        return broker
    if broker is None:
        return interfaces
    from schouw_agent.capture.together import Together

    return Together(interfaces, broker)


def _interfaces(live: Live, stop: "Stop") -> "Interfaces":
    if not sys.platform.startswith("linux"):
        raise CaptureError("live capture works on Linux only; record with tcpdump instead")
    from schouw_agent.capture.live import Interfaces

    if not _SNAP_MIN <= live.snap_length <= _SNAP_MAX:
        raise ConfigError(f"--snap-length must lie between {_SNAP_MIN} and {_SNAP_MAX}")
    if not 0 < live.ring_mebibytes <= _RING_MAX:
        raise ConfigError(f"--ring must be above 0 and at most {_RING_MAX} MiB")
    return Interfaces(
        live.interfaces,
        stop,
        expression=live.filter,
        ring_octets=int(live.ring_mebibytes * (1 << 20)),
        snap_octets=live.snap_length,
        shunts=live.shunt,
    )


def _broker(live: Live, order: "Order", stop: "Stop") -> "Broker":
    from schouw_agent.capture.broker import Broker
    from schouw_agent.capture.broker_access import Access, parse_url

    host, port, secure, path = parse_url(live.broker)
    if host.casefold() not in {each.casefold() for each in order.scope.brokers}:
        raise ConfigError("the order does not name this broker; its scope has a list of brokers")
    if not secure and (live.ca_file or live.client_certificate):
        raise ConfigError("--ca-file and --client-certificate need mqtts:// or wss://")
    if live.client_key and not live.client_certificate:
        raise ConfigError("--client-key needs --client-certificate")
    if live.password_file and not live.username:
        raise ConfigError("--password-file needs --username")
    if live.mqtt_version not in ("", "5", "3.1.1"):
        raise ConfigError("--mqtt-version is 5 or 3.1.1")
    if not 0 < live.payload_limit <= _PAYLOAD_LIMIT_MAX:
        raise ConfigError(f"--payload-limit must lie between 1 and {_PAYLOAD_LIMIT_MAX}")
    access = Access(
        host,
        port,
        secure,
        path,
        username=live.username,
        password_file=live.password_file,
        ca_file=live.ca_file,
        certificate=live.client_certificate,
        key=live.client_key,
        client_id=live.client_id,
        version=live.mqtt_version,
    )
    # What is not usable is said before anything is opened.
    access.password()
    if secure:
        access.context()
    return Broker(
        access, allowed_topics(live.topics, order), stop, payload_octets_max=live.payload_limit
    )


def allowed_topics(asked: Sequence[str], order: "Order") -> tuple[str, ...]:
    """Return the topic filters to subscribe to: those asked for, else those of the order.

    Raises `ConfigError` if one is no filter, or reaches beyond the order.
    """
    allowed = order.scope.topics
    if not allowed:
        raise ConfigError("the order allows no topics; its scope has a list of topics")
    for each in asked:
        try:
            check_filter(each)
        except ValueError as error:
            raise ConfigError(f"--topic: {error}") from None
        if not any(within(each, one) for one in allowed):
            raise ConfigError("--topic: reaches beyond the topics of the order")
    return tuple(dict.fromkeys(asked or allowed))


def _require_sense(sources: Sequence[str | Path | BinaryIO], live: Live) -> None:
    """Raise `ConfigError` if the options contradict each other."""
    looks = bool(live.interfaces or live.broker)
    if sources and looks:
        raise ConfigError("give captures, or look live, not both")
    if not sources and not looks:
        raise ConfigError("nothing to look at: give a capture, --interface or --broker")
    if (live.filter or live.shunt) and not live.interfaces:
        raise ConfigError("--filter and --shunt need --interface")
    if not live.broker and (live.topics or live.username or live.password_file or live.ca_file):
        raise ConfigError("--topic, --username, --password-file and --ca-file need --broker")
    if live.duration and not looks and all(isinstance(each, str | Path) for each in sources):
        raise ConfigError(
            "--duration needs --interface, --broker, or - for a capture that comes live"
        )


def _in_force(order: "Order | None") -> tuple["Order", float]:
    """Return the order and the seconds that it still holds.  Raises `ConfigError`."""
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
    return order, (end - now).total_seconds()


def duration_seconds(text: str) -> float:
    """Return the seconds of a duration such as 90s or 1h30m.  Raises `ConfigError`."""
    if not _DURATION.fullmatch(text):
        raise ConfigError("--duration is a number with s, m, h or d, such as 90s, 15m or 1h30m")
    parts = re.findall(r"([\d.]+)([smhd])", text)
    seconds = sum(float(number) * _UNITS[unit] for number, unit in parts)
    if not seconds:
        raise ConfigError("--duration must be longer than nothing")
    return seconds
