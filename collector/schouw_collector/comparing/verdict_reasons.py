"""Why a category of an entry got its verdict, in plain words."""

from schouw_agent.vocabulary import CATEGORIES, covered_by
from schouw_collector.records import Words
from schouw_collector.registers.register_entry import RegisterEntry
from schouw_collector.saying.phrasing import category_name


def says_too_little(entry: RegisterEntry) -> bool:
    """Return whether only the sensor type, and no word, says what the entry declares."""
    return all(stream.mapping.method in {"type default", "none"} for stream in entry.streams)


def covered_reason(entry: RegisterEntry, category: str, count: Words) -> Words:
    """Return why a category counts as declared."""
    if category in entry.declared_categories:
        if says_too_little(entry):
            return Words(
                nl=f"Gezien in {count.nl}. Past bij het soort sensor dat is aangemeld.",
                en=f"Seen in {count.en}. Fits the type of sensor that is declared.",
            )
        return Words(
            nl=f"Aangemeld, en gezien in {count.nl}.", en=f"Declared, and seen in {count.en}."
        )
    by = next(c for c in entry.declared_categories if category in covered_by((c,)))
    name = category_name(by)
    return Words(
        nl=f"Gezien in {count.nl}. Valt onder {name.nl}, dat is aangemeld.",
        en=f"Seen in {count.en}. Covered by {name.en}, which is declared.",
    )


def as_finer_reason(finer: str, count: Words) -> Words:
    """Return why a category counts as observed when only a more detailed one was seen."""
    name = category_name(finer)
    return Words(
        nl=f"Aangemeld, en gezien in {count.nl} als {name.nl}.",
        en=f"Declared, and seen in {count.en} as {name.en}.",
    )


def undeclared_reason(count: Words) -> Words:
    """Return why a category counts as undeclared."""
    return Words(
        nl=f"Gezien in {count.nl}, maar niet genoemd in het register.",
        en=f"Seen in {count.en}, but not named in the register.",
    )


def unknown_reason(category: str, count: Words) -> Words:
    """Return why nothing can be said of data whose meaning is not known."""
    if category not in CATEGORIES:
        return Words(
            nl=f"Gezien in {count.nl}. Deze versie kent deze soort gegevens niet.",
            en=f"Seen in {count.en}. This version does not know this kind of data.",
        )
    if category == "opaque_payload":
        return Words(
            nl="De inhoud is versleuteld of onbekend. Wat erin zit is niet te beoordelen.",
            en="The content is encrypted or unknown. What is in it cannot be assessed.",
        )
    return Words(
        nl=f"Gezien in {count.nl}. Wat het betekent is niet bekend.",
        en=f"Seen in {count.en}. What it means is not known.",
    )


def vague_reason(entry: RegisterEntry, count: Words) -> Words:
    """Return why a declaration is too vague to hold data against it."""
    if entry.declared_categories:
        return Words(
            nl=f"Gezien in {count.nl}. Het register noemt het soort sensor, niet wat die meet.",
            en=f"Seen in {count.en}. The register names the type of sensor, not what it measures.",
        )
    return Words(
        nl=f"Gezien in {count.nl}. Wat het register over deze sensor zegt, is niet te lezen.",
        en=f"Seen in {count.en}. What the register says of this sensor could not be read.",
    )
