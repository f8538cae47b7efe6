"""D10: figures about fewer people, or over a shorter time, than the register promises.

Without a promise a small count says nothing: an honest counter counts one passer-by in ten seconds.
Only trips from one place to another are asked about even so, since one trip is one traveller's.
"""

from collections.abc import Iterator

from schouw_agent.report import Emission
from schouw_agent.vocabulary import covered_by
from schouw_collector.comparing.cadence import usual_interval
from schouw_collector.comparing.comparison import QUESTION, Comparison, Observed
from schouw_collector.comparing.findings import evidence_of, finding_id, kind_of, owner_words
from schouw_collector.comparing.norms import cite
from schouw_collector.comparing.rule_context import RuleContext
from schouw_collector.plugins import Rule
from schouw_collector.records import Finding, Words
from schouw_collector.registers.register_entry import RegisterEntry
from schouw_collector.saying.phrasing import category_name, duration, figure

TITLE = Words(nl="Getallen over heel weinig mensen", en="Figures about very few people")
SHORTER = 0.9
"""A window counts as shorter than promised below this share of it: clocks are not exact."""
LEAST_IN_A_CELL = 5
"""Trips in a cell below which it is asked about without a promise."""
_COUNTS = 2
_TRIPS = "origin_destination_matrix"
_NUMBERS = frozenset(
    {
        "people_count",
        "pedestrian_flow",
        "vehicle_count",
        "bicycle_count",
        "observed_device_count",
        _TRIPS,
    }
)
"""Figures that count.  A presence of 1, a density of 0.2 and a speed of 3 are no small groups."""
_NORMS = ("gdpr-rec-26", "gdpr-5-1-c", "gdpr-25")

Row = tuple[str, Emission]


def examine(context: RuleContext) -> Iterator[Finding]:
    """Return findings and questions on figures that are smaller than promised, by entry and kind.

    A finding if the entry promises a least count and a whole number below it was seen, or promises
    a least time and the messages themselves come faster than that as well as naming a shorter one.
    """
    for comparison in context.comparisons:
        for seen in comparison.observed.values():
            if seen.rank < 1 or seen.confidence < QUESTION:
                continue
            yield from _too_few(context, comparison, seen)
            yield from _too_short(context, comparison, seen)


def _too_few(context: RuleContext, comparison: Comparison, seen: Observed) -> Iterator[Finding]:
    if seen.category not in _NUMBERS:
        return
    entry = comparison.entry
    promises = [
        s.processing.k_min
        for s in entry.streams
        if s.processing and s.processing.k_min and seen.category in covered_by(s.categories)
    ]
    least = min(promises) if promises else LEAST_IN_A_CELL if seen.category == _TRIPS else 0
    rows = [row for row in seen.emissions if 0 < (row[1].smallest or 0) < least]
    if not rows:
        return
    smallest = min(e.smallest or 0 for _, e in rows)
    # A fraction is an average or a share, not a count of people.
    whole = [row for row in rows if float(row[1].smallest or 0).is_integer()]
    name, number = category_name(seen.category), figure(smallest)
    if promises:
        declared = Words(
            nl=f"Het register zegt: aantallen kleiner dan {least} worden niet verstuurd.",
            en=f"The register says: counts smaller than {least} are not sent.",
        )
    else:
        declared = Words(
            nl="Het register zegt niet hoe groot een groep minstens moet zijn.",
            en="The register does not say how large a group must be at least.",
        )
    yield _finding(
        context,
        entry,
        seen.category,
        "count",
        whole or rows,
        certain=bool(promises) and bool(whole),
        observed=Words(
            nl=f"{name.nl}: het kleinste getal boven nul is {number.nl}.",
            en=f"{name.en}: the smallest figure above zero is {number.en}.",
        ),
        declared=declared,
    )


def _too_short(context: RuleContext, comparison: Comparison, seen: Observed) -> Iterator[Finding]:
    entry = comparison.entry
    promises = [
        s.processing.aggregation_seconds
        for s in entry.streams
        if s.processing
        and s.processing.aggregation_seconds
        and seen.category in covered_by(s.categories)
    ]
    if not promises:
        return
    least = min(promises)
    rows = [row for row in seen.emissions if 0 < (row[1].window_seconds or 0) < least * SHORTER]
    if not rows:
        return
    finer = [row for row in rows if (usual_interval(row[1].intervals) or least) < least / 2]
    name, promised = category_name(seen.category), duration(least)
    shortest = duration(min(e.window_seconds or 0 for _, e in rows))
    yield _finding(
        context,
        entry,
        seen.category,
        "window",
        finer or rows,
        certain=bool(finer) and seen.rank >= _COUNTS,
        observed=Words(
            nl=f"{name.nl}: de berichten noemen getallen over {shortest.nl}.",
            en=f"{name.en}: the messages name figures over {shortest.en}.",
        ),
        declared=Words(
            nl=f"Het register zegt: de getallen gaan over minstens {promised.nl}.",
            en=f"The register says: the figures are over at least {promised.en}.",
        ),
    )


def _finding(
    context: RuleContext,
    entry: RegisterEntry,
    category: str,
    aspect: str,
    rows: list[Row],
    *,
    certain: bool,
    observed: Words,
    declared: Words,
) -> Finding:
    owner = owner_words(entry)
    confidence = min(max(e.confidence for _, e in rows), context.binding_confidence(entry.entry_id))
    return Finding(
        id=finding_id("D10", entry.entry_id, category, aspect=aspect),
        kind=kind_of(confidence) if certain else "question",
        rule_id="D10",
        severity="low",
        title=TITLE,
        entry_id=entry.entry_id,
        device_ids=tuple(dict.fromkeys(device_id for device_id, _ in rows)),
        category=category,
        observed=observed,
        declared=declared,
        difference=Words(
            nl="Hoe kleiner de groep en hoe korter de tijd, hoe eerder een getal over één persoon "
            "gaat.",
            en="The smaller the group and the shorter the time, the sooner a figure is about one "
            "person.",
        ),
        refutation=Words(
            nl="Bewijs dat dit getal iets anders is dan een aantal mensen, of dat de ontvanger "
            "het samenvoegt voordat iemand het ziet.",
            en="Proof that this figure is something else than a number of people, or that the "
            "recipient adds it up before anybody sees it.",
        ),
        action=Words(
            nl=f"Vraag {owner.nl} om kleine aantallen weg te laten of over een langere tijd te "
            "tellen, of om de inschrijving aan te passen.",
            en=f"Ask {owner.en} to leave small numbers out or to count over a longer time, or to "
            "change the entry.",
        ),
        norms=cite(_NORMS, context.register, entry),
        confidence=confidence,
        evidence=evidence_of(rows),
    )


RULE = Rule(
    id="D10",
    title=TITLE.en,
    reference="GDPR recital 26 and art. 5(1)(c)",
    looks_at=Words(
        nl="Aantallen die kleiner zijn, of over een kortere tijd gaan, dan het register "
        "belooft. Zonder belofte alleen heel kleine aantallen reizen van plaats naar plaats.",
        en="Counts that are smaller, or over a shorter time, than the register promises. "
        "Without a promise only very small numbers of trips from place to place.",
    ),
    examine=examine,
)
