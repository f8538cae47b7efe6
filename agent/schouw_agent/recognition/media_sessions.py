"""What RTSP and SIP announced of the media that RTP then carries.

RTP names a dynamic payload type by a number only; the SDP of the session that set it up
says what the number stands for.
"""

from collections.abc import Mapping
from typing import Any

from schouw_agent.records import Delivery

_MOST_SESSIONS = 4_096
_SECURE = "SRTP"
"""As `protocols.sdp` has it."""


class MediaSessions:
    """The encodings announced for each receiving address and port, within bounds."""

    def __init__(self) -> None:
        self._encodings: dict[tuple[str, int], Mapping[int, str]] = {}

    def announced(self, delivery: Delivery) -> None:
        """Note the session that a message of kind session set up.

        In SIP each side says where it wants to receive; in RTSP that is the client.
        """
        fields = delivery.message.fields
        ports = fields.get("client_port")
        first = ports[0] if isinstance(ports, tuple | list) and ports else ports
        if isinstance(first, int) and len(self._encodings) < _MOST_SESSIONS:
            key = (fields.get("receiver") or delivery.flow.orig.address, first)
            self._encodings[key] = fields.get("payload_types", {})

    def fields(self, delivery: Delivery) -> Mapping[str, Any]:
        """Return the fields of an RTP message, with the encoding that was announced for it.

        That it is encrypted goes before the encoding that a payload type stands for by itself.
        """
        fields = delivery.message.fields
        if not self._encodings:
            return fields
        receiver = delivery.flow.resp if delivery.from_orig else delivery.flow.orig
        encodings = self._encodings.get((receiver.address, receiver.port))
        encoding = encodings.get(fields.get("payload_type", -1)) if encodings else None
        if not encoding or (fields.get("encoding") and encoding != _SECURE):
            return fields
        return {**fields, "encoding": encoding}
