"""D01: a device that no binding joins to an entry, and that looks like none of them."""

from collections.abc import Iterator

from schouw_agent.report import Device
from schouw_collector.comparison import QUESTION, Observed, observe
from schouw_collector.findings import (
    device_subject,
    evidence_of,
    finding_id,
    rank_of,
    severity_of,
)
from schouw_collector.norms import cite
from schouw_collector.phrasing import category_names, listed, same
from schouw_collector.plugins import Rule
from schouw_collector.records import Finding, Severity, Words
from schouw_collector.rule_context import RuleContext

TITLE = Words(
    nl="Niet bekend bij welke inschrijving dit apparaat hoort",
    en="Not known which register entry this device belongs to",
)
_NORMS = ("gdpr-30", "ap-smart-cities-2021", "apv-amsterdam-2-25a")


def examine(context: RuleContext) -> Iterator[Finding]:
    """Return a question for each unbound device that sends data and has no candidate entry.

    Never a finding: it may be a municipal sensor that is not bound yet, or no sensor at all.
    """
    for device_id in context.binding.unbound:
        if device_id in context.binding.candidates:
            continue
        device = context.devices[device_id]
        sent = tuple(e for e in device.emissions if e.direction != "received")
        sender = device.model_copy(update={"emissions": sent})
        seen = [o for o in observe([sender]).values() if o.confidence >= QUESTION]
        if seen:
            yield _question(context, device, seen)


def _question(context: RuleContext, device: Device, seen: list[Observed]) -> Finding:
    what = category_names(o.category for o in sorted(seen, key=lambda o: (-o.rank, o.category)))
    to = listed(
        same(r) for r in sorted({e.recipient for o in seen for _, e in o.emissions if e.recipient})
    )
    worst = max(rank_of(o.category) for o in seen)
    opaque = any(o.category == "opaque_payload" for o in seen)
    severity: Severity = severity_of(worst) if worst > 1 or opaque else "info"
    return Finding(
        id=finding_id("D01", device_subject(device)),
        kind="question",
        rule_id="D01",
        severity=severity,
        title=TITLE,
        device_ids=(device.id,),
        observed=Words(
            nl=f"Een apparaat verstuurt {what.nl}. Dit gaat naar: {to.nl}.",
            en=f"A device sends {what.en}. It goes to: {to.en}.",
        ),
        declared=_declared(context, device.id),
        difference=Words(
            nl="Het kan een aangemelde sensor zijn die nog niet is gekoppeld. "
            "Het kan ook een apparaat zijn dat niet in het register staat.",
            en="It may be a declared sensor that is not bound yet. "
            "It may also be a device that is not in the register.",
        ),
        refutation=Words(
            nl="Een koppeling in het bindingsbestand aan een inschrijving.",
            en="A binding of this device to a register entry.",
        ),
        action=Words(
            nl="Zoek uit van wie dit apparaat is. Koppel het aan een inschrijving, "
            "of vraag de eigenaar om het aan te melden.",
            en="Find out whose device this is. Bind it to an entry, "
            "or ask the owner to have it registered.",
        ),
        norms=cite(_NORMS, context.register),
        confidence=max(o.confidence for o in seen),
        evidence=evidence_of(row for o in seen for row in o.emissions),
    )


def _declared(context: RuleContext, device_id: str) -> Words:
    broken = context.binding.unreadable.get(device_id)
    if broken is not None:
        return Words(
            nl=f"Het bindingsbestand noemt inschrijving {broken}, maar die is niet leesbaar.",
            en=f"The bindings name entry {broken}, but that entry could not be read.",
        )
    return Words(
        nl="Dit apparaat staat niet in het bindingsbestand.",
        en="This device is not in the bindings.",
    )


RULE = Rule(
    id="D01",
    title=TITLE.en,
    reference="GDPR art. 30; APV Amsterdam art. 2.25a",
    looks_at=Words(
        nl="Apparaten die gegevens versturen, die geen koppeling bij een inschrijving "
        "brengt, en waarvan de naam ook niet op een inschrijving lijkt. Altijd een vraag.",
        en="Devices that send data, that no binding joins to an entry, and whose name "
        "resembles no entry either. Always a question.",
    ),
    examine=examine,
)
