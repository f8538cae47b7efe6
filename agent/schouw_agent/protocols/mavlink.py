"""MAVLink: drones, boats and rovers, where they are, and who they say flies them."""

import orjson

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Decoder, PortHint, Screen
from schouw_agent.protocols import mavlink_messages as told
from schouw_agent.protocols.frames import FramedConversation
from schouw_agent.records import Message

PORTS = frozenset({14550, 14540, 5760})
_V1, _V2 = 0xFE, 0xFD
_SIGNED, _SIGNATURE_OCTETS = 1, 13
_MOST_TYPES = 64


class Conversation(FramedConversation):
    """The frames between vehicles and a ground station."""

    header_octets = 3

    def __init__(self, hint: PortHint) -> None:
        super().__init__(hint)
        self._datagrams = hint.transport == "udp"
        self.survives = self._datagrams
        self._types: dict[int, str] = {}
        """What each system said it is."""

    def _read(self, from_orig: bool, octets: bytes, messages: list[Message]) -> None:
        buffer = self._buffers[from_orig]
        try:
            super()._read(from_orig, octets, messages)
        finally:
            left = buffer.skip(len(buffer)) if self._datagrams else 0
        if left:
            raise DecodeError("frame cut off")

    def _lose(self, from_orig: bool, octets: int) -> None:
        if self._datagrams:
            self._buffers[from_orig].lose(octets)
        else:
            super()._lose(from_orig, octets)

    def _length(self, header: bytes) -> int:
        return length(header)

    def _frame(
        self,
        from_orig: bool,  # noqa: ARG002
        octets: bytes,
        end: int,
        messages: list[Message],
    ) -> None:
        number, payload = _content(octets)
        if _fits(octets, number) is False:
            raise DecodeError("checksum does not fit")
        system = octets[5] if octets[0] == _V2 else octets[3]
        values = told.values(number, payload)
        fields = {
            "system": system,
            "message_id": number,
            "content_type": "application/json" if values else "",
        }
        body = orjson.dumps(values) if values else b""
        messages.append(Message("mavlink", told.name(number), fields, body, end))
        identity = {"device_type": told.device_type(number, payload)}
        identity["serial"] = values.get("vehicle", {}).get("serial", "")
        identity = {kind: value for kind, value in identity.items() if value}
        if identity and self._types.get(system) != repr(identity):
            if len(self._types) < _MOST_TYPES:
                self._types[system] = repr(identity)
            messages.append(Message("mavlink", "identity", {"identity": identity}, b"", end))


def length(header: bytes) -> int:
    """Return the octets of the frame with these first three.  Raises `DecodeError`."""
    if header[0] == _V1:
        return 8 + header[1]
    if header[0] != _V2 or header[2] & ~_SIGNED:
        raise DecodeError("no start of a frame")
    return 12 + header[1] + (_SIGNATURE_OCTETS if header[2] & _SIGNED else 0)


def _content(octets: bytes) -> tuple[int, bytes]:
    """Return message id and payload of a frame."""
    if octets[0] == _V1:
        return octets[5], octets[6 : 6 + octets[1]]
    return int.from_bytes(octets[7:10], "little"), octets[10 : 10 + octets[1]]


def _fits(octets: bytes, number: int) -> bool | None:
    """Return whether the checksum fits; None for a message whose seed is not known."""
    seed = told.SEEDS.get(number)
    if seed is None:
        return None
    end = (6 if octets[0] == _V1 else 10) + octets[1]
    return told.checksum(octets[1:end], seed) == int.from_bytes(octets[end : end + 2], "little")


def _score(head: bytes, transport: str) -> float:
    """Return how surely a head is a chain of frames: a checksum has to fit."""
    at, sure = 0, 0
    while at + 3 <= len(head) and sure < 2:
        try:
            end = at + length(head[at : at + 3])
        except DecodeError:
            return 0.0
        if end > len(head):
            cut = transport == "tcp" or len(head) >= 256
            return 0.9 if sure and cut else 0.0
        frame = head[at:end]
        fits = _fits(frame, _content(frame)[0])
        if fits is False:
            return 0.0
        sure += bool(fits)
        at = end
    return 0.95 if sure else 0.0


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:
    """Return how surely these are frames of MAVLink."""
    heads = [head for head in (orig, resp) if head]
    if not heads or any(head[0] not in (_V1, _V2) for head in heads):
        return 0.0
    return min(_score(head, hint.transport) for head in heads)


DECODER = Decoder(
    id="mavlink",
    title="MAVLink 1 and 2",
    reference="MAVLink Developer Guide, Serialization, Common Message Set and Open Drone ID",
    transports=frozenset({"udp", "tcp"}),
    ports=PORTS,
    probe=probe,
    open=Conversation,
    screens=(Screen(octets={0: {_V1, _V2}}, least=8),),
)
