"""In which country an address is, as a file of the user's own says on its date.

Nothing is bundled and nothing is asked of anybody: without such a file nothing is known.
"""

import socket
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
from numpy.typing import NDArray

from schouw_agent.report import Device
from schouw_collector.records import Assessment, CountryData, RecipientCountry, Words

_Octets = NDArray[np.bytes_]


@dataclass(frozen=True, slots=True)
class Ranges:
    """Ranges of addresses of one version, sorted by their first."""

    first: _Octets
    """Packed, in network order: bytes of length 4 or 16."""
    last: _Octets
    country: _Octets
    """ISO 3166-1 alpha-2."""

    def of(self, packed: bytes) -> str:
        """Return the country of a packed address; empty if no range holds it."""
        at = int(np.searchsorted(self.first, np.array(packed, self.first.dtype), side="right")) - 1
        # numpy drops the zeros at the end of what it gives out.
        if at < 0 or bytes(self.last[at]).ljust(len(packed), b"\0") < packed:
            return ""
        return bytes(self.country[at]).decode("ascii")


@dataclass(frozen=True, slots=True, kw_only=True)
class Countries:
    """Addresses and their countries."""

    names: tuple[str, ...]
    """Of the files."""
    dated: date
    """Of the oldest file."""
    of_holder: bool
    """True: where the holder of the address is registered.  False: where it is thought to be."""
    ranges: tuple[Ranges, Ranges]
    """IPv4 and IPv6."""

    def of(self, address: str) -> str:
        """Return the country code of an address; empty if the files do not tell."""
        for family, ranges in zip((socket.AF_INET, socket.AF_INET6), self.ranges, strict=True):
            try:
                return ranges.of(socket.inet_pton(family, address))
            except (OSError, ValueError):
                continue
        return ""


def country_data(countries: Countries, devices: Iterable[Device]) -> CountryData:
    """Return the countries of all recipients of these devices, by address."""
    addresses = sorted({r.address for d in devices for r in d.recipients if r.address})
    return CountryData(
        files=countries.names,
        dated=countries.dated,
        of_holder=countries.of_holder,
        recipients=tuple(
            RecipientCountry(address=address, country=code)
            for address in addresses
            if (code := countries.of(address))
        ),
    )


def countries_of_recipients(assessment: Assessment) -> Mapping[str, str] | None:
    """Return the country codes of recipients by their names; None if no file was given."""
    data = assessment.country_data
    if data is None:
        return None
    known = {row.address: row.country for row in data.recipients}
    return {
        r.key: known[r.address]
        for device in assessment.devices
        for r in device.recipients
        if r.address in known
    }


@cache
def country_name(code: str) -> Words:
    """Return the name of a country (Unicode CLDR); its code if it has none."""
    from babel import Locale

    named = [Locale(language).territories.get(code, code) for language in ("nl", "en")]
    return Words(nl=named[0], en=named[1])
