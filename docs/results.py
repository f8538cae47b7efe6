"""Play every scenario with many seeds, and write docs/results.md.

`make results` runs it, as root.  The page says for which state of the code it holds: a test fails
when a scenario, a rule, the vocabulary, or what recognises data has changed since.
"""

import argparse
import hashlib
import multiprocessing
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from results_page import ABLATION_SEEDS, VARIANTS, Played, Viewed, page

from schouw_agent.pipeline import knowledge
from schouw_agent.vocabulary import CATEGORIES
from schouw_collector.records import Assessment
from tests.city.loss import without_some
from tests.city.stage import (
    CASE,
    SCENARIOS,
    TWIN,
    audit,
    differences,
    expected_of,
    play,
    scenarios,
    story_of,
)
from tests.city.town import Truth

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent
PAGE = DOCS / "results.md"
SEEDS = 20
_BRIEF_SECONDS = 30
_FINDING = 0.8


def state() -> str:
    """Return the digest of what the results depend on: stories, rules, what is recognised."""
    digest = hashlib.sha256(knowledge().encode())
    for folder in (ROOT / "tests/city", SCENARIOS, ROOT / "collector/schouw_collector/rules"):
        for path in sorted(folder.rglob("*")):
            if path.suffix in {".py", ".json", ".yaml", ".toml", ".csv"}:
                digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0")
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def play_seed(task: tuple[str, int]) -> Played:
    """Return what came of one scenario with one seed."""
    name, seed = task
    story = story_of(name)
    wrong: dict[str, list[str]] = {}
    found: dict[str, Assessment] = {}
    truth: list[tuple[frozenset[str], frozenset[str]]] = []
    with tempfile.TemporaryDirectory() as folder:
        for part in (CASE, TWIN):
            file = Path(folder) / f"{part}.pcapng"
            told = play(story, seed, part, file)
            found[part] = audit(name, file, part=part)
            wrong[part] = differences(name, part, found[part])
            truth += _compared(told.values(), found[part])
    return Played(
        name,
        seed,
        wrong,
        sum(f.kind == "finding" for f in found[TWIN].findings),
        _until_found(name, found[CASE]),
        truth,
    )


def _compared(
    told: Iterable[Truth], found: Assessment
) -> list[tuple[frozenset[str], frozenset[str]]]:
    """Return for each device that can be read what it sent and what was seen of it."""
    devices = {device.id: device for device in found.devices}
    seen: dict[str, set[str]] = {}
    for entry in found.entries:
        own = seen.setdefault(entry.entry_id, set())
        for id_ in entry.device_ids:
            own |= {
                e.category
                for e in devices[id_].emissions
                if e.confidence >= _FINDING and _matters(e.category)
            }
    sent: dict[str, set[str]] = defaultdict(set)
    for truth in told:
        if truth.entry and truth.readable:
            sent[truth.entry] |= truth.categories
    return [
        (frozenset(filter(_matters, categories)), frozenset(seen.get(entry, ())))
        for entry, categories in sent.items()
    ]


def _matters(category: str) -> bool:
    known = CATEGORIES.get(category)
    return known is not None and not known.ancillary and known.privacy_class != "unknown"


def _until_found(name: str, found: Assessment) -> float | None:
    wanted = [row for row in expected_of(name)[CASE]["findings"] if row["kind"] == "finding"]
    times = [
        evidence.first_seen
        for finding in found.findings
        for evidence in finding.evidence
        if evidence.first_seen
        and any(row["rule_id"] == finding.rule_id for row in wanted)
        and any(row["entry"] in (finding.entry_id, "*") for row in wanted)
    ]
    return (min(times) - found.period.start).total_seconds() if times else None


def view_seed(task: tuple[str, int, str]) -> Viewed:
    """Return what can be told of one scenario, with one seed, from one place."""
    name, seed, variant = task
    with tempfile.TemporaryDirectory() as folder:
        found = {part: _seen_from(name, seed, variant, part, Path(folder)) for part in (CASE, TWIN)}
    wanted = [row for row in expected_of(name)[CASE]["findings"] if row["kind"] == "finding"]
    said = [f for f in found[CASE].findings if f.kind == "finding"]
    claimed = {"undeclared", "declared_and_observed"}
    return Viewed(
        name,
        variant,
        len(wanted),
        sum(
            any(
                f.rule_id == row["rule_id"]
                and f.entry_id == (row["entry"] or "")
                and row["category"] in (None, f.category)
                for f in said
            )
            for row in wanted
        ),
        sum(
            v.verdict in claimed and _matters(v.category)
            for entry in found[CASE].entries
            for v in entry.verdicts
        ),
        all(
            any(v.verdict == "not_assessable" for v in entry.verdicts)
            for entry in found[CASE].entries
        ),
        sum(f.kind == "finding" and f.category != "" for f in found[TWIN].findings),
    )


def _seen_from(name: str, seed: int, variant: str, part: str, folder: Path) -> Assessment:
    file = folder / f"{part}.pcapng"
    subscriber = file.with_suffix(".subscriber.pcapng")
    play(
        story_of(name), seed, part, file, secure=variant == "all TLS", auditor=variant != "all TLS"
    )
    lossy = folder / f"{part}-lossy.pcapng"
    match variant:
        case "broker only":
            captures = [subscriber]
        case "both":
            captures = [file, subscriber]
        case "1% of the frames lost" | "10% of the frames lost":
            without_some(file, lossy, float(variant.partition("%")[0]) / 100, seed)
            captures = [lossy]
        case "30 seconds":
            without_some(file, lossy, 0.0, seed, seconds=_BRIEF_SECONDS)
            captures = [lossy]
        case _:
            captures = [file]
    return audit(name, *captures, part=part)


def main() -> None:
    parser = argparse.ArgumentParser(description="Play every scenario and write docs/results.md.")
    parser.add_argument("names", nargs="*", help="scenarios; default: all, and the page is written")
    parser.add_argument("--seeds", type=int, default=SEEDS)
    parser.add_argument("--processes", type=int, default=2)
    arguments = parser.parse_args()
    names = arguments.names or scenarios()
    started = time.monotonic()
    seeds = range(1, arguments.seeds + 1)
    with multiprocessing.get_context("fork").Pool(arguments.processes) as pool:
        tasks = [(name, seed) for name in names for seed in seeds]
        played = pool.map(play_seed, tasks, chunksize=1)
        for each in played:
            for part, lines in each.differences.items():
                for line in lines:
                    print(f"{each.name} {part} seed {each.seed}: {line}")  # noqa: T201
        if arguments.names:
            return
        views = [
            (name, seed, variant)
            for name in names
            for variant in VARIANTS
            for seed in seeds[:ABLATION_SEEDS]
        ]
        viewed = pool.map(view_seed, views, chunksize=1)
    PAGE.write_text(page(played, viewed, arguments.seeds, state()), encoding="utf-8")
    print(f"{PAGE}: written in {time.monotonic() - started:.0f} s")  # noqa: T201


if __name__ == "__main__":
    main()
