"""Declared against observed: the four-way verdict for each category of each register entry.

What was not seen is never called clean.  "Declared and not observed" needs a device, a readable
view of it, and at least three of its intervals; anything less is not assessable, with the reason.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from schouw_agent.report import Device, Emission
from schouw_agent.vocabulary import CATEGORIES, PRIVACY_CLASSES, covered_by
from schouw_collector.comparing.absence import Sight, verdict_on_absence
from schouw_collector.comparing.verdict_reasons import (
    as_finer_reason,
    covered_reason,
    says_too_little,
    undeclared_reason,
    unknown_reason,
    vague_reason,
)
from schouw_collector.records import Verdict, VerdictKind, Words
from schouw_collector.registers.register_entry import RegisterEntry
from schouw_collector.saying.phrasing import messages

QUESTION = 0.5
"""Confidence from which an observation may carry a question."""
FINDING = 0.8
"""Confidence from which it may carry a finding."""

_ORDER: tuple[VerdictKind, ...] = (
    "undeclared",
    "declared_and_observed",
    "declared_not_observed",
    "not_assessable",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """One category, as emitted by the devices of an entry, or by one unbound device."""

    category: str
    confidence: float
    """Of the surest emission."""
    emissions: tuple[tuple[str, Emission], ...]
    """(device id, emission), in the order of the report."""

    @property
    def device_ids(self) -> tuple[str, ...]:
        """Return the ids of the devices that emit it."""
        return tuple(dict.fromkeys(device_id for device_id, _ in self.emissions))

    @property
    def messages(self) -> int:
        """Return how many messages carried it.

        The report counts a message once for each path and recipient; here it counts once.
        """
        most: dict[tuple[str, str, str], int] = {}
        for device_id, e in self.emissions:
            key = (device_id, e.protocol, e.channel)
            most[key] = max(most.get(key, 0), e.messages)
        return sum(most.values())

    @property
    def rank(self) -> int:
        """Return the position of its privacy class in the order; -1 for unknown."""
        known = CATEGORIES.get(self.category)
        return known.rank if known else -1


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """How well the network could be seen."""

    seconds: float
    """Length of the observation; of what was without losses, if anything was."""
    lossless: bool
    """False: nothing was; the capture itself lost frames, or some of what the devices sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One entry, its devices, and the verdicts."""

    entry: RegisterEntry
    devices: tuple[Device, ...]
    declared: tuple[str, ...]
    """Category ids that the entry declares."""
    declared_rank: int
    """Highest position of a declared privacy class in the order; -1 if nothing is declared."""
    certainty: float
    """Of reading the declaration, and of the binding: no finding is surer than this."""
    observed: Mapping[str, Observed]
    undeclared: tuple[Observed, ...]
    """Sensitive categories first; confidence already limited by `certainty`."""
    elsewhere: frozenset[str]
    """Categories that only other entries of the same devices declare: theirs to answer for."""
    verdicts: tuple[Verdict, ...]
    coverage_share: float | None


def observe(devices: Iterable[Device]) -> dict[str, Observed]:
    """Return what the devices emit, by category.

    What a device merely says that it can sense, without a message that carries it, is left out.
    """
    rows: dict[str, list[tuple[str, Emission]]] = {}
    for device in devices:
        for emission in device.emissions:
            if emission.messages or not emission.self_declared:
                rows.setdefault(emission.category, []).append((device.id, emission))
    return {
        category: Observed(
            category=category,
            confidence=max(emission.confidence for _, emission in found),
            emissions=tuple(found),
        )
        for category, found in sorted(rows.items())
    }


def readable_share(devices: Iterable[Device]) -> float | None:
    """Return the share of the devices' payload octets that could be read; None without traffic.

    A device behind a relay has no octets of its own on the wire; its emissions then count.
    """
    total = unread = 0
    for device in devices:
        coverage = device.coverage
        if coverage.octets:
            lost = sum(u.octets for u in coverage.undecoded)
            total += coverage.octets + coverage.missed_octets
            unread += min(lost, coverage.octets) + coverage.missed_octets
        else:
            total += sum(e.octets for e in device.emissions)
            unread += sum(e.octets for e in device.emissions if e.category == "opaque_payload")
    return (total - unread) / total if total else None


def compare(
    entry: RegisterEntry,
    devices: Sequence[Device],
    view: View,
    *,
    has_binding: bool,
    binding_confidence: float = 1.0,
    shared_with: Iterable[str] = (),
) -> Comparison:
    """Return the verdicts for one entry and its devices.

    `shared_with`: category ids that other entries declare for the same devices.
    """
    declared = entry.declared_categories
    observed = observe(devices)
    share = readable_share(devices)
    certainty = min(_certainty_of_reading(entry), binding_confidence)
    covered = covered_by(declared)
    elsewhere = covered_by(shared_with)
    rank = max((CATEGORIES[c].rank for c in declared), default=-1)
    sight = Sight(
        seconds=view.seconds,
        lossless=view.lossless,
        has_binding=has_binding,
        devices=len(devices),
        share=share,
        observed=frozenset(observed),
    )
    verdicts: list[Verdict] = []
    undeclared: list[Observed] = []

    def add(category: str, kind: VerdictKind, reason: Words, confidence: float) -> None:
        seen = observed.get(category)
        verdicts.append(
            Verdict(
                category=category,
                verdict=kind,
                reason=reason,
                coverage_share=share,
                confidence=confidence,
                device_ids=seen.device_ids if seen else (),
            )
        )

    for category, seen in observed.items():
        known = CATEGORIES.get(category)
        count = messages(seen.messages)
        if category in covered and seen.confidence >= QUESTION:
            reason = covered_reason(entry, category, count)
            add(category, "declared_and_observed", reason, seen.confidence)
        elif known is None or known.privacy_class == "unknown":
            add(category, "not_assessable", unknown_reason(category, count), seen.confidence)
        elif not _counts(category, seen) or category in covered or category in elsewhere:
            continue
        elif (says_too_little(entry) and seen.rank <= rank) or not declared:
            add(category, "not_assessable", vague_reason(entry, count), seen.confidence)
        else:
            sure = min(seen.confidence, certainty)
            add(category, "undeclared", undeclared_reason(count), sure)
            undeclared.append(
                Observed(category=category, confidence=sure, emissions=seen.emissions)
            )
    for category in _expected(entry, observed):
        finer = _finer(category, covered, observed)
        if finer is not None:
            reason = as_finer_reason(finer.category, messages(finer.messages))
            add(category, "declared_and_observed", reason, finer.confidence)
        elif category not in observed or observed[category].confidence < QUESTION:
            kind, reason = verdict_on_absence(entry, category, sight)
            add(category, kind, reason, 1.0)
    return Comparison(
        entry=entry,
        devices=tuple(devices),
        declared=declared,
        declared_rank=rank,
        certainty=certainty,
        observed=observed,
        undeclared=tuple(sorted(undeclared, key=lambda o: (-o.rank, o.category))),
        elsewhere=elsewhere - covered,
        verdicts=tuple(sorted(verdicts, key=lambda v: (_ORDER.index(v.verdict), v.category))),
        coverage_share=share,
    )


def rises(comparison: Comparison, seen: Observed) -> bool:
    """Return whether an undeclared category is about people, and above all that is declared."""
    return seen.rank > max(comparison.declared_rank, PRIVACY_CLASSES.index("environmental"))


def _expected(entry: RegisterEntry, observed: Mapping[str, Observed]) -> list[str]:
    """Return the declared categories that need a verdict, seen or not.

    A general word or a sensor type may mean many things; once one of them was seen, or the entry
    names something better, the others are not missed.
    """
    declared, promised = entry.declared_categories, entry.promised_categories
    seen = {c for c, o in observed.items() if o.confidence >= QUESTION}
    if promised or seen.intersection(declared):
        return [c for c in declared if c in promised]
    return list(declared)


def _finer(
    category: str, covered: Collection[str], observed: Mapping[str, Observed]
) -> Observed | None:
    """Return what was observed, is covered by the declaration, and says an unseen category too."""
    seen = observed.get(category)
    if seen is not None and seen.confidence >= QUESTION:
        return None
    return next(
        (
            each
            for other, each in observed.items()
            if other in covered and each.confidence >= QUESTION and category in covered_by([other])
        ),
        None,
    )


def _counts(category: str, seen: Observed) -> bool:
    """Return whether an observation can be undeclared.  A credential is a matter of security."""
    ancillary = CATEGORIES[category].ancillary or category == "credential"
    return not ancillary and seen.confidence >= QUESTION


def _certainty_of_reading(entry: RegisterEntry) -> float:
    return max((stream.mapping.confidence for stream in entry.streams), default=0.0)
