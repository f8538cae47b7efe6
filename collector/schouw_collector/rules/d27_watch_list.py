"""D27: a vendor on the municipality's own list.  The list ships empty; its reasons are its own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from schouw_agent.report import Device, Emission
from schouw_collector.binding.selectors import host_fits
from schouw_collector.comparing.findings import device_subject, evidence_of, finding_id, owner_words
from schouw_collector.comparing.norms import cite
from schouw_collector.comparing.rule_context import RuleContext
from schouw_collector.declared.governance import WatchedVendor
from schouw_collector.plugins import Rule
from schouw_collector.records import Finding, Words
from schouw_collector.registers.register_entry import RegisterEntry
from schouw_collector.saying.phrasing import listed

TITLE = Words(
    nl="Leverancier op de aandachtslijst van de gemeente",
    en="Vendor on the municipality's watch list",
)
_NORMS = ("nis2-21", "bio2")
_BY_MAKER = 0.7
"""The vendor may be that of the network chip alone."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """By what a device was recognised."""

    words: Words
    confidence: float
    rows: tuple[tuple[str, Emission], ...] = ()


def examine(context: RuleContext) -> Iterator[Finding]:
    """Return one question for each row of the list and each entry, or device without one.

    Always for information: that the municipality wants to know of a vendor says nothing of what
    this device does.
    """
    watched = context.governance.watch_list if context.governance else ()
    for vendor in watched:
        bound: set[str] = set()
        for comparison in context.comparisons:
            bound.update(device.id for device in comparison.devices)
            yield from _said(context, vendor, comparison.entry, comparison.devices)
        for device in context.devices.values():
            if device.id not in bound:
                yield from _said(context, vendor, None, (device,))


def _said(
    context: RuleContext,
    vendor: WatchedVendor,
    entry: RegisterEntry | None,
    devices: tuple[Device, ...],
) -> Iterator[Finding]:
    found = {device.id: marks for device in devices if (marks := _marks(vendor, device))}
    stated = _stated(vendor, entry) if entry else ()
    marks = [*stated, *(mark for rows in found.values() for mark in rows)]
    if not marks:
        return
    unique = list({mark.words.en: mark for mark in marks}.values())
    seen, owner = listed(mark.words for mark in unique[:4]), owner_words(entry)
    decision = f" ({vendor.decision})" if vendor.decision else ""
    subject = entry.entry_id if entry else device_subject(devices[0])
    yield Finding(
        id=finding_id("D27", subject, aspect=vendor.name.casefold()),
        kind="question",
        rule_id="D27",
        severity="info",
        title=TITLE,
        entry_id=entry.entry_id if entry else "",
        device_ids=tuple(found),
        observed=Words(nl=f"Gezien: {seen.nl}.", en=f"Seen: {seen.en}."),
        declared=Words(
            nl=f"De gemeente wil weten waar “{vendor.name}” voorkomt{decision}. Haar reden: "
            f"“{vendor.reason}”.",
            en=f"The municipality wants to know where “{vendor.name}” occurs{decision}. Its "
            f"reason: “{vendor.reason}”.",
        ),
        difference=Words(
            nl="Dit past bij een naam of server op de eigen lijst van de gemeente. Over wat het "
            "apparaat doet, zegt dat niets.",
            en="This fits a name or server on the municipality's own list. Of what the device "
            "does it says nothing.",
        ),
        refutation=Words(
            nl="Bewijs dat het apparaat van een andere maker is, of alleen een onderdeel van deze "
            "maker heeft.",
            en="Proof that the device is of another maker, or only has a part of this maker.",
        ),
        action=Words(
            nl=f"Vraag {owner.nl} om de maker te bevestigen, en doe wat het besluit van de "
            "gemeente zegt.",
            en=f"Ask {owner.en} to confirm the maker, and do what the municipality's decision "
            "says.",
        ),
        norms=cite(_NORMS, context.register, entry),
        confidence=max(mark.confidence for mark in marks),
        evidence=evidence_of(row for mark in unique for row in mark.rows),
    )


def _marks(vendor: WatchedVendor, device: Device) -> list[_Mark]:
    marks = []
    if _names(vendor.name, device.vendor):
        marks.append(
            _Mark(
                Words(
                    nl=f"de maker van het apparaat of van zijn netwerkkaart: “{device.vendor}”",
                    en=f"the maker of the device or of its network chip: “{device.vendor}”",
                ),
                _BY_MAKER,
            )
        )
    for text in (device.model, *device.software):
        if _names(vendor.name, text):
            words = Words(nl=f"het apparaat noemt “{text}”", en=f"the device names “{text}”")
            marks.append(_Mark(words, 0.9))
    for recipient in device.recipients:
        if any(host_fits(pattern, recipient.host, recipient.address) for pattern in vendor.hosts):
            words = Words(nl=f"verkeer met {recipient.key}", en=f"traffic with {recipient.key}")
            rows = ((device.id, e) for e in device.emissions if e.recipient == recipient.key)
            marks.append(_Mark(words, 0.9, tuple(rows)))
    for emission in device.emissions:
        for name in emission.certificate_names:
            fits = any(host_fits(pattern, name, "") for pattern in vendor.hosts)
            if fits or _names(vendor.name, name):
                words = Words(nl=f"een certificaat voor “{name}”", en=f"a certificate for “{name}”")
                marks.append(_Mark(words, 0.9, ((device.id, emission),)))
    return marks


def _stated(vendor: WatchedVendor, entry: RegisterEntry) -> list[_Mark]:
    """Return where the register itself names the vendor."""
    texts = (entry.device.manufacturer, entry.device.model, entry.supplier, entry.operator)
    return [
        _Mark(Words(nl=f"het register noemt “{text}”", en=f"the register names “{text}”"), 1.0)
        for text in dict.fromkeys(texts)
        if _names(vendor.name, text)
    ]


def _names(name: str, text: str) -> bool:
    """Return whether a name stands in a text as a word or words of its own, in any case."""
    wanted = r"\s+".join(map(re.escape, name.casefold().split()))
    return bool(wanted) and bool(re.search(rf"(?<!\w){wanted}(?!\w)", text.casefold()))


RULE = Rule(
    id="D27",
    title=TITLE.en,
    reference="The municipality's own list in the governance file; NIS2 art. 21; BIO2",
    looks_at=Words(
        nl="Namen en servers op de aandachtslijst in het governancebestand: bij maker, model, "
        "programma's, certificaten en servers. Zonder lijst zegt de regel niets.",
        en="Names and servers on the watch list of the governance file: in maker, model, "
        "programs, certificates and servers. Without a list the rule says nothing.",
    ),
    examine=examine,
)
