"""Two network namespaces with a wire between them: the street with its devices, and the servers.

Any address of a block can be used without further ado (AnyIP), so that ten thousand devices cost
nothing.  What crosses the wire is what a mirror port would show; only MAC addresses are put in
afterwards, by address, since one wire has but one pair of them.
"""

import ctypes
import os
import socket
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

NEW_NETWORK = 0x40000000
STREET_BLOCKS = ("192.0.2.128/25", "198.18.0.0/16")
"""Addresses of devices: the first for the few of a scene, the second (RFC 2544) for many."""
SERVER_BLOCKS = ("192.0.2.0/25", "198.51.100.0/24", "203.0.113.0/24", "198.19.0.0/16")
"""Addresses of servers: on the spot, of suppliers, and elsewhere."""
WIRE = "wire0"
PATIENCE = 30.0
"""Seconds that anything on this machine is waited for: it may stand still for a while."""
_SAME_MAC = "02:00:00:00:00:01"
_OFFLOADS = ["rx", "off", "tx", "off", "sg", "off", "tso", "off", "gso", "off", "gro", "off"]

_libc = ctypes.CDLL(None, use_errno=True)


def _unshare() -> int:
    """Let the calling thread enter a new network namespace, and return a descriptor of it."""
    if _libc.unshare(NEW_NETWORK):
        raise PermissionError(ctypes.get_errno(), "a network namespace needs root")
    return os.open("/proc/thread-self/ns/net", os.O_RDONLY)


def enter(namespace: int) -> None:
    """Move the calling thread into a namespace; sockets stay where they were made."""
    if _libc.setns(namespace, NEW_NETWORK):
        raise OSError(ctypes.get_errno(), "setns failed")


@dataclass(frozen=True, slots=True)
class Wire:
    """Descriptors of the two namespaces; the calling thread is in the street."""

    street: int
    servers: int

    def close(self) -> None:
        """Let both go, once the thread has left them."""
        os.close(self.street)
        os.close(self.servers)

    @contextmanager
    def among_servers(self) -> Iterator[None]:
        """Make sockets that belong to the servers."""
        enter(self.servers)
        try:
            yield
        finally:
            enter(self.street)


def lay_wire() -> Wire:
    """Return a wire between two new namespaces.  Raises `PermissionError` without root."""
    street = _unshare()
    _run("ip", "link", "set", "lo", "up")
    servers = _unshare()
    _run("ip", "link", "set", "lo", "up")
    enter(street)
    _run("ip", "link", "add", WIRE, "type", "veth", "peer", "name", "wire1")
    _run("ip", "link", "set", "wire1", "netns", f"/proc/{os.getpid()}/fd/{servers}")
    _settle(WIRE, STREET_BLOCKS)
    enter(servers)
    _run("ip", "link", "set", "wire1", "name", WIRE)
    _settle(WIRE, SERVER_BLOCKS)
    enter(street)
    return Wire(street, servers)


def to_all(sock: socket.socket) -> None:
    """Let what a socket sends to a group cross the wire; in the namespace of the socket.

    By the number of the link: the address of a device belongs to no link but the loopback.
    """
    link = socket.if_nametoindex(WIRE)
    sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, struct.pack("8xi", link))


def _settle(link: str, blocks: tuple[str, ...]) -> None:
    """Make one end ready: no ARP, one MAC address for both ends, no offloads, local blocks."""
    with suppress(FileNotFoundError):
        subprocess.run(["ethtool", "-K", link, *_OFFLOADS], check=False, capture_output=True)
    for key in ("conf/all/disable_ipv6", "conf/default/disable_ipv6"):
        with suppress(OSError):
            Path(f"/proc/sys/net/ipv6/{key}").write_text("1", encoding="ascii")
    _run("ip", "link", "set", link, "address", _SAME_MAC, "arp", "off", "mtu", "1500", "up")
    for block in blocks:
        _run("ip", "route", "add", "local", block, "dev", "lo")
    # None for groups: the default does for them, and Linux lets routes that are alike share what it
    # remembers, after which all that is sent would be for a group.
    for route in ("default", "255.255.255.255/32"):
        _run("ip", "route", "add", route, "dev", link)


def _run(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)
