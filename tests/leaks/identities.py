"""Devices that say who they are, by names that are somebody's: one message of each kind."""

import itertools
import struct
from collections.abc import Callable, Iterable
from typing import Protocol
from urllib.parse import quote

Host = tuple[str, str]


class Line(Protocol):
    """What messages are put on."""

    def datagram(self, client: Host, port: int, load: bytes) -> None:
        """Add a datagram from a client to the server."""

    def frame(self, source: str, target: str, ethertype: int, load: bytes) -> None:
        """Add a frame without IP."""

    def connection(self, client: Host, port: int, *turns: tuple[bool, bytes]) -> None:
        """Add a TCP connection."""


def dhcp(host: Host, name: str) -> bytes:
    """Return a request that gives the name as host name, full name and class of vendor."""
    mac = bytes.fromhex(host[0].replace(":", ""))
    head = struct.pack(">BBBBIHH", 1, 1, 6, 0, 7, 0, 0) + bytes(16) + mac.ljust(16, b"\0")
    octets = name.encode()[:200]
    options = b"\x35\x01\x03"
    for code, value in ((12, octets), (60, octets), (81, b"\0\0\0" + octets)):
        options += bytes((code, len(value))) + value
    return head + bytes(192) + b"\x63\x82\x53\x63" + options + b"\xff"


def mdns(name: str) -> bytes:
    """Return a response in which host, instance and text have the name."""
    label = name.encode()[:60]

    def named(*labels: bytes) -> bytes:
        return b"".join(bytes([len(each)]) + each for each in labels) + b"\0"

    host, service = named(label, b"local"), named(b"_http", b"_tcp", b"local")
    instance = named(label, b"_http", b"_tcp", b"local")
    text = b"".join(
        bytes([len(each)]) + each for each in (b"model=" + label, b"manufacturer=" + label)
    )
    records = [(host, 1, b"\xc0\x00\x02\x03"), (service, 12, instance), (instance, 16, text)]
    body = b"".join(
        owner + struct.pack(">HHIH", kind, 1, 120, len(data)) + data
        for owner, kind, data in records
    )
    return struct.pack(">HHHHHH", 0, 0x8400, 0, len(records), 0, 0) + body


def ssdp(name: str) -> bytes:
    """Return a notification whose server is called by the name."""
    lines = (
        "NOTIFY * HTTP/1.1", "HOST: 239.255.255.250:1900", "NTS: ssdp:alive",
        "NT: urn:schemas-upnp-org:device:MediaServer:1", f"SERVER: {name}/1.0 UPnP/1.0 {name}",
        f"USN: uuid:{name}::upnp:rootdevice", f"LOCATION: http://192.0.2.3/{quote(name)}.xml",
    )  # fmt: skip
    return "\r\n".join((*lines, "", "")).encode()


def syslog(name: str) -> bytes:
    """Return a line of a log of a machine with the name."""
    host = name.replace(" ", "-")
    return f"<134>1 2026-11-02T10:00:00Z {host} poort 7 - - gestart".encode()


def discovery(name: str) -> bytes:
    """Return a greeting of WS-Discovery whose scopes hold the name."""
    scopes = " ".join(
        f"onvif://www.onvif.org/{kind}/{quote(name)}" for kind in ("name", "hardware")
    )
    soap, wsd = "http://www.w3.org/2003/05/soap-envelope", "http://schemas.xmlsoap.org/ws/2005/04"
    return (
        f'<s:Envelope xmlns:s="{soap}" xmlns:d="{wsd}/discovery"'
        f' xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing"><s:Header>'
        f"<a:Action>{wsd}/discovery/Hello</a:Action></s:Header><s:Body><d:Hello>"
        f"<d:Types>dn:NetworkVideoTransmitter</d:Types><d:Scopes>{scopes}</d:Scopes>"
        "</d:Hello></s:Body></s:Envelope>"
    ).encode()


def lldp(mac: str, name: str) -> bytes:
    """Return an announcement with the name as port, system name and description."""
    octets = name.encode()[:200]
    elements = [
        (1, b"\x04" + bytes.fromhex(mac.replace(":", ""))), (2, b"\x05" + octets), (3, b"\0\x78"),
        (5, octets), (6, b"Linux " + octets), (4, octets),
    ]  # fmt: skip
    body = b"".join(struct.pack(">H", kind << 9 | len(v)) + v for kind, v in elements)
    return body + b"\0\0"


def _der(tag: int, *parts: bytes) -> bytes:
    body = b"".join(parts)
    size = bytes([len(body)]) if len(body) < 128 else b"\x82" + struct.pack(">H", len(body))
    return bytes([tag]) + size + body


def certificate(name: str) -> bytes:
    """Return hello and certificate of a TLS 1.2 server that is called by the name."""
    octets = name.encode()[:60]

    def called(kind: bytes) -> bytes:
        return _der(0x30, _der(0x31, _der(0x30, _der(6, kind), _der(12, octets))))

    alternative = _der(4, _der(0x30, _der(0x82, octets)))
    extensions = _der(0xA3, _der(0x30, _der(0x30, _der(6, b"\x55\x1d\x11"), alternative)))
    whole = _der(
        0x30, _der(0xA0, _der(2, b"\2")), _der(2, b"\1"), _der(0x30), called(b"\x55\x04\x03"),
        _der(0x30), called(b"\x55\x04\x03"), _der(0x30), extensions,
    )  # fmt: skip
    shown = _der(0x30, whole)
    listed = len(shown).to_bytes(3, "big") + shown
    hello = b"\x03\x03" + bytes(32) + b"\0" + b"\xc0\x2f" + b"\0"
    messages = b"\x02" + len(hello).to_bytes(3, "big") + hello
    body = len(listed).to_bytes(3, "big") + listed
    messages += b"\x0b" + len(body).to_bytes(3, "big") + body
    return b"\x16\x03\x03" + struct.pack(">H", len(messages)) + messages


def announce(
    wire: Line, host: Host, names: Iterable[str], client_hello: Callable[[str], bytes]
) -> None:
    """Let a device say every name in every way."""
    for name, number in zip(names, itertools.count(), strict=False):
        wire.datagram(host, 67, dhcp(host, name))
        wire.datagram(host, 5353, mdns(name))
        wire.datagram(host, 1900, ssdp(name))
        wire.datagram(host, 514, syslog(name))
        wire.datagram(host, 3702, discovery(name))
        wire.frame(host[0], "01:80:c2:00:00:0e", 0x88CC, lldp(host[0], name))
        if number % 4 == 0:
            turns = ((True, client_hello("poort.example.org")), (False, certificate(name)))
            wire.connection(host, 8443, *turns)
