"""D13: sensitive data without encryption, senders that nobody checks, passwords in the clear."""

from collections.abc import Iterator

from schouw_agent.report import Device, Emission
from schouw_collector.comparison import QUESTION, observe
from schouw_collector.endpoints import Endpoint, endpoints
from schouw_collector.findings import (
    PERSONAL,
    PSEUDONYMOUS,
    device_subject,
    evidence_of,
    finding_id,
    kind_of,
    owner_words,
    rank_of,
    worst_first,
)
from schouw_collector.norms import cite
from schouw_collector.phrasing import category_names, listed, same
from schouw_collector.plugins import Rule
from schouw_collector.records import Finding, Words
from schouw_collector.register_entry import RegisterEntry
from schouw_collector.rule_context import RuleContext

TITLE = Words(nl="Onvoldoende beveiligd onderweg", en="Not well protected on the way")
_NORMS = ("gdpr-32", "bio2")
_MUNICIPAL_ACTION = Words(
    nl="Laat de beheerder van de server versleuteling en een eigen wachtwoord of certificaat "
    "voor elk apparaat instellen.",
    en="Let the administrator of the server require encryption, and a password or certificate "
    "of its own for each device.",
)


def examine(context: RuleContext) -> Iterator[Finding]:
    """Return findings and questions on encryption and authentication, each cause once.

    Sensitive data in the clear: once for each entry or unbound device, whoever gets them.
    Passwords in the clear: once for each entry or other device.  No authentication: once for each
    broker.  About a device without an entry there are only questions.
    """
    for entry, devices in _subjects(context):
        yield from _in_the_clear(context, entry, devices)
        yield from _credentials(context, entry, devices)
    for device_id in context.binding.infrastructure:
        yield from _credentials(context, None, (context.devices[device_id],))
    yield from _nobody_checks(context)


def _subjects(context: RuleContext) -> Iterator[tuple[RegisterEntry | None, tuple[Device, ...]]]:
    for comparison in context.comparisons:
        yield comparison.entry, comparison.devices
    for device_id in context.binding.unbound:
        yield None, (context.devices[device_id],)


def _in_the_clear(
    context: RuleContext, entry: RegisterEntry | None, devices: tuple[Device, ...]
) -> Iterator[Finding]:
    open_ends = [e for e in endpoints(devices) if e.transport_security == "none"]
    ends = [(end, rows) for end in open_ends if (rows := _sensitive(end))]
    if not ends:
        return
    rows = [row for _, found in ends for row in found]
    categories, to = worst_first(rows), listed(same(end.key) for end, _ in ends)
    worst, what = categories[0], category_names(categories)
    confidence = max(e.confidence for _, e in rows)
    hosts = context.bindings.municipal_hosts
    leaves = any(not end.on_site and not end.is_one_of(hosts) for end, _ in ends)
    yield Finding(
        id=finding_id("D13", _subject(entry, devices), worst),
        kind=kind_of(confidence) if entry else "question",
        rule_id="D13",
        severity="high" if rank_of(worst) >= PERSONAL and leaves else "medium",
        title=TITLE,
        entry_id=entry.entry_id if entry else "",
        device_ids=tuple(dict.fromkeys(device_id for device_id, _ in rows)),
        category=worst,
        observed=Words(
            nl=f"Zonder versleuteling naar {to.nl}: {what.nl}.",
            en=f"Without encryption to {to.en}: {what.en}.",
        ),
        declared=_nothing_declared(),
        difference=Words(
            nl="Wie op dit deel van het netwerk kan meekijken, kan deze gegevens lezen.",
            en="Whoever can look on at this part of the network can read these data.",
        ),
        refutation=Words(
            nl="Bewijs dat de verbinding op een andere laag is versleuteld, zoals met een VPN "
            "die hier niet te zien is.",
            en="Proof that the connection is encrypted at another layer, such as a VPN that "
            "cannot be seen here.",
        ),
        action=_ask_for_protection(entry),
        norms=cite(_NORMS, context.register, entry),
        confidence=confidence,
        evidence=evidence_of(rows),
    )


def _sensitive(endpoint: Endpoint) -> list[tuple[str, Emission]]:
    return [
        (device_id, e)
        for device_id, e in endpoint.emissions
        if rank_of(e.category) >= PSEUDONYMOUS and e.confidence >= QUESTION
    ]


def _credentials(
    context: RuleContext, entry: RegisterEntry | None, devices: tuple[Device, ...]
) -> Iterator[Finding]:
    seen = observe(devices).get("credential")
    by_login = [d.id for d in devices if d.authentication == "password in clear"]
    confidence = max(seen.confidence if seen else 0.0, 0.95 if by_login else 0.0)
    if confidence < QUESTION:
        return
    ids = dict.fromkeys([*(seen.device_ids if seen else ()), *by_login])
    yield Finding(
        id=finding_id("D13", _subject(entry, devices), "credential"),
        kind=kind_of(confidence) if entry else "question",
        rule_id="D13",
        severity="medium",
        title=TITLE,
        entry_id=entry.entry_id if entry else "",
        device_ids=tuple(ids),
        category="credential",
        observed=Words(
            nl="Een wachtwoord of token gaat leesbaar over het netwerk. "
            "Het is niet bewaard en staat niet in dit verslag.",
            en="A password or token crosses the network in readable form. "
            "It was not kept and is not in this report.",
        ),
        declared=_nothing_declared(),
        difference=Words(
            nl="Wie op dit deel van het netwerk kan meekijken, kan zich als dit apparaat voordoen.",
            en="Whoever can look on at this part of the network can pose as this device.",
        ),
        refutation=Words(
            nl="Bewijs dat dit geen geheim is, of maar één keer geldig.",
            en="Proof that it is no secret, or valid only once.",
        ),
        action=_ask_for_protection(entry),
        norms=cite(_NORMS, context.register, entry),
        confidence=confidence,
        evidence=evidence_of(seen.emissions) if seen else (),
    )


def _nobody_checks(context: RuleContext) -> Iterator[Finding]:
    """Return one question for each broker that takes messages from devices without a password."""
    open_to = [d for d in context.devices.values() if d.authentication == "none"]
    for endpoint in endpoints(open_to):
        # A subscriber takes deliveries; only a broker could ask for a password.
        if endpoint.recipient is None or endpoint.recipient.role != "broker":
            continue
        sent = [row for row in endpoint.emissions if row[1].direction == "sent"]
        rows = [row for row in sent if row[1].protocol == "mqtt"]
        if not rows:
            continue
        ids = tuple(dict.fromkeys(device_id for device_id, _ in rows))
        yield Finding(
            id=finding_id("D13", endpoint.key, recipient=endpoint.key, aspect="authentication"),
            kind="question",
            rule_id="D13",
            severity="low",
            title=TITLE,
            device_ids=ids,
            recipient=endpoint.key,
            observed=Words(
                nl=f"{endpoint.key} neemt berichten aan zonder wachtwoord of certificaat. "
                f"Aantal apparaten: {len(ids)}.",
                en=f"{endpoint.key} takes messages without a password or certificate. "
                f"Number of devices: {len(ids)}.",
            ),
            declared=_nothing_declared(),
            difference=Words(
                nl="Niemand controleert wie hier berichten stuurt. Metingen kunnen vervalst zijn.",
                en="Nobody checks who sends messages here. Measurements may be forged.",
            ),
            refutation=Words(
                nl="Bewijs dat de server op een andere manier nagaat wie er verbinding maakt.",
                en="Proof that the server checks in another way who connects.",
            ),
            action=_MUNICIPAL_ACTION,
            norms=cite(_NORMS, context.register),
            confidence=0.9,
            evidence=evidence_of(rows),
        )


def _subject(entry: RegisterEntry | None, devices: tuple[Device, ...]) -> str:
    return entry.entry_id if entry else device_subject(devices[0])


def _nothing_declared() -> Words:
    return Words(
        nl="Het register zegt hier niets over. De beveiliging moet passen bij de gegevens.",
        en="The register says nothing of this. The protection must suit the data.",
    )


def _ask_for_protection(entry: RegisterEntry | None) -> Words:
    owner = owner_words(entry)
    return Words(
        nl=f"Vraag {owner.nl} om deze verbinding te versleutelen.",
        en=f"Ask {owner.en} to encrypt this connection.",
    )


RULE = Rule(id="D13", title=TITLE.en, reference="GDPR art. 32; BIO2", examine=examine)
