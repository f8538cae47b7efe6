"""Positions: where a fixed device stands, or where somebody goes."""

from collections.abc import Sequence

from schouw_agent.detectors.naming import match, named
from schouw_agent.detectors.surroundings import all_words, is_about, message_words, own_words
from schouw_agent.plugins import Context, Detector
from schouw_agent.records import Leaf, Match
from schouw_agent.vocabulary.names import word_set

_COORDINATES = word_set(
    "lat lon lng latitude longitude breedtegraad lengtegraad coordinates coords coordinaten "
    "coördinaten geohash latlng"
)
_MEASURED = _COORDINATES | word_set("altitude elevation alt hdop hoogte nap")
_RIDERS = word_set(
    "rider fietser cyclist walker wandelaar owntracks phone telefoon app user gebruiker bike "
    "fiets person persoon employee medewerker"
)
_TRAIL = word_set("track trip rit route trajectory traject trail points waypoints")
_VEHICLES = word_set(
    "truck vehicle voertuig bus car van fleet wagenpark veegwagen tram tracker vessel"
)
_MOTION = word_set("speed course heading odometer snelheid koers cog sog")


def _detect(leaves: Sequence[Leaf], context: Context) -> list[Match]:
    found = []
    everything = message_words(leaves, context)
    for leaf in leaves:
        said = named(leaf, context)
        if said is None or said.category != "device_location_static":
            continue
        if not isinstance(leaf.value, list) and not own_words(leaf) & _MEASURED:
            continue  # the name of a place, or how far a curtain is open, is not a position
        category, confidence = _whose(leaf, everything)
        if category:
            found.append(match(leaf, category, confidence, "field_name"))
        else:
            found.append(match(leaf, said.category, said.confidence, *said.basis))
    return found


def _whose(leaf: Leaf, everything: frozenset[str]) -> tuple[str, float]:
    own, words = own_words(leaf), all_words(leaf)
    if not own & _COORDINATES or is_about(words, "infrastructure"):
        return "", 0.0
    listed = "[]" in leaf.path.rpartition(".")[0] or leaf.path.endswith("[][]")
    if words & _RIDERS or (everything & _RIDERS and (listed or everything & _TRAIL)):
        return "person_location_track", 0.82
    if "owntracks" in everything:
        return "person_location_track", 0.85  # a telephone that somebody carries
    if listed and words & _TRAIL:
        return "person_location_track", 0.6
    if (words & _VEHICLES and everything & _MOTION) or everything >= {"odometer", "speed"}:
        return "vehicle_position_track", 0.6
    return "", 0.0


DETECTOR = Detector(
    id="places",
    title="Positions",
    reference="WGS 84; RFC 7946, 3.1.1 (GeoJSON position); RFC 8428, 12.1 (SenML lat, lon)",
    categories=frozenset(
        ("device_location_static", "person_location_track", "vehicle_position_track")
    ),
    values=False,
    detect=_detect,
)
