"""Checks of where and until when a sensor is said to stand, and of entries that repeat another."""

from collections.abc import Sequence

from schouw_collector.records import Words
from schouw_collector.registers.register_entry import RegisterEntry
from schouw_collector.rules.register_check import Check, Surroundings, in_netherlands

_SENTINEL_YEAR = 2050


def within(place: tuple[float, float], outline: Sequence[tuple[float, float]]) -> bool:
    """Return whether latitude and longitude lie in an outline of longitudes and latitudes."""
    y, x = place
    inside = False
    for (x1, y1), (x2, y2) in zip(outline, (*outline[1:], outline[0]), strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def _swapped(place: tuple[float, float], outline: Sequence[tuple[float, float]]) -> bool:
    turned = (place[1], place[0])
    if outline:
        return within(turned, outline) and not within(place, outline)
    return in_netherlands(turned) and not in_netherlands(place)


def _outline(around: Surroundings) -> Sequence[tuple[float, float]]:
    area = around.governance.municipality.area if around.governance else ()
    return area if len(area) >= 3 else ()


def _nowhere(entry: RegisterEntry, around: Surroundings) -> bool:
    return around.located.get(entry.entry_id) == (0, 0)


def _turned(entry: RegisterEntry, around: Surroundings) -> bool:
    place = around.located.get(entry.entry_id)
    return place is not None and _swapped(place, _outline(around))


def _elsewhere(entry: RegisterEntry, around: Surroundings) -> bool:
    place = around.located.get(entry.entry_id)
    if place is None or entry.location.mobile or place == (0, 0):
        return False
    outline = _outline(around)
    if _swapped(place, outline):
        return False
    if outline:
        return not within(place, outline)
    return around.is_dutch and not in_netherlands(place)


def _sentinel_date(entry: RegisterEntry, _around: Surroundings) -> bool:
    return entry.active_until is not None and entry.active_until.year >= _SENTINEL_YEAR


def _ends_before_start(entry: RegisterEntry, _around: Surroundings) -> bool:
    start, end = entry.active_from, entry.active_until
    return start is not None and end is not None and end < start


def _repeated(entry: RegisterEntry, around: Surroundings) -> bool:
    return entry.entry_id in around.repeated


def _until(entry: RegisterEntry, _around: Surroundings) -> Words:
    year = entry.active_until.year if entry.active_until else 0
    return Words(
        nl=f"De sensor wordt volgens het register verwijderd in {year}.",
        en=f"According to the register the sensor will be removed in {year}.",
    )


def _from_and_until(entry: RegisterEntry, _around: Surroundings) -> Words:
    return Words(
        nl=f"In gebruik vanaf {entry.active_from}, tot {entry.active_until}.",
        en=f"In use from {entry.active_from}, until {entry.active_until}.",
    )


def _where(entry: RegisterEntry, around: Surroundings) -> Words:
    latitude, longitude = around.located[entry.entry_id]
    return Words(
        nl=f"Breedtegraad (latitude) {latitude:g}, lengtegraad (longitude) {longitude:g}.",
        en=f"Latitude {latitude:g}, longitude {longitude:g}.",
    )


def _others(entry: RegisterEntry, around: Surroundings) -> Words:
    others = around.repeated[entry.entry_id]
    named = ", ".join(others[:5]) + (" …" if len(others) > 5 else "")
    return Words(nl=f"Gelijk aan deze inschrijving: {named}.", en=f"Equal to this entry: {named}.")


_PLACE_NORMS = ("gdpr-5-2", "ap-smart-cities-2021")

CHECKS = (
    Check(
        aspect="sentinel date",
        holds=_sentinel_date,
        kind="question",
        severity="info",
        declared=_until,
        difference=Words(
            nl="Zo ver weg lijkt dit een vulwaarde, en geen besluit over de einddatum.",
            en="So far away this looks like a filler, not like a decision on the end date.",
        ),
        refutation=Words(
            nl="Een besluit waarin deze datum staat.", en="A decision that states this date."
        ),
        norms=("gdpr-5-1-e", "apv-amsterdam-2-25a"),
    ),
    Check(
        aspect="ends before it starts",
        holds=_ends_before_start,
        kind="finding",
        severity="low",
        declared=_from_and_until,
        difference=Words(
            nl="De einddatum ligt voor de begindatum.", en="The end date is before the start date."
        ),
        norms=("gdpr-5-2", "apv-amsterdam-2-25a"),
    ),
    Check(
        aspect="place 0, 0",
        holds=_nowhere,
        kind="finding",
        severity="low",
        declared=_where,
        difference=Words(
            nl="Deze plaats ligt in zee bij Afrika: de coördinaten zijn niet ingevuld.",
            en="This place is in the sea off Africa: the coordinates were not filled in.",
        ),
        norms=_PLACE_NORMS,
    ),
    Check(
        aspect="coordinates swapped",
        holds=_turned,
        kind="finding",
        severity="low",
        declared=_where,
        difference=Words(
            nl="Breedtegraad en lengtegraad zijn verwisseld.",
            en="Latitude and longitude are swapped.",
        ),
        norms=_PLACE_NORMS,
    ),
    Check(
        aspect="outside the area",
        holds=_elsewhere,
        kind="question",
        severity="low",
        declared=_where,
        difference=Words(
            nl="Deze plaats ligt buiten het gebied van het register.",
            en="This place is outside the area of the register.",
        ),
        refutation=Words(
            nl="Uitleg waarom de sensor daar staat, of een verbeterde inschrijving.",
            en="An explanation why the sensor is there, or a corrected entry.",
        ),
        norms=_PLACE_NORMS,
    ),
    Check(
        aspect="entered twice",
        holds=_repeated,
        kind="question",
        severity="info",
        declared=_others,
        difference=Words(
            nl="Plaats, soort, tekst en naam zijn gelijk. Dit kan dezelfde sensor zijn.",
            en="Place, type, text and name are equal. This may be the same sensor.",
        ),
        refutation=Words(
            nl="Uitleg dat het om verschillende sensoren gaat.",
            en="An explanation that these are different sensors.",
        ),
        norms=_PLACE_NORMS,
    ),
)
