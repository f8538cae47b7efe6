"""Values of binary encodings, made like those of JSON, and opened."""

import datetime as dt
import decimal
import uuid
from collections.abc import Mapping
from typing import Any

from schouw_agent.recognition.values import DEEPEST, key_name, open_value
from schouw_agent.records import Content, Nested, Opened

_SHORTEST_NESTED = 4
MOST_ITEMS = 65536


def open_parsed(value: Any) -> Opened:
    """Return the leaves of a decoded value, and its octet strings as nested contents.

    Bounded as `open_value` is.
    """
    opened = open_value(plain(value))
    nested = [
        Nested(leaf.path, Content(leaf.value))
        for leaf in opened.leaves
        if isinstance(leaf.value, bytes) and len(leaf.value) >= _SHORTEST_NESTED
    ]
    return Opened(
        leaves=opened.leaves, nested=[*opened.nested, *nested], undecoded=opened.undecoded
    )


def plain(value: Any, depth: int = 0) -> Any:
    """Return a value in the types of JSON, and octets; keys are texts.

    What lies deeper than `open_value` reads is cut off.
    """
    if depth > DEEPEST + 2:
        return None
    if isinstance(value, Mapping):
        return {_key(key): plain(item, depth + 1) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item, depth + 1) for item in value]
    if value is None or isinstance(value, (str, int, float, bytes)):
        return value
    return _scalar(value, depth)


def _scalar(value: Any, depth: int) -> Any:
    if isinstance(value, (dt.datetime, dt.date)):
        return value.isoformat()
    if isinstance(value, decimal.Decimal):
        return float(value)
    if isinstance(value, uuid.UUID):
        return str(value)
    # A tagged value is what it tags.
    return plain(getattr(value, "value", None), depth + 1)


def _key(key: Any) -> str:
    if isinstance(key, str):
        return key
    return key_name(str(key)) if isinstance(key, (int, float)) else "key"


def named(value: Any) -> bool:
    """Return whether a value has objects, and each key is a short printable text."""
    todo = [value]
    seen = objects = 0
    while todo and seen < MOST_ITEMS:
        item = todo.pop()
        seen += 1
        if isinstance(item, dict):
            objects += bool(item)
            for key in item:
                if not (isinstance(key, str) and 0 < len(key) <= 64 and key.isprintable()):
                    return False
            todo.extend(item.values())
        elif isinstance(item, list):
            todo.extend(item)
    return objects > 0
