"""D11: messages come far more often than the register says."""

from collections.abc import Iterator

from schouw_agent.report import Device, Emission
from schouw_agent.vocabulary import covered_by
from schouw_collector.binding.selectors import NEEDS_NO_ENTRY
from schouw_collector.comparing.cadence import usual_interval
from schouw_collector.comparing.comparison import QUESTION, Comparison, Observed
from schouw_collector.comparing.findings import evidence_of, finding_id, kind_of, owner_words
from schouw_collector.comparing.norms import cite
from schouw_collector.comparing.rule_context import RuleContext
from schouw_collector.plugins import Rule
from schouw_collector.records import Finding, Words
from schouw_collector.saying.phrasing import category_name, duration, messages

TITLE = Words(nl="Verstuurt vaker dan aangemeld", en="Sends more often than declared")
ASKED = 4.0
"""How many times finer than declared a stream must be to be asked about."""
CERTAIN = 8.0
"""And to be a finding.  The histogram has classes of a factor two, taken at their upper edge."""
FEWEST_INTERVALS = 20
_PEOPLE = 2
_OF_SOUND = frozenset({"sound_level", "sound_event_class"})
_NORMS = ("gdpr-5-1-c", "gdpr-25")

Row = tuple[str, Emission]


def examine(context: RuleContext) -> Iterator[Finding]:
    """Return at most one finding or question for each entry and category.

    Each path of each device is looked at by itself.  A finding for data on people, eight times
    finer than the declared interval; a question from four times on.  Nothing from fewer than twenty
    intervals, nor of what was asked for, or comes through a relay or a topic that stands for
    several devices.
    """
    for comparison in context.comparisons:
        devices = {device.id: device for device in comparison.devices}
        for seen in comparison.observed.values():
            declared = _declared_interval(comparison, seen.category)
            if declared is None or seen.rank < 1 or seen.confidence < QUESTION:
                continue
            rows = [row for row in seen.emissions if _finer(devices[row[0]], row[1], declared)]
            if rows:
                yield _finding(context, comparison, seen, rows, declared)


def _declared_interval(comparison: Comparison, category: str) -> float | None:
    stated = [
        s.interval_seconds
        for s in comparison.entry.streams
        if s.interval_seconds and category in covered_by(s.categories)
    ]
    return min(stated) if stated else None


def _finer(device: Device, emission: Emission, declared: float) -> bool:
    usual = usual_interval(emission.intervals)
    return (
        usual is not None
        and usual * ASKED <= declared
        and emission.direction == "sent"
        and sum(emission.intervals) >= FEWEST_INTERVALS
        # What lasted less than three intervals may be one event, told in detail.
        and (emission.last_seen - emission.first_seen).total_seconds() >= 3 * declared
        and not _is_several(device, emission)
    )


def _is_several(device: Device, emission: Emission) -> bool:
    """Return whether the messages may be those of several devices together."""
    own = [i for i in device.identifiers if i.kind not in {"topic", "ip", "gateway"}]
    return device.role in NEEDS_NO_ENTRY or not own or "{" in emission.channel


def _finding(
    context: RuleContext,
    comparison: Comparison,
    seen: Observed,
    rows: list[Row],
    declared: float,
) -> Finding:
    entry = comparison.entry
    finest = min(rows, key=lambda row: usual_interval(row[1].intervals) or declared)
    usual = usual_interval(finest[1].intervals) or declared
    confidence = min(finest[1].confidence, context.binding_confidence(entry.entry_id))
    certain = usual * CERTAIN <= declared and seen.rank >= _PEOPLE and not finest[1].retained
    name, owner = category_name(seen.category), owner_words(entry)
    span = duration(usual) if usual >= 1 else Words(nl="1 seconde", en="1 second")
    promised, count = duration(declared), messages(finest[1].messages)
    return Finding(
        id=finding_id("D11", entry.entry_id, seen.category),
        kind=kind_of(confidence) if certain else "question",
        rule_id="D11",
        severity="low" if seen.rank >= _PEOPLE else "info",
        title=TITLE,
        entry_id=entry.entry_id,
        device_ids=tuple(dict.fromkeys(device_id for device_id, _ in rows)),
        category=seen.category,
        observed=Words(
            nl=f"{name.nl}: {count.nl}, meestal met minder dan {span.nl} ertussen.",
            en=f"{name.en}: {count.en}, mostly with less than {span.en} between them.",
        ),
        declared=Words(
            nl=f"Het register zegt: één meting per {promised.nl}.",
            en=f"The register says: one measurement per {promised.en}.",
        ),
        difference=_difference(seen, usual),
        refutation=Words(
            nl="Bewijs dat hier meer sensoren achter zitten, of dat dezelfde meting vaker wordt "
            "verstuurd.",
            en="Proof that several sensors are behind it, or that one measurement is sent more "
            "than once.",
        ),
        action=Words(
            nl=f"Vraag {owner.nl} of het nodig is om zo vaak te meten. Pas daarna de sensor of het "
            "register aan.",
            en=f"Ask {owner.en} whether it is needed to measure so often. Then change the sensor "
            "or the register.",
        ),
        norms=cite(_NORMS, context.register, entry),
        confidence=confidence,
        evidence=evidence_of(rows),
    )


def _difference(seen: Observed, usual: float) -> Words:
    if seen.rank >= _PEOPLE:
        return Words(
            nl="Vaker meten laat meer zien van wat mensen op een plek doen.",
            en="Measuring more often shows more of what people do at a place.",
        )
    if seen.category in _OF_SOUND and usual <= 1:
        return Words(
            nl="Niveaus van minder dan een seconde komen dicht bij het geluid zelf, zeker als zij "
            "per toonhoogte worden verstuurd (een spectrum). Of er dan iets van mensen in te horen "
            "is, moet iemand beoordelen.",
            en="Levels of less than a second come close to the sound itself, the more so where "
            "they are sent for each pitch (a spectrum). Whether something of people can then be "
            "heard in them, somebody must judge.",
        )
    return Words(
        nl="Dit gaat niet over mensen. Het register loopt misschien achter.",
        en="This is not about people. The register may be out of date.",
    )


RULE = Rule(
    id="D11",
    title=TITLE.en,
    reference="GDPR art. 5(1)(c) and 25",
    looks_at=Words(
        nl="Berichten die minstens vier keer zo vaak komen als is aangemeld. Een tussentijd "
        "telt zo zwaar als zij duurt, zodat dubbele berichten en vlagen niet meetellen.",
        en="Messages that come at least four times as often as declared. An interval weighs as "
        "much as it lasts, so that copies and bursts do not count.",
    ),
    examine=examine,
)
