"""How devices tell who is near what they are: SSDP of UPnP, and mDNS with DNS-SD.

UPnP Device Architecture 2.0, 1 and 2; RFC 6762 and RFC 6763.  A device says so to all when it is
switched on and now and then, and whoever looks for such devices is answered.
"""

import random
import socket
import struct
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.city.network import to_all
from tests.city.town import Host, Town
from tests.city.web import request

_SSDP, _MDNS = ("239.255.255.250", 1900), ("224.0.0.251", 5353)
_TYPE = "urn:schemas-upnp-org:device:Basic:1"
_DESCRIPTION_PORT = 49_152
_PTR, _TXT, _SRV, _A = 12, 16, 33, 1
_ANSWER, _IN, _FLUSH = 0x8400, 1, 0x8001
_MAKERS = ("Voorbeeldmaker", "Proefbouw", "Nergensfabriek")


@dataclass(frozen=True, slots=True)
class Product:
    """What a device says that it is."""

    maker: str
    model: str
    firmware: str


class Ssdp:
    """A device that is found by UPnP."""

    def __init__(self, town: Town, host: Host, product: Product) -> None:
        self._town, self._host, self._product = town, host, product
        draw = random.Random(f"{town.seed} {host.name} upnp")
        self._id = f"uuid:{uuid.UUID(int=draw.getrandbits(128), version=4)}"
        self._described = False

    def describe(self) -> None:
        """Let it serve its description; before the town runs."""
        product = self._product
        text = (
            '<?xml version="1.0"?><root xmlns="urn:schemas-upnp-org:device-1-0"><specVersion>'
            f"<major>1</major><minor>0</minor></specVersion><device><deviceType>{_TYPE}"
            f"</deviceType><friendlyName>{self._host.name}</friendlyName><manufacturer>"
            f"{product.maker}</manufacturer><modelName>{product.model}</modelName><UDN>{self._id}"
            "</UDN></device></root>"
        ).encode()
        self._described = True
        self._town.web.serve(
            self._host.address, _DESCRIPTION_PORT, in_street=True, banner=self._server(),
            answer=lambda *_: ("text/xml", text),
        )  # fmt: skip

    def say_hello(self) -> None:
        """Tell everybody that it is there."""
        head = {"HOST": "239.255.255.250:1900", "NT": _TYPE, "NTS": "ssdp:alive"}
        _tell(self._host.address, _SSDP, _lines("NOTIFY * HTTP/1.1", {**head, **self._told()}))

    def be_found(self, asker: str) -> None:
        """Let a server look for such devices, be answered, and read the description."""
        wanted = {"HOST": "239.255.255.250:1900", "MAN": '"ssdp:discover"', "MX": "2", "ST": _TYPE}
        with self._town.wire.among_servers():
            port = _tell(asker, _SSDP, _lines("M-SEARCH * HTTP/1.1", wanted), own_port=0)
        answer = _lines("HTTP/1.1 200 OK", {"EXT": "", "ST": _TYPE, **self._told()})
        _tell(self._host.address, (asker, port), answer, own_port=_SSDP[1])
        if self._described:
            with self._town.wire.among_servers():
                request(
                    asker, self._host.address, host=f"{self._host.address}:{_DESCRIPTION_PORT}",
                    path="/desc.xml", port=_DESCRIPTION_PORT, agent="Control Point/1.0",
                )  # fmt: skip

    def _told(self) -> Mapping[str, str]:
        return {
            "CACHE-CONTROL": "max-age=1800",
            "LOCATION": f"http://{self._host.address}:{_DESCRIPTION_PORT}/desc.xml",
            "SERVER": self._server(),
            "USN": f"{self._id}::{_TYPE}",
        }

    def _server(self) -> str:
        return f"Linux/4.9 UPnP/1.0 {self._product.maker}/{self._product.firmware}"


class Mdns:
    """A device that is found by multicast DNS, with a service that it offers."""

    def __init__(
        self, town: Town, host: Host, product: Product, service: str = "_http._tcp", port: int = 80
    ) -> None:
        self._town, self._host, self._product = town, host, product
        self._service, self._port = f"{service}.local", port

    def say_hello(self) -> None:
        """Tell everybody what it offers."""
        _tell(self._host.address, _MDNS, self._answer(), own_port=_MDNS[1])

    def be_found(self, asker: str) -> None:
        """Let a server ask who offers the service, and answer."""
        question = struct.pack(">6H", 0, 0, 1, 0, 0, 0) + _name(self._service)
        with self._town.wire.among_servers():
            _tell(asker, _MDNS, question + struct.pack(">HH", _PTR, _IN), own_port=_MDNS[1])
        self.say_hello()

    def _answer(self) -> bytes:
        product, host = self._product, f"{self._host.name}.local"
        instance = _name(self._service, first=f"{product.maker} {product.model}")
        told = (
            f"manufacturer={product.maker}", f"model={product.model}",
            f"fw_version={product.firmware}",
        )  # fmt: skip
        text = b"".join(bytes([len(each)]) + each.encode() for each in told)
        place = struct.pack(">HHH", 0, 0, self._port) + _name(host)
        return struct.pack(">6H", 0, _ANSWER, 0, 4, 0, 0) + b"".join(
            (
                _record(_name(self._service), _PTR, instance, klass=_IN),
                _record(instance, _SRV, place),
                _record(instance, _TXT, text),
                _record(_name(host), _A, socket.inet_aton(self._host.address)),
            )
        )


def ask_who_prints(host: Host) -> None:
    """Let a machine ask all for printers, as telephones do."""
    question = struct.pack(">6H", 0, 0, 1, 0, 0, 0) + _name("_ipp._tcp.local")
    _tell(host.address, _MDNS, question + struct.pack(">HH", _PTR, _IN), own_port=_MDNS[1])


def habit_of(town: Town, host: Host) -> Callable[[], None] | None:
    """Return how a device tells who it is, as a seed chooses apart from all else; perhaps not."""
    draw = random.Random(f"{town.seed} {host.name} neighbours")
    maker, version = draw.choice(_MAKERS), f"{draw.randrange(1, 5)}.{draw.randrange(10)}"
    product = Product(maker, f"{maker[:2].upper()}-{draw.randrange(10, 90)}", version)
    chosen = draw.choice((Ssdp, Mdns, None, None, None))
    return chosen(town, host, product).say_hello if chosen else None


def _lines(first: str, fields: Mapping[str, str]) -> bytes:
    lines = (first, *(f"{name}: {value}".rstrip() for name, value in fields.items()), "", "")
    return "\r\n".join(lines).encode()


def _name(name: str, *, first: str = "") -> bytes:
    """Return a name in the form of DNS; `first` is a label with whatever is in it."""
    labels = ([first] if first else []) + name.split(".")
    return b"".join(bytes([len(each)]) + each.encode() for each in labels) + b"\0"


def _record(name: bytes, kind: int, data: bytes, *, klass: int = _FLUSH) -> bytes:
    return name + struct.pack(">HHIH", kind, klass, 120, len(data)) + data


def _tell(source: str, target: tuple[str, int], octets: bytes, *, own_port: int = 0) -> int:
    """Send a datagram from an address, to all or to one, and return from which port."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as saying:
        saying.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        saying.bind((source, own_port))
        to_all(saying)
        saying.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 255 if target is _MDNS else 4)
        saying.sendto(octets, target)
        port: int = saying.getsockname()[1]
        return port
