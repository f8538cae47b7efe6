"""A parsed value, of JSON or alike, becomes leaves."""

from typing import Any

import orjson

from schouw_agent.recognition.looks import look
from schouw_agent.records import OVER_LIMIT, Content, Leaf, Nested, Opened

_JSON_STARTS = frozenset(bytes([each]) for each in b'{["-0123456789tf')
DEEPEST = 24
MOST_LEAVES = 4096
MOST_ITEMS = 512
"""Objects of one list that are opened."""
_LONGEST_KEY = 64
_LONGEST_WORD = 32
_SHORTEST_NESTED = 24

UNIT_KEYS = frozenset(
    (
        "unit",
        "units",
        "uom",
        "eenheid",
        "unitCode",
        "unit_of_measurement",
        "u",
        "unitOfMeasure",
        "einheit",
        "unite",
        "unité",
        "unidad",
    )
)
NAME_KEYS = frozenset(
    # A value beside one of these is called what it says.
    ("name", "n", "type", "key", "parameter", "quantity", "property", "measurement", "value_type",
     "sensor_type", "sensorType", "naam", "grootheid", "displayName", "metric", "label", "field",
     "messgröße", "messgroesse", "grandeur", "magnitud", "measurand", "variable",
     "observedProperty")
)  # fmt: skip
WORD_KEYS = frozenset(
    ("type", "@type", "_type", "entityType", "device_class", "deviceType", "label")
)
"""A text under one of these is a word of the message's own vocabulary, and read as such."""
EVENT_KEYS = frozenset(
    ("event", "eventType", "event_type", "eventName", "event_name", "Code", "alarmType",
     "alarm_type", "incident", "incidentType", "incident_type", "gebeurtenis", "ereignis",
     "événement", "evento")
)  # fmt: skip
"""A text under one of these is what happened, and read as a name."""
VALUE_KEYS = frozenset(
    (
        "value",
        "values",
        "v",
        "val",
        "waarde",
        "dataValue",
        "measurementValue",
        "reading",
        "result",
        "wert",
        "valeur",
        "valor",
    )
)


def with_json(content: Content) -> Content:
    """Return the content with its value, if its octets are JSON and were not read before.

    A bare word or a null is text to everyone, and stays so.
    """
    if content.value is not None or content.octets[:64].lstrip()[:1] not in _JSON_STARTS:
        return content
    try:
        return content._replace(value=orjson.loads(content.octets))
    except orjson.JSONDecodeError:
        return content


def open_value(value: Any, path: str = "") -> Opened:
    """Return the leaves and nested contents of a parsed JSON value.

    What lies deeper than 24 levels, or comes after 4,096 leaves, is left out and said so.
    """
    walk = _Walk()
    walk.visit(value, path, 0, "", "")
    return Opened(leaves=walk.leaves, nested=walk.nested, undecoded=OVER_LIMIT if walk.over else "")


class _Walk:
    __slots__ = ("leaves", "nested", "over")

    def __init__(self) -> None:
        self.leaves: list[Leaf] = []
        self.nested: list[Nested] = []
        self.over = False

    def visit(self, value: Any, path: str, depth: int, unit: str, hint: str) -> None:
        if depth > DEEPEST or len(self.leaves) >= MOST_LEAVES:
            self.over = True
        elif isinstance(value, dict):
            self._object(value, path, depth)
        elif isinstance(value, list):
            self._list(value, path, depth, unit, hint)
        else:
            self.leaves.append(Leaf(path, value, unit, "", hint))
            if isinstance(value, str) and _may_nest(value):
                self.nested.append(Nested(path, Content(value.encode("utf-8", "replace"))))

    def _object(self, value: dict[str, Any], path: str, depth: int) -> None:
        unit = sibling(value, UNIT_KEYS)
        hint = sibling(value, NAME_KEYS) if not VALUE_KEYS.isdisjoint(value) else ""
        for key, item in value.items():
            name = key_name(key)
            below = f"{path}.{name}" if path else name
            named = hint if key in VALUE_KEYS else ""
            measured = unit if isinstance(item, (int, float)) or key in VALUE_KEYS else ""
            self.visit(item, below, depth + 1, measured, named)

    def _list(self, value: list[Any], path: str, depth: int, unit: str, hint: str) -> None:
        if numeric(value):
            self.leaves.append(Leaf(path + "[]", value, unit, "", hint))
            return
        if len(value) > MOST_ITEMS:
            self.over = True
        for item in value[:MOST_ITEMS]:
            self.visit(item, path + "[]", depth + 1, unit, hint)


def key_name(key: str) -> str:
    """Return a key as it stands in a key path: at most 64 characters, without the separator."""
    return key[:_LONGEST_KEY].replace(".", "_")


def numeric(value: list[Any]) -> bool:
    """Return whether a list consists of numbers alone, and so stays one leaf."""
    return bool(value) and {int, float}.issuperset(map(type, value))


def sibling(value: dict[str, Any], keys: frozenset[str]) -> str:
    """Return the short text beside a value that says its unit or its name; empty if none."""
    for key in value:
        if key in keys:
            text = value[key]
            if isinstance(text, str) and 0 < len(text) <= _LONGEST_WORD:
                return text
    return ""


def _may_nest(text: str) -> bool:
    if len(text) < _SHORTEST_NESTED:
        return False
    return look(text) in ("nested", "base64", "base64 long", "data uri", "text long")
