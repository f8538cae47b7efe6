"""What the elements of Digital Trust for Places and Routines (DTPR) say, by their id.

Ids of the device chain (v1) and of the AI chain (ai@2026-08-12-beta), from github.com/
Helpful-Places/dtpr.  The categories of an element are those that the taxonomy names it for, and
those below.  Most elements say how something is sensed rather than what: they mean one of several.
"""

import re
from functools import cache

from schouw_agent.vocabulary import CATEGORIES

_MORE = {
    "affect_emotion_analysis": ("emotion_mood", "voice_aggression_event"),
    "computer_vision": ("still_image", "video_stream"),
    "de_identified_image": ("still_image",),
    "de_identified_video": ("video_stream",),
    "de_identified_voice": ("audio_stream",),
    "electric_vehicle_charger": ("asset_energy_use",),
    "image": ("still_image",),
    "input_about_behaviour": ("behaviour_anomaly", "gaze_attention", "group_distance"),
    "input_biometric": ("face_match", "face_template", "gait_signature", "voice_print"),
    "nfc": ("access_token_id",),
    "non_identifiable_video": ("video_stream",),
    "output_about_behaviour": ("behaviour_anomaly", "gaze_attention", "group_distance"),
    "rfid": ("access_token_id",),
    "speech_audio": ("audio_stream", "speech_content"),
    "video_camera": ("still_image", "video_stream"),
    "weather_station": ("air_temperature",),
}
_SENSING = ("tech__", "ai:", "purpose__switch")
ACCESS = {
    "available_for_resale": "buyers",
    "available_to_3rd_parties": "third parties",
    "available_to_the_accountable_organization": "accountable organisation",
    "available_to_vendor": "vendor",
}
"""Element to the role of who may have the data."""
STORAGE = {
    "stored_on_3rd_party_cloud": "cloud of a third party",
    "stored_primarily_internationally": "storage abroad",
    "backed_up_internationally": "backup abroad",
}
"""Element to the role of who holds the data elsewhere."""
PURPOSES = frozenset(
    {
        "arts_culture",
        "commerce",
        "connectivity",
        "ecology",
        "energy_efficiency",
        "enforcement",
        "entry",
        "fire_emergency",
        "health",
        "inform",
        "logistics",
        "mobility",
        "planning_decision_making",
        "research_development",
        "safety_security",
        "waste_management",
        "water_efficiency",
        "wayfinding_services",
    }
)
"""Elements that are a purpose, also where nothing says so."""
_GROUPS = {
    **dict.fromkeys(ACCESS, "access"),
    **dict.fromkeys(STORAGE, "storage"),
    **dict.fromkeys(PURPOSES, "purpose"),
    "accountable": "accountable",
    "organization": "accountable",
    "institution": "accountable",
    "data_retained": "retention",
    "no_data_retained": "retention",
    "aggregated": "process",
    "de_identified": "process",
    "k_anonymity": "process",
    "edge": "process",
    "edge_processing": "process",
    "on_device": "process",
}
_ALIASES = {"input_dataset": "data", "output_dataset": "data", "processing": "process"}


def bare(element_id: str) -> tuple[str, str]:
    """Return the group that an id names (empty if it names none) and the element itself.

    `device__tech.identifiable_video`, `tech__identifiable_video` and `identifiable_video` are one.
    """
    parts = [p for p in re.split(r"__|[./:]", element_id.strip().casefold()) if p]
    element = parts[-1].replace("-", "_").replace(" ", "_") if parts else ""
    named = parts[-2] if len(parts) > 1 else ""
    return group_of("" if named in {"ai", "device"} else named, element), element


def group_of(category: str, element: str) -> str:
    """Return the group of an element: that of its category, else what its id is known for."""
    name = category.strip().casefold().removeprefix("device__").removeprefix("ai__")
    if name:
        return _ALIASES.get(name, name)
    return _GROUPS.get(element, "tech" if categories_of(element) else "")


def categories_of(element: str) -> tuple[str, ...]:
    """Return the category ids that an element may mean; none if it is not about what is sensed."""
    return _sensing().get(element, ())


@cache
def _sensing() -> dict[str, tuple[str, ...]]:
    found = {element: set(ids) for element, ids in _MORE.items()}
    for category in CATEGORIES.values():
        for term in category.dtpr:
            if term.startswith(_SENSING):
                found.setdefault(re.split(r"__|:", term)[-1], set()).add(category.id)
    return {element: tuple(sorted(ids)) for element, ids in found.items()}
