"""What a binding points at: by which mark a device is known, and when a mark fits."""

import ipaddress
import re
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Literal, get_args

from schouw_agent.report import Device
from schouw_collector.binding.geohash import metres_between

SelectorKind = Literal[
    "dev_eui",
    "serial",
    "mac",
    "client_id",
    "host_name",
    "ngsi_id",
    "sta_thing",
    "name",
    "topic",
    "ip",
    "gateway",
    "oui",
    "position",
    "geohash",
]
SPECIFICITY: tuple[SelectorKind, ...] = get_args(SelectorKind)
"""The most telling first: where bindings disagree, the most telling one decides."""

AT_MOST: Mapping[SelectorKind, float] = {"position": 0.5, "geohash": 0.5}
"""How sure a binding of this kind can be, whatever the file says: a place is known within 5 km."""

PER_BROKER = frozenset({"client_id", "topic"})
"""Kinds that mean something at one broker only."""

_NAMED_IN_MESSAGES: frozenset[SelectorKind] = frozenset({"ngsi_id", "sta_thing"})
"""Kinds that the agent reports as a name: the entity or thing that a message is about."""

NEEDS_NO_ENTRY = frozenset({"broker", "viewer", "infrastructure", "relay"})
"""Roles of devices that carry or show data of others."""

_HEX_LENGTH = {"mac": 12, "oui": 6, "dev_eui": 16}
_SMALLEST_AREA = 4
"""Characters.  A larger cell (three: 150 km) says nothing of where in the city a device is."""


def normal_pattern(kind: SelectorKind, pattern: str) -> str:
    """Return the pattern in the form in which it is compared.

    Raises `ValueError` with a phrase if no device can fit it.
    """
    text = pattern.strip()
    if kind in _HEX_LENGTH:
        digits = _digits(text)
        if not re.fullmatch(rf"[0-9a-f]{{{_HEX_LENGTH[kind]}}}", digits):
            raise ValueError(f"pattern must be {_HEX_LENGTH[kind]} hex digits for kind {kind}")
        return digits
    if kind == "ip":
        try:
            return str(ipaddress.ip_network(text, strict=False))
        except ValueError:
            raise ValueError("pattern must be an address or a block such as 192.0.2.0/24") from None
    if kind == "topic":
        _check_filter(text)
        return text
    if kind == "position":
        return ",".join(format(number, ".10g") for number in _circle(text))
    if kind == "geohash":
        if not re.fullmatch("[0-9b-hjkmnp-z]{3,5}", text.lower()):
            raise ValueError("pattern must be a geohash of three to five characters")
        return text.lower()
    if not text.replace("*", "").replace("?", ""):
        raise ValueError("pattern must name something besides * and ?")
    return text.casefold()


def _check_filter(text: str) -> None:
    levels = text.split("/")
    if not text or text in {"#", "+/#"}:
        raise ValueError("pattern must be an MQTT topic filter that does not fit every topic")
    for number, level in enumerate(levels):
        wild = "#" in level or "+" in level
        if (wild and len(level) > 1) or (level == "#" and number != len(levels) - 1):
            raise ValueError("pattern is not an MQTT topic filter (MQTT 5.0, 4.7.1)")


def _circle(text: str) -> tuple[float, float, float]:
    """Return latitude and longitude in degrees, and metres."""
    try:
        latitude, longitude, metres = map(float, text.split(","))
    except ValueError:
        raise ValueError("pattern must be latitude,longitude,metres") from None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180 and 0 <= metres <= 50_000):
        raise ValueError("pattern must be a place on earth and at most 50000 metres")
    return latitude, longitude, metres


def exact_value(kind: SelectorKind, pattern: str) -> str | None:
    """Return the one value that a pattern of `normal_pattern` fits, or None if it may fit more."""
    if kind in {"mac", "dev_eui"}:
        return pattern
    if kind == "ip":
        alone = ipaddress.ip_network(pattern)
        return str(alone.network_address) if alone.num_addresses == 1 else None
    if kind in {"topic", "oui", *AT_MOST} or any(c in pattern for c in "*?["):
        return None
    return pattern


def exact_values(device: Device) -> set[tuple[SelectorKind, str]]:
    """Return by which kind and value `exact_value` finds a device."""
    values: set[tuple[SelectorKind, str]] = {
        (i.kind, _digits(i.value) if i.kind in _HEX_LENGTH else i.value.casefold())
        for i in device.identifiers
        if i.kind != "topic"
    }
    names = [value for kind, value in values if kind == "name"]
    return values | {(kind, value) for kind in _NAMED_IN_MESSAGES for value in names}


def fits(kind: SelectorKind, pattern: str, device: Device) -> bool:
    """Return whether a device fits a pattern that `normal_pattern` has made."""
    if kind == "topic":
        return any(topic_fits(pattern, topic) for topic in topics_of(device))
    if kind == "ip":
        return any(address_in(pattern, value) for value in _values(device, kind))
    if kind == "oui":
        return any(_digits(value).startswith(pattern) for value in _values(device, "mac"))
    if kind in AT_MOST:
        return device.role not in NEEDS_NO_ENTRY and any(
            _lies_in(kind, pattern, area) for area in device.areas
        )
    if kind in _HEX_LENGTH:
        return any(_digits(value) == pattern for value in _values(device, kind))
    kind = "name" if kind in _NAMED_IN_MESSAGES else kind
    return any(fnmatchcase(value.casefold(), pattern) for value in _values(device, kind))


def _lies_in(kind: SelectorKind, pattern: str, area: str) -> bool:
    """Return whether a device in this cell may be in the cell or the circle of a pattern."""
    if kind == "geohash":
        return area.startswith(pattern)
    latitude, longitude, metres = map(float, pattern.split(","))
    return len(area) >= _SMALLEST_AREA and metres_between(area, latitude, longitude) <= metres


def at_broker(broker: str, device: Device) -> bool:
    """Return whether a device talks to a broker, named as in `host_fits`."""
    return any(
        r.role == "broker" and host_fits(broker, r.host, r.address) for r in device.recipients
    )


def _digits(value: str) -> str:
    return re.sub(r"[:.\s-]", "", value).lower()


def _values(device: Device, kind: str) -> Iterable[str]:
    return (i.value for i in device.identifiers if i.kind == kind)


def topics_of(device: Device) -> set[str]:
    """Return the topics that are a device's own: not those that it carries for others."""
    if device.role in NEEDS_NO_ENTRY:
        return set()
    channels = {e.channel for e in device.emissions if e.protocol == "mqtt"}
    return channels | set(_values(device, "topic"))


def topic_fits(topic_filter: str, topic: str) -> bool:
    """Return whether an MQTT topic fits a filter (MQTT 5.0, 4.7).

    A level that the agent has minimised to `{id}` fits `+` and `#`, and itself.
    """
    wanted, levels = topic_filter.split("/"), topic.split("/")
    for number, level in enumerate(wanted):
        if level == "#":
            return True
        if number >= len(levels) or level not in {"+", levels[number]}:
            return False
    return len(wanted) == len(levels)


@lru_cache(maxsize=1 << 16)
def address_in(block: str, address: str) -> bool:
    """Return whether an address lies in a block; False for what is no address."""
    try:
        return ipaddress.ip_address(address) in ipaddress.ip_network(block, strict=False)
    except ValueError:
        return False


def host_fits(pattern: str, host: str, address: str) -> bool:
    """Return whether a server is meant by a host name, `*.example.org`, an address or a block."""
    wanted, name = pattern.strip().casefold().rstrip("."), host.casefold().rstrip(".")
    if wanted.startswith("*."):
        return name.endswith(wanted[1:]) and name != wanted[1:]
    return bool(wanted) and (wanted == name or address_in(wanted, address or host))
