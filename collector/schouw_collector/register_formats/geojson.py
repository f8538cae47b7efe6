"""GeoJSON (RFC 7946): features whose properties are called as in one of the known registers."""

from schouw_collector.errors import RegisterError
from schouw_collector.plugins import RegisterFormat
from schouw_collector.registers.features import is_geojson, read_features
from schouw_collector.registers.flat_fields import guessed_fields
from schouw_collector.registers.mapped_reading import feature_rows
from schouw_collector.registers.register import Register, build_register
from schouw_collector.registers.register_map import SCHEMA, MappedColumn, RegisterMap

_SEPARATOR = "\x1f"
"""Between the values of a list: no text of a property holds it."""


def probe(_name: str, octets: bytes) -> float:
    """Return 0.6 for a collection of features: other forms may know theirs better."""
    return 0.6 if is_geojson(octets) else 0.0


def read(name: str, octets: bytes) -> Register:
    """Return the register; points are positions, polygons areas.

    Properties are known by their names, Amsterdam's or usual Dutch or English ones; others are
    passed over, and can be read through a mapping.  Raises `RegisterError`.
    """
    try:
        features = read_features(octets, _SEPARATOR)
    except RegisterError as error:
        raise RegisterError(f"{name}: {error}") from None
    header = [cell if isinstance(cell, str) else "" for cell in features.header]
    columns = [
        MappedColumn(column=header[index][:300], field=field)
        for index, field in guessed_fields(header).items()
    ]
    if not any(column.field == "entry_id" for column in columns):
        raise RegisterError(
            f"{name}: no property is the reference of a sensor; say which: schouw register map"
        )
    mapping = RegisterMap(
        schema=SCHEMA, columns=tuple(columns), separator=_SEPARATOR, rows="entries"
    )
    return build_register(name, octets, "geojson", feature_rows(features, mapping, name))


REGISTER_FORMAT = RegisterFormat(
    id="geojson",
    title="GeoJSON",
    reference="RFC 7946",
    probe=probe,
    read=read,
)
