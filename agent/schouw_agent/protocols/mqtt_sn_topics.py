"""What the topic ids of MQTT-SN stand for, within bounds (MQTT-SN 1.2, 3)."""

from collections import OrderedDict

_NORMAL, _PREDEFINED, _SHORT = 0, 1, 2
_TOPICS = 4096
_PENDING = 256


class Topics:
    """The topic ids that a client and its gateway agreed on."""

    def __init__(self) -> None:
        self._names: OrderedDict[int, str] = OrderedDict()
        self._pending: OrderedDict[int, str] = OrderedDict()

    def asked(self, message_id: int, name: str) -> None:
        """Note a name that is to get an id by the answer to this message."""
        self._pending[message_id] = name
        if len(self._pending) > _PENDING:
            self._pending.popitem(last=False)

    def answered(self, message_id: int, topic_id: int) -> None:
        """Note the id that an answer gives; 0 is none."""
        name = self._pending.pop(message_id, "")
        if name and topic_id:
            self.set(topic_id, name)

    def set(self, topic_id: int, name: str) -> None:
        """Note what an id stands for."""
        self._names[topic_id] = name
        if len(self._names) > _TOPICS:
            self._names.popitem(last=False)

    def name(self, kind: int, octets: bytes) -> str:
        """Return the topic of two octets of this kind; empty if it was never told.

        Predefined ids are agreed on beforehand, so that only their number is known.
        """
        number = octets[0] << 8 | octets[1]
        if kind == _SHORT:
            return octets.decode("utf-8", "replace")
        if kind == _PREDEFINED:
            return f"predefined/{number}"
        return self._names.get(number, "") if kind == _NORMAL else ""
