"""End devices of The Things Network's device repository, as what their makers say they can sense.

github.com/TheThingsNetwork/lorawan-devices, `vendor/VENDOR/DEVICE.yaml`: the vendor is the folder
that the file stands in, `sensors` the words of a fixed list (`lorawan_sensors.toml`).
"""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

from schouw_collector.declared.capability import ModelCapability
from schouw_collector.registers.property_reading import read_title
from schouw_collector.registers.record_values import FieldError, Fields, label, texts


def is_end_device(record: Fields) -> bool:
    """Return whether a document is an end device of the repository."""
    return isinstance(record.get("firmwareVersions"), list) and "name" in record


def end_device(record: Fields, vendor: str, stem: str, source: str) -> Sequence[ModelCapability]:
    """Return what a device can, once by its name and once by its id, the stem of its file's name.

    Network servers and envelopes call a device by either.  Raises `FieldError` without vendor,
    name, or `sensors`: the list is optional, and without it the file says nothing of abilities.
    """
    name = label(record, "name")
    if not name:
        raise FieldError("name", "is missing")
    if not vendor:
        raise FieldError("vendor", "is missing: it is the folder that the file stands in")
    sensors = texts(record, "sensors")
    if not sensors:
        raise FieldError("sensors", "is missing")
    categories = tuple(sorted({c for sensor in sensors for c in _categories(sensor)}))
    return [
        ModelCapability(vendor=vendor, model=model, categories=categories, source=source)
        for model in dict.fromkeys((name, stem))
        if model
    ]


def _categories(sensor: str) -> Sequence[str]:
    """Return what a word of the list means; a word that came later is read as a title is."""
    plain = " ".join(sensor.casefold().split())
    known, unclear = _words()
    if plain in unclear:
        return ()
    return known[plain] if plain in known else read_title(plain)


@cache
def _words() -> tuple[Mapping[str, Sequence[str]], frozenset[str]]:
    text = (resources.files(__package__) / "lorawan_sensors.toml").read_text("utf-8")
    data = tomllib.loads(text)
    return data["sensors"], frozenset(data["unclear"])
