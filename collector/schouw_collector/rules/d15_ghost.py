"""D15: an entry that is in the register, and of which nothing has been heard for long.

Silence says something only where somebody listened: on days, and for as long, as the device would
have been heard if it were there.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from schouw_collector.comparison import Comparison
from schouw_collector.findings import finding_id, owner_words
from schouw_collector.history import Window
from schouw_collector.norms import cite
from schouw_collector.phrasing import day, duration
from schouw_collector.plugins import Rule
from schouw_collector.records import Finding, Words
from schouw_collector.register_entry import RegisterEntry
from schouw_collector.rule_context import RuleContext
from schouw_collector.sensor_types import usual_interval_seconds

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


@dataclass(frozen=True, slots=True)
class _Listened:
    """How well was listened for a device."""

    days: int
    seconds: float


def examine(context: RuleContext) -> Iterator[Finding]:
    """Return one question for each bound entry whose devices have all been silent for long.

    Listened counts only without losses, and only by who heard the device last; of a device that
    nobody ever heard, by any one agent that heard another device which people bound in the same
    way.  Nothing of mobile sensors, nor outside the period that the entry gives.
    """
    windows = [w for w in context.history.windows if w.lossless]
    kinds = _heard_kinds(context)
    for comparison in context.comparisons:
        entry = comparison.entry
        if entry.entry_id not in context.binding.named_entries or _is_excused(context, entry):
            continue
        if comparison.devices:
            last = max(device.last_seen for device in comparison.devices)
            listened = _least(context.history.windows, windows, last)
            needed = SILENT_DAYS
        elif kinds & _kinds_of(context, entry.entry_id):
            last, needed = None, NEVER_HEARD_DAYS
            listened = _most(windows)
        else:
            continue
        long_enough = listened.seconds >= INTERVALS * _interval(entry)
        if listened.days >= needed and long_enough:
            yield _question(context, comparison, last, listened)


def _is_excused(context: RuleContext, entry: RegisterEntry) -> bool:
    """Return whether the register itself lets expect silence here and now."""
    begun = entry.active_from is None or entry.active_from <= context.day - timedelta(SILENT_DAYS)
    over = entry.active_until is not None and entry.active_until < context.day
    return entry.location.mobile or not begun or over


def _kinds_of(context: RuleContext, entry_id: str) -> set[str]:
    return {b.kind for b in context.bindings.bindings if b.entry == entry_id}


def _heard_kinds(context: RuleContext) -> set[str]:
    """Return the kinds of bindings by which some device was found."""
    return {bound.kind for rows in context.binding.of_device.values() for bound in rows}


def _least(all_: Iterable[Window], lossless: Sequence[Window], last: datetime) -> _Listened:
    """Return how long each of those that may have heard the last sign listened since, at least."""
    agents = {w.agent_id for w in all_ if w.start <= last <= w.end}
    since = [_by([w for w in lossless if w.agent_id == a], last) for a in sorted(agents)]
    return min(since, key=lambda heard: (heard.days, heard.seconds), default=_Listened(0, 0.0))


def _most(lossless: Sequence[Window]) -> _Listened:
    agents = sorted({w.agent_id for w in lossless})
    by = [_by([w for w in lossless if w.agent_id == a], None) for a in agents]
    return max(by, key=lambda heard: (heard.days, heard.seconds), default=_Listened(0, 0.0))


def _by(windows: Iterable[Window], last: datetime | None) -> _Listened:
    """Return on how many UTC days, and for how long, one agent listened after a moment."""
    days: set[date] = set()
    seconds = 0.0
    until: datetime | None = last
    for window in sorted(windows, key=lambda w: (w.start, w.end)):
        start = window.start if until is None else max(window.start, until)
        if window.end <= start:
            continue
        seconds += (window.end - start).total_seconds()
        until = window.end
        moment = start.astimezone(UTC).date()
        while moment <= window.end.astimezone(UTC).date():
            days.add(moment)
            moment += timedelta(1)
    return _Listened(len(days), seconds)


def _interval(entry: RegisterEntry) -> float:
    stated = [s.interval_seconds for s in entry.streams if s.interval_seconds]
    return max(stated) if stated else usual_interval_seconds(entry.type)


def _question(
    context: RuleContext, comparison: Comparison, last: datetime | None, listened: _Listened
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


RULE = Rule(id="D15", title=TITLE.en, reference="GDPR art. 5(2) and 30", examine=examine)
