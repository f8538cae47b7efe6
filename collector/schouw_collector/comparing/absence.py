"""What it means that a declared category was not seen: usually nothing that can be assessed."""

from collections.abc import Collection
from dataclasses import dataclass

from schouw_collector.free_text.sensor_types import usual_interval_seconds
from schouw_collector.records import VerdictKind, Words
from schouw_collector.registers.register_entry import RegisterEntry
from schouw_collector.saying.phrasing import duration, percent

READABLE = 0.9
"""Share of the payload that must be readable before absence says anything."""
INTERVALS = 3
"""How many intervals must have passed before silence says anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """How well an entry could be seen."""

    seconds: float
    """Length of the observation."""
    lossless: bool
    """False: frames or payload were lost on the way to the capture."""
    has_binding: bool
    devices: int
    """How many devices of the entry were seen."""
    share: float | None
    """Share of their payload octets that could be read; None without traffic."""
    observed: Collection[str]
    """Category ids that were seen, at any confidence."""


def verdict_on_absence(
    entry: RegisterEntry, category: str, sight: Sight
) -> tuple[VerdictKind, Words]:
    """Return the verdict and its reason for a declared category that was not observed.

    `declared_not_observed` needs a binding, a device, a readable view without losses, and three
    declared (else usual) intervals.
    """
    span = duration(sight.seconds)
    interval = _interval(entry, category)
    needed = duration(interval * INTERVALS)
    too_brief = sight.seconds < interval * INTERVALS
    brief = Words(
        nl=f"Te kort gekeken: {span.nl}, en {needed.nl} is nodig.",
        en=f"Observed too briefly: {span.en}, and {needed.en} are needed.",
    )
    reason: Words | None = None
    if not sight.has_binding:
        reason = Words(
            nl="Niet bekend welk apparaat bij deze inschrijving hoort.",
            en="Which device belongs to this entry is not known.",
        )
    elif not sight.devices:
        silent = Words(
            nl="Van deze inschrijving is geen apparaat gezien.",
            en="No device of this entry was seen.",
        )
        tail = brief if too_brief else _out_of_view(span)
        reason = Words(nl=f"{silent.nl} {tail.nl}", en=f"{silent.en} {tail.en}")
    elif category in sight.observed:
        reason = Words(
            nl="Misschien gezien, maar dat is te onzeker.", en="Perhaps seen, but too uncertain."
        )
    elif sight.share is None or sight.share < READABLE:
        seen = percent(sight.share or 0)
        reason = Words(
            nl=f"Maar {seen} van het verkeer is leesbaar. De rest is versleuteld of onbekend.",
            en=f"Only {seen} of the traffic is readable. The rest is encrypted or unknown.",
        )
    elif too_brief:
        reason = brief
    else:
        reason = _absence_proves_nothing(entry, category, sight)
    if reason is not None:
        return "not_assessable", reason
    return "declared_not_observed", Words(
        nl=f"Aangemeld, maar in {span.nl} niet gezien. Het verkeer was goed leesbaar.",
        en=f"Declared, but not seen in {span.en}. The traffic was well readable.",
    )


def _absence_proves_nothing(entry: RegisterEntry, category: str, sight: Sight) -> Words | None:
    if not sight.lossless:
        return Words(
            nl="Een deel van het verkeer ontbreekt in de opname.",
            en="Part of the traffic is missing from the capture.",
        )
    if any(c.endswith("_unclassified") or c == "opaque_payload" for c in sight.observed):
        return Words(
            nl="Er zijn gegevens gezien waarvan de betekenis niet bekend is. Dit kan erbij zitten.",
            en="Data of unknown meaning were seen. This may be among them.",
        )
    if category not in entry.promised_categories:
        return Words(
            nl="Het register noemt dit niet met zoveel woorden.",
            en="The register does not say this in so many words.",
        )
    return None


def _out_of_view(span: Words) -> Words:
    return Words(
        nl=f"Of het in {span.nl} stil was of buiten beeld, is niet te zeggen.",
        en=f"Whether it was silent for {span.en} or out of view cannot be told.",
    )


def _interval(entry: RegisterEntry, category: str) -> float:
    promised = [s.interval_seconds for s in entry.streams if category in s.categories]
    stated = [seconds for seconds in promised if seconds]
    return max(stated) if stated else usual_interval_seconds(entry.type)
