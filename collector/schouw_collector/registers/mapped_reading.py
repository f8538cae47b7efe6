"""A table of any columns, or GeoJSON of any properties, read through a mapping."""

from collections.abc import Iterator

from schouw_collector.errors import RegisterError
from schouw_collector.registers.features import Features, is_geojson, read_features
from schouw_collector.registers.register import ReadRow, Register, build_register
from schouw_collector.registers.register_map import RegisterMap
from schouw_collector.registers.sheet import Sheet, Values
from schouw_collector.registers.spreadsheet import is_workbook, read_sheets
from schouw_collector.registers.table_rows import Plan, entries_of, nowhere


def read_mapped(name: str, octets: bytes, mapping: RegisterMap) -> Register:
    """Return the register in a workbook, delimited text or GeoJSON, by a mapping.

    Raises `RegisterError` if the file cannot be read, a column of the mapping is not there, or no
    row gives an entry.
    """
    try:
        if is_geojson(octets):
            rows = feature_rows(read_features(octets, mapping.separator), mapping, name)
            return build_register(name, octets, "geojson", rows)
        sheet = sheet_of(read_sheets(octets), mapping)
    except RegisterError as error:
        raise RegisterError(f"{name}: {error}") from None
    format_id = "table_xlsx" if is_workbook(octets) else "table_csv"
    return build_register(name, octets, format_id, sheet_rows(sheet, mapping, name))


def sheet_of(sheets: tuple[Sheet, ...], mapping: RegisterMap) -> Sheet:
    """Return the sheet that a mapping is about.  Raises `RegisterError` if it is not there."""
    wanted = mapping.sheet.casefold()
    named = [sheet for sheet in sheets if not wanted or sheet.name.casefold() == wanted]
    if not named:
        raise RegisterError("no sheet of the name that the mapping gives")
    first: tuple[str, ...] = ()
    for sheet in named:
        header = sheet.rows[mapping.header_row - 1 : mapping.header_row]
        missing = mapping.missing_in(header[0] if header else ())
        if not missing:
            return sheet
        first = first or missing
    raise RegisterError(
        f"row {mapping.header_row} has no column {first[0]}, which the mapping names"
    )


def sheet_rows(
    sheet: Sheet, mapping: RegisterMap, register_name: str
) -> Iterator[ReadRow | tuple[str, str]]:
    """Yield the rows of a sheet as entries or errors."""
    header = sheet.rows[mapping.header_row - 1]
    plan = _plan(mapping, header, sheet, register_name)
    return entries_of(sheet.filled(mapping.header_row + 1), plan)


def feature_rows(
    features: Features, mapping: RegisterMap, register_name: str
) -> Iterator[ReadRow | tuple[str, str]]:
    """Yield the features as entries or errors; a property that is nowhere is not stated."""
    for number, reason in features.errors:
        yield "", f"feature {number}: {reason}"
    plan = _plan(mapping, features.header, features, register_name)
    yield from entries_of(features.rows, plan)


def _plan(
    mapping: RegisterMap, header: Values, table: Sheet | Features, register_name: str
) -> Plan:
    return Plan(
        columns=mapping.columns_in(header),
        place=table.place,
        notation=mapping.notation,
        constants=mapping.constants,
        register_name=register_name[:300],
        is_joined=mapping.rows == "streams",
        location=table.location if isinstance(table, Features) else nowhere,
    )
