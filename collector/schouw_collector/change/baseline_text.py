"""What `schouw baseline` says in the terminal."""

from collections.abc import Iterable, Iterator, Sequence

from rich.text import Text

from schouw_collector.cases.audit_log import AuditLog
from schouw_collector.change.baseline import SignedBaseline
from schouw_collector.change.decisions import Begun, Decided, DecisionLine, Observed
from schouw_collector.change.since import Since
from schouw_collector.change.watch import EventGroup, EventState, grouped
from schouw_collector.saying.wording import Wording

_STATES: tuple[EventState, ...] = (
    "open",
    "rejected",
    "unconfirmed",
    "declared",
    "accepted",
    "perhaps_older",
    "noted",
    "ours",
)
_DIGITS = 8
"""Of an id: enough to name it."""


def since(found: Since, w: Wording) -> Iterator[Text]:
    """Yield what changed since a baseline: first what asks for a decision, each cause once."""
    yield Text(w("baseline.since", n=len(found.windows), day=found.baseline.start))
    yield Text(w.of(found.statement))
    if found.knowledge_changed:
        yield Text(w("baseline.knowledge_changed"))
    for state in _STATES:
        groups = grouped(event for event in found.events if event.state == state)
        if groups:
            yield Text(f"{w(f'baseline.state_{state}', n=len(groups))}:", style="bold")
            for group in groups:
                yield from _group(group, w)
    unseen = sum(event.state == "not_assessable" for event in found.events)
    if unseen:
        yield Text(w("baseline.not_assessable", n=unseen))
    if not found.events:
        yield Text(w("compare.nothing"))


def _group(group: EventGroup, w: Wording) -> Iterator[Text]:
    first = group.events[0]
    more = len({event.change.subject for event in group.events}) - 1
    text = w.of(first.change.text)
    if more:
        text = f"{text} {w('baseline.more_alike', n=more)}"
    yield Text(f"  - [{group.id[:_DIGITS]}] {text}")
    findings = sorted({id_ for event in group.events for id_ in event.change.finding_ids})
    if findings:
        shown = w.several(id_[:_DIGITS] for id_ in findings[:4])
        yield Text(f"    {w('baseline.findings', n=len(findings), findings=shown)}")


def timeline(
    about: SignedBaseline, lines: Sequence[DecisionLine], log: AuditLog, w: Wording
) -> Iterator[Text]:
    """Yield each step in order of time: when, what, and who decided how."""
    baseline = about.baseline
    yield Text(
        w("baseline.made", moment=baseline.created, source=baseline.source, signer=about.signer)
    )
    yield Text(w.of(baseline.statement))
    texts = {line.change_id: w.of(line.text) for line in lines if isinstance(line, Observed)}
    for line in lines:
        yield from _step(line, texts, w)
    if log.dropped:
        yield Text(w("log.dropped", n=log.dropped))
    yield Text(w("log.head", n=len(log.lines), head=log.head))


def _step(line: DecisionLine, texts: dict[str, str], w: Wording) -> Iterator[Text]:
    if isinstance(line, Observed):
        yield Text(
            w("baseline.observed", moment=line.time, id=line.change_id[:8], text=w.of(line.text))
        )
    elif isinstance(line, Decided):
        yield Text(_decision(line, w))
        yield from (Text(f"    {text}") for text in _known(line.change_ids, texts))
    elif not isinstance(line, Begun):
        yield Text(w("log.recovered", n=line.dropped_octets))


def _decision(line: Decided, w: Wording) -> str:
    said = w(f"baseline.was_{line.event}", moment=line.time, who=line.who, why=line.why)
    if line.until:
        said = f"{said} {w('baseline.until', day=line.until)}"
    if line.register_change:
        said = f"{said} {w('baseline.register_change', reference=line.register_change)}"
    return said


def _known(ids: Iterable[str], texts: dict[str, str]) -> list[str]:
    return [texts[id_] for id_ in ids if id_ in texts]
