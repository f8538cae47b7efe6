"""How cameras are found: WS-Discovery with the types and scopes of ONVIF.

OASIS WS-Discovery 2005/04; ONVIF Core Specification, 7 (device discovery).  A machine asks by
multicast, and each camera answers it alone; a camera that is switched on says so to all.
"""

import socket
import uuid
from collections.abc import Mapping
from urllib.parse import quote

from tests.city.network import to_all
from tests.city.town import Host, Town

_GROUP = ("239.255.255.250", 3702)
_ENVELOPE = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" '
    'xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" '
    'xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery" '
    'xmlns:dn="http://www.onvif.org/ver10/network/wsdl">'
    "<s:Header><a:MessageID>urn:uuid:{message}</a:MessageID>{relates}"
    "<a:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</a:To>"
    "<a:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/{action}</a:Action></s:Header>"
    "<s:Body>{body}</s:Body></s:Envelope>"
)


class Findable:
    """A camera that says what it is to whoever asks."""

    def __init__(self, town: Town, camera: Host, scopes: Mapping[str, str]) -> None:
        """`scopes`: `name`, `hardware`, `manufacturer` and the like, as ONVIF has them."""
        self._town, self._camera = town, camera
        self._id = self._uuid()
        told = [f"onvif://www.onvif.org/{key}/{quote(value)}" for key, value in scopes.items()]
        self._scopes = " ".join(("onvif://www.onvif.org/type/video_encoder", *told))

    def say_hello(self) -> None:
        """Tell everybody that it has come."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as saying:
            saying.bind((self._camera.address, _GROUP[1]))
            to_all(saying)
            saying.sendto(self._message("Hello", f"<d:Hello>{self._told()}</d:Hello>"), _GROUP)

    def be_found(self, asker: str) -> None:
        """Let a server ask who is there, and answer it."""
        message = self._uuid()
        probe = "<d:Probe><d:Types>dn:NetworkVideoTransmitter</d:Types></d:Probe>"
        with (
            self._town.wire.among_servers(),
            socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking,
        ):
            asking.bind((asker, 0))
            to_all(asking)
            asking.sendto(self._message("Probe", probe, message=message), _GROUP)
            port = asking.getsockname()[1]
        body = f"<d:ProbeMatches><d:ProbeMatch>{self._told()}</d:ProbeMatch></d:ProbeMatches>"
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as answering:
            answering.bind((self._camera.address, _GROUP[1]))
            answer = self._message("ProbeMatches", body, relates=message)
            answering.sendto(answer, (asker, port))

    def _told(self) -> str:
        return (
            f"<a:EndpointReference><a:Address>urn:uuid:{self._id}</a:Address></a:EndpointReference>"
            f"<d:Types>dn:NetworkVideoTransmitter</d:Types><d:Scopes>{self._scopes}</d:Scopes>"
            f"<d:XAddrs>http://{self._camera.address}/onvif/device_service</d:XAddrs>"
            "<d:MetadataVersion>1</d:MetadataVersion>"
        )

    def _message(self, action: str, body: str, *, message: str = "", relates: str = "") -> bytes:
        related = f"<a:RelatesTo>urn:uuid:{relates}</a:RelatesTo>" if relates else ""
        return _ENVELOPE.format(
            message=message or self._uuid(), relates=related, action=action, body=body
        ).encode()

    def _uuid(self) -> str:
        return str(uuid.UUID(int=self._town.draw.getrandbits(128), version=4))
