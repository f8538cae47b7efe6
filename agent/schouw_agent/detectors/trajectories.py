"""Where somebody came by: the sightings of one pseudonym, and tables of journeys."""

from collections.abc import Sequence

from schouw_agent.detectors.evidence import CONTEXT, LISTED, NAMED_PERHAPS, SHAPE_FITS
from schouw_agent.detectors.naming import is_number, match, named
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

_TRAILS = word_set(
    "trajectory trajectories traject trajecten route path paden journey trip trace sightings "
    "passages visits waarnemingen strecke fahrt trajet parcours trayecto recorrido track hops"
)
_PLACES = word_set(
    "sensor sensors scanner station node location locatie place plaats zone site standort ort lieu "
    "lugar sensorid punt meetpunt"
)
_ORIGINS = word_set("origin origins herkomst quelle quellzone origine origen")
_DESTINATIONS = word_set("destination destinations bestemming ziel zielzone destino dest")
_JOURNEYS = word_set(
    "trips trip ritten rit journeys verplaatsingen reizigers fahrten wege trajets déplacements "
    "voyages viajes desplazamientos travellers commuters"
)
_NO_JOURNEYS = word_set(
    "ip packet packets bytes flight flights vlucht platform spoor delay vertraging departure "
    "departures vertrek gate airline parcel pakket shipment fare price prijs tarief"
)
_PSEUDONYMS = ("mac", "hex 16", "hex 20", "hex 24", "hex 32", "hex 40", "hex 61", "hex 64",
               "uuid", "base64 ")  # fmt: skip


def _detect(leaves: Sequence[Leaf], context: Context) -> list[Match]:
    found = []
    for leaf in leaves:
        said = named(leaf, context)
        if said is not None and said.category == "origin_destination_matrix":
            found.append(match(leaf, said.category, *said.evidence))
    found.extend(
        match(leaf, "origin_destination_matrix", NAMED_PERHAPS, CONTEXT, LISTED)
        for leaf in _journeys(leaves, context)
    )
    followed = _is_pseudonym_of_people(leaves, context)
    if followed:
        found.extend(
            match(leaf, "device_trajectory", NAMED_PERHAPS, SHAPE_FITS, CONTEXT)
            for leaf in leaves
            if _is_stop(leaf)
        )
    return found


def _journeys(leaves: Sequence[Leaf], context: Context) -> list[Leaf]:
    """Return the numbers of journeys in the rows of a table that tell from where, and to where.

    A timetable and a list of connections of a network have origins and destinations too.
    """
    if not message_words(leaves, context).isdisjoint(_NO_JOURNEYS):
        return []
    ends: dict[str, set[bool]] = {}
    for leaf in leaves:
        own = own_words(leaf)
        if "[]" in leaf.path and isinstance(leaf.value, (str, int)):
            ends.setdefault(parent(leaf.path), set()).update(
                is_end
                for is_end, names in ((False, _ORIGINS), (True, _DESTINATIONS))
                if own & names
            )
    return [
        leaf
        for leaf in leaves
        if is_number(leaf.value)
        and own_words(leaf) & _JOURNEYS
        and len(ends.get(parent(leaf.path), ())) == len((False, True))
        and named(leaf, context) is None
    ]


def _is_pseudonym_of_people(leaves: Sequence[Leaf], context: Context) -> bool:
    """Return whether the message stands under one identifier of somebody's device."""
    everything = message_words(leaves, context)
    if not (is_about(everything, "hashed") or is_about(everything, "observed")):
        return False
    # The identifier stands above the list of places: one device, many places.
    return any(
        isinstance(leaf.value, str)
        and "[]" not in parent(leaf.path)
        and look(leaf.value).startswith(_PSEUDONYMS)
        and not is_about(all_words(leaf), "infrastructure")
        for leaf in leaves
    )


def _is_stop(leaf: Leaf) -> bool:
    if "[]" not in leaf.path or not isinstance(leaf.value, (str, int)):
        return False
    own = own_words(leaf)
    return bool(all_words(leaf) & _TRAILS) and bool(own & _PLACES)


DETECTOR = Detector(
    id="trajectories",
    title="Journeys: sightings of one pseudonym, origins and destinations",
    reference="AP, besluit Enschede, 2021 (the same pseudonym at several sensors)",
    categories=frozenset(("device_trajectory", "origin_destination_matrix")),
    values=False,
    detect=_detect,
)
