"""Amsterdam's export of the web form (IPROX): up to five sensors side by side on one row."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from schouw_collector.errors import RegisterError
from schouw_collector.plugins import RegisterFormat
from schouw_collector.register_formats import amsterdam_columns as form
from schouw_collector.registers.field_values import ValueMalformedError, as_box, as_text
from schouw_collector.registers.register import ReadRow, Register, build_register
from schouw_collector.registers.register_entry import RegisterEntry
from schouw_collector.registers.sheet import Cell, Sheet, Values
from schouw_collector.registers.spreadsheet import first_rows, read_sheets
from schouw_collector.registers.table_rows import Column, Plan, entries_of
from schouw_collector.registers.workbook import write_workbook

MAX_SENSORS = 5
_NUMBER = "Referentienummer"
_LOCATION = "Locatie sensor"
_DESCRIPTION = "Omschrijving van de locatie van de sensor"
_THEMES = "Kies een of meerdere thema's"
_MORE = "Wilt u nog een sensor melden?"
_REGISTRATION = (
    "Verzonden", "Status", _NUMBER, "Wilt u meer dan 5 sensoren melden?", "Vul uw e-mailadres in",
)  # fmt: skip
_PERSON = (
    form.ORGANISATION, "E-mail", "Postcode", "Huisnummer", "Toevoeging", "Straatnaam", "Plaatsnaam",
    "KVK-nummer", "Website", "Voornaam", "Tussenvoegsel", "Achternaam", "Telefoonnummer",
)  # fmt: skip
_SENSOR = (
    form.TYPE, _LOCATION, "Hebt u een postcode en huisnummer?", "Postcode", "Huisnummer",
    "Toevoeging", _DESCRIPTION, form.REGION, form.TEXT, form.GOAL, _THEMES, form.PERSONAL,
    form.NOTICE, form.GROUND, form.UNTIL, _MORE,
)  # fmt: skip
# The last sensor cannot announce another.  What stands behind it the importer passes over.
HEADERS = (*_REGISTRATION, *_PERSON, *(_SENSOR * MAX_SENSORS)[:-1], form.REMARK)
_FIELDS = {
    **form.COMMON,
    _LOCATION: "mobile",
    _DESCRIPTION: "location_text",
    "Postcode": "location_text",
    "Huisnummer": "location_text",
    "Toevoeging": "location_text",
    _THEMES: "themes",
}
_MARKS = (_NUMBER, form.TYPE, form.TEXT, form.PERSONAL)
_PLACES: dict[str, Cell] = {"vast": False, "mobiel": True}


def probe(_name: str, octets: bytes) -> float:
    """Return 1 if a sheet has the headers of the export, else 0."""
    return 1.0 if any(form.header_of(sheet, _MARKS)[0] for sheet in first_rows(octets)) else 0.0


def read(name: str, octets: bytes) -> Register:
    """Return the register: sensor 0 to 4 of number 17 is `17.0` to `17.4`, as the importer does.

    Of who filled in the form only the organisation stays.  Raises `RegisterError`.
    """
    try:
        sheets = read_sheets(octets)
    except RegisterError as error:
        raise RegisterError(f"{name}: {error}") from None
    for sheet in sheets:
        number, header = form.header_of(sheet, _MARKS)
        if number:
            return build_register(
                name, octets, "amsterdam_iprox", _entries(sheet, number, [*map(form.plain, header)])
            )
    raise RegisterError(f"{name}: no sheet with the columns of the web form")


def _entries(
    sheet: Sheet, header_row: int, header: Sequence[str]
) -> Iterator[ReadRow | tuple[str, str]]:
    starts = [i for i, text in enumerate(header) if text == form.plain(form.TYPE)][:MAX_SENSORS]
    person = tuple(_person_columns(header[: starts[0]]))
    plans = [
        Plan(
            columns=(*person, *_sensor_columns(header, start, end)),
            place=sheet.place,
            notation=form.NOTATION,
            register_name="Amsterdam",
        )
        for start, end in zip(starts, [*starts[1:], len(header)], strict=True)
    ]
    more = [i for i, text in enumerate(header) if text == form.plain(_MORE)]
    reference = header.index(form.plain(_NUMBER))
    for number, row in sheet.filled(header_row + 1):
        try:
            value = as_text(row[reference] if reference < len(row) else None, 100)
            sensors = _announced(row, more)
        except ValueMalformedError as error:
            yield "", f"{sheet.place(number, reference, _NUMBER)}: {error}"
            continue
        if not value:
            yield "", f"{sheet.place(number, reference, _NUMBER)}: is missing"
            continue
        for index, plan in enumerate(plans):
            start, end = starts[index], [*starts[1:], len(header)][index]
            if index < sensors:
                entry_id = f"{value}.{index}"
                yield from entries_of(
                    [(number, row)], replace(plan, constants={"entry_id": entry_id})
                )
            elif any(cell is not None for cell in row[start:end]):
                place = sheet.place(number, start, form.TYPE)
                yield f"{value}.{index}", f"{place}: a sensor that the one before does not announce"


def _announced(row: Values, more: Sequence[int]) -> int:
    """Return how many sensors a row says that it holds."""
    count = 1
    for index in more:
        if index >= len(row) or as_box(row[index]) is not True:
            break
        count += 1
    return count


def _person_columns(header: Sequence[str]) -> Iterator[Column]:
    for index, text in enumerate(header):
        if text == form.plain(form.ORGANISATION):
            yield Column(index=index, field="organisation", label=form.ORGANISATION)
        elif text in form.NAME_PARTS:
            yield Column(index=index, field="contact_name")


def _sensor_columns(header: Sequence[str], start: int, end: int) -> Iterator[Column]:
    by_header = {form.plain(title): (title, field) for title, field in _FIELDS.items()}
    for index in range(start, end):
        if header[index] in by_header:
            title, field = by_header[header[index]]
            values = _PLACES if field == "mobile" else {}
            yield Column(index=index, field=field, label=title, values=values)


def write(register: Register) -> bytes:
    """Return a draft of such an export, for a person to decide; see `amsterdam_bulk.write`.

    Entries `17.0`, `17.1` … share a row; any other has a row of its own.
    """
    rows: dict[str, list[RegisterEntry]] = {}
    for entry in register.entries:
        numbered = re.fullmatch(r"(.+)\.([0-4])", entry.entry_id)
        together = rows.get(numbered[1], []) if numbered else []
        if numbered and len(together) == int(numbered[2]):
            rows.setdefault(numbered[1], []).append(entry)
        else:
            rows[entry.entry_id] = [entry]
    return write_workbook([(form.SHEET, [HEADERS, *(_row(k, v) for k, v in rows.items())])])


def _row(number: str, entries: Sequence[RegisterEntry]) -> list[Cell]:
    cells: list[Cell] = ["", "Concept", number, "Nee", ""]
    cells += [entries[0].organisation, *[""] * (len(_PERSON) - 1)]
    for index in range(MAX_SENSORS):
        entry = entries[index] if index < len(entries) else None
        said = _sensor(entry, is_last=index >= len(entries) - 1) if entry else {}
        cells += [said.get(header, "") for header in _SENSOR]
    cells.pop()
    return [*cells, _remarks(entries)]


def _sensor(entry: RegisterEntry, *, is_last: bool) -> dict[str, Cell]:
    where = entry.location
    text = where.text
    if where.latitude is not None:
        text = ", ".join(filter(None, (text, f"{where.latitude}, {where.longitude}")))
    return {
        **form.common_cells(entry),
        _LOCATION: "Mobiel" if where.mobile else "Vast",
        "Hebt u een postcode en huisnummer?": "Nee",
        _DESCRIPTION: text,
        _THEMES: ";".join(form.themes_of(entry)),
        _MORE: "Nee" if is_last else "Ja",
    }


def _remarks(entries: Iterable[RegisterEntry]) -> str:
    said = [(entry.entry_id, form.remark_of(entry)) for entry in entries]
    if len(said) == 1:
        return said[0][1]
    return " ".join(f"{entry_id}: {remark}" for entry_id, remark in said if remark)


REGISTER_FORMAT = RegisterFormat(
    id="amsterdam_iprox",
    title="Amsterdam sensor register (export of the web form)",
    reference="https://github.com/Amsterdam/iot-api, constants/sensor_fields.py",
    probe=probe,
    read=read,
    write=write,
)
