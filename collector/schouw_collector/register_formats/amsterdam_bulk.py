"""Amsterdam's workbook for many sensors at once: sheets `Uw gegevens` and `Sensorregistratie`."""

from collections.abc import Iterator

from schouw_collector.errors import RegisterError
from schouw_collector.plugins import RegisterFormat
from schouw_collector.register_formats import amsterdam_columns as form
from schouw_collector.registers.contact_data import organisation_or_nothing
from schouw_collector.registers.field_values import ValueMalformedError, as_text
from schouw_collector.registers.flat_entry import names_of
from schouw_collector.registers.register import ReadRow, Register, build_register
from schouw_collector.registers.register_entry import RegisterEntry
from schouw_collector.registers.sheet import Cell, Sheet
from schouw_collector.registers.spreadsheet import first_rows, read_sheets
from schouw_collector.registers.table_rows import Column, Plan, entries_of
from schouw_collector.registers.workbook import write_workbook

PERSON_SHEET = "Uw gegevens"
PERSON_LABELS = (
    "Naam organisatie/bedrijf", "Postcode", "Huisnummer", "Toevoeging (niet verplicht)",
    "Straatnaam", "Plaatsnaam", "E-mail", "Telefoonnummer", "KVK-nummer (niet verplicht)",
    "Website (niet verplicht)", "Voornaam", "Tussenvoegsel (niet verplicht)", "Achternaam",
)  # fmt: skip
_THEMES = ("Thema 1", *(f"Thema {n} (niet verplicht)" for n in range(2, 9)))
HEADERS = (
    "Referentie", form.TYPE, "Latitude", "Longitude", form.REGION, form.TEXT, form.GOAL, *_THEMES,
    form.PERSONAL, form.GROUND, form.NOTICE, form.UNTIL, form.REMARK, "Project",
)  # fmt: skip
_FIELDS = {
    **form.COMMON,
    "Referentie": "entry_id",
    "Latitude": "latitude",
    "Longitude": "longitude",
    form.REMARK: "description",
    "Project": "application_id",
    **dict.fromkeys(_THEMES, "themes"),
}
_MARKS = ("Referentie", form.TYPE, form.TEXT, form.PERSONAL)


def probe(_name: str, octets: bytes) -> float:
    """Return 1 if a sheet has the headers of the form, else 0."""
    return 1.0 if any(form.header_of(sheet, _MARKS)[0] for sheet in first_rows(octets)) else 0.0


def read(name: str, octets: bytes) -> Register:
    """Return the register of the sheet with sensors; of the contact only the organisation stays.

    The same columns as delimited text are read as well.  Raises `RegisterError`.
    """
    try:
        sheets = read_sheets(octets)
    except RegisterError as error:
        raise RegisterError(f"{name}: {error}") from None
    for sheet in sheets:
        number, header = form.header_of(sheet, _MARKS)
        if number:
            break
    else:
        raise RegisterError(f"{name}: no sheet with the columns of {form.SHEET}")
    by_header = {form.plain(title): (title, field) for title, field in _FIELDS.items()}
    columns = [
        Column(index=index, field=by_header[text][1], label=by_header[text][0])
        for index, cell in enumerate(header)
        if (text := form.plain(cell)) in by_header
    ]
    organisation, names = _person(sheets)
    plan = Plan(
        columns=tuple(columns),
        place=sheet.place,
        notation=form.NOTATION,
        constants={"organisation": organisation},
        names=names,
        register_name="Amsterdam",
    )
    rows = sheet.filled(number + 1)
    return build_register(name, octets, "amsterdam_bulk", map(_as_in_api, entries_of(rows, plan)))


def _as_in_api(row: ReadRow | tuple[str, str]) -> ReadRow | tuple[str, str]:
    """Return a row with project and place as the API has them; areas are of mobile sensors only."""
    reference, entry = row
    if isinstance(entry, str):
        return row
    where = entry.location
    mobile = bool(where.area_codes) and where.latitude is None
    path = " / ".join(part.strip() for part in entry.application_id.split(";"))
    changes = {
        "application_id": path,
        "location": where.model_copy(update={"mobile": mobile}),
    }
    return reference, entry.model_copy(update=changes)


def _person(sheets: tuple[Sheet, ...]) -> tuple[str, tuple[str, ...]]:
    """Return the organisation and the names of the contact."""
    said: dict[str, Cell] = {}
    for sheet in sheets:
        if form.plain(sheet.name) == form.plain(PERSON_SHEET):
            said = {form.plain(row[0]): row[1] for row in sheet.rows[:50] if len(row) > 1}
    try:
        names = names_of([said.get(part) for part in form.NAME_PARTS])
        organisation = as_text(said.get(form.plain(form.ORGANISATION)))
    except ValueMalformedError:
        return "", ()
    return organisation_or_nothing(organisation, " ".join(names)), names


def write(register: Register) -> bytes:
    """Return a draft of the workbook: the rows as they would be sent in, for a person to decide.

    What is still to be filled in, or was proposed, stands in the column for remarks.  The contact
    is left open.
    """
    organisations = {entry.organisation for entry in register.entries}
    organisation = organisations.pop() if len(organisations) == 1 else ""
    person = [(label, "") for label in PERSON_LABELS]
    person[0] = (form.ORGANISATION, organisation)
    return write_workbook(
        [
            (PERSON_SHEET, person),
            (form.SHEET, [HEADERS, *_rows(register.entries)]),
            ("JaNee", [("Ja",), ("Nee",)]),
            ("Types", [(value,) for value in form.TYPES]),
            ("Themas", [(value,) for value in form.THEMES]),
            ("Wettelijke Grondslagen", [(value,) for value in form.GROUNDS.values()]),
        ]
    )


def _rows(entries: tuple[RegisterEntry, ...]) -> Iterator[list[Cell]]:
    for entry in entries:
        cells: dict[str, Cell] = {
            **form.common_cells(entry),
            "Referentie": entry.entry_id,
            "Latitude": entry.location.latitude,
            "Longitude": entry.location.longitude,
            **dict(zip(_THEMES, form.themes_of(entry), strict=False)),
            form.REMARK: form.remark_of(entry),
            "Project": entry.application_id.replace(" / ", ";"),
        }
        yield [cells.get(header, "") for header in HEADERS]


REGISTER_FORMAT = RegisterFormat(
    id="amsterdam_bulk",
    title="Amsterdam sensor register (workbook for many sensors)",
    reference="https://github.com/Amsterdam/iot-api, data/bulk.xlsx and importers/import_xlsx.py",
    probe=probe,
    read=read,
    write=write,
)
