"""D09: two sensors give the same pseudonyms, while the register speaks of counting.

Always a question.  Pseudonyms that are the same at several places let somebody follow a route; that
somebody does is not seen on the network.
"""

import re
from collections.abc import Iterator

from schouw_agent.report import Device, Linkage
from schouw_collector.comparing.comparison import Comparison
from schouw_collector.comparing.findings import (
    evidence_of,
    finding_id,
    owner_words,
    pseudonym_norms,
)
from schouw_collector.comparing.norms import cite
from schouw_collector.comparing.rule_context import RuleContext
from schouw_collector.plugins import Rule
from schouw_collector.records import Finding, Words
from schouw_collector.registers.register_entry import RegisterEntry
from schouw_collector.saying.phrasing import category_names, day, duration, listed, same

TITLE = Words(
    nl="Twee sensoren geven dezelfde pseudoniemen",
    en="Two sensors give the same pseudonyms",
)
_COUNTS = 2
_COUNTING = re.compile(
    r"\b(?:\w*tel(?:len|ling|lingen)|geteld|aantal(?:len)?|drukte|hoeveel|bezoekersaantal\w*"
    r"|count(?:s|ing|ed)?|how many|crowd\w*|occupancy)\b",
    re.IGNORECASE,
)
_LINKING = re.compile(
    r"reistijd|travel time|rout\w+|herkomst|bestemming|origin|destination|traject|trajectory"
    r"|doorstroming|verblijf|dwell|terugker|recurr|return(?:ing)? visit|\bvolgen\b|loopstro|looppat"
    r"|stromen|stroom|flow",
    re.IGNORECASE,
)
_LINKING_CATEGORIES = frozenset(
    {"device_trajectory", "travel_time_aggregate", "origin_destination_matrix"}
)
_NORMS = ("gdpr-5-1-b", "gdpr-4-5", "gdpr-35")


def examine(context: RuleContext) -> Iterator[Finding]:
    """Return one question for each entry whose device shares pseudonyms with another sensor.

    Nothing of an entry whose purpose needs the link, such as travel times; of one device that is
    seen twice; of an entry whose purpose cannot be read; nor of fewer than ten shared.
    """
    of_device: dict[str, list[Linkage]] = {}
    for link in context.linkages:
        if _is_between_two(context, link):
            for device_id in link.device_ids:
                of_device.setdefault(device_id, []).append(link)
    for comparison in context.comparisons:
        found = [link for d in comparison.devices for link in of_device.get(d.id, ())]
        if found and _is_counting(comparison):
            yield _question(context, comparison, found)


def _is_counting(comparison: Comparison) -> bool:
    entry = comparison.entry
    if _LINKING_CATEGORIES.intersection(comparison.declared) or _LINKING.search(_words(entry)):
        return False
    return comparison.declared_rank == _COUNTS or bool(_COUNTING.search(_words(entry)))


def _words(entry: RegisterEntry) -> str:
    purposes = [text for p in entry.purposes for text in (p.text, p.dpv_purpose)]
    return "\n".join([*purposes, *(s.declared_text for s in entry.streams), entry.description])


def _is_between_two(context: RuleContext, link: Linkage) -> bool:
    """Return whether a linkage is one between two sensors that were seen."""
    one, other = (context.devices.get(id_) for id_ in link.device_ids)
    if one is None or other is None:
        return False
    carried = one.relay == other.id or other.relay == one.id
    return not carried and not _same_thing(one, other)


def _same_thing(one: Device, other: Device) -> bool:
    """Return whether two devices bear one serial, name or address: one sensor, seen twice.

    What was left out of a report (`{id}`) is no mark.
    """
    marks = [
        {
            (i.kind, i.value.casefold())
            for i in device.identifiers
            if i.kind != "topic" and "{id}" not in i.value
        }
        for device in (one, other)
    ]
    return bool(marks[0] & marks[1])


def _question(context: RuleContext, comparison: Comparison, found: list[Linkage]) -> Finding:
    entry = comparison.entry
    most = max(found, key=lambda link: (link.shared.low, link.device_ids))
    categories = sorted({c for link in found for c in link.categories})
    ids = tuple(sorted({id_ for link in found for id_ in link.device_ids}))
    others = sorted(
        {b.entry_id for id_ in ids for b in context.binding.of_device.get(id_, ())}
        - {entry.entry_id}
    )
    what, owner = category_names(categories), owner_words(entry)
    rows = [
        (device.id, e)
        for device in comparison.devices
        for e in device.emissions
        if e.category in categories and device.id in ids
    ]
    with_ = listed(same(o) for o in others)
    where = (
        Words(nl=f" De andere sensor hoort bij: {with_.nl}.", en=f" The other is of: {with_.en}.")
        if others
        else Words(nl="", en="")
    )
    shared, horizon, since = most.shared, duration(most.horizon_seconds), day(most.since.date())
    return Finding(
        id=finding_id("D09", entry.entry_id),
        kind="question",
        rule_id="D09",
        severity="medium",
        title=TITLE,
        entry_id=entry.entry_id,
        device_ids=ids,
        category=categories[0] if categories else "",
        observed=Words(
            nl=f"{what.nl}: naar schatting {shared.estimate} pseudoniemen (tussen {shared.low} en "
            f"{shared.high}) zijn bij twee sensoren gezien. Er is sinds {since.nl} op gelet, en "
            f"hoogstens {horizon.nl}.{where.nl}",
            en=f"{what.en}: an estimated {shared.estimate} pseudonyms (between {shared.low} and "
            f"{shared.high}) were seen at two sensors. This was watched since {since.en}, and for "
            f"{horizon.en} at most.{where.en}",
        ),
        declared=_declared(entry),
        difference=Words(
            nl="Om te tellen hoeft een pseudoniem maar op één plek te gelden. Met hetzelfde "
            "pseudoniem op twee plekken is een route te zien. Of iemand dat doet, is hier niet te "
            "zien, en of het om persoonsgegevens gaat evenmin.",
            en="To count, a pseudonym need only hold at one place. With the same pseudonym at two "
            "places a route can be seen. Whether somebody does that cannot be seen here, nor "
            "whether these are personal data.",
        ),
        refutation=Words(
            nl="Bewijs dat de sensoren elkaar overlappen en dezelfde telefoon op hetzelfde moment "
            "zien, dat het één sensor is die twee keer is gezien, of een doel dat dit nodig heeft.",
            en="Proof that the sensors overlap and see the same telephone at the same moment, that "
            "it is one sensor seen twice, or a purpose that needs this.",
        ),
        action=Words(
            nl=f"Vraag {owner.nl} waarom de sensoren dezelfde pseudoniemen maken, en of elke "
            "sensor een eigen geheim (salt) kan krijgen dat vaak verandert.",
            en=f"Ask {owner.en} why the sensors make the same pseudonyms, and whether each can get "
            "a secret (salt) of its own that changes often.",
        ),
        norms=cite((*_NORMS, *pseudonym_norms(categories)), context.register, entry),
        confidence=context.binding_confidence(entry.entry_id),
        evidence=evidence_of(rows),
    )


def _declared(entry: RegisterEntry) -> Words:
    texts = [p.text for p in entry.purposes if p.text] or [
        s.declared_text for s in entry.streams if s.declared_text
    ]
    quoted = ", ".join(f"“{text.rstrip('.')}”" for text in texts)
    return Words(
        nl=f"Het register zegt: {quoted or 'aantallen'}. Dat is gelezen als tellen.",
        en=f"The register says: {quoted or 'numbers'}. This was read as counting.",
    )


RULE = Rule(
    id="D09",
    title=TITLE.en,
    reference="GDPR art. 5(1)(b) and 4(5)",
    looks_at=Words(
        nl="Tien of meer dezelfde pseudoniemen bij twee sensoren, terwijl het register over "
        "tellen spreekt. Altijd een vraag.",
        en="Ten or more of the same pseudonyms at two sensors, while the register speaks of "
        "counting. Always a question.",
    ),
    examine=examine,
)
