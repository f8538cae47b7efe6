"""Checks of the words of an entry: what it measures, why, and whether they fit the rest."""

import re
import tomllib
from functools import cache, lru_cache
from importlib import resources

from schouw_agent.vocabulary import CATEGORIES
from schouw_collector.comparing.findings import PSEUDONYMOUS
from schouw_collector.free_text.phrase_book import plain
from schouw_collector.records import Words
from schouw_collector.registers.register_entry import RegisterEntry
from schouw_collector.rules.register_check import Check, Surroundings
from schouw_collector.saying.phrasing import category_names

_COUNTS_OF_PEOPLE = {"people_count", "pedestrian_flow", "crowd_density", "bicycle_count"}
_CARS = "Mobiliteit: auto"
_CERTAIN = 0.8

# By the types of Amsterdam: what an instrument of that type cannot measure.
_CAMERA = "optische / camera sensor"
_TYPES = {
    _CAMERA, "temperatuursensor", "klimaatsensor", "chemiesensor", "druksensor", "geluidsensor",
    "vloeistof- en gasstroomsensor", "electriciteitssensor",
}  # fmt: skip
_OF_THINGS = {"household_energy_use", "access_token_id"}
_SOUND = {"audio_stream", "speech_content", "voice_aggression_event", "voice_print"}
_NOT_SEEN = {
    "sound_level", "audio_stream", "air_pressure", "relative_humidity", "reactive_gases",
    "carbon_dioxide", "voc_odour", "wifi_mac_raw", "wifi_mac_hashed", "bluetooth_id_raw",
    "bluetooth_id_hashed", "household_energy_use", "asset_energy_use", "ionising_radiation",
}  # fmt: skip


@lru_cache(maxsize=8192)
def vague_purpose(text: str) -> bool:
    """Return whether a purpose could be that of any sensor: no word in it says more."""
    return set(re.findall(r"\w+", plain(text))) <= _words_of_no_purpose()


@cache
def _words_of_no_purpose() -> frozenset[str]:
    path = resources.files(__package__) / "vague_purposes.toml"
    data = tomllib.loads(path.read_text("utf-8"))
    return frozenset((*data["vague"], *data["filler"]))


def _purpose_missing(entry: RegisterEntry, _around: Surroundings) -> bool:
    return not any(p.text.strip() or p.dpv_purpose for p in entry.purposes)


def _purpose_vague(entry: RegisterEntry, around: Surroundings) -> bool:
    if _purpose_missing(entry, around) or any(p.dpv_purpose for p in entry.purposes):
        return False
    return all(vague_purpose(p.text) for p in entry.purposes)


def _says_nothing(entry: RegisterEntry, _around: Surroundings) -> bool:
    return not any(s.declared_text.strip() for s in entry.streams) and not any(
        s.mapping.method == "human" for s in entry.streams
    )


def _cars_for_people(entry: RegisterEntry, _around: Surroundings) -> bool:
    themes = {theme for p in entry.purposes for theme in p.themes}
    declared = set(entry.declared_categories)
    return themes == {_CARS} and bool(declared) and declared <= _COUNTS_OF_PEOPLE


def _impossible(entry: RegisterEntry) -> list[str]:
    """Return the categories that the words surely name and the type cannot measure."""
    type_ = " ".join(entry.type.casefold().split())
    if type_ not in _TYPES:
        return []
    sure = {
        category
        for stream in entry.streams
        if stream.mapping.method == "text rule" and stream.mapping.confidence >= _CERTAIN
        for category in stream.categories
    }
    named = sure & entry.promised_categories
    if type_ == _CAMERA:
        # A device with several instruments is entered under one of them.
        return sorted(named) if named <= _NOT_SEEN else []
    people = {c for c in named if CATEGORIES[c].rank >= PSEUDONYMOUS}
    return sorted(people - _OF_THINGS - (_SOUND if type_ == "geluidsensor" else set()))


def _type_contradicts(entry: RegisterEntry, _around: Surroundings) -> bool:
    return bool(_impossible(entry))


def _purposes(entry: RegisterEntry, _around: Surroundings) -> Words:
    quoted = ", ".join(f"“{p.text}”" for p in entry.purposes if p.text.strip())
    return Words(nl=f"Doel: {quoted}.", en=f"Purpose: {quoted}.")


def _no_purpose(_entry: RegisterEntry, _around: Surroundings) -> Words:
    return Words(
        nl="Bij “Waarvoor meet u dat?” staat niets.",
        en="Under “What do you measure it for?” there is nothing.",
    )


def _theme(_entry: RegisterEntry, _around: Surroundings) -> Words:
    return Words(
        nl="Thema: “Mobiliteit: auto”. Gemeten worden mensen of fietsers.",
        en="Theme: “Mobiliteit: auto” (cars). Measured are people or cyclists.",
    )


def _empty(_entry: RegisterEntry, _around: Surroundings) -> Words:
    return Words(
        nl="Bij “Wat meet de sensor?” staat niets.",
        en="Under “What does the sensor measure?” there is nothing.",
    )


def _type_and_text(entry: RegisterEntry, _around: Surroundings) -> Words:
    read = category_names(_impossible(entry))
    return Words(
        nl=f"Soort sensor: {entry.type}. De tekst is gelezen als: {read.nl}.",
        en=f"Type of sensor: {entry.type}. The text was read as: {read.en}.",
    )


CHECKS = (
    Check(
        aspect="nothing said of what is measured",
        holds=_says_nothing,
        kind="finding",
        severity="low",
        declared=_empty,
        difference=Words(
            nl="Zo is niet te zien wat de sensor verzamelt, en niet na te gaan of dat klopt.",
            en="So nobody can see what the sensor collects, nor check whether it is true.",
        ),
        norms=("gdpr-5-2", "ap-smart-cities-2021", "apv-amsterdam-2-25a"),
    ),
    Check(
        aspect="no purpose",
        holds=_purpose_missing,
        kind="question",
        severity="low",
        declared=_no_purpose,
        difference=Words(
            nl="Zonder doel is niet te beoordelen welke gegevens nodig zijn.",
            en="Without a purpose nobody can assess which data are needed.",
        ),
        norms=("gdpr-5-1-b", "ap-smart-cities-2021"),
    ),
    Check(
        aspect="vague purpose",
        holds=_purpose_vague,
        kind="question",
        severity="low",
        declared=_purposes,
        difference=Words(
            nl="Dit doel past bij elke sensor. Welke gegevens nodig zijn, is er niet aan af te "
            "meten.",
            en="This purpose fits any sensor. It does not tell which data are needed.",
        ),
        refutation=Words(
            nl="Een doel dat zegt wat er met de gegevens wordt gedaan, en voor wie.",
            en="A purpose that says what is done with the data, and for whom.",
        ),
        norms=("gdpr-5-1-b", "edpb-3-2019"),
    ),
    Check(
        aspect="type contradicts text",
        holds=_type_contradicts,
        kind="question",
        severity="low",
        declared=_type_and_text,
        difference=Words(
            nl="Een sensor van dit soort kan dit niet meten. Eén van beide klopt niet.",
            en="A sensor of this type cannot measure that. One of both is not right.",
        ),
        norms=("gdpr-5-2", "ap-smart-cities-2021"),
    ),
    Check(
        aspect="theme cars for people",
        holds=_cars_for_people,
        kind="question",
        severity="info",
        declared=_theme,
        difference=Words(
            nl="Het thema past niet bij wat de sensor volgens de inschrijving meet.",
            en="The theme does not fit what the entry says that the sensor measures.",
        ),
        norms=("gdpr-5-2", "ap-smart-cities-2021"),
    ),
)
