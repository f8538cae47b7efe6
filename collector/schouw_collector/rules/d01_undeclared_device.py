"""D01: a device that sends data, and that belongs to no entry as far as is stated.

Unbound: nobody has said yet which entry it is; a question.  Undeclared: somebody looked it up and
found that no entry declares it; a finding.  Out of scope: the register is not about it; nothing.
"""

from collections.abc import Iterator

from schouw_agent.report import Device
from schouw_collector.binding.binding_file import NoEntry
from schouw_collector.binding.replacements import replacements
from schouw_collector.comparing.comparison import QUESTION, Observed, observe
from schouw_collector.comparing.findings import (
    device_subject,
    evidence_of,
    finding_id,
    kind_of,
    rank_of,
    severity_of,
)
from schouw_collector.comparing.norms import cite
from schouw_collector.comparing.own_answers import OwnServers
from schouw_collector.comparing.rule_context import RuleContext
from schouw_collector.plugins import Rule
from schouw_collector.records import Finding, Severity, Words
from schouw_collector.saying.phrasing import category_names, listed, same

TITLE = Words(
    nl="Niet bekend bij welke inschrijving dit apparaat hoort",
    en="Not known which register entry this device belongs to",
)
_UNDECLARED = Words(
    nl="Dit apparaat staat niet in het register",
    en="This device is not in the register",
)
_NORMS = ("gdpr-30", "ap-smart-cities-2021", "apv-amsterdam-2-25a")


def examine(context: RuleContext) -> Iterator[Finding]:
    """Return a question for each unbound device that sends data, the most sensitive first.

    A finding only if a person has looked it up.  Devices that seem to belong to an entry, or to
    have replaced one that does, are D02's.
    """
    successors = {found.new.id for found in replacements(context)}
    own = OwnServers(context)
    for device_id in context.binding.unbound:
        if device_id in context.binding.candidates or device_id in successors:
            continue
        device = own.without_own_answers(context.devices[device_id])
        sent = tuple(e for e in device.emissions if e.direction != "received")
        sender = device.model_copy(update={"emissions": sent})
        seen = [o for o in observe([sender]).values() if o.confidence >= QUESTION]
        if seen:
            yield _finding(context, device, seen, context.binding.undeclared.get(device_id))


def _finding(
    context: RuleContext, device: Device, seen: list[Observed], looked_up: NoEntry | None
) -> Finding:
    what = category_names(o.category for o in sorted(seen, key=lambda o: (-o.rank, o.category)))
    to = listed(
        same(r) for r in sorted({e.recipient for o in seen for _, e in o.emissions if e.recipient})
    )
    worst = max(rank_of(o.category) for o in seen)
    opaque = any(o.category == "opaque_payload" for o in seen)
    matters = worst > 1 or opaque or looked_up is not None
    severity: Severity = severity_of(worst) if matters else "info"
    confidence = max(o.confidence for o in seen)
    return Finding(
        id=finding_id("D01", device_subject(device)),
        kind=kind_of(confidence) if looked_up else "question",
        rule_id="D01",
        severity=severity,
        title=_UNDECLARED if looked_up else TITLE,
        device_ids=(device.id,),
        observed=Words(
            nl=f"Een apparaat verstuurt {what.nl}. Dit gaat naar: {to.nl}.",
            en=f"A device sends {what.en}. It goes to: {to.en}.",
        ),
        declared=_declared(context, device.id, looked_up),
        difference=_difference(looked_up),
        refutation=Words(
            nl="Een koppeling in het bindingsbestand aan een inschrijving, of uitleg waarom dit "
            "apparaat niet in het register hoort.",
            en="A binding of this device to a register entry, or an explanation why it does not "
            "belong in the register.",
        ),
        action=_action(looked_up),
        norms=cite(_NORMS, context.register),
        confidence=confidence,
        evidence=evidence_of(row for o in seen for row in o.emissions),
    )


def _declared(context: RuleContext, device_id: str, looked_up: NoEntry | None) -> Words:
    if looked_up is not None:
        on = f" ({looked_up.set_on.isoformat()})" if looked_up.set_on else ""
        return Words(
            nl=f"Uitgezocht door {looked_up.set_by}{on}: geen inschrijving noemt dit apparaat. "
            f"Toelichting: {looked_up.reason.rstrip('.')}.",
            en=f"Looked up by {looked_up.set_by}{on}: no entry declares this device. "
            f"Explanation: {looked_up.reason.rstrip('.')}.",
        )
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


def _difference(looked_up: NoEntry | None) -> Words:
    if looked_up is not None:
        return Words(
            nl="Het apparaat verstuurt gegevens en is niet aangemeld.",
            en="The device sends data and is not declared.",
        )
    return Words(
        nl="Niet gekoppeld is niet hetzelfde als niet aangemeld. Het kan een aangemelde sensor "
        "zijn die nog niet is gekoppeld, een sensor die niet in het register staat, of een "
        "apparaat waar het register niet over gaat.",
        en="Not bound is not the same as not declared. It may be a declared sensor that is not "
        "bound yet, a sensor that is not in the register, or a device that the register is not "
        "about.",
    )


def _action(looked_up: NoEntry | None) -> Words:
    if looked_up is not None:
        return Words(
            nl="Vraag de eigenaar om dit apparaat aan te melden, of om het uit te zetten.",
            en="Ask the owner to have this device registered, or to switch it off.",
        )
    return Words(
        nl="Zoek uit van wie dit apparaat is. Koppel het aan een inschrijving, vraag de eigenaar "
        "om het aan te melden, of leg vast waarom het er niet in hoort.",
        en="Find out whose device this is. Bind it to an entry, ask the owner to have it "
        "registered, or record why it does not belong there.",
    )


RULE = Rule(
    id="D01",
    title=TITLE.en,
    reference="GDPR art. 30; APV Amsterdam art. 2.25a",
    examine=examine,
    looks_at=Words(
        nl="Apparaten die gegevens versturen en die aan geen inschrijving zijn gekoppeld. Een "
        "bevinding pas als iemand heeft uitgezocht dat het apparaat niet is aangemeld.",
        en="Devices that send data and are bound to no entry. A finding only if somebody has "
        "looked up that the device is not declared.",
    ),
)
