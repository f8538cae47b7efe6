"""Findings by what caused them: a city has thousands of entries, and few things to decide.

What one rule says in the same words of many entries is one matter: one model that sends too much,
one importer that left a field empty.  Every finding is in exactly one group.  Where there would be
more groups than people can look at, the least serious of one rule are put together first; a serious
one stays on its own for as long as there is room.
"""

import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from schouw_agent.report import Device
from schouw_collector.records import SEVERITIES, Assessment, EntryAssessment, Finding, Group, Words

MOST_GROUPS = 25
"""As many as one can look at in a day."""
_MOST_VALUES = 3
"""Of what the findings of a group share, no more values than these are told."""

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://schouw.example.org/group")
_Key = tuple[str, ...]
_SHARED = {
    "model": Words(nl="model", en="model"),
    "supplier": Words(nl="leverancier", en="supplier"),
    "recipient": Words(nl="ontvanger", en="recipient"),
    "declared text": Words(nl="tekst in het register", en="text in the register"),
    "type": Words(nl="soort sensor", en="type of sensor"),
    "organisation": Words(nl="organisatie", en="organisation"),
}
"""What findings may have in common, the most telling first."""


def groups(assessment: Assessment, most: int = MOST_GROUPS) -> tuple[Group, ...]:
    """Return the findings and questions of an assessment by their cause, the worst first.

    At most `most` groups, if that is at least 1.  The same findings give the same groups, and a
    group has the same id as long as it is about the same thing.
    """
    cells: dict[_Key, list[Finding]] = defaultdict(list)
    for finding in assessment.findings:
        cells[cause(finding)].append(finding)
    for coarser in (_of_rule_and_kind, _of_rule, _of_all):
        cells = _together(cells, coarser, most)
    shared = _Shared(assessment)
    made = [_group(key, found, shared) for key, found in cells.items()]
    return tuple(sorted(made, key=_worst_first))


def cause(finding: Finding) -> _Key:
    """Return what a finding has in common with others of the same cause.

    Rule, kind and the difference in words; of a serious one also what data they are.
    """
    severe = finding.severity == "high"
    data = finding.category if severe else ""
    return finding.rule_id, finding.kind, "high" if severe else "", data, finding.difference.en


def _of_rule_and_kind(key: _Key) -> _Key:
    return key[:3]


def _of_rule(key: _Key) -> _Key:
    return key[:1]


def _of_all(_key: _Key) -> _Key:
    return ("",)


def _together(
    cells: Mapping[_Key, list[Finding]], coarser: Callable[[_Key], _Key], most: int
) -> dict[_Key, list[Finding]]:
    """Return the cells with the least serious put together, as long as there are too many."""
    found = dict(cells)
    families: dict[_Key, list[_Key]] = defaultdict(list)
    for key in found:
        families[coarser(key)].append(key)
    least_first = sorted(families, key=lambda f: (*_weight(found, families[f]), f))
    for family in least_first:
        keys = families[family]
        if len(found) <= most:
            break
        if len(keys) > 1:
            # No more than needed, from the least serious on.
            keys.sort(key=lambda key: (*_weight(found, [key]), key))
            if family == ("",):
                keys = keys[: len(found) - most + 1]
            found[family] = [finding for key in keys for finding in found.pop(key)]
    return found


def _weight(cells: Mapping[_Key, Sequence[Finding]], keys: Iterable[_Key]) -> tuple[int, int, int]:
    rows = [finding for key in keys for finding in cells[key]]
    return (
        max(SEVERITIES.index(finding.severity) for finding in rows),
        int(any(finding.kind == "finding" for finding in rows)),
        len(rows),
    )


def _worst_first(group: Group) -> tuple[int, bool, int, str, str]:
    return (
        -SEVERITIES.index(group.severity),
        group.kind != "finding",
        -len(group.finding_ids),
        group.rule_ids[0],
        group.id,
    )


class _Shared:
    """What findings may have in common."""

    def __init__(self, assessment: Assessment) -> None:
        self._devices: Mapping[str, Device] = {d.id: d for d in assessment.devices}
        self._entries: Mapping[str, EntryAssessment] = {e.entry_id: e for e in assessment.entries}

    def words(self, found: Sequence[Finding]) -> Words | None:
        """Return the most telling thing that all have, in few values; None if there is none."""
        rows = [self._of(finding) for finding in found]
        for name, label in _SHARED.items():
            counts = Counter(row[name] for row in rows)
            if "" not in counts and len(counts) <= _MOST_VALUES:
                values = ", ".join(
                    value if len(counts) == 1 else f"{value} ({count})"
                    for value, count in counts.most_common()
                )
                return Words(nl=f"{label.nl}: {values}", en=f"{label.en}: {values}")
        return None

    def _of(self, finding: Finding) -> dict[str, str]:
        devices = [self._devices[id_] for id_ in finding.device_ids if id_ in self._devices]
        entry = self._entries.get(finding.entry_id)
        return {
            "model": _one(f"{d.vendor} {d.model}".strip() if d.model else "" for d in devices),
            "supplier": _one(d.vendor for d in devices),
            "recipient": finding.recipient,
            "declared text": "; ".join(entry.declared_text)[:80] if entry else "",
            "type": entry.type if entry else "",
            "organisation": entry.organisation if entry else "",
        }


def _one(values: Iterable[str]) -> str:
    found = set(values)
    return found.pop() if len(found) == 1 else ""


def _group(key: _Key, found: Sequence[Finding], shared: _Shared) -> Group:
    worst = min(
        found, key=lambda f: (-SEVERITIES.index(f.severity), f.kind == "question", -f.confidence)
    )
    alike = all(finding.difference == worst.difference for finding in found)
    return Group(
        id=str(uuid.uuid5(_NAMESPACE, "\x1f".join(key))),
        kind="finding" if any(finding.kind == "finding" for finding in found) else "question",
        rule_ids=tuple(sorted({finding.rule_id for finding in found})),
        severity=worst.severity,
        title=worst.title,
        category=_one(finding.category for finding in found),
        difference=worst.difference if alike else None,
        shared=shared.words(found),
        finding_ids=tuple(finding.id for finding in found),
        entries=len({finding.entry_id for finding in found if finding.entry_id}),
        devices=len({id_ for finding in found for id_ in finding.device_ids}),
        example=worst.id,
    )
