"""The columns of Amsterdam's spreadsheets for sensors, and what may stand in them.

As in the register's own source: github.com/Amsterdam/iot-api, constants/sensor_fields.py,
validators.py and data/bulk.xlsx.
"""

from collections.abc import Sequence

from schouw_collector.registers.field_values import Notation, as_text
from schouw_collector.registers.register_entry import RegisterEntry
from schouw_collector.registers.sheet import Cell, Sheet, Values

SHEET = "Sensorregistratie"
REMARK = "Opmerking (niet verplicht)"
TYPE = "Kies soort / type sensor"
REGION = "In welk gebied bevindt zich de mobiele sensor?"
TEXT = "Wat meet de sensor?"
GOAL = "Waarvoor meet u dat?"
PERSONAL = "Worden er persoonsgegevens verwerkt?"
GROUND = "Wettelijke grondslag"
NOTICE = "Privacyverklaring"
UNTIL = "Wanneer wordt de sensor verwijderd?"
ORGANISATION = "Naam organisatie/bedrijf"
NAME_PARTS = ("voornaam", "tussenvoegsel", "tussenvoegsel (niet verplicht)", "achternaam")
NOTATION = Notation(
    date_formats=("%d-%m-%Y", "%Y-%m-%d", "%d/%m/%Y"), decimal_comma=True, separator=";"
)
COMMON = {
    TYPE: "type",
    REGION: "area_codes",
    TEXT: "declared_text",
    GOAL: "purpose",
    PERSONAL: "contains_personal_data",
    GROUND: "legal_ground",
    NOTICE: "privacy_notice_url",
    UNTIL: "active_until",
}
"""Headers that both spreadsheets have, and the fields of a row that they are."""

TYPES = (
    "Aanwezigheid of nabijheidsensor", "Temperatuursensor", "Dichtheidssensor", "Druksensor",
    "Positie- of verplaatsingsensor", "Vloeistof- en gasstroomsensor", "Electriciteitssensor",
    "Chemiesensor", "Klimaatsensor", "Geluidsensor", "Optische / camera sensor",
)  # fmt: skip
THEMES = (
    "Economie: bouwen en verbouwen", "Economie: dienstensector",
    "Economie: marketing en reclame", "Economie: markttoezicht", "Milieu: afval",
    "Milieu: energie", "Milieu: geluid", "Milieu: klimaatverandering",
    "Milieu: natuur- en landschapsbeheer", "Milieu: stoffen", "Milieu: water, bodem, lucht",
    "Mobiliteit: auto", "Mobiliteit: fiets", "Mobiliteit: voetganger", "Mobiliteit: luchtvaart",
    "Mobiliteit: openbaar vervoer", "Mobiliteit: railverkeer", "Mobiliteit: scheepvaart",
    "Veiligheid: bewakings- en/of beveiligingscamera", "Veiligheid: gezondheid",
)  # fmt: skip
GROUNDS = {
    # The stray bracket is the register's own.
    "A6-1-d": "Bescherming vitale belangen betrokkene(n) of van een andere natuurlijke persoon)",
    "A6-1-b": "Uitvoering overeenkomst met betrokkene(n)",
    "A6-1-a": "Toestemming betrokkene(n)",
    "A6-1-c": "Wettelijke verplichting",
    "A6-1-f": "Gerechtvaardigd belang",
    "A6-1-e": "Publieke taak",
}
MAX_TEXT = 255


def plain(cell: Cell) -> str:
    """Return a header in small letters, with single spaces; empty for anything but text."""
    return " ".join(cell.casefold().split()) if isinstance(cell, str) else ""


def header_of(sheet: Sheet, wanted: Sequence[str]) -> tuple[int, Values]:
    """Return number and cells of the row that holds these headers, among the first ten; else 0."""
    names = {plain(name) for name in wanted}
    for number, row in enumerate(sheet.rows[:10], 1):
        if names <= {plain(cell) for cell in row}:
            return number, row
    return 0, ()


def common_cells(entry: RegisterEntry) -> dict[str, Cell]:
    """Return what an entry says under the headers of `COMMON`."""
    purpose = entry.purposes[0] if entry.purposes else None
    flag = entry.contains_personal_data
    return {
        TYPE: entry.type,
        REGION: ";".join(entry.location.area_codes),
        TEXT: "; ".join(s.declared_text for s in entry.streams if s.declared_text),
        GOAL: "; ".join(each.text for each in entry.purposes if each.text),
        PERSONAL: {True: "Ja", False: "Nee", None: ""}[flag],
        GROUND: _ground(entry) if purpose else "",
        NOTICE: entry.privacy_notice_url,
        UNTIL: entry.active_until.strftime("%d-%m-%Y") if entry.active_until else "",
    }


def _ground(entry: RegisterEntry) -> str:
    label = next((GROUNDS[p.legal_ground] for p in entry.purposes if p.legal_ground), "")
    return label or next((p.legal_basis_text for p in entry.purposes if p.legal_basis_text), "")


def themes_of(entry: RegisterEntry) -> list[str]:
    """Return the themes of all purposes, each once."""
    return list(dict.fromkeys(theme for purpose in entry.purposes for theme in purpose.themes))


def remark_of(entry: RegisterEntry) -> str:
    """Return what the entry's description says, and what a person still has to fill in.

    The importer refuses a row without type, theme, answer or date; with personal data also one
    without ground and privacy notice.  In Dutch, as the form is.
    """
    cells = common_cells(entry)
    needed = [TYPE, TEXT, GOAL, PERSONAL, UNTIL]
    needed += [GROUND, NOTICE] if cells[PERSONAL] == "Ja" else []
    missing = [name for name in needed if not cells[name]]
    missing += ["Thema 1"] if not themes_of(entry) else []
    where = entry.location
    missing += ["Latitude"] if where.latitude is None and not where.area_codes else []
    parts = [entry.description]
    if missing:
        parts.append(f"CONCEPT. Nog in te vullen: {', '.join(missing)}.")
    if len(as_text(cells[TEXT], 100_000)) > MAX_TEXT:
        parts.append(f'CONCEPT. "{TEXT}" is langer dan {MAX_TEXT} tekens: maak dat korter.')
    return " ".join(part for part in parts if part)
