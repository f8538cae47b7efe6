"""What can be told of a scenario from where: one play in clear and one in TLS, looked at anew."""

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path

from results_page import VARIANTS, Viewed, matters

from examples.havenplein.golden import macs_of, meets
from schouw_collector.records import Assessment
from tests.city.audit import Looks, audit, expected_of
from tests.city.loss import without_some
from tests.city.stage import CASE, TWIN, Recording, play, story_of

_BRIEF_SECONDS = 30
_CLAIMED = frozenset(("undeclared", "declared_and_observed"))
_BY_SUBSCRIBER = frozenset(("broker only", "both"))


def view_seed(task: tuple[str, int]) -> list[Viewed]:
    """Return what can be told of one scenario, with one seed, from each place."""
    name, seed = task
    found: dict[str, dict[str, Assessment]] = {variant: {} for variant in VARIANTS}
    for part in (CASE, TWIN):
        with tempfile.TemporaryDirectory() as clear, tempfile.TemporaryDirectory() as sealed:
            open_ = play(story_of(name), seed, part, Path(clear), auditor=True)
            secret = play(story_of(name), seed, part, Path(sealed), secure=True)
            for variant in VARIANTS:
                looks = _looks(secret if variant == "all TLS" else open_, variant, seed)
                subscribed = variant in _BY_SUBSCRIBER
                heard = audit(name, looks, part=part, subscribed=subscribed)
                found[variant][part] = heard.assessment
    return [_viewed(name, seed, variant, parts) for variant, parts in found.items()]


def _looks(recording: Recording, variant: str, seed: int) -> Looks:
    match variant:
        case "broker only":
            return [[file] for file in recording.subscribed]
        case "both":
            return list(zip(recording.captures, recording.subscribed, strict=True))
        case "1% of the frames lost" | "10% of the frames lost":
            share = float(variant.partition("%")[0]) / 100
            return [[_without(file, share, seed)] for file in recording.captures]
        case "30 seconds":
            return [[_without(recording.captures[0], 0.0, seed, seconds=_BRIEF_SECONDS)]]
        case _:
            return [[file] for file in recording.captures]


def _without(file: Path, share: float, seed: int, *, seconds: float | None = None) -> Path:
    kept = file.with_name(f"{file.stem}-{share}-{seconds}.pcapng")
    without_some(file, kept, share, seed, seconds=seconds)
    return kept


def _viewed(name: str, seed: int, variant: str, found: Mapping[str, Assessment]) -> Viewed:
    expected = expected_of(name)[CASE]
    wanted = [row for row in expected["findings"] if row["kind"] == "finding"]
    said = json.loads(found[CASE].model_dump_json(by_alias=True))
    macs = macs_of(said)
    verdicts = {
        entry.entry_id: {v.category: v.verdict for v in entry.verdicts}
        for entry in found[CASE].entries
    }
    return Viewed(
        name,
        seed,
        variant,
        wanted=len(wanted),
        found=sum(any(meets(row, f, macs) for f in said["findings"]) for row in wanted),
        claims=sum(
            verdict in _CLAIMED and matters(category)
            for told in verdicts.values()
            for category, verdict in told.items()
        ),
        dishonest=[
            entry
            for entry, told in verdicts.items()
            if not _is_honest(expected["entries"].get(entry, {"verdicts": {}})["verdicts"], told)
        ],
        accused=[
            f"{f.rule_id} {f.entry_id} {f.category}"
            for f in found[TWIN].findings
            if f.kind == "finding" and f.category
        ],
    )


def _is_honest(wanted: Mapping[str, Mapping[str, str]], told: Mapping[str, str]) -> bool:
    """Return whether what was told of an entry leaves open what could not be seen.

    Whether there is more than what is declared nobody can know who did not see it; and of a text
    with two meanings only the one that was seen is told.
    """
    declared = {c: row["verdict"] for c, row in wanted.items() if row["verdict"] != "undeclared"}
    open_ = "not_assessable"
    if any(told.get(c, open_) not in (verdict, open_) for c, verdict in declared.items()):
        return False
    return not wanted or open_ in told.values() or bool(_CLAIMED & set(told.values()))
