"""D02: which entry a device belongs to is for a person to decide."""

from collections.abc import Iterator

from schouw_collector.findings import device_subject, finding_id
from schouw_collector.norms import cite
from schouw_collector.phrasing import listed, same
from schouw_collector.plugins import Rule
from schouw_collector.records import Finding, Words
from schouw_collector.rule_context import RuleContext

TITLE = Words(
    nl="Kies bij welke inschrijving dit apparaat hoort",
    en="Decide which register entry this device belongs to",
)


def examine(context: RuleContext) -> Iterator[Finding]:
    """Return a question for each unbound device with candidates, and each device with conflicts."""
    binding = context.binding
    for device_id, entries in binding.candidates.items():
        names = listed(same(entry) for entry in entries)
        yield _question(
            context,
            device_id,
            observed=Words(
                nl=f"In de naam of het kanaal van dit apparaat staat: {names.nl}.",
                en=f"The name or channel of this device contains: {names.en}.",
            ),
            declared=Words(
                nl="Dit apparaat staat niet in het bindingsbestand.",
                en="This device is not in the bindings.",
            ),
            difference=Words(
                nl="Het lijkt bij die inschrijving te horen, maar niemand heeft dat bevestigd.",
                en="It seems to belong to that entry, but nobody has confirmed it.",
            ),
        )
    for device_id in binding.conflicts:
        names = listed(same(bound.entry_id) for bound in binding.of_device[device_id])
        yield _question(
            context,
            device_id,
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


def _question(
    context: RuleContext, device_id: str, observed: Words, declared: Words, difference: Words
) -> Finding:
    return Finding(
        id=finding_id("D02", device_subject(context.devices[device_id])),
        kind="question",
        rule_id="D02",
        severity="info",
        title=TITLE,
        device_ids=(device_id,),
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
    looks_at=Words(
        nl="Apparaten zonder koppeling waarvan de naam een inschrijving noemt, en apparaten "
        "die de koppelingen aan meer dan één inschrijving geven. Altijd een vraag.",
        en="Devices without a binding whose name holds an entry, and devices that the "
        "bindings give to more than one entry. Always a question.",
    ),
    examine=examine,
)
