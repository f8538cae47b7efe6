"""The order file: on whose mandate an inspection looks, where, when, and what it must not see."""

import ipaddress
import re
import tomllib
from datetime import datetime
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from schouw_agent.errors import ConfigError

_LARGEST = 1 << 20


def _subnet(text: str) -> str:
    return str(ipaddress.ip_network(text, strict=False))


def _mac(text: str) -> str:
    digits = re.sub(r"[:\-.]", "", text).lower()
    if not re.fullmatch(r"[0-9a-f]{12}", digits):
        raise ValueError("not a MAC address")
    return ":".join(digits[i : i + 2] for i in range(0, 12, 2))


Subnet = Annotated[str, AfterValidator(_subnet)]
Mac = Annotated[str, AfterValidator(_mac)]


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


class Exclusion(_Part):
    """A system that the inspection must not look at."""

    subnet: Subnet | None = Field(default=None, alias="address")
    """An address or a subnet."""
    mac: Mac | None = None
    reason: str = Field(max_length=400)

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    @model_validator(mode="after")
    def _says_what(self) -> "Exclusion":
        if self.subnet is None and self.mac is None:
            raise ValueError("name an address, a subnet or a mac")
        return self


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
        raise ConfigError(f"{name}: not TOML: {error}") from None
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        field = ".".join(map(str, first["loc"])) or "order"
        raise ConfigError(f"{name}: {field}: {first['msg']}") from None


class View:
    """What an order lets be seen, as tests on columns of addresses."""

    def __init__(self, order: Order | None) -> None:
        scope = order.scope if order else Scope()
        exclusions = order.exclusions if order else ()
        self._scope = [_prefix(s) for s in scope.subnets]
        self._guests = [_prefix(s) for s in scope.guest_subnets]
        self._excluded = [_prefix(e.subnet) for e in exclusions if e.subnet]
        self._excluded_macs = np.array(
            [int(e.mac.replace(":", ""), 16) for e in exclusions if e.mac], dtype=np.uint64
        )
        self.restricted = bool(self._scope or self._guests or exclusions)

    def outside(
        self,
        orig_mac: NDArray[np.uint64],
        resp_mac: NDArray[np.uint64],
        orig_address: NDArray[np.uint8],
        resp_address: NDArray[np.uint8],
    ) -> NDArray[np.bool_]:
        """Return (N,) where a flow is excluded, or has no end in the scope.

        Macs are (N,) 48-bit numbers; addresses (N, 16), IPv4 mapped into IPv6.
        """
        out = np.isin(orig_mac, self._excluded_macs) | np.isin(resp_mac, self._excluded_macs)
        for end in (orig_address, resp_address):
            out |= _within(end, self._excluded)
        if self._scope:
            out |= ~(_within(orig_address, self._scope) | _within(resp_address, self._scope))
        return out

    def passers_by(
        self, orig_address: NDArray[np.uint8], resp_address: NDArray[np.uint8]
    ) -> NDArray[np.bool_]:
        """Return (N,) where an end of a flow is a guest's."""
        return _within(orig_address, self._guests) | _within(resp_address, self._guests)


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
