"""What an observed property is: by the IRI of its vocabulary, its name, its unit and its words.

For declarations that call things as engineers do ("pm2_5", `saref:Temperature`), where registers
for the public write a sentence.
"""

import re
from collections.abc import Iterable
from functools import cache

from schouw_agent.vocabulary import CATEGORIES
from schouw_agent.vocabulary.lexicon import MAYBE, SURE, read_name
from schouw_agent.vocabulary.names import words
from schouw_agent.vocabulary.quantities import QUANTITIES, category_of_unit, dimensions_of
from schouw_collector.free_text.free_text import read_text
from schouw_collector.registers.register_entry import CategoryMapping

_OWN = re.compile(r"https?://schouw\.example\.org/.*?([a-z_]+)/?$")
_PERSONAL_DATA = "https://w3id.org/dpv/pd#"
_PREFIXED = re.compile(r"(?:dpv-)?pd:(\w+)$")
_UNIT = re.compile(r"https?://qudt\.org/(?:1\.1/|2\.1/)?vocab/unit/([\w-]+)$|unit:([\w-]+)$")
# QUDT (https://qudt.org/vocab/unit/) names that units.toml spells otherwise.
_SYMBOLS = {
    "DEG_C": "°c",
    "DeciB_A": "db(a)",
    "DeciB": "db",
    "HectoPA": "hpa",
    "KiloM-PER-HR": "km/h",
    "KiloW-HR": "kwh",
    "LUX": "lux",
    "M-PER-SEC": "m/s",
    "M3-PER-SEC": "m3/s",
    "MicroGM-PER-M3": "µg/m3",
    "MicroSV-PER-HR": "µsv/h",
    "PERCENT": "%",
    "PERCENT_RH": "%rh",
    "V-PER-M": "v/m",
    "W-PER-M2": "w/m2",
}
# What vocabularies add to the name of a property: iotschema.org TemperatureSensing.
_SUFFIX = re.compile(r"(?:Sensing|Sensor|Data|Property|Observation|Measurement)$")
_LONGEST_IRI = 400


def read_iri(iri: str) -> tuple[tuple[str, ...], bool]:
    """Return the category ids that a term of a vocabulary names, and whether it surely means each.

    Known are Schouw's own categories, personal data of DPV (several categories may be one concept
    there: then not sure), units of QUDT that only one category has, and terms whose last part is
    the name of a quantity, as in SAREF, iot.schema, CF standard names and QUDT quantity kinds.
    """
    iri = iri.strip()[:_LONGEST_IRI]
    own = _OWN.match(iri)
    if own:
        return ((own[1],), True) if own[1] in CATEGORIES else ((), False)
    prefixed = _PREFIXED.match(iri)
    concept = _PERSONAL_DATA + prefixed[1] if prefixed else iri
    if "/dpv" in concept:
        found = _concepts().get(concept, ())
        return found, len(found) == 1
    if _UNIT.match(iri):
        category = category_of_unit(unit_symbol(iri))
        return ((category,), True) if category else ((), False)
    name = _SUFFIX.sub("", re.split(r"[#/:]", iri.rstrip("/#"))[-1])
    category = read_field_name(name)
    return ((category,), True) if category else ((), False)


def unit_symbol(unit: str) -> str:
    """Return a unit as devices write it; a term of QUDT becomes its symbol."""
    match = _UNIT.match(unit.strip()[:_LONGEST_IRI])
    name = (match[1] or match[2]) if match else unit.strip()
    return _SYMBOLS.get(name, name)


def read_field_name(name: str, unit: str = "") -> str:
    """Return the category that a name surely has, or has with this unit; empty if none.

    A unit that cannot be the category's speaks against the name.
    """
    reading = read_name(name)
    if reading is None:
        return ""
    measured = dimensions_of(unit_symbol(unit))
    possible = QUANTITIES[reading.category].dimensions if reading.category in QUANTITIES else None
    fits = bool(measured and possible and measured & possible)
    if measured and possible and not fits:
        return ""
    return (
        reading.category if reading.strength == SURE or (reading.strength == MAYBE and fits) else ""
    )


def read_declaration(
    text: str,
    *,
    name: str = "",
    unit: str = "",
    iris: Iterable[str] = (),
    sensor_type: str = "",
    contains_personal_data: bool | None = None,
) -> tuple[tuple[str, ...], CategoryMapping]:
    """Return the category ids that a stream declares, sorted, and how they came about.

    What an IRI or the words of the text name is declared.  Only where both are silent do the name
    of the property, its unit, and last the type of sensor decide.
    """
    categories, mapping = read_text(text, sensor_type, contains_personal_data)
    by_iri, sure, terms = _by_iri(iris)
    if by_iri:
        in_words = categories if mapping.method == "text rule" else ()
        vague = (by_iri - sure) | (set(mapping.vague if in_words else ()) - sure)
        return tuple(sorted(by_iri.union(in_words))), CategoryMapping(
            method="text rule",
            confidence=0.95,
            phrases=(*terms, *(mapping.phrases if in_words else ()))[:12],
            denied=mapping.denied,
            vague=tuple(sorted(vague)),
        )
    if mapping.method == "text rule":
        return categories, mapping
    category, confidence = read_field_name(name, unit), 0.85
    if not category:
        category, confidence = category_of_unit(unit_symbol(unit)), 0.8
    if not category:
        return categories, mapping
    phrase = name if read_field_name(name, unit) else unit
    return (category,), CategoryMapping(
        method="text rule", confidence=confidence, phrases=(phrase[:300],), denied=mapping.denied
    )


def read_title(title: str) -> tuple[str, ...]:
    """Return the category ids that a short title surely names, in words or glued together."""
    category = read_field_name(title)
    categories, mapping = read_text(" ".join(words(title)))
    certain = mapping.method == "text rule" and mapping.confidence >= 0.8
    named = set(categories) - set(mapping.vague) if certain else set()
    return tuple(sorted(named | ({category} if category else set())))


def _by_iri(iris: Iterable[str]) -> tuple[set[str], set[str], tuple[str, ...]]:
    found: set[str] = set()
    sure: set[str] = set()
    terms: list[str] = []
    for iri in iris:
        categories, certain = read_iri(iri)
        if categories:
            found.update(categories)
            sure.update(categories if certain else ())
            terms.append(re.split(r"[#/:]", iri.strip().rstrip("/#"))[-1][:100])
    return found, sure, tuple(dict.fromkeys(terms))


@cache
def _concepts() -> dict[str, tuple[str, ...]]:
    """Return the categories of each concept that says what the data is, not how it is treated."""
    found: dict[str, tuple[str, ...]] = {}
    for category in CATEGORIES.values():
        if "/dpv#" not in category.dpv:
            found[category.dpv] = (*found.get(category.dpv, ()), category.id)
    return found
