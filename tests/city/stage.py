"""Plays a story in a town, and keeps what somebody would have captured of it.

    python tests/scenarios/PATTERN/record.py --seed 7

records the case and its honest twin.  Needs root, iproute2, mosquitto and openssl.
"""

import argparse
import importlib.util
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from tests.city.town import Town, Truth

SCENARIOS = Path(__file__).resolve().parents[1] / "scenarios"
COMMITTED_SEED = 1
"""Of the captures that are kept."""
CASE, TWIN = "case", "twin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What happens in a scenario."""

    act: Callable[[Town, bool], float]
    """Builds it up in a town, honestly or not, and returns how many seconds it lasts."""
    looks: Sequence[tuple[float, float]] = ()
    """When somebody looks: begin and end of each time, in seconds.  Empty: all the while."""
    apart: float = 0.0
    """Seconds between two looks in which nothing is acted out."""
    options: Mapping[str, Any] = field(default_factory=dict)
    """Of the town."""


@dataclass(frozen=True, slots=True)
class Recording:
    """What is left of a story that was acted out; one capture for each look."""

    captures: tuple[Path, ...]
    subscribed: tuple[Path, ...]
    """What the machine of an auditor saw who subscribed; empty if nobody did."""
    truths: Mapping[str, Truth]
    """What each host really sent."""


def scenarios() -> list[str]:
    """Return the names of all scenarios."""
    return sorted(path.parent.name for path in SCENARIOS.glob("*/record.py"))


@cache
def story_of(name: str) -> Story:
    """Return the story of a scenario: `STORY` of its `record.py`."""
    place = SCENARIOS / name / "record.py"
    spec = importlib.util.spec_from_file_location(f"scenario_{name.replace('-', '_')}", place)
    if spec is None or spec.loader is None:
        raise ImportError(name)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: Story = module.STORY
    return found


def play(
    story: Story, seed: int, part: str, folder: Path, *, secure: bool = False, auditor: bool = False
) -> Recording:
    """Act a story out, and write what was captured into a folder.

    `secure`: all that can be is encrypted.  `auditor`: somebody subscribes to everything.
    """
    town = Town(seed, secure=secure, **story.options)
    try:
        for _, end in story.looks[:-1]:
            town.clock.leap(end, story.apart)
        if auditor:
            town.add_auditor()
        town.run(story.act(town, part == TWIN))
        captures = _written(town, story, folder, part)
        heard = _written(town, story, folder, f"{part}-subscriber", True) if auditor else ()
    finally:
        town.close()
    return Recording(captures, heard, town.truths)


def _written(
    town: Town, story: Story, folder: Path, name: str, of_auditor: bool = False
) -> tuple[Path, ...]:
    files = tuple(folder / file for file in file_names(story, name))
    for file, look in zip(files, story.looks or (None,), strict=True):
        town.write(file, look=look, of_auditor=of_auditor)
    return files


def file_names(story: Story, part: str) -> list[str]:
    """Return what the captures of a part are called, in the order of the looks."""
    if not story.looks:
        return [f"{part}.pcapng"]
    return [f"{part}-{number}.pcapng" for number in range(1, len(story.looks) + 1)]


def captures_of(name: str, part: str) -> list[Path]:
    """Return the committed captures of a scenario's case or twin."""
    return [SCENARIOS / name / file for file in file_names(story_of(name), part)]


def main(place: str, story: Story) -> None:
    """Record the case and the twin of the scenario whose `record.py` this is."""
    parser = argparse.ArgumentParser(description="Record a scenario and its honest twin.")
    parser.add_argument("--seed", type=int, default=COMMITTED_SEED)
    parser.add_argument("--output", type=Path, default=Path(place).parent)
    arguments = parser.parse_args()
    if os.geteuid():
        raise SystemExit("recording makes network namespaces: run it as root")
    for part in (CASE, TWIN):
        for file in play(story, arguments.seed, part, arguments.output).captures:
            print(f"{file}: {file.stat().st_size} octets")  # noqa: T201
