"""An MQTT connection, over TCP or inside WebSocket: its packets become messages."""

from typing import Any

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import PortHint
from schouw_agent.protocols import mqtt_chain as chain
from schouw_agent.protocols import mqtt_packets as packets
from schouw_agent.protocols import mqtt_properties as mp
from schouw_agent.protocols import mqtt_publish
from schouw_agent.protocols.mqtt_direction import Direction, with_properties
from schouw_agent.protocols.stream import BODY_LIMIT, HEADER_LIMIT, StreamConversation
from schouw_agent.records import Message
from schouw_agent.runs import GrowingRun, Run, one_by_one

PORTS = frozenset({1883, 1884, 8883})
_NOTHING_KNOWN: dict[bytes, int] = {}


class Conversation(StreamConversation):
    """The two sides of one MQTT connection."""

    def __init__(self, hint: PortHint) -> None:
        super().__init__()
        self._directions = (Direction(), Direction())
        self._fed = [0, 0]
        self._client_id = ""
        self._version = 0
        self._client_is_orig = not (hint.orig_port in PORTS and hint.resp_port not in PORTS)

    def feed(self, from_orig: bool, octets: bytes, /) -> list[Message]:
        """Return the messages that these octets complete."""
        return one_by_one(self.feed_runs(from_orig, octets))

    def feed_runs(self, from_orig: bool, octets: bytes, /) -> list[Message | Run]:
        """Return the same messages, the common ones among them in runs."""
        return list(super().feed(from_orig, octets))

    def _read(self, from_orig: bool, octets: bytes, messages: list[Any]) -> None:
        direction = self._directions[from_orig]
        self._fed[from_orig] += len(octets)
        skip = direction.position + direction.held + len(octets) - self._fed[from_orig]
        if skip > 0:  # the rest of a packet that was cut off or lies around a gap
            octets = octets[min(skip, len(octets)) :]
        if not octets:
            return
        direction.chunks.append(octets)
        direction.held += len(octets)
        if direction.held < direction.need:
            return
        data = octets if len(direction.chunks) == 1 else b"".join(direction.chunks)
        start = self._search(direction, data) if direction.lost else 0
        if not direction.lost:
            try:
                start = self._packets(direction, from_orig, data, start, messages)
            except DecodeError:
                if direction.seen:
                    raise
                # The capture may start amid a packet.
                direction.lost = direction.seen = direction.amid = True
                direction.search_until = chain.SEARCH_LIMIT
                start = self._search(direction, data)
                if not direction.lost:
                    start = self._packets(direction, from_orig, data, start, messages)
        direction.position += start
        rest = data[start:]
        direction.chunks = [rest] if rest else []
        direction.held = len(rest)

    def _search(self, direction: Direction, data: bytes) -> int:
        """Return where a chain of packets starts, or where it may as far as can be told."""
        start, found = chain.find(data, 0, self._version)
        direction.need = 0
        direction.lost = not found
        direction.amid = direction.amid and not found
        if direction.position + start > direction.search_until:
            raise DecodeError("no packet found")
        return start

    def _packets(
        self, direction: Direction, from_orig: bool, data: bytes, i: int, messages: list[Any]
    ) -> int:
        """Read whole packets and return where the first incomplete one starts.

        The common PUBLISH is read here without a call per field: this loop is the hot
        path of the whole agent.
        """
        size = len(data)
        is_5 = self._version == 5
        # The fields known for the first octet of the packet before this one.
        shown, known, skipped = -1, _NOTHING_KNOWN, 0
        run = GrowingRun("mqtt", "publish", direction.told, data, direction.position)
        add_which, add_begin, add_stop = run.appenders()
        while i + 1 < size:
            first = data[i]
            length = data[i + 1]
            body = i + 2
            if length >= 128:
                if body < size and data[body] < 128:
                    length += (data[body] - 1) << 7
                    body = i + 3
                else:
                    # What is found wrong from here on comes behind what was read.
                    run.into(messages)
                    self._check_first(first)
                    length, body = mp.variable_length(data, i + 1, size)
                    if length < 0:
                        break
            end = body + length
            if end > size or length > BODY_LIMIT:
                break
            if first != shown:
                shown, skipped = first, 2 if first & 0x06 else 0
                known = direction.known.get(first, _NOTHING_KNOWN)
            if length > 1 and known:
                # A key starts with its length, so one with a length of 256 or more is not found.
                payload = body + 2 + data[body + 1]
                fields = known.get(data[body:payload])
                if is_5:
                    fields, payload = with_properties(known, data, body, payload, skipped, end)
                else:
                    payload += skipped
                if fields is not None and payload <= end:
                    add_which(fields)
                    add_begin(payload)
                    add_stop(end)
                    i = end
                    continue
            run.into(messages)
            self._packet(direction, from_orig, data, i, body, end, end, messages)
            run = GrowingRun("mqtt", "publish", direction.told, data, direction.position)
            add_which, add_begin, add_stop = run.appenders()
            direction.seen = True
            is_5, shown = self._version == 5, -1
            i = end
        run.into(messages)
        if i < size:
            return self._incomplete(direction, from_orig, data, i, messages)
        direction.need = 0
        return i

    def _check_first(self, first: int) -> None:
        if not packets.header_is_valid(first, self._version):
            raise DecodeError("invalid first octet of a packet")

    def _incomplete(
        self, direction: Direction, from_orig: bool, data: bytes, i: int, messages: list[Any]
    ) -> int:
        """Note what the packet that starts here still needs; cut it off if that is too much."""
        first = data[i]
        self._check_first(first)
        length, body = mp.variable_length(data, i + 1, len(data))
        if length < 0:
            direction.need = len(data) - i + 1
            return i
        if first >> 4 != packets.PUBLISH:
            if length > HEADER_LIMIT:
                raise DecodeError("packet over the limit")
            direction.need = body + length - i
            return i
        direction.need = body - i + min(length, BODY_LIMIT)
        if len(data) - i < direction.need:
            return i
        cut = i + direction.need
        self._packet(direction, from_orig, data, i, body, cut, body + length, messages)
        if body + length <= len(data):
            return self._packets(direction, from_orig, data, body + length, messages)
        direction.need = 0
        # The position runs ahead of what was fed, so that the rest is skipped.
        direction.position += body + length - len(data)
        return len(data)

    def _packet(
        self,
        direction: Direction,
        from_orig: bool,
        data: bytes,
        start: int,
        body: int,
        stop: int,
        end: int,
        messages: list[Any],
    ) -> None:
        first = data[start]
        kind = first >> 4
        self._check_first(first)
        at = direction.position + stop
        if kind != packets.PUBLISH and stop - body > HEADER_LIMIT:
            raise DecodeError("packet over the limit")
        if kind == packets.PUBLISH:
            fields, payload = self._publish(direction, from_orig, data, start, body, stop)
            if end > stop:
                fields = {**fields, "truncated": True, "skipped_octets": end - stop}
            messages.append(Message("mqtt", "publish", fields, data[payload:stop], at))
            return
        if kind == packets.CONNECT:
            found = packets.connect(data, body, stop)
            self._learn(None, None, from_orig)
            self._connect(found, at, messages)
            return
        if not self._version:
            self._learn(packets.inferred_version(kind, data, body, stop), None, None)
        fields = packets.parse(kind, data, body, stop, self._version or 4)
        if kind in packets.FROM_CLIENT or kind in packets.FROM_SERVER:
            self._learn(None, None, from_orig == (kind in packets.FROM_CLIENT))
        if kind == packets.CONNACK and fields.get("assigned_client_id"):
            self._learn(None, fields["assigned_client_id"], None)
        fields["client_id"] = self._client_id
        fields["version"] = packets.VERSIONS[self._version]
        messages.append(Message("mqtt", packets.KINDS[kind], fields, b"", at))

    def _connect(self, found: packets.Connect, at: int, messages: list[Any]) -> None:
        self._learn(found.version, found.client_id, None)
        for direction in self._directions:
            direction.aliases = mqtt_publish.TopicAliases()
        messages.append(Message("mqtt", "connect", found.fields, b"", at))
        if found.will is not None:
            will = found.will
            fields = self._told(will.topic, will.qos << 1 | will.retain, will.properties)
            fields["from_client"] = True
            messages.append(Message("mqtt", "will", fields, will.payload, at))

    def _learn(
        self, version: int | None, client_id: str | None, client_is_orig: bool | None
    ) -> None:
        """Keep what a packet told of the connection; the fields known until now are stale."""
        before = (self._version, self._client_id, self._client_is_orig)
        self._version = version or self._version
        self._client_id = self._client_id if client_id is None else client_id
        if client_is_orig is not None:
            self._client_is_orig = client_is_orig
        if before != (self._version, self._client_id, self._client_is_orig):
            for direction in self._directions:
                direction.forget()

    def _publish(
        self, direction: Direction, from_orig: bool, data: bytes, start: int, body: int, stop: int
    ) -> tuple[dict[str, Any], int]:
        first = data[start]
        found = mqtt_publish.parse(first, data, body, stop, self._version)
        if not self._version:
            self._learn(found.version, None, None)
        topic = found.topic
        alias = found.properties.get("topic_alias")
        if alias is not None:
            topic = direction.aliases.resolve(alias, topic)
        fields = self._told(topic, first & 0x0F, found.properties)
        fields["from_client"] = from_orig == self._client_is_orig
        if alias is not None and not topic:
            fields["topic_alias"] = alias
        if alias is None and self._version:
            name_end = body + 2 + (data[body] << 8 | data[body + 1])
            key = data[body:name_end]
            if found.properties:
                # A topic holds no control character, and properties do: no two keys are alike.
                key += data[name_end + (2 if first & 0x06 else 0) : found.payload]
            direction.learn(first, key, fields)
        return fields, found.payload

    def _told(self, topic: str, flags: int, properties: dict[str, Any]) -> dict[str, Any]:
        version = packets.VERSIONS[self._version]
        return mqtt_publish.fields(topic, flags, properties, self._client_id, version)

    def _lose(self, from_orig: bool, octets: int) -> None:
        direction = self._directions[from_orig]
        self._fed[from_orig] += octets
        direction.lose(self._fed[from_orig])

    def _finish(self, messages: list[Any]) -> None:
        if not messages and any(direction.amid for direction in self._directions):
            raise DecodeError("no packet found")
