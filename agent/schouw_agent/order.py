"""The order file: on whose mandate an inspection looks, where, when, and what it must not see."""

import ipaddress
import re
import tomllib
from datetime import UTC, datetime
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from schouw_agent.errors import ConfigError, explain
from schouw_agent.topic_filters import check_filter, fits

_LARGEST = 1 << 20

_TOML_PLACE = re.compile(r"at (line \d+, column \d+|end of document)")


def _subnet(text: str) -> str:
    try:
        return str(ipaddress.ip_network(text, strict=False))
    except ValueError:
        raise ValueError("not an address or a subnet such as 192.0.2.0/24") from None


def _mac(text: str) -> str:
    digits = re.sub(r"[:\-.]", "", text).lower()
    if not re.fullmatch(r"[0-9a-f]{12}", digits):
        raise ValueError("not a MAC address")
    return ":".join(digits[i : i + 2] for i in range(0, 12, 2))


Subnet = Annotated[str, AfterValidator(_subnet)]
Mac = Annotated[str, AfterValidator(_mac)]
TopicFilter = Annotated[str, AfterValidator(check_filter)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class OrderPeriod(_Part):
    """When the inspection may look."""

    start: datetime
    end: datetime

    @model_validator(mode="after")
    def _in_order(self) -> "OrderPeriod":
        if (self.start.tzinfo is None) != (self.end.tzinfo is None):
            raise ValueError("start and end must both have a time zone, or neither")
        if self.end < self.start:
            raise ValueError("end lies before start")
        return self


class Scope(_Part):
    """What the inspection may look at."""

    subnets: tuple[Subnet, ...] = ()
    """Where the devices are; empty: everywhere."""
    guest_subnets: tuple[Subnet, ...] = ()
    """Where passers-by are: counted as frames, never listed."""
    brokers: tuple[Annotated[str, Field(min_length=1, max_length=255)], ...] = ()
    """Host names or addresses of brokers that may be subscribed to; empty: none."""
    topics: tuple[TopicFilter, ...] = ()
    """Topic filters that may be subscribed to; empty: none."""


class Exclusion(_Part):
    """A system that the inspection must not look at."""

    subnet: Subnet | None = Field(default=None, alias="address")
    """An address or a subnet."""
    mac: Mac | None = None
    topic: TopicFilter | None = None
    """A topic filter: messages that fit it are not looked at, however they come."""
    reason: str = Field(max_length=400)

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    @model_validator(mode="after")
    def _says_what(self) -> "Exclusion":
        if self.subnet is None and self.mac is None and self.topic is None:
            raise ValueError("name an address, a subnet, a mac or a topic")
        return self


class RecurrenceDecision(_Part):
    """That somebody decided to estimate how many pseudonyms come back, and for how long."""

    decided_by: str = Field(min_length=1, max_length=400)
    """Who, in what capacity, and when.  It does not enter the report."""
    horizon_days: int = Field(default=2, ge=1, le=8)
    """How long a key lives."""
    window_minutes: int = Field(default=60, ge=15, le=1440)
    """What is seen again within one such window is not counted."""


class Order(_Part):
    """The mandate of an inspection."""

    schema_id: Literal["https://schouw.example.org/schema/order/1"] = Field(alias="schema")
    principal: str = Field(max_length=400)
    """Who ordered it."""
    permission: str = Field(max_length=400)
    """Of the owner of the network: who, when."""
    purpose: str = Field(default="", max_length=2000)
    period: OrderPeriod
    scope: Scope = Scope()
    exclusions: tuple[Exclusion, ...] = Field(default=(), alias="exclusion")
    recurrence: RecurrenceDecision | None = None
    """None: recurrence of pseudonyms is not estimated."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def read_order(name: str, octets: bytes) -> Order:
    """Return the order in a TOML file.

    Raises `ConfigError` that names the file, the field and the reason.
    """
    if len(octets) > _LARGEST:
        raise ConfigError(f"{name}: an order file of more than 1 MiB is not read")
    try:
        return Order.model_validate(tomllib.loads(octets.decode("utf-8")))
    except UnicodeDecodeError:
        raise ConfigError(f"{name}: not UTF-8 text") from None
    except tomllib.TOMLDecodeError as error:
        # Its message quotes keys; its place is enough to find them.
        place = _TOML_PLACE.search(str(error))
        raise ConfigError(f"{name}: not TOML" + (f", {place[1]}" if place else "")) from None
    except RecursionError:
        raise ConfigError(f"{name}: not TOML that can be read: too many levels") from None
    except ValidationError as error:
        raise ConfigError(f"{name}: {explain(error)}") from None
    except ValueError:
        raise ConfigError(f"{name}: not TOML that can be read: too long a number") from None


class View:
    """What an order lets be seen, as tests on columns of packets, and what it kept unseen."""

    def __init__(self, order: Order) -> None:
        self._scope = [_prefix(s) for s in order.scope.subnets]
        self._guests = [_prefix(s) for s in order.scope.guest_subnets]
        self._excluded = [_prefix(e.subnet) for e in order.exclusions if e.subnet]
        self._excluded_macs = np.array(
            [int(e.mac.replace(":", ""), 16) for e in order.exclusions if e.mac], dtype=np.uint64
        )
        self._start, self._end = (
            _nanoseconds(moment) for moment in (order.period.start, order.period.end)
        )
        self.outside_frames = 0
        """Frames of excluded systems, without an end in the scope, or outside the period."""
        self.outside_period_frames = 0
        """Of these, frames outside the period."""
        self.passers_by_frames = 0
        """Frames of guests: counted, never looked at."""
        self.outside_messages = 0
        """Messages on excluded topics, or that do not show their topic where some are excluded."""
        self.hides_topics = any(e.topic for e in order.exclusions)
        self._excluded_topics = [e.topic for e in order.exclusions if e.topic]

    def admit(
        self,
        addresses: tuple[NDArray[np.uint64], NDArray[np.uint64]],
        macs: tuple[NDArray[np.uint64], NDArray[np.uint64]],
        time: NDArray[np.int64],
    ) -> NDArray[np.bool_]:
        """Return (N,) which packets may be looked at, and count the others.

        Both ends: addresses (N, 2), the upper half first and IPv4 as ::ffff:a.b.c.d; macs (N,).
        Time: (N,) nanoseconds since 1970, UTC.
        """
        octets = [a.astype(">u8").view(np.uint8).reshape(-1, 16) for a in addresses]
        outside = np.isin(macs[0], self._excluded_macs) | np.isin(macs[1], self._excluded_macs)
        untimely = (time < self._start) | (time > self._end)
        self.outside_period_frames += int(np.count_nonzero(untimely))
        outside |= untimely
        guests = np.zeros(len(outside), dtype=np.bool_)
        inside = np.full(len(outside), not self._scope)
        for end in octets:
            outside |= _within(end, self._excluded)
            inside |= _within(end, self._scope)
            guests |= _within(end, self._guests)
        outside |= ~(inside | guests)
        guests &= ~outside
        self.outside_frames += int(np.count_nonzero(outside))
        self.passers_by_frames += int(np.count_nonzero(guests))
        return ~(outside | guests)

    def admit_topic(self, topic: str) -> bool:
        """Return whether messages on a topic may be looked at, and count one that may not.

        Without its topic, as MQTT 5 has it where an alias was agreed on unseen, a message may be of
        any: it is not looked at if the order excludes any.
        """
        if topic and not any(fits(each, topic) for each in self._excluded_topics):
            return True
        self.outside_messages += 1
        return False


def _nanoseconds(moment: datetime) -> int:
    """Return a time as nanoseconds since 1970; without a time zone it is UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return int(aware.timestamp()) * 1_000_000_000


def _prefix(subnet: str) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return network and mask of a subnet as 16 octets each, IPv4 mapped into IPv6."""
    network = ipaddress.ip_network(subnet)
    pad, length = (b"\0" * 10 + b"\xff\xff", 96) if network.version == 4 else (b"", 0)
    mask = ((1 << 128) - 1) ^ ((1 << (128 - length - network.prefixlen)) - 1)
    return (
        np.frombuffer(pad + network.network_address.packed, np.uint8),
        np.frombuffer(mask.to_bytes(16, "big"), np.uint8),
    )


def _within(
    addresses: NDArray[np.uint8], prefixes: list[tuple[NDArray[np.uint8], NDArray[np.uint8]]]
) -> NDArray[np.bool_]:
    found = np.zeros(len(addresses), dtype=np.bool_)
    for network, mask in prefixes:
        found |= ((addresses & mask) == network).all(axis=1)
    return found
