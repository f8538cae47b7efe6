"""D13: sensitive data without encryption.  Who may log in, and how, is D26's."""

from collections.abc import Iterator

from schouw_agent.report import Device, Emission
from schouw_collector.comparing.comparison import QUESTION
from schouw_collector.comparing.endpoints import Endpoint, endpoints
from schouw_collector.comparing.findings import (
    NO_WORD_ON_PROTECTION,
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
from schouw_collector.comparing.norms import cite
from schouw_collector.comparing.rule_context import RuleContext
from schouw_collector.plugins import Rule
from schouw_collector.records import Finding, Words
from schouw_collector.registers.register_entry import RegisterEntry
from schouw_collector.saying.phrasing import category_names, listed, same

TITLE = Words(nl="Onvoldoende beveiligd onderweg", en="Not well protected on the way")
_NORMS = ("gdpr-32", "bio2")


def examine(context: RuleContext) -> Iterator[Finding]:
    """Return a finding or question for each entry, or unbound device, with open sensitive data.

    Once for each, whoever gets them.  About a device without an entry there are only questions.
    """
    for entry, devices in _subjects(context):
        yield from _in_the_clear(context, entry, devices)


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
        declared=NO_WORD_ON_PROTECTION,
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


def _subject(entry: RegisterEntry | None, devices: tuple[Device, ...]) -> str:
    return entry.entry_id if entry else device_subject(devices[0])


def _ask_for_protection(entry: RegisterEntry | None) -> Words:
    owner = owner_words(entry)
    return Words(
        nl=f"Vraag {owner.nl} om deze verbinding te versleutelen.",
        en=f"Ask {owner.en} to encrypt this connection.",
    )


RULE = Rule(
    id="D13",
    title=TITLE.en,
    reference="GDPR art. 32; BIO2",
    looks_at=Words(
        nl="Gegevens over personen, voertuigen of telefoons op een verbinding zonder "
        "versleuteling.",
        en="Data about persons, vehicles or telephones on a connection without encryption.",
    ),
    examine=examine,
)
