"""D14: the date until which, or from which, the register says that the sensor is there."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date

from schouw_agent.report import Device
from schouw_collector.comparing.comparison import Comparison
from schouw_collector.comparing.findings import Kind, finding_id, kind_of, owner_words
from schouw_collector.comparing.norms import cite
from schouw_collector.comparing.rule_context import RuleContext
from schouw_collector.plugins import Rule
from schouw_collector.records import Finding, Severity, Words
from schouw_collector.registers.register_entry import RegisterEntry

TITLE = Words(
    nl="De datum in het register klopt mogelijk niet",
    en="The date in the register may not be right",
)
_SOON_DAYS = 60
_NOT_SEEN = Words(
    nl="Of de sensor nog gegevens verstuurt, is hier niet gezien.",
    en="Whether the sensor still sends data was not seen here.",
)
_DECISION = Words(
    nl="Een besluit met een andere datum, of een verbeterde inschrijving.",
    en="A decision with another date, or a corrected entry.",
)


def examine(context: RuleContext) -> Iterator[Finding]:
    """Return at most one finding or question for each date of each entry.

    A finding when the device was seen sending after the last day; a question when only the
    register says so, or when it was seen before the first day.  Days are those of UTC.
    """
    for comparison in context.comparisons:
        entry = comparison.entry
        late = _sending(comparison, after=entry.active_until)
        early = _sending(comparison, before=entry.active_from)
        if late:
            yield _still_sending(context, entry, late)
        elif entry.active_until and entry.active_until < context.day:
            yield _expired(context, entry)
        elif entry.active_until and (entry.active_until - context.day).days <= _SOON_DAYS:
            yield _soon(context, entry)
        if early:
            yield _too_early(context, entry, early)


def _sending(
    comparison: Comparison, *, after: date | None = None, before: date | None = None
) -> list[Device]:
    """Return the entry's devices that sent something after, or before, a day."""
    return [
        device
        for device in comparison.devices
        for sent in [[e for e in device.emissions if e.direction == "sent"]]
        if (after and any(e.last_seen.astimezone(UTC).date() > after for e in sent))
        or (before and any(e.first_seen.astimezone(UTC).date() < before for e in sent))
    ]


def _still_sending(
    context: RuleContext, entry: RegisterEntry, devices: Sequence[Device]
) -> Finding:
    confidence = context.binding_confidence(entry.entry_id)
    last = max(d.last_seen for d in devices).astimezone(UTC).date()
    return _finding(
        context,
        entry,
        "expired",
        kind_of(confidence),
        "medium",
        devices=devices,
        confidence=confidence,
        observed=Words(
            nl=f"Op {last} is gezien dat de sensor gegevens verstuurt.",
            en=f"On {last} the sensor was seen sending data.",
        ),
        declared=_until(entry),
        difference=Words(
            nl="De einddatum is voorbij, en de sensor verstuurt nog gegevens.",
            en="The end date has passed, and the sensor still sends data.",
        ),
        action=(
            "de sensor uit te zetten, of een nieuwe datum te laten vaststellen",
            "to switch the sensor off, or to have a new date decided",
        ),
    )


def _expired(context: RuleContext, entry: RegisterEntry) -> Finding:
    return _finding(
        context,
        entry,
        "expired",
        "question",
        "low",
        observed=_NOT_SEEN,
        declared=_until(entry),
        difference=Words(
            nl="De einddatum is voorbij, en de inschrijving staat er nog.",
            en="The end date has passed, and the entry is still there.",
        ),
        action=(
            "na te gaan of de sensor weg is, en het register bij te werken",
            "to check whether the sensor is gone, and to update the register",
        ),
    )


def _soon(context: RuleContext, entry: RegisterEntry) -> Finding:
    return _finding(
        context,
        entry,
        "ends soon",
        "question",
        "info",
        observed=_NOT_SEEN,
        declared=_until(entry),
        difference=Words(
            nl=f"De einddatum is binnen {_SOON_DAYS} dagen.",
            en=f"The end date is within {_SOON_DAYS} days.",
        ),
        action=(
            "de sensor op tijd weg te halen, of een nieuwe datum te laten vaststellen",
            "to remove the sensor in time, or to have a new date decided",
        ),
    )


def _too_early(context: RuleContext, entry: RegisterEntry, devices: Sequence[Device]) -> Finding:
    first = min(d.first_seen for d in devices).astimezone(UTC).date()
    return _finding(
        context,
        entry,
        "before its start",
        "question",
        "low",
        devices=devices,
        confidence=context.binding_confidence(entry.entry_id),
        observed=Words(
            nl=f"Op {first} is gezien dat de sensor gegevens verstuurt.",
            en=f"On {first} the sensor was seen sending data.",
        ),
        declared=Words(
            nl=f"In gebruik volgens het register vanaf {entry.active_from}.",
            en=f"In use, according to the register, from {entry.active_from}.",
        ),
        difference=Words(
            nl="De begindatum moet nog komen, en de sensor verstuurt al gegevens. Het kan een "
            "proef of een installatie zijn.",
            en="The start date is still to come, and the sensor already sends data. It may be a "
            "test or an installation.",
        ),
        action=("na te gaan sinds wanneer de sensor werkt", "to check since when the sensor works"),
    )


def _until(entry: RegisterEntry) -> Words:
    return Words(
        nl=f"In gebruik volgens het register tot en met {entry.active_until}.",
        en=f"In use, according to the register, until {entry.active_until} inclusive.",
    )


def _finding(
    context: RuleContext,
    entry: RegisterEntry,
    aspect: str,
    kind: Kind,
    severity: Severity,
    *,
    observed: Words,
    declared: Words,
    difference: Words,
    action: tuple[str, str],
    devices: Sequence[Device] = (),
    confidence: float = 1.0,
) -> Finding:
    owner = owner_words(entry)
    return Finding(
        id=finding_id("D14", entry.entry_id, aspect=aspect),
        kind=kind,
        rule_id="D14",
        severity=severity,
        title=TITLE,
        entry_id=entry.entry_id,
        device_ids=tuple(device.id for device in devices),
        observed=observed,
        declared=declared,
        difference=difference,
        refutation=_DECISION,
        action=Words(nl=f"Vraag {owner.nl} om {action[0]}.", en=f"Ask {owner.en} {action[1]}."),
        norms=cite(("gdpr-5-1-e", "gdpr-5-2", "apv-amsterdam-2-25a"), context.register, entry),
        confidence=confidence,
    )


RULE = Rule(
    id="D14",
    title=TITLE.en,
    reference="GDPR art. 5(1)(e) and 5(2); APV Amsterdam art. 2.25a",
    looks_at=Words(
        nl="De begin- en einddatum in het register: of zij voorbij of dichtbij zijn, en apparaten "
        "die daarbuiten gegevens versturen.",
        en="The first and last date in the register: whether they are past or near, and devices "
        "that send data outside them.",
    ),
    examine=examine,
    needs_traffic=False,
)
