"""One sensor as a row of cells: read into the canonical entry, and written from it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from schouw_collector.free_text.free_text import read_text
from schouw_collector.registers.contact_data import organisation_or_nothing, without_contact_data
from schouw_collector.registers.field_values import (
    Notation,
    ValueMalformedError,
    as_address,
    as_box,
    as_date,
    as_duration,
    as_list,
    as_number,
    as_pair,
    as_text,
    joined,
)
from schouw_collector.registers.flat_fields import FlatField, flat_fields
from schouw_collector.registers.legal_ground import normalise_legal_ground
from schouw_collector.registers.register_entry import RegisterEntry
from schouw_collector.registers.rijksdriehoek import is_in_grid, to_wgs84
from schouw_collector.registers.sheet import Cell

Cells = Mapping[str, Sequence[Cell]]
"""The cells of one row by field; several columns may be the same field."""
_LISTS = ("streams", "purposes", "recipients")


class FieldMalformedError(Exception):
    """A cell does not hold what its field should: which field, and why."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"field {field}: {reason}")
        self.field = field
        self.reason = reason


def entry_fields(cells: Cells, notation: Notation, names: Sequence[str] = ()) -> dict[str, Any]:
    """Return the fields of a canonical entry that the cells of one row say.

    `names` are of people: taken out of every text, as are those in columns of contacts.  Without
    categories the declared text and the type are read.  Raises `FieldMalformedError`.
    """
    people = (*names, *names_of(cells.get("contact_name", ())))
    fields: dict[str, Any] = {"location": {}}
    for name, field in flat_fields().items():
        if name in cells and field.path:
            value = _value(field, cells[name], notation, people)
            if value not in (None, "", []):
                _put(fields, field, value)
    _position(fields, cells, notation)
    _stream(fields)
    _purposes(fields)
    return fields


def names_of(parts: Sequence[Cell]) -> tuple[str, ...]:
    """Return how the person is called whose first name, prefix and last name these cells are."""
    texts = [text for cell in parts if (text := as_text(cell))]
    # A first name alone is left in the texts: streets and squares are called after people.
    whole = [" ".join(texts), f"{texts[0]} {texts[-1]}"] if texts else []
    return tuple(dict.fromkeys(text for text in [*whole, *texts] if " " in text))


def _value(field: FlatField, row: Sequence[Cell], notation: Notation, names: Sequence[str]) -> Any:
    reader = _READERS.get(field.kind)
    try:
        if reader is not None:
            return next((v for cell in row if (v := reader(cell, notation)) is not None), None)
        if field.kind == "list":
            found = [text for cell in row for text in as_list(cell, notation)]
            return list(dict.fromkeys(without_contact_data(text, names) for text in found))
        if field.kind == "organisation":
            return organisation_or_nothing(joined(row), " ".join(names))
        if field.path == "purposes.text":
            return [without_contact_data(text, names) for cell in row if (text := as_text(cell))]
        return without_contact_data(joined(row), names)
    except ValueMalformedError as error:
        raise FieldMalformedError(field.name, str(error)) from None


def _whole(cell: Cell, notation: Notation) -> int | None:
    number = as_number(cell, notation)
    if number is not None and not number.is_integer():
        raise ValueMalformedError("must be a whole number")
    return None if number is None else int(number)


_READERS: Mapping[str, Callable[[Cell, Notation], Any]] = {
    "box": lambda cell, _: as_box(cell),
    "number": as_number,
    "whole": _whole,
    "date": as_date,
    "address": lambda cell, _: as_address(cell) or None,
    "duration": lambda cell, _: as_duration(cell) or None,
    "pair": lambda cell, _: as_pair(cell),
    "rd": as_number,
    "identifier": lambda cell, _: as_text(cell) or None,
}


def _put(fields: dict[str, Any], field: FlatField, value: Any) -> None:
    if field.kind in ("pair", "rd"):
        return
    if field.kind == "identifier":
        fields.setdefault("identifiers", []).append({"kind": field.name, "value": value})
        return
    if field.name == "actuation":
        fields["actuation"] = [{"category": each} for each in value]
        return
    head, *rest = field.path.split(".")
    if not rest:
        fields[head] = value
        return
    holder = fields.setdefault(head, [{}] if head in _LISTS else {})
    holder = holder[0] if head in _LISTS else holder
    for part in rest[:-1]:
        holder = holder.setdefault(part, {})
    holder[rest[-1]] = value


def _position(fields: dict[str, Any], cells: Cells, notation: Notation) -> None:
    by_name = flat_fields()
    where = fields["location"]
    pair = _value(by_name["position"], cells.get("position", ()), notation, ())
    x, y = (_value(by_name[n], cells.get(n, ()), notation, ()) for n in ("rd_x", "rd_y"))
    if x is not None or y is not None:
        if x is None or y is None or not is_in_grid(x, y):
            raise FieldMalformedError("rd_x", "no position in the Dutch grid (EPSG:28992)")
        pair = to_wgs84(x, y)
    elif pair is not None and is_in_grid(pair[1], pair[0]) and pair[0] > 180:
        pair = to_wgs84(pair[1], pair[0])
    if pair is not None:
        where.setdefault("latitude", pair[0])
        where.setdefault("longitude", pair[1])
    if ("latitude" in where) != ("longitude" in where):
        missing = "longitude" if "latitude" in where else "latitude"
        raise FieldMalformedError(missing, "is missing")


def _stream(fields: dict[str, Any]) -> None:
    stream = fields.setdefault("streams", [{}])[0]
    if "categories" in stream:
        stream["mapping"] = {"method": "human"}
        return
    categories, mapping = read_text(
        stream.get("declared_text", ""),
        fields.get("type", ""),
        stream.get("contains_personal_data"),
    )
    stream.update(categories=categories, mapping=mapping.model_dump())


def _purposes(fields: dict[str, Any]) -> None:
    """Make a purpose of each text; ground, basis and themes hold for all."""
    shared = fields.pop("purposes", [{}])[0]
    ground = shared.pop("legal_ground", "")
    if ground:
        shared["legal_ground"] = normalise_legal_ground(ground)
        if ground != shared["legal_ground"]:
            shared.setdefault("legal_basis_text", ground)
    texts = shared.pop("text", [""])
    if shared or any(texts):
        fields["purposes"] = [{"text": text, **shared} for text in texts]


def flat_rows(entry: RegisterEntry) -> Iterator[dict[str, Cell]]:
    """Yield the rows of an entry by field: one for each stream, purpose and recipient side by side.

    What is the entry's own stands in each.  Parts that have no column (outline, network profile)
    are left out, and categories that nobody but us read in the text: it is read again.
    """
    whole = entry.model_dump(mode="python")
    for stream in whole["streams"]:
        if stream["mapping"]["method"] != "human":
            stream["categories"] = ()
    if whole["dpia"] is None:
        del whole["dpia"]
    count = max(1, *(len(whole[head]) for head in _LISTS))
    for index in range(count):
        row = {
            name: _cell(whole, field, index) for name, field in flat_fields().items() if field.path
        }
        yield {name: cell for name, cell in row.items() if cell not in (None, "")}


def _cell(whole: Mapping[str, Any], field: FlatField, index: int) -> Cell:
    if field.kind in ("pair", "rd"):
        return None
    if field.kind == "identifier":
        found = (i["value"] for i in whole["identifiers"] if i["kind"] == field.name)
        return next(found, None)
    if field.name == "actuation":
        return ";".join(each["category"] for each in whole["actuation"])
    head, *rest = field.path.split(".")
    value: Any = whole.get(head)
    if head in _LISTS:
        value = value[index] if index < len(value) else None
    for part in rest:
        value = value.get(part) if isinstance(value, dict) else None
    if field.name == "mobile" and value is False:
        return None
    return ";".join(value) if isinstance(value, tuple | list) else value
