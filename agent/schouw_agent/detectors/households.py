"""Households and what people write: profiles by address, posts on social media."""

from collections.abc import Sequence

from schouw_agent.detectors.evidence import AGAINST, Evidence
from schouw_agent.detectors.naming import match, named
from schouw_agent.detectors.surroundings import message_words, own_words
from schouw_agent.plugins import Context, Detector
from schouw_agent.records import Leaf, Match
from schouw_agent.vocabulary.names import word_set

_CATEGORIES = frozenset(("household_profile", "social_media_content"))
# Figures on a group of addresses are statistics.
_AREAS = word_set(
    "buurt buurten buurtcode wijk wijken wijkcode neighbourhood neighborhood district quarter "
    "region gemeente municipality stadtteil bezirk quartier commune barrio distrito municipio"
)
_ADDRESSES = word_set(
    "adres address adresse dirección huisnummer housenumber hausnummer nummeraanduiding "
    "verblijfsobject dwelling woning wohnung logement vivienda"
)
_AVERAGES = word_set(
    "average avg mean median gemiddeld gemiddelde mediaan percentage aandeel share durchschnitt "
    "durchschnittlich mittlere moyen moyenne médiane medio media promedio mediana"
)


def _detect(leaves: Sequence[Leaf], context: Context) -> list[Match]:
    everything = message_words(leaves, context)
    of_area = not everything.isdisjoint(_AREAS) and everything.isdisjoint(_ADDRESSES)
    found = []
    for leaf in leaves:
        said = named(leaf, context)
        if said is None or said.category not in _CATEGORIES:
            continue
        against: tuple[Evidence, ...] = ()
        if said.category == "household_profile":
            averaged = not own_words(leaf).isdisjoint(_AVERAGES)
            against = (AGAINST,) * (of_area + averaged)
        found.append(match(leaf, said.category, *said.evidence, *against))
    return found


DETECTOR = Detector(
    id="households",
    title="Household profiles and posts on social media",
    reference="GDPR, art. 4(4) (profiling)",
    categories=_CATEGORIES,
    values=False,
    detect=_detect,
)
