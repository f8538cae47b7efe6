"""What of a device is of one report only: its names there, when it was seen, and how much it sent.

All else mostly stays the same from day to day, and is then checked and taken note of once.  Of
reports that say the same but for that, it is added up before it is added to the device.
"""

from datetime import datetime
from operator import attrgetter
from typing import NamedTuple

from schouw_agent.report import Device, PseudonymRecurrence

At = tuple[datetime, str, int, int, datetime, int, int]
"""Place in time: start, agent, epoch, sequence, end and number of a report, and place in it."""
EmissionAmounts = tuple[
    float, int, int, int, tuple[int, ...], float | None, PseudonymRecurrence | None,
    datetime, datetime,
]  # fmt: skip
"""Of one emission, in the order of `OF_EMISSION`."""
OF_EMISSION = (
    "confidence",
    "messages",
    "octets",
    "returned_octets",
    "intervals",
    "smallest",
    "recurrence",
    "first_seen",
    "last_seen",
)
OF_UNDECODED = ("flows", "messages", "octets")


class DeviceAmounts(NamedTuple):
    """Of one device."""

    id: str
    """Local to the report, as is `relay`."""
    relay: str
    first_seen: datetime
    last_seen: datetime
    packets: int
    octets: int
    missed_octets: int
    undecoded: tuple[tuple[int, int, int], ...]
    """Flows, messages and octets, one for each row of its coverage."""
    emissions: tuple[EmissionAmounts, ...]
    """One for each of its emissions, in their order."""
    recipients: tuple[int, ...]
    """Octets, one for each of its recipients, in their order."""


class Several(NamedTuple):
    """Of one device in several reports that say the same of it otherwise."""

    amounts: DeviceAmounts
    """Sums, the widest ends and the surest; the id is that of the earliest report.  Recurrences,
    which are never summed, are beside it."""
    earliest: At
    latest: At
    surest: tuple[At, ...]
    """Of each emission the earliest of the reports that are the surest of it."""
    recurrences: tuple[tuple[int, At, PseudonymRecurrence], ...]
    """Number of the emission, and which report says so."""
    days: tuple[tuple[int, int], ...]
    """Ranges of days (UTC, `date.toordinal`) on which it was first or last seen in a report."""
    reports: int
    """How many."""


_OF_EMISSION, _OF_UNDECODED = attrgetter(*OF_EMISSION), attrgetter(*OF_UNDECODED)


def amounts_of(device: Device) -> DeviceAmounts:
    """Return the amounts of a record."""
    coverage = device.coverage
    return DeviceAmounts(
        id=device.id,
        relay=device.relay,
        first_seen=device.first_seen,
        last_seen=device.last_seen,
        packets=coverage.packets,
        octets=coverage.octets,
        missed_octets=coverage.missed_octets,
        undecoded=tuple(map(_OF_UNDECODED, coverage.undecoded)),
        emissions=tuple(map(_OF_EMISSION, device.emissions)),
        recipients=tuple(r.octets for r in device.recipients),
    )
