"""Single passages of vehicles: features that single a vehicle out, in the record of an event."""

from collections.abc import Sequence

from schouw_agent.detectors.evidence import CONTEXT, LISTED, NAMED, NAMED_PERHAPS, SHAPE_FITS
from schouw_agent.detectors.naming import match
from schouw_agent.detectors.surroundings import (
    all_words,
    is_about,
    message_words,
    own_words,
    parent,
)
from schouw_agent.plugins import Context, Detector
from schouw_agent.records import Leaf, Match
from schouw_agent.vocabulary.names import word_set

_FEATURES = word_set(
    "merk brand make handelsbenaming model kleur color colour massa mass brandstof brandstoffen "
    "fuel assen axles toelating taxi euroklasse emissieklasse lengte length breedte width "
    "speed snelheid class klasse axle weight marke farbe länge laenge geschwindigkeit achsen "
    "kraftstoff marque modèle couleur longueur vitesse essieux carburant marca modelo longitud "
    "velocidad ejes combustible"
)
_ONE_VEHICLE = word_set(
    "voertuig vehicle car auto passage kenteken plate observedvehicle truck fahrzeug kennzeichen "
    "véhicule plaque vehículo matrícula paso durchfahrt"
)
_EVENT = word_set(
    "lane rijstrook rijrichting direction passage camera kenteken plate anpr detection "
    "kijkrichting richting crossing fahrstreifen spur richtung kennzeichen durchfahrt voie "
    "direction plaque immatriculation carril sentido matrícula cámara caméra kamera"
)
_AVERAGES = word_set(
    "average avg mean gemiddelde total totaal aantal count intensity mittel mittlere anzahl "
    "moyenne nombre media número"
)
_FEWEST = 2


def _detect(leaves: Sequence[Leaf], context: Context) -> list[Match]:
    everything = message_words(leaves, context)
    if everything.isdisjoint(_EVENT):
        return []
    beside_plate = {
        parent(leaf.path)
        for leaf in leaves
        if is_about(own_words(leaf), "plate") and isinstance(leaf.value, str)
    }
    features = [
        leaf
        for leaf in leaves
        if not _FEATURES.isdisjoint(own_words(leaf))
        and (not _ONE_VEHICLE.isdisjoint(all_words(leaf)) or parent(leaf.path) in beside_plate)
        and _AVERAGES.isdisjoint(all_words(leaf))
        and leaf.value is not None
    ]
    kinds = {word for leaf in features for word in own_words(leaf) & _FEATURES}
    if len(kinds) < _FEWEST:
        return []
    with_plate = is_about(everything, "plate")
    if with_plate:
        evidence = (NAMED, SHAPE_FITS)
    else:
        evidence = (NAMED_PERHAPS, LISTED if len(kinds) == _FEWEST else CONTEXT)
    return [match(leaf, "vehicle_passage", *evidence) for leaf in features]


DETECTOR = Detector(
    id="vehicle_passages",
    title="Single vehicle passages",
    reference="Amsterdam iotsignals API 1.0.4, voertuig; Smart Data Models: AnprFlowObserved",
    categories=frozenset(("vehicle_passage",)),
    values=False,
    detect=_detect,
)
