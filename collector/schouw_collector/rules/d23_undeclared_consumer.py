"""D23: somebody looks on at sensitive data, or asked for them, whom nobody has named.

What leaves the site, and what goes past the recipients that a register names, is D06's.  Here are
those on the site itself, and those who asked a broker for topics that carry such data.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from schouw_agent.report import Device, Emission, Recipient
from schouw_collector.binding.selectors import host_fits, topic_fits
from schouw_collector.comparing.comparison import QUESTION
from schouw_collector.comparing.endpoints import Endpoint, endpoints, is_on_site
from schouw_collector.comparing.findings import (
    PSEUDONYMOUS,
    evidence_of,
    finding_id,
    rank_of,
    severity_of,
    worst_first,
)
from schouw_collector.comparing.known_hosts import KnownHosts
from schouw_collector.comparing.norms import cite
from schouw_collector.comparing.rule_context import RuleContext
from schouw_collector.plugins import Rule
from schouw_collector.records import SEVERITIES, Finding, Words
from schouw_collector.registers.register_entry import RegisterEntry
from schouw_collector.saying.naming import label
from schouw_collector.saying.phrasing import category_names, listed, same

TITLE = Words(
    nl="Een onbekende afnemer leest mee, of vraagt daarom",
    en="An unknown consumer reads along, or asks to",
)
_NORMS = ("gdpr-13", "gdpr-28", "gdpr-32")
Row = tuple[str, Emission]


@dataclass(slots=True)
class _Consumer:
    """One who gets, or asked for, sensitive data."""

    recipient: Recipient
    got: list[Row] = field(default_factory=list)
    asked: list[Row] = field(default_factory=list)
    filters: set[str] = field(default_factory=set)
    subjects: dict[str, RegisterEntry | None] = field(default_factory=dict)
    """Whose data: by id the entry, by name an unbound device."""


def examine(context: RuleContext) -> Iterator[Finding]:
    """Return one question for each consumer, whatever number of entries and devices it reads.

    Never about a server that `known_hosts` knows, nor about a device of the same organisation.
    """
    consumers: dict[str, _Consumer] = {}
    owners, answered_for = _owners(context), KnownHosts(context)
    brokers = [device for device in context.devices.values() if device.role == "broker"]
    unbound = [(None, (context.devices[id_],)) for id_ in context.binding.unbound]
    for entry, devices in (*((c.entry, c.devices) for c in context.comparisons), *unbound):
        rows = _sensitive(devices)
        if not rows:
            continue
        subject = entry.entry_id if entry else label(devices[0])
        known = answered_for.of(entry)
        got = {end.key: end for end in endpoints(devices)}
        for recipient in _got(entry, rows, got):
            if not _answered_for(recipient, entry, known, owners):
                consumer = consumers.setdefault(recipient.key, _Consumer(recipient))
                consumer.got += [row for row in rows if row[1].recipient == recipient.key]
                consumer.subjects[subject] = entry
        for recipient, wanted in _asked(brokers, devices, rows):
            if recipient.key not in got and not _answered_for(recipient, entry, known, owners):
                consumer = consumers.setdefault(recipient.key, _Consumer(recipient))
                consumer.asked += wanted
                consumer.filters.update(recipient.topic_filters)
                consumer.subjects[subject] = entry
    for key in sorted(consumers):
        yield _question(context, consumers[key])


def _owners(context: RuleContext) -> Mapping[str, frozenset[str]]:
    """Return by address of a bound device the organisations whose entries it belongs to."""
    organisations = {c.entry.entry_id: c.entry.organisation for c in context.comparisons}
    found: dict[str, frozenset[str]] = {}
    for device_id, bound in context.binding.of_device.items():
        names = frozenset(organisations.get(b.entry_id, "") for b in bound)
        for identifier in context.devices[device_id].identifiers:
            if identifier.kind == "ip":
                found[identifier.value] = names
    return found


def _sensitive(devices: Sequence[Device]) -> list[Row]:
    return [
        (device.id, e)
        for device in devices
        for e in device.emissions
        if e.direction != "received"
        and rank_of(e.category) >= PSEUDONYMOUS
        and e.confidence >= QUESTION
    ]


def _got(
    entry: RegisterEntry | None, rows: Sequence[Row], ends: Mapping[str, Endpoint]
) -> Iterator[Recipient]:
    """Yield those on the site who get sensitive data and do not pass them on: not D06's."""
    if entry is not None and entry.recipients:
        return
    for key in dict.fromkeys(e.recipient for _, e in rows):
        end = ends.get(key)
        if end is None or end.recipient is None or not end.on_site:
            continue
        served = any(e.direction == "served" for _, e in end.emissions)
        if end.recipient.role == "subscriber" or served:
            yield end.recipient


def _asked(
    brokers: Sequence[Device], devices: Sequence[Device], rows: Sequence[Row]
) -> Iterator[tuple[Recipient, list[Row]]]:
    """Yield who asked a broker of the entry for topics that carry sensitive data."""
    published = [row for row in rows if row[1].protocol == "mqtt" and row[1].direction == "sent"]
    if not (published and brokers):
        return
    addresses = {
        r.address
        for device in devices
        for r in device.recipients
        if r.role == "broker" and any(e.recipient == r.key for _, e in published)
    }
    for broker in brokers:
        if _addresses(broker) & addresses:
            for recipient in broker.recipients:
                wanted = [row for row in published if _wants(recipient, row[1].channel)]
                if recipient.role == "subscriber" and wanted:
                    yield recipient, wanted


def _addresses(device: Device) -> set[str]:
    return {i.value for i in device.identifiers if i.kind == "ip"}


def _wants(recipient: Recipient, topic: str) -> bool:
    return any(topic_fits(_own_filter(text), topic) for text in recipient.topic_filters)


def _own_filter(text: str) -> str:
    """Return a filter without the name of the group that shares it (MQTT 5.0, 4.8.2)."""
    return text.split("/", 2)[-1] if text.startswith("$share/") else text


def _answered_for(
    recipient: Recipient,
    entry: RegisterEntry | None,
    known: Sequence[str],
    owners: Mapping[str, frozenset[str]],
) -> bool:
    if entry is not None and entry.organisation in owners.get(recipient.address, frozenset()):
        return True
    return any(host_fits(pattern, recipient.host, recipient.address) for pattern in known)


def _question(context: RuleContext, consumer: _Consumer) -> Finding:
    key, rows = consumer.recipient.key, [*consumer.got, *consumer.asked]
    categories = worst_first(rows)
    worst, what = categories[0], category_names(categories)
    subjects = list(consumer.subjects)
    only = consumer.subjects[subjects[0]] if len(subjects) == 1 else None
    names = listed(map(same, subjects[:5]))
    more = len(subjects) - 5
    most = severity_of(rank_of(worst))
    lower = SEVERITIES[max(SEVERITIES.index(most) - 1, 0)]
    return Finding(
        id=finding_id("D23", key, recipient=key),
        kind="question",
        rule_id="D23",
        severity=lower if is_on_site(consumer.recipient.address) else most,
        title=TITLE,
        entry_id=only.entry_id if only else "",
        device_ids=tuple(dict.fromkeys(device_id for device_id, _ in rows)),
        category=worst,
        recipient=key,
        observed=_observed(key, consumer, what),
        declared=Words(
            nl=f"De inschrijving, het bindingsbestand en de contracten noemen {key} niet. "
            f"Het gaat om: {names.nl}{f' en nog {more}' if more > 0 else ''}.",
            en=f"The entry, the bindings and the contracts do not name {key}. "
            f"It is about: {names.en}{f' and {more} more' if more > 0 else ''}.",
        ),
        difference=Words(
            nl=f"Niemand heeft gezegd van wie {key} is en waarvoor het deze gegevens nodig heeft.",
            en=f"Nobody has said whose {key} is and what it needs these data for.",
        ),
        refutation=Words(
            nl="Een vermelding bij de ontvangers, de gemeentelijke servers of in een contract.",
            en="An entry under the recipients, the municipal servers or in a contract.",
        ),
        action=Words(
            nl="Vraag de beheerder van de server of het netwerk van wie dit is, en beperk zo nodig "
            "wie welke onderwerpen mag lezen.",
            en="Ask the administrator of the server or the network whose this is, and limit who "
            "may read which topics where needed.",
        ),
        norms=cite(_NORMS, context.register, only),
        confidence=max(e.confidence for _, e in rows),
        evidence=evidence_of(rows),
    )


def _observed(key: str, consumer: _Consumer, what: Words) -> Words:
    if consumer.got:
        return Words(nl=f"{key} krijgt {what.nl}.", en=f"{key} gets {what.en}.")
    filters = listed(same(f"“{text}”") for text in sorted(consumer.filters)[:3])
    return Words(
        nl=f"{key} vroeg de server om {filters.nl}. Daar komt {what.nl} langs. Dat het is "
        "afgeleverd, is niet gezien.",
        en=f"{key} asked the server for {filters.en}. What passes there is {what.en}. That it was "
        "delivered was not seen.",
    )


RULE = Rule(
    id="D23",
    title=TITLE.en,
    reference="GDPR art. 13(1)(e), 28 and 32",
    looks_at=Words(
        nl="Wie op het eigen netwerk gegevens over mensen krijgt, of een server daarom vroeg "
        "(onderwerpfilters), en in het register, het bindingsbestand en de contracten niet staat.",
        en="Who on the site's own network gets data about individuals, or asked a server for them "
        "(topic filters), and stands in neither register, bindings nor contracts.",
    ),
    examine=examine,
)
