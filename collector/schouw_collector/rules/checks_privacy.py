"""Checks of what an entry says of personal data: box, ground, notice and assessment."""

import re

from schouw_agent.vocabulary import CATEGORIES
from schouw_collector.comparing.findings import PERSONAL
from schouw_collector.records import Words
from schouw_collector.registers.register_entry import RegisterEntry
from schouw_collector.rules.register_check import Check, Surroundings
from schouw_collector.saying.phrasing import category_names

_PUBLIC_BODY = re.compile(
    r"\b(?:gemeente|provincie|waterschap|hoogheemraadschap|ministerie|politie|rijkswaterstaat"
    r"|veiligheidsregio|municipality|province)\b",
    re.IGNORECASE,
)
_CAMERA = re.compile(r"camera", re.IGNORECASE)
_CERTAIN = 0.8


def _without_ground(entry: RegisterEntry, _around: Surroundings) -> bool:
    stated = any(p.legal_ground or p.legal_basis_text for p in entry.purposes)
    return entry.contains_personal_data is True and not stated


def _without_notice(entry: RegisterEntry, _around: Surroundings) -> bool:
    return entry.contains_personal_data is True and not entry.privacy_notice_url


def _without_assessment(entry: RegisterEntry, around: Surroundings) -> bool:
    if entry.contains_personal_data is not True or around.assessed is None:
        return False
    return not {entry.entry_id, entry.application_id} & around.assessed


def _camera_denied(entry: RegisterEntry, around: Surroundings) -> bool:
    camera = bool(_CAMERA.search(entry.type)) or entry.device.category == "Camera"
    return (
        entry.contains_personal_data is False and camera and not _denied_by_own_words(entry, around)
    )


def _denied_by_own_words(entry: RegisterEntry, _around: Surroundings) -> bool:
    return entry.contains_personal_data is False and bool(_personal(entry))


def _personal(entry: RegisterEntry) -> list[str]:
    """Return the categories about identifiable people that the words of the entry surely name."""
    sure = {
        category
        for stream in entry.streams
        if stream.mapping.method == "human" or stream.mapping.confidence >= _CERTAIN
        for category in stream.categories
    }
    named = sure & entry.promised_categories
    # Words for video or images alike promise neither, but one of both.
    alike = {"video_stream", "still_image"} & sure if _says_images(entry) else set()
    return sorted(c for c in named | alike if CATEGORIES[c].rank >= PERSONAL)


def _says_images(entry: RegisterEntry) -> bool:
    return any(
        stream.mapping.method == "text rule"
        and stream.mapping.confidence >= _CERTAIN
        and {"video_stream", "still_image"} == set(stream.categories)
        for stream in entry.streams
    )


def _interest_of_public_body(entry: RegisterEntry, _around: Surroundings) -> bool:
    on_interest = any(p.legal_ground == "A6-1-f" for p in entry.purposes)
    return on_interest and bool(_PUBLIC_BODY.search(entry.organisation))


def _box_ticked(_entry: RegisterEntry, _around: Surroundings) -> Words:
    return Words(
        nl="Het register zegt: er worden persoonsgegevens verwerkt.",
        en="The register says: personal data are processed.",
    )


def _box_denied(entry: RegisterEntry, _around: Surroundings) -> Words:
    type_ = entry.type or entry.device.category
    return Words(
        nl=f"Soort sensor: {type_}. Persoonsgegevens: nee.",
        en=f"Type of sensor: {type_}. Personal data: no.",
    )


def _own_words(entry: RegisterEntry, _around: Surroundings) -> Words:
    read = category_names(_personal(entry))
    return Words(
        nl=f"De tekst is gelezen als: {read.nl}. Persoonsgegevens: nee.",
        en=f"The text was read as: {read.en}. Personal data: no.",
    )


def _ground_f(entry: RegisterEntry, _around: Surroundings) -> Words:
    return Words(
        nl=f"Organisatie: {entry.organisation}. Grondslag: gerechtvaardigd belang.",
        en=f"Organisation: {entry.organisation}. Legal ground: legitimate interest.",
    )


CHECKS = (
    Check(
        aspect="camera without personal data",
        holds=_camera_denied,
        kind="question",
        severity="low",
        declared=_box_denied,
        difference=Words(
            nl="Een camera kan mensen herkenbaar in beeld brengen. Het register zegt dat dit "
            "niet gebeurt, maar niet hoe.",
            en="A camera can show recognisable people. The register says that it does not, but "
            "not how.",
        ),
        refutation=Words(
            nl="Uitleg hoe de camera werkt, zoals: beelden verlaten het apparaat niet.",
            en="An explanation how the camera works, such as: images never leave the device.",
        ),
        norms=("gdpr-13", "edpb-3-2019", "apv-amsterdam-2-25a"),
    ),
    Check(
        aspect="personal by its own words",
        holds=_denied_by_own_words,
        kind="question",
        severity="medium",
        declared=_own_words,
        difference=Words(
            nl="De inschrijving noemt gegevens die naar hun soort persoonsgegevens zijn, en zegt "
            "dat er geen persoonsgegevens worden verwerkt.",
            en="The entry names data that are by their kind personal data, and says that no "
            "personal data are processed.",
        ),
        refutation=Words(
            nl="Uitleg waarom niemand herkenbaar is, of een andere lezing van de tekst.",
            en="An explanation why nobody can be recognised, or another reading of the text.",
        ),
        norms=("gdpr-13", "gdpr-30", "apv-amsterdam-2-25a"),
    ),
    Check(
        aspect="personal data without legal ground",
        holds=_without_ground,
        kind="finding",
        severity="medium",
        declared=_box_ticked,
        difference=Words(nl="De grondslag ontbreekt.", en="The legal ground is missing."),
        norms=("gdpr-6-1", "gdpr-5-2"),
    ),
    Check(
        aspect="personal data without privacy notice",
        holds=_without_notice,
        kind="finding",
        severity="low",
        declared=_box_ticked,
        difference=Words(
            nl="De link naar een privacyverklaring ontbreekt.",
            en="The link to a privacy notice is missing.",
        ),
        norms=("gdpr-13",),
    ),
    Check(
        aspect="personal data without impact assessment",
        holds=_without_assessment,
        kind="question",
        severity="low",
        declared=_box_ticked,
        difference=Words(
            nl="Van andere sensoren staat er een DPIA in de stukken, van deze niet. Of er een "
            "nodig is, moet worden beoordeeld.",
            en="The documents name an impact assessment for other sensors, and none for this "
            "one. Whether it needs one remains to be assessed.",
        ),
        refutation=Words(
            nl="De DPIA, of een besluit dat er geen nodig is.",
            en="The impact assessment, or a decision that none is needed.",
        ),
        norms=("gdpr-35", "ap-smart-cities-2021"),
    ),
    Check(
        aspect="legitimate interest of a public body",
        holds=_interest_of_public_body,
        kind="question",
        severity="medium",
        declared=_ground_f,
        difference=Words(
            nl="Een overheid kan deze grondslag niet gebruiken voor haar overheidstaken. "
            "Of dit een overheidstaak is, moet worden beoordeeld.",
            en="A public authority cannot use this ground for its tasks as an authority. "
            "Whether this is such a task remains to be assessed.",
        ),
        refutation=Words(
            nl="Uitleg dat dit geen overheidstaak is, of een andere grondslag.",
            en="An explanation that this is no such task, or another ground.",
        ),
        norms=("gdpr-6-1",),
    ),
)
