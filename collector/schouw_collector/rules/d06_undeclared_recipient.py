"""D06: data go to somebody whom the entry does not name."""

from collections.abc import Iterator

from schouw_collector.comparing.comparison import QUESTION, Comparison
from schouw_collector.comparing.endpoints import Endpoint, endpoints
from schouw_collector.comparing.findings import (
    PSEUDONYMOUS,
    evidence_of,
    finding_id,
    kind_of,
    owner_words,
    rank_of,
    severity_of,
    worst_first,
)
from schouw_collector.comparing.known_hosts import KnownHosts
from schouw_collector.comparing.norms import cite
from schouw_collector.comparing.rule_context import RuleContext
from schouw_collector.plugins import Rule
from schouw_collector.records import Finding, Severity, Words
from schouw_collector.registers.register_entry import RegisterEntry
from schouw_collector.saying.phrasing import category_names, listed, octets, same

TITLE = Words(
    nl="Gegevens gaan naar een partij die niet in het register staat",
    en="Data go to a party that is not in the register",
)
_NORMS = ("gdpr-13", "gdpr-28", "gdpr-5-2")


def examine(context: RuleContext) -> Iterator[Finding]:
    """Return one finding or question for each recipient that an entry does not name.

    A finding if the entry names recipients with their servers and this is none of them, or if the
    data themselves are undeclared, so that no declaration can have meant this recipient.  Otherwise
    a question, and without declared recipients only on sensitive or unreadable data that leave the
    site.  Servers of the municipality, as the bindings name them, of the entry's network and of
    the contracts that cover it are never meant.  Who looks on from the site is D23's.
    """
    answered_for = KnownHosts(context)
    for comparison in context.comparisons:
        entry = comparison.entry
        if not comparison.devices:
            continue
        hosts = [host for recipient in entry.recipients for host in recipient.hosts]
        known = answered_for.of(entry)
        for endpoint in endpoints(comparison.devices):
            if endpoint.is_one_of(known):
                continue
            if _matters(entry, endpoint):
                yield _finding(context, comparison, endpoint, names_hosts=bool(hosts))


def _matters(entry: RegisterEntry, endpoint: Endpoint) -> bool:
    if entry.recipients:
        return _confidence(endpoint) >= QUESTION
    sensitive = any(
        rank_of(e.category) >= PSEUDONYMOUS and e.confidence >= QUESTION
        for _, e in endpoint.emissions
    )
    opaque = any(e.category == "opaque_payload" for _, e in endpoint.emissions)
    return (sensitive or opaque) and not endpoint.on_site


def _confidence(endpoint: Endpoint) -> float:
    return max(e.confidence for _, e in endpoint.emissions)


def _finding(
    context: RuleContext, comparison: Comparison, endpoint: Endpoint, *, names_hosts: bool
) -> Finding:
    entry = comparison.entry
    categories = worst_first(endpoint.emissions)
    worst, what, size = categories[0], category_names(categories), octets(endpoint.octets)
    owner = owner_words(entry)
    confidence = min(_confidence(endpoint), context.binding_confidence(entry.entry_id))
    undeclared = {o.category for o in comparison.undeclared if kind_of(o.confidence) == "finding"}
    never_meant = bool(undeclared & set(categories)) and bool(context.bindings.municipal_hosts)
    certain = (names_hosts or never_meant) and not endpoint.on_site
    severity: Severity = severity_of(rank_of(worst))
    return Finding(
        id=finding_id("D06", entry.entry_id, worst, endpoint.key),
        kind="finding" if certain and kind_of(confidence) == "finding" else "question",
        rule_id="D06",
        severity=severity,
        title=TITLE,
        entry_id=entry.entry_id,
        device_ids=tuple(dict.fromkeys(device_id for device_id, _ in endpoint.emissions)),
        category=worst,
        recipient=endpoint.key,
        observed=Words(
            nl=f"{endpoint.key} krijgt {what.nl} ({size.nl}).",
            en=f"{endpoint.key} gets {what.en} ({size.en}).",
        ),
        declared=_declared(entry),
        difference=Words(
            nl=f"{endpoint.key} staat niet bij de ontvangers, en niet bij de servers van de "
            "gemeente. Van wie de server is, is hier niet nagegaan.",
            en=f"{endpoint.key} is not among the recipients, nor among the servers of the "
            "municipality. Whose server it is was not looked up here.",
        ),
        refutation=Words(
            nl="Bewijs dat deze server van de gemeente is, of van een ontvanger die in het "
            "register staat.",
            en="Proof that this server belongs to the municipality, or to a recipient in the "
            "register.",
        ),
        action=Words(
            nl=f"Vraag {owner.nl} van wie deze server is, wat er met de gegevens gebeurt en welke "
            "afspraken er zijn.",
            en=f"Ask {owner.en} whose server this is, what happens with the data and what has "
            "been agreed.",
        ),
        norms=cite(_NORMS, context.register, entry),
        confidence=confidence,
        evidence=evidence_of(endpoint.emissions),
    )


def _declared(entry: RegisterEntry) -> Words:
    if not entry.recipients:
        return Words(
            nl="Het register noemt geen ontvangers.", en="The register names no recipients."
        )
    names = listed(same(r.organisation or ", ".join(r.hosts)) for r in entry.recipients)
    return Words(
        nl=f"Het register noemt als ontvangers: {names.nl}.",
        en=f"The register names as recipients: {names.en}.",
    )


RULE = Rule(
    id="D06",
    title=TITLE.en,
    reference="GDPR art. 13(1)(e) and 28",
    looks_at=Words(
        nl="Elke server die gegevens krijgt en die niet in het register, het bindingsbestand "
        "of een contract staat. Zonder aangemelde ontvangers alleen bij gevoelige of "
        "onleesbare gegevens die het terrein verlaten.",
        en="Each server that gets data and stands in neither register, bindings nor a "
        "contract. Without declared recipients only for sensitive or unreadable data that "
        "leave the site.",
    ),
    examine=examine,
)
