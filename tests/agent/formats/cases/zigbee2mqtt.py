"""Rows: why; content; leaves as path to value, or the form of a medium."""

from schouw_agent.records import Content


def _state(octets, topic="zigbee2mqtt/brug/deur-1"):
    return Content(octets, topic=topic)


_DEVICE = b'"device": {"ieeeAddr": "0x00158d0001a2b3c4", "model": "MCCGQ11LM"}'
CASES = (
    ("state", _state(b'{"contact": true, "linkquality": 80}'),
     {"contact": True, "linkquality": 80}),
    ("the device is not what it says", _state(b'{"contact": true, ' + _DEVICE + b"}"),
     {"contact": True}),
)  # fmt: skip
INVALID = (
    b"", _state(b""), _state(b"[]"), _state(b'{"a": 1}', "zigbee2mqtt/bridge/state"),
    _state(b'{"a": 1}', "zigbee2mqtt/deur-1/set"), _state(b'{"linkquality": 80}', "other/deur-1"),
)  # fmt: skip
SUBJECTS = (
    ("by the topic", CASES[0][1], "brug/deur-1", {"name": "brug/deur-1"}),
    ("and the device", CASES[1][1], "brug/deur-1",
     {"name": "brug/deur-1", "serial": "00158D0001A2B3C4", "model": "MCCGQ11LM"}),
)  # fmt: skip
