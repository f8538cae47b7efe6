"""What is asked of a live feed: to give no more than the headers of some traffic."""

from typing import NamedTuple


class Bulk(NamedTuple):
    """One direction of a UDP flow of which nothing but the amount is of interest any more."""

    source: bytes
    """16 octets; IPv4 as ::ffff:a.b.c.d."""
    destination: bytes
    source_port: int
    destination_port: int
