"""Looks at recordings as an auditor would, and compares that with what was written down."""

import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml

from examples.havenplein.golden import compared
from schouw_agent.order import read_order
from schouw_agent.vocabulary import CATEGORIES
from schouw_collector.assessment import assess
from schouw_collector.change.fingerprint import take
from schouw_collector.change.watch import Event, Watch
from schouw_collector.checked import Checked
from schouw_collector.declared.declared_files import DeclaredFiles, read_all
from schouw_collector.records import Assessment, Period
from schouw_collector.spot_check import check
from tests.city.stage import CASE, SCENARIOS
from tests.city.town import AUDITOR_ADDRESS, AUDITOR_MAC

Looks = Sequence[Sequence[Path]]
"""For each time that somebody looked the captures of it."""


@dataclass(frozen=True, slots=True)
class Audit:
    """What Schouw says."""

    assessment: Assessment
    """Of all looks together."""
    periods: tuple[Period, ...]
    """Of each look."""
    changes: tuple[Event, ...] = ()
    """Since the first look."""


def expected_of(name: str) -> Mapping[str, Any]:
    """Return what was written down beforehand."""
    found: Mapping[str, Any] = json.loads((SCENARIOS / name / "expected.json").read_text("utf-8"))
    return found


def audit(name: str, looks: Looks, *, part: str = CASE, subscribed: bool = False) -> Audit:
    """Return what Schouw says of captures, with the papers of a scenario.

    A twin may have papers of its own, as `twin-register.json`.  Several looks are several reports;
    the first is the baseline.  `subscribed`: the auditor's own machine is in the captures, and is
    entered among the municipality's hosts, as an auditor would be who comes on its behalf.
    """
    with tempfile.TemporaryDirectory() as folder:
        papers = _papers(name, part)
        if subscribed:
            papers["bindings"] = _with_auditor(papers["bindings"], Path(folder))
        checked = [check(list(captures), **papers) for captures in looks]
        periods = tuple(each.assessment.period for each in checked)
        if len(checked) == 1:
            return Audit(checked[0].assessment, periods)
        return Audit(_together(checked, papers), periods, _changes(checked))


def _papers(name: str, part: str) -> dict[str, Any]:
    def paper(*names: str) -> Path | None:
        own = [f"{part}-{each}" for each in names]
        places = (SCENARIOS / name / each for each in (*own, *names))
        return next((place for place in places if place.exists()), None)

    register = paper("register.json", "register.yaml", "register.csv", "register.xlsx")
    if register is None:
        raise FileNotFoundError(f"{name}: no register")
    able = paper("capabilities.json", "capabilities.yaml")
    return {
        "register": register,
        "bindings": paper("bindings.yaml"),
        "order": paper("order.toml"),
        "governance": paper("governance.yaml"),
        "algorithms": paper("algorithms.json", "algorithms.csv", "algorithms.xlsx"),
        "capabilities": [able] if able else [],
    }


def _with_auditor(bindings: Path, folder: Path) -> Path:
    """Return bindings that say whose machine it is that subscribes."""
    stated = yaml.safe_load(bindings.read_text("utf-8"))
    stated["municipal_hosts"] = [*stated.get("municipal_hosts", ()), AUDITOR_ADDRESS]
    row = {"kind": "mac", "pattern": AUDITOR_MAC, "set_by": "auditor", "reason": "looks itself"}
    stated["out_of_scope"] = [*stated.get("out_of_scope", ()), row]
    file = folder / bindings.name
    file.write_text(yaml.safe_dump(stated), encoding="utf-8")
    return file


def _together(checked: Iterable[Checked], papers: Mapping[str, Any]) -> Assessment:
    files = {key: value for key, value in papers.items() if key != "order"}
    side = read_all(DeclaredFiles(**files))
    order: Path | None = papers["order"]
    mandate = read_order(order.name, order.read_bytes()) if order else None
    return assess(
        [each.report for each in checked],
        side.register,
        side.bindings,
        **side.beside,
        order_exclusions=[each.reason for each in mandate.exclusions] if mandate else (),
        software=f"schouw {version('schouw')}",
    )


def _changes(checked: Sequence[Checked]) -> tuple[Event, ...]:
    first, *later = (take(each.assessment) for each in checked)
    watch = Watch(first)
    for window in later:
        watch.add(window)
    return watch.events()


def differences(name: str, part: str, found: Audit) -> list[str]:
    """Return one line for each way in which an audit is not what was written down."""
    expected = expected_of(name)[part]
    said = json.loads(found.assessment.model_dump_json(by_alias=True))
    ancillary = [category.id for category in CATEGORIES.values() if category.ancillary]
    wanted = {"allowed": (), "must_not": (), **expected}
    return [
        *compared(said, wanted, expected.get("allowed_verdicts", {}), ancillary),
        *_unlike(found.changes, expected.get("changes", ()), expected.get("allowed_changes", ())),
    ]


def _unlike(
    said: Iterable[Event], wanted: Sequence[Mapping[str, str]], allowed: Sequence[Mapping[str, str]]
) -> Iterable[str]:
    """Return lines about changes that are missing, or that nobody expected.

    A row tells `kind`, `entry`, `category` and `state` of a change; `*` stands for any.
    """
    keys = ("kind", "entry", "category", "state")
    given = [
        dict(zip(keys, (e.change.kind, e.change.entry_id, e.change.category, e.state), strict=True))
        for e in said
    ]

    def meets(row: Mapping[str, str], event: Mapping[str, str]) -> bool:
        return all(row[key] in ("*", event[key]) for key in keys)

    for row in wanted:
        if not any(meets(row, event) for event in given):
            yield f"no change: {' '.join(row[key] for key in keys)} ({row['why']})"
    for event in given:
        if not any(meets(row, event) for row in (*wanted, *allowed)):
            yield f"change, and not expected: {' '.join(event.values())}"
