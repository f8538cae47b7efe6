"""Where somebody came by: the sightings of one pseudonym, and tables of journeys."""

from collections.abc import Sequence

from schouw_agent.detectors.evidence import CONTEXT, NAMED_PERHAPS, SHAPE_FITS
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

_TRAILS = word_set(
    "trajectory trajectories traject trajecten route path paden journey trip trace sightings "
    "passages visits waarnemingen strecke fahrt trajet parcours trayecto recorrido track hops"
)
_PLACES = word_set(
    "sensor sensors scanner station node location locatie place plaats zone site standort ort lieu "
    "lugar sensorid punt meetpunt"
)
_PSEUDONYMS = ("mac", "hex 16", "hex 20", "hex 24", "hex 32", "hex 40", "hex 61", "hex 64",
               "uuid", "base64 ")  # fmt: skip


def _detect(leaves: Sequence[Leaf], context: Context) -> list[Match]:
    found = []
    for leaf in leaves:
        said = named(leaf, context)
        if said is not None and said.category == "origin_destination_matrix":
            found.append(match(leaf, said.category, *said.evidence))
    followed = _is_pseudonym_of_people(leaves, context)
    if followed:
        found.extend(
            match(leaf, "device_trajectory", NAMED_PERHAPS, SHAPE_FITS, CONTEXT)
            for leaf in leaves
            if _is_stop(leaf)
        )
    return found


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
