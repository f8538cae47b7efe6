"""Who gets the data now and did not before: not a lent address, nor another of many machines."""

import ipaddress
from collections.abc import Iterable, Iterator

from schouw_collector.change.change import Change, Pair, change
from schouw_collector.change.fingerprint import Peer
from schouw_collector.change.recognition import Subject
from schouw_collector.change.varying import shape
from schouw_collector.comparing.endpoints import is_on_site

_ROTATING = 3
"""Addresses without a name outside, from which another one there is nothing new."""
_BLOCK = {4: (24, 16), 6: (64, 32)}
"""Octets in common of neighbours on site and outside: bits by version of IP."""


def recipient_differences(pair: Pair, subject: Subject) -> Iterator[Change]:
    """Yield each recipient that is new.

    A server with a name is known by its name, of which a number may vary; a device of the network
    by its best identifier; another address by its neighbourhood, if the old one is not in use any
    more.
    """
    old = [peer for device in subject.old for peer in device.peers]
    new = [peer for device in subject.new for peer in device.peers]
    names = {shape(peer.host) for peer in old if peer.host}
    known = {peer.address for peer in old if peer.address}
    known |= {peer.known_as for peer in old if peer.known_as}
    fresh = {
        peer.key: peer
        for peer in new
        if peer.key
        and shape(peer.host) not in names
        and peer.address not in known
        and peer.known_as not in known
    }
    for key in sorted(fresh):
        if not _moved(fresh[key], old, new):
            place = _neighbourhood(fresh[key])
            found = change(pair, subject, "recipient", "recipient", recipient=key, value=place)
            yield found


def _moved(peer: Peer, old: Iterable[Peer], new: Iterable[Peer]) -> bool:
    """Return whether this is likely the same one under another address."""
    if peer.host or peer.known_as:
        return False
    alike = {o.address for o in old if o.role == peer.role and not o.host and o.address}
    if is_on_site(peer.address):
        left = alike - {n.address for n in new}
        return any(_block(address, 0) == _block(peer.address, 0) for address in left)
    return sum(not is_on_site(address) for address in alike) >= _ROTATING


def _neighbourhood(peer: Peer) -> str:
    """Return what stands for a recipient in the identity of the change."""
    if peer.host:
        return shape(peer.host)
    return peer.known_as or _block(peer.address, 0 if is_on_site(peer.address) else 1)


def _block(address: str, which: int) -> str:
    try:
        version = ipaddress.ip_address(address).version
        bits = _BLOCK[version][which]
        return str(ipaddress.ip_network(f"{address}/{bits}", strict=False))
    except ValueError:
        return address
