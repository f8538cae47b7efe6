"""D26: passwords that others can read, and servers that ask for none.

That data can be read on the way is D13's.  Whether a password is the one that the maker set cannot
be known without the password, which is never kept: of that nothing is said.
"""

from collections.abc import Iterator

from schouw_agent.report import Device
from schouw_collector.comparing.comparison import QUESTION, observe
from schouw_collector.comparing.endpoints import endpoints
from schouw_collector.comparing.findings import (
    NO_WORD_ON_PROTECTION,
    device_subject,
    evidence_of,
    finding_id,
    kind_of,
    owner_words,
)
from schouw_collector.comparing.norms import cite
from schouw_collector.comparing.rule_context import RuleContext
from schouw_collector.plugins import Rule
from schouw_collector.records import Finding, Words
from schouw_collector.registers.register_entry import RegisterEntry

READABLE = Words(
    nl="Het wachtwoord is voor anderen leesbaar", en="The password can be read by others"
)
NONE_ASKED = Words(nl="Toegang zonder wachtwoord", en="Access without a password")
_NORMS = ("gdpr-32", "bio2")
_MUNICIPAL_ACTION = Words(
    nl="Laat de beheerder van de server versleuteling en een eigen wachtwoord of certificaat "
    "voor elk apparaat instellen.",
    en="Let the administrator of the server require encryption, and a password or certificate "
    "of its own for each device.",
)


def examine(context: RuleContext) -> Iterator[Finding]:
    """Return findings and questions on passwords, each cause once.

    Passwords in the clear: once for each entry or other device.  No authentication: once for each
    broker.  About a device without an entry there are only questions.
    """
    for comparison in context.comparisons:
        yield from _credentials(context, comparison.entry, comparison.devices)
    for device_id in (*context.binding.unbound, *context.binding.infrastructure):
        yield from _credentials(context, None, (context.devices[device_id],))
    yield from _nobody_checks(context)


def _credentials(
    context: RuleContext, entry: RegisterEntry | None, devices: tuple[Device, ...]
) -> Iterator[Finding]:
    seen = observe(devices).get("credential")
    by_login = [d.id for d in devices if d.authentication == "password in clear"]
    confidence = max(seen.confidence if seen else 0.0, 0.95 if by_login else 0.0)
    if confidence < QUESTION:
        return
    if entry:
        confidence = min(confidence, context.binding_confidence(entry.entry_id))
    # Of a message that came by way of a broker nobody saw how its sender sent it.
    open_way = bool(by_login) or any(
        end.transport_security == "none"
        and any(e.category == "credential" for _, e in end.emissions)
        for end in endpoints(devices)
    )
    ids = dict.fromkeys([*(seen.device_ids if seen else ()), *by_login])
    yield Finding(
        id=finding_id("D26", entry.entry_id if entry else device_subject(devices[0]), "credential"),
        kind=kind_of(confidence) if entry and open_way else "question",
        rule_id="D26",
        severity="medium",
        title=READABLE,
        entry_id=entry.entry_id if entry else "",
        device_ids=tuple(ids),
        category="credential",
        observed=Words(
            nl="Een wachtwoord of token is leesbaar in wat dit apparaat verstuurt. "
            "Het is niet bewaard en staat niet in dit verslag.",
            en="A password or token can be read in what this device sends. "
            "It was not kept and is not in this report.",
        ),
        declared=NO_WORD_ON_PROTECTION,
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
            id=finding_id("D26", endpoint.key, recipient=endpoint.key, aspect="authentication"),
            kind="question",
            rule_id="D26",
            severity="low",
            title=NONE_ASKED,
            device_ids=ids,
            recipient=endpoint.key,
            observed=Words(
                nl=f"{endpoint.key} neemt berichten aan zonder wachtwoord of certificaat. "
                f"Aantal apparaten: {len(ids)}.",
                en=f"{endpoint.key} takes messages without a password or certificate. "
                f"Number of devices: {len(ids)}.",
            ),
            declared=NO_WORD_ON_PROTECTION,
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


def _ask_for_protection(entry: RegisterEntry | None) -> Words:
    owner = owner_words(entry)
    return Words(
        nl=f"Vraag {owner.nl} om de verbinding te versleutelen en het wachtwoord te vervangen.",
        en=f"Ask {owner.en} to encrypt the connection and to replace the password.",
    )


RULE = Rule(
    id="D26",
    title=READABLE.en,
    reference="GDPR art. 32; BIO2",
    looks_at=Words(
        nl="Wachtwoorden en tokens die anderen op het netwerk kunnen lezen, en servers die "
        "berichten zonder wachtwoord aannemen. Of een wachtwoord nog dat van de fabriek "
        "is, is zonder het wachtwoord niet te weten.",
        en="Passwords and tokens that others on the network can read, and servers that take "
        "messages without a password. Whether a password is still the maker's cannot be "
        "known without it.",
    ),
    examine=examine,
)
