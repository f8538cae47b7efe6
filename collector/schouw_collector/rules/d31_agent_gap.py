"""D31: an agent was silent, or some of its reports are missing: of that time nothing is known."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from schouw_collector.comparing.findings import finding_id
from schouw_collector.comparing.norms import cite
from schouw_collector.comparing.rule_context import RuleContext
from schouw_collector.many_reports.history import Window
from schouw_collector.plugins import Rule
from schouw_collector.records import Finding, Words
from schouw_collector.saying.phrasing import duration, percent

TITLE = Words(nl="Er is een tijd niet gekeken", en="For some time nobody looked")
_NORMS = ("gdpr-5-2",)
_SHORTEST = timedelta(minutes=2)
"""Between two reports some seconds may pass."""
_MUCH = 0.1
_NO_OBSERVATION = Words(
    nl="Dit gaat over de waarneming zelf, en niet over een sensor.",
    en="This is about the observation itself, not about a sensor.",
)


@dataclass(frozen=True, slots=True)
class _Gaps:
    """What is missing of one agent."""

    missing: int
    """Reports whose numbers were skipped."""
    restarts: int
    silent: timedelta
    last: datetime
    """When the last of it began."""
    share: float
    """Of the time between its first and its last report."""


def examine(context: RuleContext) -> Iterator[Finding]:
    """Return one question for each agent whose reports do not follow on each other.

    Captures that are read from file bear no numbers and follow on nothing: they have no gaps.
    """
    by_agent: dict[str, list[Window]] = {}
    for window in context.history.windows:
        by_agent.setdefault(window.agent_id, []).append(window)
    for agent, windows in sorted(by_agent.items()):
        if any(w.epoch or w.sequence for w in windows):
            gaps = _gaps(windows)
            if gaps is not None:
                yield _question(context, agent, gaps)


def _gaps(windows: Sequence[Window]) -> _Gaps | None:
    ordered = sorted(
        {(w.epoch, w.sequence): w for w in windows}.values(), key=lambda w: (w.start, w.sequence)
    )
    missing = restarts = 0
    silent, last, until = timedelta(), None, ordered[0].end
    for before, after in pairwise(ordered):
        hole = after.start - until
        skipped = after.sequence - before.sequence - 1 if after.epoch == before.epoch else 0
        if hole >= _SHORTEST or skipped > 0:
            missing += max(skipped, 0)
            restarts += after.epoch != before.epoch
            silent += max(hole, timedelta())
            last = max(until, before.end)
        until = max(until, after.end)
    if last is None:
        return None
    whole = until - ordered[0].start
    return _Gaps(missing, restarts, silent, last, silent / whole if whole else 0.0)


def _question(context: RuleContext, agent: str, gaps: _Gaps) -> Finding:
    day = gaps.last.astimezone(UTC).date()
    away = duration(gaps.silent.total_seconds())
    share = percent(gaps.share)
    return Finding(
        id=finding_id("D31", agent, aspect=day.isoformat()),
        kind="question",
        rule_id="D31",
        severity="low" if gaps.share >= _MUCH else "info",
        title=TITLE,
        observed=Words(
            nl=f"Agent “{agent}”. Ontbrekende verslagen: {gaps.missing}. Opnieuw begonnen: "
            f"{gaps.restarts}. Niet gekeken: {away.nl}, {share} van de tijd. Het laatst op "
            f"{day.isoformat()} (UTC).",
            en=f"Agent “{agent}”. Missing reports: {gaps.missing}. Began anew: {gaps.restarts}. "
            f"Did not look: {away.en}, {share} of the time. Last on {day.isoformat()} (UTC).",
        ),
        declared=_NO_OBSERVATION,
        difference=Words(
            nl="Wat in die tijd is verstuurd, is niet te beoordelen. Stilte zegt hier niets over "
            "de sensoren.",
            en="What was sent in that time cannot be assessed. Silence says nothing of the sensors "
            "here.",
        ),
        refutation=Words(
            nl="De ontbrekende verslagen, als de agent die nog heeft.",
            en="The missing reports, if the agent still has them.",
        ),
        action=Words(
            nl="Vraag de beheerder van de agent waarom er niet is gekeken, en laat de agent de "
            "verslagen opnieuw sturen.",
            en="Ask the administrator of the agent why it did not look, and let the agent send "
            "the reports again.",
        ),
        norms=cite(_NORMS, context.register),
    )


RULE = Rule(
    id="D31",
    title=TITLE.en,
    reference="GDPR art. 5(2)",
    looks_at=Words(
        nl="De nummers en tijden van de verslagen van elke agent: overgeslagen nummers, en twee "
        "minuten of meer tussen twee verslagen. Opnames uit een bestand tellen niet mee.",
        en="The numbers and times of the reports of each agent: skipped numbers, and two minutes "
        "or more between two reports. Captures from file do not count.",
    ),
    examine=examine,
)
