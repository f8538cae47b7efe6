"""D29: two kinds of data that identify together: at one entry, one place, or by pseudonyms.

Each of them is told elsewhere if it is undeclared; that devices share pseudonyms is D09's.  Here is
only what they say together.  The pairs are data: `combinations.toml`.
"""

from collections.abc import Iterator, Sequence

from schouw_agent.vocabulary import covered_by
from schouw_collector.comparing.combinations import (
    Combination,
    combinations,
    independent,
    neighbours,
    pair,
)
from schouw_collector.comparing.comparison import Comparison, Observed
from schouw_collector.comparing.findings import (
    declared_words,
    evidence_of,
    finding_id,
    owner_words,
    rank_of,
    severity_of,
)
from schouw_collector.comparing.norms import cite
from schouw_collector.comparing.purposes import needed_by, purposes_of
from schouw_collector.comparing.rule_context import RuleContext
from schouw_collector.declared.assessed import assessed_categories
from schouw_collector.plugins import Rule
from schouw_collector.records import SEVERITIES, Finding, Words
from schouw_collector.saying.phrasing import category_names

TITLE = Words(
    nl="Twee soorten gegevens wijzen samen een persoon aan",
    en="Two kinds of data point out a person together",
)
_NORMS = ("gdpr-4-5", "gdpr-5-1-c", "gdpr-35")
_CONFIDENCE = 0.7


def examine(context: RuleContext) -> Iterator[Finding]:
    """Return one question for each combination, and each entry or pair of entries.

    None where an impact assessment names both kinds, or the declared purpose needs both.
    """
    seen = {c.entry.entry_id: independent(c.observed) for c in context.comparisons if c.devices}
    told: set[tuple[str, ...]] = set()
    for one, other, together in _together(context):
        first, second = one.entry.entry_id, other.entry.entry_id
        for combination in combinations():
            here, there = pair(combination, seen[first], seen[second])
            key = (combination.id, *sorted((first, second)))
            alone = first != second and any(
                pair(combination, seen[id_], seen[id_])[0] for id_ in (first, second)
            )
            if not here or alone or key in told or _weighed(context, one, other, here, there):
                continue
            if first == second and not _at_one_place(one, here, there):
                continue
            told.add(key)
            yield _question(context, combination, (one, other), (here, there), together)


def _together(context: RuleContext) -> Iterator[tuple[Comparison, Comparison, Words]]:
    """Yield pairs of entries, in both orders, whose data come together, and how."""
    by_entry = {c.entry.entry_id: c for c in context.comparisons if c.devices}
    at_one = Words(nl="bij deze inschrijving", en="at this entry")
    near = Words(nl="op één plek (binnen 10 meter)", en="at one place (within 10 metres)")
    linked = Words(
        nl="bij apparaten die dezelfde pseudoniemen gaven",
        en="at devices that gave the same pseudonyms",
    )
    for comparison in by_entry.values():
        yield comparison, comparison, at_one
    for one, other in neighbours(context.comparisons):
        yield one, other, near
        yield other, one, near
    for linkage in context.linkages:
        ends = [
            [by_entry[b.entry_id] for b in context.binding.of_device.get(id_, ())]
            for id_ in linkage.device_ids
        ]
        for one in ends[0]:
            for other in ends[1]:
                yield one, other, linked
                yield other, one, linked


def _at_one_place(
    comparison: Comparison, here: Sequence[Observed], there: Sequence[Observed]
) -> bool:
    """Return whether the data of one entry come together: in a device, or where the entry stands.

    An entry without a place may be a set of devices all over the town.
    """
    place = comparison.entry.location
    stands = place.latitude is not None and place.longitude is not None and not place.mobile
    of_one, of_other = ({id_ for o in side for id_ in o.device_ids} for side in (here, there))
    return stands or bool(of_one & of_other)


def _weighed(
    context: RuleContext,
    one: Comparison,
    other: Comparison,
    here: Sequence[Observed],
    there: Sequence[Observed],
) -> bool:
    """Return whether somebody has answered for both kinds: an assessment, or the purpose."""
    both = {o.category for o in (*here, *there)}
    entries = (one.entry, other.entry)
    if all(both <= assessed_categories(entry, context.governance) for entry in entries):
        return True
    purposes = [purposes_of(entry) for entry in entries]
    declared = covered_by((*one.declared, *other.declared))
    return all(both <= needed_by(rows) for rows in purposes) and both <= declared


def _question(
    context: RuleContext,
    combination: Combination,
    pair_: tuple[Comparison, Comparison],
    seen: tuple[Sequence[Observed], Sequence[Observed]],
    together: Words,
) -> Finding:
    entry, other = pair_[0].entry, pair_[1].entry
    same_entry = entry.entry_id == other.entry_id
    here, there = (category_names(o.category for o in side) for side in seen)
    everything = [o for side in seen for o in side]
    rows = [row for o in everything for row in o.emissions]
    most = severity_of(max(rank_of(o.category) for o in everything))
    second = "" if same_entry else other.entry_id
    own, owner = declared_words(entry), owner_words(entry)
    beside = declared_words(other)
    sure = min(o.confidence for o in everything)
    bound = min(context.binding_confidence(c.entry.entry_id) for c in pair_)
    return Finding(
        id=finding_id("D29", entry.entry_id, aspect=f"{combination.id} {second}".strip()),
        kind="question",
        rule_id="D29",
        severity=SEVERITIES[max(SEVERITIES.index(most) - 1, 1)],
        title=TITLE,
        entry_id=entry.entry_id,
        device_ids=tuple(dict.fromkeys(device_id for device_id, _ in rows)),
        observed=Words(
            nl=f"Gezien {together.nl}: {here.nl}, en ook {there.nl}."
            + (f" Het tweede hoort bij {second}." if second else ""),
            en=f"Seen {together.en}: {here.en}, and also {there.en}."
            + (f" The second belongs to {second}." if second else ""),
        ),
        declared=own
        if same_entry
        else Words(
            nl=f"{own.nl} Van {second}: {beside.nl}", en=f"{own.en} Of {second}: {beside.en}"
        ),
        difference=Words(
            nl=f"Samen kunnen ze een persoon aanwijzen: {combination.why.nl}. Of iemand ze "
            "samenbrengt, is niet gezien.",
            en=f"Together they may point out a person: {combination.why.en}. Whether anybody "
            "brings them together was not seen.",
        ),
        refutation=Words(
            nl="Een beoordeling (DPIA) die deze combinatie noemt, of bewijs dat ze gescheiden "
            "blijven.",
            en="An impact assessment (DPIA) that names this combination, or proof that they stay "
            "apart.",
        ),
        action=Words(
            nl=f"Vraag {owner.nl} of beide nodig zijn, wie ze samen kan zien, en of dit in de DPIA "
            "staat.",
            en=f"Ask {owner.en} whether both are needed, who can see them together, and whether "
            "the DPIA says so.",
        ),
        norms=cite(_NORMS, context.register, entry),
        confidence=min(_CONFIDENCE, sure, bound),
        evidence=evidence_of(rows),
    )


RULE = Rule(
    id="D29",
    title=TITLE.en,
    reference="GDPR art. 4(5), recital 26, art. 5(1)(c) and 35",
    looks_at=Words(
        nl="Paren van soorten gegevens uit een tabel (combinations.toml), bij één inschrijving, "
        "bij inschrijvingen van één organisatie binnen 10 meter, of bij apparaten die dezelfde "
        "pseudoniemen gaven.",
        en="Pairs of kinds of data from a table (combinations.toml), at one entry, at entries of "
        "one organisation within 10 metres, or at devices that gave the same pseudonyms.",
    ),
    examine=examine,
)
