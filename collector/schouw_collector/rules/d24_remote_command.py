"""D24: who can tell a device what to do: from outside, without a password, or by another way.

That it can be told anything at all, and the register does not say so, is D03's.  The way by which
new firmware comes is usual, and not meant.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from schouw_agent.report import Device, Emission, Recipient
from schouw_agent.vocabulary import CATEGORIES
from schouw_collector.binding.selectors import host_fits
from schouw_collector.comparing.comparison import QUESTION, Comparison
from schouw_collector.comparing.endpoints import is_on_site
from schouw_collector.comparing.findings import evidence_of, finding_id, owner_words, worst_first
from schouw_collector.comparing.known_hosts import KnownHosts
from schouw_collector.comparing.norms import cite
from schouw_collector.comparing.rule_context import RuleContext
from schouw_collector.plugins import Rule
from schouw_collector.records import Finding, Words
from schouw_collector.registers.register_entry import RegisterEntry
from schouw_collector.saying.phrasing import category_names, listed, same

TITLE = Words(
    nl="Opdrachten van buiten of zonder controle", en="Commands from outside, or unchecked"
)
_NORMS = ("gdpr-32", "bio2")
_FIRMWARE = re.compile(
    r"(?:^|[/_.-])(?:f?ota|firmware|fw|updates?|upgrades?)(?:$|[/_.-])", re.IGNORECASE
)
_REFUTATION = Words(
    nl="Bewijs dat alleen de eigen besturing deze opdrachten kan geven.",
    en="Proof that only the owner's control system can give these commands.",
)
Row = tuple[str, Emission]


def examine(context: RuleContext) -> Iterator[Finding]:
    """Return questions on commands to devices; who gave them was not seen.

    For each entry: a server in between that nobody answers for, and a protocol that the register
    does not name.  For each broker once: commands to devices that log in without a password.
    """
    answered_for = KnownHosts(context)
    for comparison in context.comparisons:
        rows = [row for device in comparison.devices for row in _commands(device)]
        if rows:
            yield from _from_outside(context, comparison, answered_for.of(comparison.entry))
            yield from _other_protocol(context, comparison.entry, rows)
    yield from _open(context)


def _commands(device: Device) -> list[Row]:
    return [
        (device.id, e)
        for e in device.emissions
        if e.direction == "received"
        and e.confidence >= QUESTION
        and e.category in CATEGORIES
        and not CATEGORIES[e.category].ancillary
        and not _FIRMWARE.search(e.channel)
    ]


def _brokers(device: Device) -> list[Recipient]:
    return [r for r in device.recipients if r.role == "broker"]


def _from_outside(
    context: RuleContext, comparison: Comparison, known: Sequence[str]
) -> Iterator[Finding]:
    """Yield a question for each server outside that commands came by.

    Not if the device is joined to a server that is answered for as well: then which one the
    commands came by was not seen.
    """
    entry = comparison.entry
    by_server: dict[str, list[Row]] = {}
    for device in comparison.devices:
        brokers = _brokers(device)
        if any(_is_near(broker, known) for broker in brokers):
            continue
        for broker in brokers:
            if rows := [row for row in _commands(device) if row[1].protocol == "mqtt"]:
                by_server.setdefault(broker.key, []).extend(rows)
    for key, rows in sorted(by_server.items()):
        what, owner = category_names(worst_first(rows)), owner_words(entry)
        yield _finding(
            context,
            entry,
            rows,
            recipient=key,
            severity="medium",
            observed=Words(
                nl=f"Opdrachten komen via {key}: {what.nl}. Wie ze geeft, is niet gezien.",
                en=f"Commands come by way of {key}: {what.en}. Who gives them was not seen.",
            ),
            declared=Words(
                nl=f"De inschrijving, het bindingsbestand en de contracten noemen {key} niet.",
                en=f"The entry, the bindings and the contracts do not name {key}.",
            ),
            difference=Words(
                nl="Wie deze server beheert, kan dit apparaat bedienen.",
                en="Whoever runs this server can operate this device.",
            ),
            action=Words(
                nl=f"Vraag {owner.nl} van wie deze server is en wie opdrachten mag geven.",
                en=f"Ask {owner.en} whose server this is and who may give commands.",
            ),
        )


def _is_near(broker: Recipient, known: Iterable[str]) -> bool:
    if is_on_site(broker.address):
        return True
    return any(host_fits(pattern, broker.host, broker.address) for pattern in known)


def _other_protocol(
    context: RuleContext, entry: RegisterEntry, rows: list[Row]
) -> Iterator[Finding]:
    named = {protocol.casefold() for protocol in entry.network.protocols}
    other = [row for row in rows if named and row[1].protocol.casefold() not in named]
    if not other:
        return
    ways = listed(same(p) for p in sorted({e.protocol for _, e in other}))
    stated, owner = listed(same(p) for p in entry.network.protocols), owner_words(entry)
    what = category_names(worst_first(other))
    yield _finding(
        context,
        entry,
        other,
        aspect="protocol",
        severity="low",
        observed=Words(
            nl=f"Opdrachten komen met {ways.nl}: {what.nl}.",
            en=f"Commands come by {ways.en}: {what.en}.",
        ),
        declared=Words(
            nl=f"Het register noemt als protocollen: {stated.nl}.",
            en=f"The register names as protocols: {stated.en}.",
        ),
        difference=Words(
            nl="Langs deze weg is bediening niet aangemeld.",
            en="Operation by this way is not declared.",
        ),
        action=Words(
            nl=f"Vraag {owner.nl} of deze weg nodig is, en wie hem mag gebruiken.",
            en=f"Ask {owner.en} whether this way is needed, and who may use it.",
        ),
    )


def _open(context: RuleContext) -> Iterator[Finding]:
    """Yield one question for each broker by which anybody may command devices."""
    by_broker: dict[str, list[Row]] = {}
    for device in context.devices.values():
        rows = [row for row in _commands(device) if row[1].protocol == "mqtt"]
        brokers = _brokers(device)
        # With two brokers it was not seen which one lets it in, nor which one the command came by.
        if rows and device.authentication == "none" and len(brokers) == 1:
            by_broker.setdefault(brokers[0].key, []).extend(rows)
    for key, rows in sorted(by_broker.items()):
        devices = len({device_id for device_id, _ in rows})
        what = category_names(worst_first(rows))
        yield _finding(
            context,
            None,
            rows,
            recipient=key,
            aspect="open",
            severity="medium",
            observed=Words(
                nl=f"Via {key} komen opdrachten binnen: {what.nl}. Aantal apparaten: {devices}. "
                "Zij loggen daar in zonder wachtwoord of certificaat.",
                en=f"Commands come in by way of {key}: {what.en}. Number of devices: {devices}. "
                "They log in there without a password or certificate.",
            ),
            declared=Words(
                nl="Het register zegt niet wie opdrachten mag geven.",
                en="The register does not say who may give commands.",
            ),
            difference=Words(
                nl="Wie deze server kan bereiken, kan mogelijk ook opdrachten geven.",
                en="Whoever can reach this server may be able to give commands as well.",
            ),
            action=Words(
                nl="Laat de beheerder van de server instellen wie op deze onderwerpen mag "
                "schrijven, met een eigen wachtwoord of certificaat.",
                en="Let the administrator of the server set who may write to these topics, with a "
                "password or certificate of their own.",
            ),
        )


def _finding(
    context: RuleContext,
    entry: RegisterEntry | None,
    rows: list[Row],
    *,
    recipient: str = "",
    aspect: str = "",
    **said: object,
) -> Finding:
    category = worst_first(rows)[0]
    subject = entry.entry_id if entry else recipient
    sure = max(e.confidence for _, e in rows)
    return Finding.model_validate(
        {
            "id": finding_id("D24", subject, "", recipient, aspect),
            "kind": "question",
            "rule_id": "D24",
            "title": TITLE,
            "entry_id": entry.entry_id if entry else "",
            "device_ids": tuple(dict.fromkeys(device_id for device_id, _ in rows)),
            "category": category,
            "recipient": recipient,
            "refutation": _REFUTATION,
            "norms": cite(_NORMS, context.register, entry),
            "confidence": min(sure, context.binding_confidence(entry.entry_id)) if entry else sure,
            "evidence": evidence_of(rows),
            **said,
        }
    )


RULE = Rule(
    id="D24",
    title=TITLE.en,
    reference="GDPR art. 32; BIO2",
    looks_at=Words(
        nl="Opdrachten aan een apparaat (licht, geur, borden): via een server van buiten die "
        "niemand noemt, via een server zonder wachtwoord, of met een ander protocol dan "
        "aangemeld. Nieuwe firmware telt niet mee.",
        en="Commands to a device (light, scent, signs): by a server from outside that nobody "
        "names, by a server without a password, or by another protocol than declared. New "
        "firmware does not count.",
    ),
    examine=examine,
)
