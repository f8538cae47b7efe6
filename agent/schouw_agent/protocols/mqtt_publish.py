"""The MQTT PUBLISH packet (OASIS MQTT 5.0 and 3.1.1, 3.3)."""

import re
from typing import Any, NamedTuple

from schouw_agent.errors import DecodeError
from schouw_agent.protocols import mqtt_properties as mp

_ALIASES = 1024
_ALIAS_OCTETS = 1 << 18
_NOT_IN_A_TOPIC = re.compile(r"[#+\x00-\x1f\x7f-\x9f]")


class Publish(NamedTuple):
    """A PUBLISH packet; its payload runs from `payload` to the end of the packet."""

    topic: str
    properties: dict[str, Any]
    payload: int
    version: int
    """4 or 5 if the packet can be of no other version, or the version that was asked for."""


class TopicAliases:
    """The topic aliases that one side has set, within limits (MQTT 5.0, 3.3.2.3.4)."""

    __slots__ = ("_octets", "_topics")

    def __init__(self) -> None:
        self._topics: dict[int, str] = {}
        self._octets = 0

    def resolve(self, alias: int, topic: str) -> str:
        """Return the topic of an alias, or set it; empty if the alias was never seen set."""
        before = self._topics.get(alias)
        if not topic:
            return before or ""
        octets = self._octets + len(topic) - len(before or "")
        if octets <= _ALIAS_OCTETS and (before is not None or len(self._topics) < _ALIASES):
            self._topics[alias] = topic
            self._octets = octets
        return topic


def topic_name(octets: bytes) -> str:
    """Return a topic name.  Raises `DecodeError` if it holds wildcards or control characters."""
    topic = mp.decode_text(octets)
    if _NOT_IN_A_TOPIC.search(topic):
        raise DecodeError("topic name holds a wildcard or a control character")
    return topic


def parse(first: int, data: bytes, start: int, stop: int, version: int) -> Publish:
    """Return the PUBLISH packet whose variable header starts here.

    `version` 0 is unknown: what follows the topic is taken for MQTT 5 properties if
    it can be.  Raises `DecodeError` if the packet is malformed.
    """
    octets, i = mp.binary(data, start, stop)
    topic = topic_name(octets)
    if first & 0x06:
        mp.two_octets(data, i, stop)
        i += 2
    if version not in (0, 5):
        if not topic:
            raise DecodeError("empty topic name")
        return Publish(topic, {}, i, version)
    try:
        properties, end = mp.properties(data, i, stop, mp.FOR_PUBLISH)
    except DecodeError:
        if version == 5 or not topic:
            raise
        return Publish(topic, {}, i, 4)
    if not topic and "topic_alias" not in properties:
        raise DecodeError("empty topic name")
    # A payload of an older version may start with a zero too; named properties are proof.
    return Publish(topic, properties, end, 5 if properties else version)


def fields(
    topic: str, flags: int, properties: dict[str, Any], client_id: str, version: str
) -> dict[str, Any]:
    """Return what is told of a PUBLISH, or of a will that is to become one."""
    told: dict[str, Any] = {
        "topic": topic,
        "qos": flags >> 1 & 0x03,
        "retain": bool(flags & 0x01),
        "dup": bool(flags & 0x08),
        "client_id": client_id,
        "version": version,
        "content_type": properties.get("content_type", "").split(";")[0].strip().lower(),
    }
    for name in ("response_topic", "user_properties"):
        if name in properties:
            told[name] = properties[name]
    return told
