"""D15: an entry that is in the register, and of which nothing has been heard for long.

Silence says something only where somebody listened: on days, and for as long, as the device would
have been heard if it were there.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta

from schouw_collector.comparing.comparison import Comparison
from schouw_collector.comparing.findings import finding_id, owner_words
from schouw_collector.comparing.listening import Listened, watches_of
from schouw_collector.comparing.norms import cite
from schouw_collector.comparing.rule_context import RuleContext
from schouw_collector.free_text.sensor_types import usual_interval_seconds
from schouw_collector.plugins import Rule
from schouw_collector.records import Finding, Words
from schouw_collector.registers.register_entry import RegisterEntry
from schouw_collector.saying.phrasing import day, duration

TITLE = Words(
    nl="Staat in het register, maar laat niets meer horen",
    en="Is in the register, and is not heard any more",
)
SILENT_DAYS = 14
"""Days on which was listened and a device that was heard before was not."""
NEVER_HEARD_DAYS = 30
"""The same, for a device that was never heard."""
INTERVALS = 10
"""How many times its interval must have been listened in all."""
_NORMS = ("gdpr-5-2", "gdpr-30")


def examine(context: RuleContext) -> Iterator[Finding]:
    """Return one question for each bound entry whose devices have all been silent for long.

    Listened counts only without losses, and only by who heard the device last; of a device that
    nobody ever heard, by any one agent that heard another device which people bound in the same
    way.  Nothing of mobile sensors, nor outside the period that the entry gives.
    """
    watches = watches_of(context.history.windows)
    most = max((watch.since(None) for watch in watches), default=Listened(0, 0.0))
    if most.days < SILENT_DAYS:
        return
    day_, heard = context.day, _heard_kinds(context)
    bound = _kinds(context)
    for comparison in context.comparisons:
        entry = comparison.entry
        if entry.entry_id not in context.binding.named_entries or _is_excused(entry, day_):
            continue
        if comparison.devices:
            last = max(device.last_seen for device in comparison.devices)
            by = [watch.since(last) for watch in watches if watch.was_on(last)]
            listened, needed = min(by, default=Listened(0, 0.0)), SILENT_DAYS
        elif heard & bound[entry.entry_id]:
            last, listened, needed = None, most, NEVER_HEARD_DAYS
        else:
            continue
        if listened.days >= needed and listened.seconds >= INTERVALS * _interval(entry):
            yield _question(context, comparison, last, listened)


def _is_excused(entry: RegisterEntry, day_: date) -> bool:
    """Return whether the register itself lets expect silence here and now."""
    begun = entry.active_from is None or entry.active_from <= day_ - timedelta(SILENT_DAYS)
    over = entry.active_until is not None and entry.active_until < day_
    return entry.location.mobile or not begun or over


def _kinds(context: RuleContext) -> Mapping[str, set[str]]:
    """Return by what kinds of bindings each entry is known."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in context.bindings.bindings:
        found[row.entry].add(row.kind)
    return found


def _heard_kinds(context: RuleContext) -> set[str]:
    """Return the kinds of bindings by which some device was found."""
    return {bound.kind for rows in context.binding.of_device.values() for bound in rows}


def _interval(entry: RegisterEntry) -> float:
    stated = [s.interval_seconds for s in entry.streams if s.interval_seconds]
    return max(stated) if stated else usual_interval_seconds(entry.type)


def _question(
    context: RuleContext, comparison: Comparison, last: datetime | None, listened: Listened
) -> Finding:
    entry, span = comparison.entry, duration(listened.seconds)
    owner = owner_words(entry)
    if last is None:
        observed = Words(
            nl=f"Van deze inschrijving is nooit een apparaat gezien. Er is op {listened.days} "
            f"dagen geluisterd, samen {span.nl}.",
            en=f"No device of this entry was ever seen. On {listened.days} days somebody "
            f"listened, {span.en} in all.",
        )
    else:
        date_ = day(last.astimezone(UTC).date())
        observed = Words(
            nl=f"Het laatste teken was op {date_.nl}. Daarna is op {listened.days} dagen "
            f"geluisterd (samen {span.nl}) en niets gehoord.",
            en=f"The last sign was on {date_.en}. After that, on {listened.days} days somebody "
            f"listened ({span.en} in all) and heard nothing.",
        )
    until = day(entry.active_until) if entry.active_until else None
    return Finding(
        id=finding_id("D15", entry.entry_id),
        kind="question",
        rule_id="D15",
        severity="info",
        title=TITLE,
        entry_id=entry.entry_id,
        device_ids=tuple(device.id for device in comparison.devices),
        observed=observed,
        declared=Words(
            nl=f"Het register zegt: in gebruik tot {until.nl}.",
            en=f"The register says: in use until {until.en}.",
        )
        if until
        else Words(nl="Het register noemt geen einddatum.", en="The register names no end date."),
        difference=Words(
            nl="De sensor is misschien weg, stuk of uitgezet. Of hij praat nu op een plek waar "
            "niet is geluisterd.",
            en="The sensor may be gone, broken or switched off. Or it now talks at a place where "
            "nobody listened here.",
        ),
        refutation=Words(
            nl="Een meting van deze sensor uit deze dagen, of bewijs dat hij nu via een ander "
            "netwerk of onder een ander adres verstuurt.",
            en="A measurement of this sensor from these days, or proof that it now sends through "
            "another network or under another address.",
        ),
        action=Words(
            nl=f"Vraag {owner.nl} of de sensor er nog staat. Haal hem anders uit het register, of "
            "herstel de koppeling.",
            en=f"Ask {owner.en} whether the sensor is still there. Else take it out of the "
            "register, or mend its binding.",
        ),
        norms=cite(_NORMS, context.register, entry),
        confidence=context.binding_confidence(entry.entry_id),
    )


RULE = Rule(
    id="D15",
    title=TITLE.en,
    reference="GDPR art. 5(2) and 30",
    looks_at=Words(
        nl="Gekoppelde inschrijvingen waarvan 14 dagen niets is gehoord door wie het apparaat "
        "het laatst hoorde, of 30 dagen als het nooit is gehoord. Alleen luisteren zonder "
        "verlies telt. Altijd een vraag.",
        en="Bound entries of which nothing was heard for 14 days by who heard the device last, "
        "or for 30 days if it was never heard. Only listening without losses counts. Always a "
        "question.",
    ),
    examine=examine,
)
