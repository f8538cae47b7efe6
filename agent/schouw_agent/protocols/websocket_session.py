"""A WebSocket connection after its handshake, and the MQTT inside it (RFC 6455; MQTT 5.0, 6)."""

from collections.abc import Mapping
from typing import Any

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import PortHint
from schouw_agent.protocols import mqtt_chain, text_head
from schouw_agent.protocols import websocket_frames as frames
from schouw_agent.protocols.mqtt_connection import Conversation as MqttConnection
from schouw_agent.protocols.stream import OctetBuffer
from schouw_agent.records import Message

_KINDS = {frames.TEXT: "text", frames.BINARY: "binary"}
_MQTT = "mqtt"
_DEFLATE = "permessage-deflate"
_INNER = PortHint("tcp", 0, 1883)
_SURE = 0.9
_OF_ONE = 13
"""Bits of a packet with the shortest topic; the probe has seen more than that."""


class WebSocketSession:
    """The messages of both sides; where they are MQTT, its packets."""

    def __init__(
        self,
        buffers: tuple[OctetBuffer, OctetBuffer],
        fields: Mapping[str, Any],
        subprotocol: str = "",
        extensions: str = "",
        *,
        amid: bool = False,
    ) -> None:
        """`buffers`: by `from_orig`; `fields`: what every message is told with.

        `subprotocol` and `extensions` are what the server agreed to.  `amid`: that was not seen,
        and the first message of MQTT need not be the one that opens a connection.
        """
        self._amid = amid
        agreed = text_head.media_type(extensions) == _DEFLATE
        parameters = extensions.lower()
        self._sides = tuple(
            frames.Side(
                buffer,
                frames.Inflater(no_context_takeover=f"{who}_no_context_takeover" in parameters)
                if agreed
                else None,
            )
            for who, buffer in zip(("server", "client"), buffers, strict=True)
        )
        self._fields = dict(fields)
        self._mqtt: MqttConnection | None = None
        self._undecided = True
        self.wanted = True
        self.server_name = ""
        self.encryption = ""
        self.protocol = "websocket"
        if subprotocol.lower().startswith(_MQTT):
            self._speak_mqtt()
        elif subprotocol:
            self._fields["subprotocol"] = subprotocol

    def read(self, from_orig: bool, octets: bytes, messages: list[Message]) -> None:
        """Take the next octets of a direction, and add the messages that they complete."""
        side = self._sides[from_orig]
        side.buffer.append(octets)
        while (whole := side.read()) is not None:
            if self._undecided:
                self._undecided = False
                if whole.opcode == frames.BINARY and self._is_mqtt(from_orig, whole.payload):
                    self._speak_mqtt()
            if self._mqtt is not None:
                self._packets(self._mqtt, from_orig, whole, side.buffer.position, messages)
            else:
                fields = self._fields
                if whole.skipped:
                    fields = fields | {"truncated": True, "skipped_octets": whole.skipped}
                kind = _KINDS[whole.opcode]
                end = side.buffer.position
                messages.append(Message("websocket", kind, fields, whole.payload, end))

    def _is_mqtt(self, from_orig: bool, payload: bytes) -> bool:
        if self._amid:
            return mqtt_chain.bits(payload) >= _OF_ONE
        head = payload[:256]
        return mqtt_chain.score((head, b"") if from_orig else (b"", head), False) >= _SURE

    def _speak_mqtt(self) -> None:
        self._undecided = False
        self._mqtt = MqttConnection(_INNER)
        self.protocol = _MQTT

    def _packets(
        self,
        mqtt: MqttConnection,
        from_orig: bool,
        whole: frames.Whole,
        end: int,
        messages: list[Message],
    ) -> None:
        """Add the MQTT packets that a message completes; they end where it does."""
        packets = mqtt.feed(from_orig, whole.payload)
        messages.extend(packet._replace(end=end) for packet in packets)
        # What is amiss behind the last packet belongs to this message, not to the next.
        mqtt.feed(from_orig, b"")
        if whole.skipped:
            mqtt.gap(from_orig, whole.skipped)

    def lose(self, from_orig: bool, octets: int) -> None:
        """Go on with the next frame after a gap, or stop if its start is not known."""
        try:
            self.wanted = self._sides[from_orig].lose(octets)
        except DecodeError:
            self.wanted = False

    def finish(self, messages: list[Message]) -> None:
        """Add nothing: every message ends itself."""
