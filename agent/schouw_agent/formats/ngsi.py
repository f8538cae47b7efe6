"""Entities of a context broker, NGSI-v2 and NGSI-LD: a value is about the entity it stands in."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Format
from schouw_agent.recognition.values import open_value
from schouw_agent.records import OVER_LIMIT, Content, Leaf, Nested, Opened

_MOST_ENTITIES = 256
_ATTRIBUTE_TYPES = frozenset(
    ("Property", "GeoProperty", "Relationship", "LanguageProperty", "JsonProperty", "VocabProperty",
     "ListProperty")
)  # fmt: skip

_HOLDS = frozenset(
    ("value", "object", "languageMap", "json", "vocab", "valueList", "objectList")
)  # fmt: skip


def _probe(content: Content) -> float:
    return 0.9 if next(_entities(content.value), None) else 0.0


def _entities(value: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the entities of an entity, a list, a notification or a collection, with their paths."""
    if isinstance(value, list):
        yield from (("[]", item) for item in value if _is_entity(item))
    elif isinstance(value, dict):
        if _is_entity(value):
            yield "", value
            return
        notified = "subscriptionId" in value or value.get("type") == "Notification"
        rows = value.get("data" if notified else "features")
        collected = value.get("type") == "FeatureCollection"
        if isinstance(rows, list) and (notified or collected):
            path = "data[]" if notified else "features[]"
            yield from ((path, row) for row in rows if isinstance(row, dict) and _named(row))


def _named(value: Mapping[str, Any]) -> bool:
    return isinstance(value.get("id"), str) and isinstance(value.get("type"), str)


def _is_entity(value: Any) -> bool:
    if not (isinstance(value, dict) and _named(value)):
        return False
    if value["id"].startswith("urn:ngsi") or "@context" in value:
        return True
    return any(_is_attribute(item) for item in value.values())


def _is_attribute(value: Any) -> bool:
    """Return whether a value has the form of an attribute: a type and a value of its own."""
    if not isinstance(value, dict) or not isinstance(value.get("type"), str):
        return False
    if value["type"] in _ATTRIBUTE_TYPES:
        return True
    return "value" in value and value.keys() <= {"type", "value", "metadata"}


def _bare(value: Any) -> Any:
    """Return an attribute without its type: that of a noise level is no type of noise."""
    if isinstance(value, dict) and isinstance(value.get("type"), str) and _HOLDS & value.keys():
        return {k: v for k, v in value.items() if k != "type"}
    return value


def _open(content: Content) -> Opened:
    rows = list(_entities(content.value))
    if not rows:
        raise DecodeError("ngsi: no entity")
    # That an attribute is a property or a number says nothing of a device: sound_level.type is no
    # type of sound.
    leaves: list[Leaf] = []
    nested: list[Nested] = []
    over = OVER_LIMIT if len(rows) > _MOST_ENTITIES else ""
    for path, entity in rows[:_MOST_ENTITIES]:
        opened = open_value({k: _bare(v) for k, v in entity.items()}, path)
        about = entity["id"]
        forms = {
            f"{path}.{name}.type".lstrip(".") for name in entity if _is_attribute(entity[name])
        }
        leaves += (leaf._replace(subject=about) for leaf in opened.leaves if leaf.path not in forms)
        nested += (replace(each, subject=about) for each in opened.nested)
        over = over or opened.undecoded
    alone = {entity["id"] for _, entity in rows}
    return Opened(
        leaves=leaves,
        subject=alone.pop() if len(alone) == 1 else "",
        nested=nested,
        undecoded=over,
    )


FORMAT = Format(
    id="ngsi",
    title="Entities of a context broker, NGSI-v2 and NGSI-LD",
    reference="ETSI GS CIM 009, 4.5 and 5.2; FIWARE NGSI v2 specification",
    probe=_probe,
    open=_open,
)
