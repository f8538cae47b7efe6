"""Positions: where a fixed device stands, or where somebody goes."""

from collections.abc import Sequence

from schouw_agent.detectors.evidence import (
    CONTEXT,
    LISTED,
    NAMED,
    NAMED_PERHAPS,
    SHAPE_FITS,
    SHAPE_TELLS,
    Evidence,
)
from schouw_agent.detectors.naming import match, named
from schouw_agent.detectors.surroundings import (
    all_words,
    is_about,
    message_words,
    own_words,
    parent,
)
from schouw_agent.plugins import Context, Detector
from schouw_agent.recognition.looks import look
from schouw_agent.records import Leaf, Match
from schouw_agent.vocabulary.names import word_set

_COORDINATES = word_set(
    "lat lon lng lati long latitude longitude breedtegraad lengtegraad coordinates coords "
    "coordinaten coördinaten geohash latlng latlon breitengrad längengrad laengengrad "
    "koordinaten coordonnées latitud longitud coordenadas wkt gnss"
)
_MEASURED = _COORDINATES | word_set("altitude elevation alt alti hdop hoogte nap höhe altitud")
_RIDERS = word_set(
    "rider fietser cyclist walker wandelaar owntracks phone telefoon app user gebruiker bike "
    "fiets person persoon employee medewerker radfahrer fahrrad nutzer handy mitarbeiter cycliste "
    "vélo utilisateur téléphone employé ciclista bicicleta usuario teléfono empleado runner"
)
_TRAIL = word_set(
    "track trip rit route trajectory traject trail points waypoints strecke fahrt trajet parcours "
    "trayecto recorrido ruta punten punkte puntos"
)
_VEHICLES = word_set(
    "truck vehicle vehicles voertuig voertuigen bus car cars van vans drone uav fleet wagenpark "
    "veegwagen tram fahrzeug lkw véhicule tracker vessel camion vehículo camión flota"
)
_RIDDEN = word_set(
    "bike bikes bicycle scooter scooters moped mopeds fiets fietsen deelfiets deelscooter fahrrad "
    "leihrad roller vélo vélos trottinette bicicleta bicicletas patinete"
)
_LENT = word_set(
    "reserved rental rented renting docking gereserveerd verhuurd huur reserviert gemietet réservé "
    "loué location reservada alquiler locked unlocked"
)
# Whose number or name stands beside a position that is theirs.
_CARRIERS = word_set(
    "worker employee medewerker rider courier koerier guard patient child walker cyclist runner "
    "mitarbeiter bote wächter employé coursier gardien empleado mensajero vigilante"
)
_DRIVERS = word_set("driver bestuurder chauffeur fahrer conducteur conductor")
_NUMBERED = word_set("id number nummer naam name nom nombre badge code")
_MOTION = word_set(
    "speed course heading odometer snelheid koers cog sog geschwindigkeit kurs vitesse cap "
    "velocidad rumbo kilometerstand"
)


def _detect(leaves: Sequence[Leaf], context: Context) -> list[Match]:
    found = []
    everything = message_words(leaves, context) | {context.format}
    seen = _seen_beside(leaves)
    carried = _beside(leaves, _CARRIERS)
    driven = _beside(leaves, _DRIVERS)
    for leaf in leaves:
        category, evidence = _position(leaf, context)
        if not category:
            continue
        whose, moving = _whose(leaf, everything, seen)
        if not whose and parent(leaf.path) in carried | driven and own_words(leaf) & _COORDINATES:
            whose = "person_location_track" if carried else "vehicle_position_track"
            moving = (NAMED_PERHAPS, CONTEXT)
        if whose:
            found.append(match(leaf, whose, *moving))
        else:
            found.append(match(leaf, category, *evidence))
    return found


def _position(leaf: Leaf, context: Context) -> tuple[str, tuple[Evidence, ...]]:
    """Return that a leaf is a position, by its notation or by its name."""
    if isinstance(leaf.value, str) and look(leaf.value) == "position":
        return "device_location_static", (SHAPE_TELLS,)
    said = named(leaf, context)
    if said is None or said.category != "device_location_static":
        return "", ()
    # The name of a place, or how far a curtain is open, is not a position.
    if isinstance(leaf.value, list) or own_words(leaf) & _MEASURED:
        return said.category, said.evidence
    return "", ()


def _beside(leaves: Sequence[Leaf], people: frozenset[str]) -> set[str]:
    """Return the objects that bear the number or the name of one of these people."""
    return {
        parent(leaf.path)
        for leaf in leaves
        if own_words(leaf) & people and own_words(leaf) & _NUMBERED
    }


def _seen_beside(leaves: Sequence[Leaf]) -> set[str]:
    """Return the rows of lists in which the address of somebody's device stands."""
    return {
        _row(leaf.path)
        for leaf in leaves
        if "[]" in leaf.path
        and is_about(own_words(leaf), "seen_device")
        and is_about(own_words(leaf), "network_address")
    }


def _row(path: str) -> str:
    return path[: path.rfind("[]") + 2]


def _whose(
    leaf: Leaf, everything: frozenset[str], seen: set[str]
) -> tuple[str, tuple[Evidence, ...]]:
    own, words = own_words(leaf), all_words(leaf)
    positioned = own & _COORDINATES or look(leaf.value) == "position"
    if not positioned or is_about(words, "infrastructure"):
        return "", ()
    if "[]" in leaf.path and _row(leaf.path) in seen:
        return "person_location_track", (NAMED_PERHAPS, CONTEXT)
    if everything & _LENT and everything & _RIDDEN:
        return "vehicle_position_track", (NAMED_PERHAPS, CONTEXT)  # nobody rides it now
    listed = "[]" in leaf.path.rpartition(".")[0] or leaf.path.endswith("[][]")
    if words & _RIDERS or (everything & _RIDERS and (listed or everything & _TRAIL)):
        return "person_location_track", (NAMED_PERHAPS, CONTEXT, SHAPE_FITS)
    if "owntracks" in everything:
        return "person_location_track", (NAMED,)  # a telephone that somebody carries
    if listed and words & _TRAIL:
        return "person_location_track", (NAMED_PERHAPS,)
    driven = everything & _VEHICLES and len(everything & _MOTION) > 1
    if (
        driven
        or (words & _VEHICLES and everything & _MOTION)
        or everything >= {"odometer", "speed"}
    ):
        return "vehicle_position_track", (NAMED_PERHAPS, LISTED)
    return "", ()


DETECTOR = Detector(
    id="places",
    title="Positions",
    reference="WGS 84; RFC 7946, 3.1.1 (GeoJSON position); RFC 8428, 12.1 (SenML lat, lon); "
    "RFC 5870 (geo URI); OGC 06-103r4, 7 (WKT); NMEA 0183",
    categories=frozenset(
        ("device_location_static", "person_location_track", "vehicle_position_track")
    ),
    values=False,
    detect=_detect,
)
