"""D02: who a device is, or which entry it belongs to, is for a person to decide."""

from collections.abc import Iterator
from typing import cast

from schouw_collector.binding.replacements import Replacement, replacements
from schouw_collector.binding.selectors import SPECIFICITY, SelectorKind
from schouw_collector.comparing.findings import device_subject, finding_id
from schouw_collector.comparing.norms import cite
from schouw_collector.comparing.rule_context import RuleContext
from schouw_collector.plugins import Rule
from schouw_collector.records import Finding, IdentityConflict, Words
from schouw_collector.saying.phrasing import listed, same

TITLE = Words(
    nl="Kies bij welke inschrijving dit apparaat hoort",
    en="Decide which register entry this device belongs to",
)
_CONFLICT = Words(
    nl="Zoek uit of dit één apparaat is of meer",
    en="Find out whether this is one device or more",
)
_REPLACED = Words(
    nl="Is dit apparaat vervangen?",
    en="Has this device been replaced?",
)
_KINDS = {
    "dev_eui": Words(nl="het DevEUI", en="the DevEUI"),
    "serial": Words(nl="het serienummer", en="the serial number"),
    "mac": Words(nl="het MAC-adres", en="the MAC address"),
    "client_id": Words(nl="de client-id", en="the client id"),
    "name": Words(nl="de naam", en="the name"),
    "topic": Words(nl="het topic", en="the topic"),
}
_UNBOUND = Words(
    nl="Dit apparaat staat niet in het bindingsbestand.",
    en="This device is not in the bindings.",
)


def examine(context: RuleContext) -> Iterator[Finding]:
    """Return the questions that only people can answer.

    Unbound devices with the reference of an entry in their name; devices that bindings give to
    several entries; devices that may have replaced one; identifiers that contradict each other.
    """
    succeeded = {found.new.id: found for found in replacements(context)}
    for found in succeeded.values():
        yield _replaced(context, found)
    for device_id, entries in context.binding.candidates.items():
        if device_id not in succeeded:
            yield _candidate(context, device_id, entries)
    for device_id in context.binding.conflicts:
        yield _several(context, device_id)
    for conflict in context.who.conflicts:
        # One after the other: a replacement, or a new device that is bound already.
        if (conflict.same_time or conflict.kind != "client_id") and not _decided(context, conflict):
            yield _identity(context, conflict)


def _decided(context: RuleContext, conflict: IdentityConflict) -> bool:
    """Return whether people have bound each of the devices by what tells it from the others."""
    telling = SPECIFICITY[: SPECIFICITY.index(cast(SelectorKind, conflict.differ_in)) + 1]
    return all(
        any(bound.kind in telling for bound in context.binding.of_device.get(id_, ()))
        for id_ in conflict.device_ids
    )


def _candidate(context: RuleContext, device_id: str, entries: tuple[str, ...]) -> Finding:
    names = listed(same(entry) for entry in entries)
    return _question(
        context,
        (device_id,),
        device_subject(context.devices[device_id]),
        TITLE,
        observed=Words(
            nl=f"In de naam of het kanaal van dit apparaat staat: {names.nl}.",
            en=f"The name or channel of this device contains: {names.en}.",
        ),
        declared=_UNBOUND,
        difference=Words(
            nl="Het lijkt bij die inschrijving te horen, maar niemand heeft dat bevestigd.",
            en="It seems to belong to that entry, but nobody has confirmed it.",
        ),
    )


def _several(context: RuleContext, device_id: str) -> Finding:
    names = listed(same(bound.entry_id) for bound in context.binding.of_device[device_id])
    return _question(
        context,
        (device_id,),
        device_subject(context.devices[device_id]),
        TITLE,
        observed=Words(
            nl="Er is één apparaat gezien.",
            en="One device was seen.",
        ),
        declared=Words(
            nl=f"Het bindingsbestand koppelt dit apparaat aan: {names.nl}.",
            en=f"The bindings join this device to: {names.en}.",
        ),
        difference=Words(
            nl="De koppelingen botsen, of het apparaat hoort bij meer dan één inschrijving.",
            en="The bindings contradict each other, or the device belongs to several entries.",
        ),
    )


def _replaced(context: RuleContext, found: Replacement) -> Finding:
    kind = _KINDS[found.kind]
    last, first = found.old.last_seen.date().isoformat(), found.new.first_seen.date().isoformat()
    return _question(
        context,
        (found.old.id, found.new.id),
        found.entry_id,
        _REPLACED,
        entry_id=found.entry_id,
        aspect=f"replaced by {device_subject(found.new)}",
        observed=Words(
            nl=f"Het gekoppelde apparaat is na {last} niet meer gezien. Vanaf {first} gebruikt een "
            f"ander apparaat {kind.nl} “{found.value}”.",
            en=f"The bound device was not seen after {last}. From {first} another device uses "
            f"{kind.en} “{found.value}”.",
        ),
        declared=Words(
            nl=f"Het bindingsbestand koppelt het oude apparaat aan {found.entry_id}, en het nieuwe "
            "aan niets.",
            en=f"The bindings join the old device to {found.entry_id}, and the new one to nothing.",
        ),
        difference=Words(
            nl="Het nieuwe apparaat lijkt in de plaats van het oude te zijn gekomen. Wat het "
            "verstuurt, is nog niet met de inschrijving vergeleken.",
            en="The new device seems to have taken the place of the old one. What it sends has not "
            "been compared with the entry yet.",
        ),
    )


def _identity(context: RuleContext, conflict: IdentityConflict) -> Finding:
    shared, other = _KINDS[conflict.kind], _KINDS[conflict.differ_in]
    count = len(conflict.device_ids)
    when = (
        Words(nl="tegelijk of om en om", en="at the same time or by turns")
        if conflict.same_time
        else Words(nl="na elkaar", en="one after the other")
    )
    return _question(
        context,
        conflict.device_ids,
        f"{conflict.kind}:{conflict.value}",
        _CONFLICT,
        aspect=f"differ in {conflict.differ_in}",
        observed=Words(
            nl=f"{shared.nl.capitalize()} “{conflict.value}” is gezien bij {count} apparaten, "
            f"{when.nl}. Ze verschillen in {other.nl}.",
            en=f"{shared.en.capitalize()} “{conflict.value}” was seen at {count} devices, "
            f"{when.en}. They differ in {other.en}.",
        ),
        declared=Words(
            nl="Het bindingsbestand zegt niet wie van hen wie is.",
            en="The bindings do not say which of them is which.",
        ),
        difference=Words(
            nl="Het kan één apparaat zijn met twee nummers, een verkeerde instelling, of een "
            "apparaat dat zich voor een ander uitgeeft. Er is niets samengevoegd.",
            en="It may be one device with two numbers, a wrong setting, or a device that passes "
            "for another. Nothing was merged.",
        ),
    )


def _question(
    context: RuleContext,
    device_ids: tuple[str, ...],
    subject: str,
    title: Words,
    *,
    observed: Words,
    declared: Words,
    difference: Words,
    entry_id: str = "",
    aspect: str = "",
) -> Finding:
    return Finding(
        id=finding_id("D02", subject, aspect=aspect),
        kind="question",
        rule_id="D02",
        severity="info",
        title=title,
        entry_id=entry_id,
        device_ids=device_ids,
        aspect=aspect,
        observed=observed,
        declared=declared,
        difference=difference,
        refutation=Words(
            nl="Een koppeling in het bindingsbestand die iemand heeft gecontroleerd.",
            en="A binding that a person has checked.",
        ),
        action=Words(
            nl="Laat de beheerder van het sensornetwerk het bindingsbestand aanvullen.",
            en="Let the administrator of the sensor network complete the bindings file.",
        ),
        norms=cite(("gdpr-30",), context.register),
    )


RULE = Rule(
    id="D02",
    title=TITLE.en,
    reference="GDPR art. 30",
    examine=examine,
    looks_at=Words(
        nl="Apparaten met het kenmerk van een inschrijving in hun naam, apparaten die aan meer dan "
        "één inschrijving zijn gekoppeld, apparaten die een ander lijken te vervangen, en "
        "kenmerken die elkaar tegenspreken. Altijd vragen.",
        en="Devices with the reference of an entry in their name, devices bound to several "
        "entries, devices that seem to have replaced another, and identifiers that contradict "
        "each other. Always questions.",
    ),
)
