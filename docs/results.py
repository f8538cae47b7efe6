"""Play every scenario with many seeds, and write docs/results.md.

`make results` runs it, as root.  The page says for which state of the code it holds: a test fails
when a scenario, a rule, the vocabulary, or what recognises data has changed since.
"""

import argparse
import hashlib
import multiprocessing
import os
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable
from multiprocessing.pool import Pool
from pathlib import Path

from results_page import ABLATION_SEEDS, Played, Viewed, matters, page
from results_views import view_seed

from schouw_agent.pipeline import knowledge
from schouw_collector.records import Assessment
from tests.city.audit import Audit, audit, differences, expected_of
from tests.city.stage import CASE, SCENARIOS, TWIN, play, scenarios, story_of
from tests.city.town import Truth

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent
PAGE = DOCS / "results.md"
SEEDS = 20
_FINDING = 0.8


def state() -> str:
    """Return the digest of what the results depend on: stories, rules, what is recognised."""
    digest = hashlib.sha256(knowledge().encode())
    for folder in (ROOT / "tests/city", SCENARIOS, ROOT / "collector/schouw_collector/rules"):
        for path in sorted(folder.rglob("*")):
            # What tests demand of the page changes nothing in it.
            tests = path.name.startswith("test_")
            if path.suffix in {".py", ".json", ".yaml", ".toml", ".csv"} and not tests:
                digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0")
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def play_seed(task: tuple[str, int]) -> Played:
    """Return what came of one scenario with one seed."""
    name, seed = task
    story = story_of(name)
    wrong: dict[str, list[str]] = {}
    found: dict[str, Audit] = {}
    truth: list[tuple[frozenset[str], frozenset[str]]] = []
    with tempfile.TemporaryDirectory() as folder:
        for part in (CASE, TWIN):
            recording = play(story, seed, part, Path(folder))
            found[part] = audit(name, [[file] for file in recording.captures], part=part)
            wrong[part] = differences(name, part, found[part])
            truth += _compared(recording.truths.values(), found[part].assessment)
    return Played(
        name,
        seed,
        wrong,
        sum(f.kind == "finding" for f in found[TWIN].assessment.findings),
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
                if e.confidence >= _FINDING and matters(e.category)
            }
    sent: dict[str, set[str]] = defaultdict(set)
    for truth in told:
        if truth.entry and truth.readable:
            sent[truth.entry] |= truth.categories
    return [
        (frozenset(filter(matters, categories)), frozenset(seen.get(entry, ())))
        for entry, categories in sent.items()
    ]


def _until_found(name: str, found: Audit) -> float | None:
    wanted = [row for row in expected_of(name)[CASE]["findings"] if row["kind"] == "finding"]
    times = [
        evidence.first_seen
        for finding in found.assessment.findings
        for evidence in finding.evidence
        if evidence.first_seen
        and any(row["rule_id"] == finding.rule_id for row in wanted)
        and any(row["entry"] in (finding.entry_id, "*") for row in wanted)
    ]
    if not times:
        return None
    begun = max(p.start for p in found.periods if p.start <= min(times))
    return (min(times) - begun).total_seconds()


def main() -> None:
    parser = argparse.ArgumentParser(description="Play every scenario and write docs/results.md.")
    parser.add_argument("names", nargs="*", help="scenarios; default: all, and the page is written")
    parser.add_argument("--seeds", type=int, default=SEEDS)
    parser.add_argument("--views", action="store_true", help="only what can be seen from where")
    # One more than there are processors: a play also waits for brokers to start and to end.
    parser.add_argument("--processes", type=int, default=(os.cpu_count() or 1) + 1)
    arguments = parser.parse_args()
    names = arguments.names or scenarios()
    started = time.monotonic()
    seeds = range(1, arguments.seeds + 1)
    with multiprocessing.get_context("fork").Pool(arguments.processes) as pool:
        if arguments.views:
            _tell_views(_views(pool, names, seeds))
            return
        tasks = [(name, seed) for name in names for seed in seeds]
        played = pool.map(play_seed, tasks, chunksize=1)
        _tell(played)
        if arguments.names:
            return
        viewed = _views(pool, names, seeds[:ABLATION_SEEDS])
    PAGE.write_text(page(played, viewed, arguments.seeds, state()), encoding="utf-8")
    print(f"{PAGE}: written in {time.monotonic() - started:.0f} s")  # noqa: T201


def _views(pool: Pool, names: Iterable[str], seeds: Iterable[int]) -> list[Viewed]:
    tasks = [(name, seed) for name in names for seed in seeds]
    return [view for seen in pool.map(view_seed, tasks, chunksize=1) for view in seen]


def _tell(played: Iterable[Played]) -> None:
    for each in played:
        for part, lines in each.differences.items():
            for line in lines:
                print(f"{each.name} {part} seed {each.seed}: {line}")  # noqa: T201


def _tell_views(viewed: Iterable[Viewed]) -> None:
    for each in viewed:
        for line in each.remarks:
            print(f"{each.name} seed {each.seed}, {each.variant}: {line}")  # noqa: T201


if __name__ == "__main__":
    main()
