"""What a check saw, as far as it can change: the dated fingerprint of every entry and device.

Categories, key paths, topics, recipients, rhythm, forms: never a value.  Two fingerprints are
compared in `differences`; a baseline keeps one.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Annotated

from pydantic import Field

from schouw_agent.report import Device, Direction, Emission, Identifier, Record, Role
from schouw_agent.vocabulary.categories import CATEGORIES
from schouw_collector.change.rhythm import Rhythm, fastest, longest_interval
from schouw_collector.records import Assessment, EntryAssessment, Finding, Period
from schouw_collector.saying.naming import label

QUESTION, FINDING = 0.5, 0.8
_BEST_FIRST = ("dev_eui", "serial", "mac", "client_id", "topic", "ip", "host_name", "name")
"""The order of the collector's alias table."""


class Peer(Record):
    """Who gets data from a device."""

    host: str
    address: str
    role: str
    known_as: str = ""
    """The best identifier, if it is a device of the same network, whose address may change."""

    @property
    def key(self) -> str:
        """Return the server name, else the address."""
        return self.host or self.address


class Trait(Record):
    """What a device emits of one category."""

    category: str
    confidence: float
    """Of the surest emission."""
    direction: Direction
    """Of that emission."""
    paths: tuple[str, ...]
    sure_paths: tuple[str, ...]
    """Of them, those where it is sure enough for a question."""
    channels: tuple[str, ...]
    protocols: tuple[str, ...]
    forms: tuple[str, ...]
    rhythm: Rhythm | None
    """Of its fastest emission; None: too few messages."""
    longest_interval: Annotated[float, Field(gt=0, le=2.0**41)] | None
    """The longest interval of the surest emission, in seconds; None: it came once at most."""
    aggregate: bool
    """Each message speaks of an interval."""
    window_seconds: Annotated[float, Field(gt=0, le=1e9)] | None
    """Of an aggregate: the shortest interval that a message is over."""
    smallest: Annotated[float, Field(gt=0, le=1e9)] | None
    """Of an aggregate: the smallest count above zero."""
    recurrence: Annotated[float, Field(ge=0, le=1)] | None
    """Of pseudonyms: the highest share that came back."""
    messages: int

    @property
    def rank(self) -> int:
        """Return the position of its privacy class in the order; -1 for unknown."""
        known = CATEGORIES.get(self.category)
        return known.rank if known else -1

    @property
    def says_something(self) -> bool:
        """Return whether this version knows what it means, and it is not about the device."""
        known = CATEGORIES.get(self.category)
        return (
            known is not None
            and not known.ancillary
            and (self.rank >= 0 or self.category == "opaque_payload")
        )


class DevicePrint(Record):
    """One device."""

    id: str
    """Local to the check."""
    name: str
    role: Role
    identifiers: tuple[Identifier, ...]
    maker: str
    """Vendor and model, as far as known."""
    firmware: str
    capabilities: tuple[str, ...]
    traits: tuple[Trait, ...]
    peers: tuple[Peer, ...]
    octets: int
    unread_octets: int
    """Of them, missed or not understood."""

    @property
    def known_as(self) -> str:
        """Return the best identifier with its kind; the local id if it has none."""
        return _known_as(self.identifiers) or f"local:{self.id}"


class EntryPrint(Record):
    """One register entry that has devices."""

    entry_id: str
    name: str
    organisation: str
    device_ids: tuple[str, ...]
    declared: tuple[str, ...]
    """Categories that were seen and are declared."""
    undeclared: tuple[str, ...]


class FindingRef(Record):
    """A finding or question of the check, as far as a change may be the reason of it."""

    id: str
    kind: str
    rule_id: str
    entry_id: str
    device_ids: tuple[str, ...]
    category: str
    recipient: str


class Fingerprint(Record):
    """One check."""

    period: Period
    software: str
    knowledge: str
    """Digest of vocabulary and extensions of the agent."""
    register_source: str
    lossless: bool
    """False: the recording lost frames, or some was out of sight."""
    entries: tuple[EntryPrint, ...]
    devices: tuple[DevicePrint, ...]
    findings: tuple[FindingRef, ...]

    @property
    def seconds(self) -> float:
        """Return the length of the check, in seconds."""
        return (self.period.end - self.period.start) / timedelta(seconds=1)


def take(assessment: Assessment) -> Fingerprint:
    """Return the fingerprint of an assessment."""
    coverage = assessment.coverage
    lost = coverage.kernel_drops or coverage.truncated_frames or coverage.missed_octets
    owners = _owners(assessment.devices)
    return Fingerprint(
        period=assessment.period,
        software=assessment.software,
        knowledge=assessment.knowledge,
        register_source=assessment.register_source,
        lossless=not (lost or coverage.partial),
        entries=tuple(_entry(entry) for entry in assessment.entries if entry.device_ids),
        devices=tuple(_device(device, owners) for device in assessment.devices),
        findings=tuple(_finding(finding) for finding in assessment.findings),
    )


def _entry(entry: EntryAssessment) -> EntryPrint:
    said = {
        kind: tuple(v.category for v in entry.verdicts if v.verdict == kind)
        for kind in ("declared_and_observed", "undeclared")
    }
    return EntryPrint(
        entry_id=entry.entry_id,
        name=entry.name,
        organisation=entry.organisation,
        device_ids=entry.device_ids,
        declared=said["declared_and_observed"],
        undeclared=said["undeclared"],
    )


def _finding(finding: Finding) -> FindingRef:
    return FindingRef(
        id=finding.id,
        kind=finding.kind,
        rule_id=finding.rule_id,
        entry_id=finding.entry_id,
        device_ids=finding.device_ids,
        category=finding.category,
        recipient=finding.recipient,
    )


def _known_as(identifiers: Sequence[Identifier]) -> str:
    for kind in _BEST_FIRST:
        found = sorted(i.value for i in identifiers if i.kind == kind)
        if found:
            return f"{kind}:{found[0]}"
    return ""


def _owners(devices: Iterable[Device]) -> Mapping[str, str]:
    """Return for each address on the network whose it is, if that is known by something better."""
    owners: dict[str, str] = {}
    for device in devices:
        known = _known_as([i for i in device.identifiers if i.kind not in {"ip", "topic"}])
        if known:
            owners.update({i.value: known for i in device.identifiers if i.kind == "ip"})
    return owners


def _device(device: Device, owners: Mapping[str, str]) -> DevicePrint:
    rows: dict[str, list[Emission]] = {}
    for emission in device.emissions:
        rows.setdefault(emission.category, []).append(emission)
    unread = sum(item.octets for item in device.coverage.undecoded)
    return DevicePrint(
        id=device.id,
        name=label(device),
        role=device.role,
        identifiers=device.identifiers,
        maker=" ".join(filter(None, (device.vendor, device.model))),
        firmware=device.firmware,
        capabilities=device.capabilities,
        traits=tuple(_trait(category, rows[category]) for category in sorted(rows)),
        peers=tuple(
            Peer(host=r.host, address=r.address, role=r.role, known_as=owners.get(r.address, ""))
            for r in device.recipients
        ),
        octets=device.coverage.octets,
        unread_octets=device.coverage.missed_octets + unread,
    )


def _trait(category: str, emissions: Sequence[Emission]) -> Trait:
    surest = max(emissions, key=lambda e: e.confidence)
    windows = [e.window_seconds for e in emissions if _sensible(e.window_seconds)]
    counts = [e.smallest for e in emissions if _sensible(e.smallest)]
    shares = [
        e.recurrence.share for e in emissions if e.recurrence and _is_share(e.recurrence.share)
    ]
    return Trait(
        category=category,
        confidence=surest.confidence,
        direction=surest.direction,
        paths=_distinct(e.path for e in emissions),
        sure_paths=_distinct(e.path for e in emissions if e.confidence >= QUESTION),
        channels=_distinct(e.channel for e in emissions),
        protocols=_distinct(e.protocol for e in emissions),
        forms=_distinct(e.form for e in emissions),
        rhythm=fastest(emissions),
        longest_interval=longest_interval(surest),
        aggregate=all(e.window_seconds for e in emissions),
        window_seconds=min(filter(None, windows), default=None),
        smallest=min(filter(None, counts), default=None),
        recurrence=max((share for share in shares if share is not None), default=None),
        messages=max(e.messages for e in emissions),
    )


def _sensible(number: float | None) -> bool:
    """Return whether it can be a length of time or a count, in a file that may say anything."""
    return number is not None and 1e-3 < number < 1e9


def _is_share(share: float | None) -> bool:
    return share is not None and 0 <= share <= 1


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({text for text in texts if text}))
