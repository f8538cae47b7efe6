"""D22: a value that the auditor planted came back in the messages of a device.

It needs no reading of the register: who walked past knows whose value it is.  A digest counts as
the value does, since whoever can guess the value can make the digest.
"""

from collections.abc import Iterable, Iterator

from schouw_agent.report import CanarySighting, Device, Emission
from schouw_agent.vocabulary import covered_by
from schouw_collector.comparing.comparison import Comparison
from schouw_collector.comparing.findings import (
    PSEUDONYMOUS,
    declared_words,
    device_subject,
    evidence_of,
    finding_id,
    kind_of,
    owner_words,
    pseudonym_norms,
    rank_of,
    severity_of,
    worst_first,
)
from schouw_collector.comparing.norms import cite
from schouw_collector.comparing.rule_context import RuleContext
from schouw_collector.plugins import Rule
from schouw_collector.records import SEVERITIES, Finding, Severity, Words
from schouw_collector.registers.register_entry import RegisterEntry
from schouw_collector.saying.phrasing import category_name, listed, messages

TITLE = Words(nl="Bekende testwaarde teruggevonden", en="Known test value found")
_NORMS = ("gdpr-4-5", "gdpr-5-1-c", "ap-smart-cities-2021")
_MOST_WAYS = 3
_DUTCH = {
    "no separators": "zonder scheidingstekens",
    "colons": "met dubbele punten",
    "hyphens": "met streepjes",
    "dots": "met punten",
    "spaces": "met spaties",
    "six octets": "als zes bytes",
    "decimal number": "als getal",
    "list of numbers": "als rij getallen",
    "IPv6 interface identifier": "als deel van een IPv6-adres",
    "international": "internationaal",
    "international with 00": "internationaal met 00",
    "digits only": "alleen cijfers",
    "national": "nationaal",
    "in groups": "in groepen",
    "as given": "zoals opgegeven",
    "words": "voluit",
    "joined": "aan elkaar",
    "with underscores": "met lage streepjes",
    "with hyphens": "met streepjes",
    "with dots": "met punten",
    "with plus signs": "met plustekens",
    "last name first": "achternaam eerst",
    "without accents": "zonder accenten",
    "upper case": "hoofdletters",
    "lower case": "kleine letters",
    "reversed": "omgekeerd",
    "hexadecimal": "hexadecimaal",
    "octets": "bytes",
    "URL-encoded": "URL-codering",
}
_KEYED = {
    " with salt ": " met salt ",
    " with key ": " met sleutel ",
    " before": " ervoor",
    " after": " erachter",
}
Row = tuple[str, Emission]


def examine(context: RuleContext) -> Iterator[Finding]:
    """Return one finding for each planted value and each entry, or device without one."""
    bound: set[str] = set()
    for comparison in context.comparisons:
        bound.update(device.id for device in comparison.devices)
        for label, rows in _found(comparison.devices).items():
            yield _finding(context, comparison, comparison.devices[0], label, rows)
    for device in context.devices.values():
        if device.id not in bound:
            for label, rows in _found((device,)).items():
                yield _finding(context, None, device, label, rows)


def _found(devices: Iterable[Device]) -> dict[str, list[Row]]:
    """Return by label the emissions in which a canary was found."""
    found: dict[str, list[Row]] = {}
    for device in devices:
        for emission in device.emissions:
            for label in sorted({canary.label for canary in emission.canaries}):
                found.setdefault(label, []).append((device.id, emission))
    return found


def _finding(
    context: RuleContext,
    comparison: Comparison | None,
    device: Device,
    label: str,
    rows: list[Row],
) -> Finding:
    entry = comparison.entry if comparison else None
    confidence = context.binding_confidence(entry.entry_id) if entry else 1.0
    categories = worst_first(rows)
    name, owner = category_name(categories[0]), owner_words(entry)
    count = messages(max(e.messages for _, e in rows))
    ways = _ways(c for _, e in rows for c in e.canaries if c.label == label)
    return Finding(
        id=finding_id(
            "D22", entry.entry_id if entry else device_subject(device), categories[0], aspect=label
        ),
        kind=kind_of(confidence),
        rule_id="D22",
        severity=_severity(comparison, categories[0]),
        title=TITLE,
        entry_id=entry.entry_id if entry else "",
        device_ids=tuple(dict.fromkeys(device_id for device_id, _ in rows)),
        category=categories[0],
        aspect=label,
        observed=Words(
            nl=f"De testwaarde “{label}” is gezien in {count.nl} ({ways.nl}). Soort gegeven: "
            f"{name.nl}.",
            en=f"The test value “{label}” was seen in {count.en} ({ways.en}). Kind of data: "
            f"{name.en}.",
        ),
        declared=_declared(entry),
        difference=Words(
            nl="De controleur heeft deze waarde zelf langs de sensor gebracht. Wie de waarde kent, "
            "kan die persoon of dat voertuig in de berichten terugvinden.",
            en="The auditor carried this value past the sensor. Whoever knows the value can find "
            "that person or that vehicle in the messages.",
        ),
        refutation=Words(
            nl="Bewijs dat de waarde op een andere manier in het bericht kwam dan door de sensor.",
            en="Proof that the value came into the message in another way than by the sensor.",
        ),
        action=Words(
            nl=f"Vraag {owner.nl} waarom de waarde te herkennen is, hoe lang zij wordt bewaard en "
            "wie haar krijgt.",
            en=f"Ask {owner.en} why the value can be recognised, how long it is kept and who gets "
            "it.",
        ),
        norms=cite(
            (*_NORMS, *(n for n in pseudonym_norms(categories) if n not in _NORMS)),
            context.register,
            entry,
        ),
        confidence=confidence,
        evidence=evidence_of(rows),
    )


def _severity(comparison: Comparison | None, category: str) -> Severity:
    """Return how serious it is: at least as data about individuals; less if it is declared."""
    own = severity_of(max(rank_of(category), PSEUDONYMOUS))
    if comparison and category in covered_by(comparison.declared):
        return SEVERITIES[SEVERITIES.index(own) - 1]
    return own


def _declared(entry: RegisterEntry | None) -> Words:
    if entry is not None:
        return declared_words(entry)
    return Words(
        nl="Dit apparaat hoort niet bij een inschrijving in het register.",
        en="This device belongs to no entry of the register.",
    )


def _ways(canaries: Iterable[CanarySighting]) -> Words:
    """Return in words how a value was written and hashed: the first few ways."""
    some = sorted(set(canaries), key=lambda c: (c.algorithm, c.notation, c.encoding))[:_MOST_WAYS]
    return listed(_way(each) for each in some)


def _way(canary: CanarySighting) -> Words:
    dutch = ", ".join(_DUTCH.get(part, part) for part in canary.notation.split(", "))
    encoding = f", {canary.encoding}" if canary.encoding else ""
    codering = f", {_DUTCH.get(canary.encoding, canary.encoding)}" if canary.encoding else ""
    if not canary.algorithm:
        return Words(nl=f"leesbaar, {dutch}{codering}", en=f"in clear, {canary.notation}{encoding}")
    keyed = canary.algorithm
    for english, dutch_word in _KEYED.items():
        keyed = keyed.replace(english, dutch_word)
    return Words(
        nl=f"{keyed} van de schrijfwijze {dutch}{codering}",
        en=f"{canary.algorithm} of the notation {canary.notation}{encoding}",
    )


RULE = Rule(
    id="D22",
    title=TITLE.en,
    reference="GDPR art. 4(5), recital 26 and art. 5(1)(c)",
    looks_at=Words(
        nl="Waarden die de controleur zelf langs de sensor bracht, leesbaar of gehasht.",
        en="Values that the auditor carried past the sensor, in clear or hashed.",
    ),
    examine=examine,
)
