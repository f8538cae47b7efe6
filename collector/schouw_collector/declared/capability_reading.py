"""Files that say what models of devices can, whatever their form."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from schouw_collector.declared.capability import ModelCapability
from schouw_collector.declared.lorawan_device import end_device, is_end_device
from schouw_collector.declared.thing_description import is_thing, thing
from schouw_collector.errors import RegisterError
from schouw_collector.registers.record_values import FieldError, Fields, document

_MOST_MODELS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class CapabilityFile:
    """The models of one file, and what of it could not be read."""

    models: tuple[ModelCapability, ...]
    errors: tuple[str, ...] = ()
    """One line each: which file, which model, which field, why."""


def read_capabilities(path: PurePath, octets: bytes) -> CapabilityFile:
    """Return what the models in a file can.

    It is an end device of a LoRaWAN device repository (YAML), or one or more W3C Thing Descriptions
    (JSON-LD).  Of the path only the file's name is kept; the folder that it stands in is the
    vendor, where the form leaves it at that.  Raises `RegisterError` if the form is not known, or
    no model is readable.
    """
    name = path.name
    found = document(name, octets)
    rows = found if isinstance(found, list) else [found]
    if len(rows) > _MOST_MODELS:
        raise RegisterError(f"{name}: more than {_MOST_MODELS} models")
    if not any(isinstance(row, dict) and (is_thing(row) or is_end_device(row)) for row in rows):
        raise RegisterError(
            f"{name}: neither an end device of a LoRaWAN device repository nor a Thing Description"
        )
    models: list[ModelCapability] = []
    errors: list[str] = []
    for number, row in enumerate(rows, 1):
        place = f"{name}: model {number}" if len(rows) > 1 else name
        try:
            models.extend(_models(row, path, place))
        except FieldError as error:
            errors.append(f"{place}: {error}")
    if not models:
        raise RegisterError(errors[0])
    return CapabilityFile(models=tuple(models), errors=tuple(errors))


def _models(row: object, path: PurePath, source: str) -> Sequence[ModelCapability]:
    record: Fields = row if isinstance(row, dict) else {}
    vendor = path.parent.name
    if is_end_device(record):
        return end_device(record, vendor, path.stem, source)
    if is_thing(record):
        return thing(record, vendor, source)
    raise FieldError("@context", "must name the vocabulary of Thing Descriptions")
