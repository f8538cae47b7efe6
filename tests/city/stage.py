"""Plays a story in a town, and looks at the recording as an auditor would.

    python tests/scenarios/PATTERN/record.py --seed 7

records the case and its honest twin.  Needs root, iproute2, mosquitto and openssl.
"""

import argparse
import importlib.util
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from examples.havenplein.golden import compared
from schouw_agent.vocabulary import CATEGORIES
from schouw_collector.records import Assessment
from schouw_collector.spot_check import check
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
    options: Mapping[str, Any] = field(default_factory=dict)
    """Of the town."""


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
    story: Story, seed: int, part: str, file: Path, *, secure: bool = False, auditor: bool = False
) -> dict[str, Truth]:
    """Act a story out, write what was captured to a file, and return what each host really sent.

    `secure`: all that can be is encrypted.  `auditor`: somebody subscribes to everything, and what
    that one sees is written beside the file, as `.subscriber.pcapng`.
    """
    town = Town(seed, secure=secure, **story.options)
    try:
        if auditor:
            town.add_auditor()
        town.run(story.act(town, part == TWIN))
        town.write(file)
        if auditor:
            town.write(file.with_suffix(".subscriber.pcapng"), of_auditor=True)
    finally:
        town.close()
    return town.truths


def capture_of(name: str, part: str) -> Path:
    """Return the committed capture of a scenario's case or twin."""
    return SCENARIOS / name / f"{part}.pcapng"


def expected_of(name: str) -> Mapping[str, Any]:
    """Return what was written down beforehand."""
    found: Mapping[str, Any] = json.loads((SCENARIOS / name / "expected.json").read_text("utf-8"))
    return found


def audit(name: str, *captures: Path, part: str = CASE) -> Assessment:
    """Return what Schouw says of captures, with the papers of a scenario.

    A twin may have papers of its own, as `twin-register.json`.
    """

    def paper(*names: str) -> Path | None:
        own = [f"{part}-{each}" for each in names]
        places = (SCENARIOS / name / each for each in (*own, *names))
        return next((place for place in places if place.exists()), None)

    register = paper("register.json", "register.yaml", "register.csv", "register.xlsx")
    if register is None:
        raise FileNotFoundError(f"{name}: no register")
    return check(
        list(captures),
        register=register,
        bindings=paper("bindings.yaml"),
        order=paper("order.toml"),
        governance=paper("governance.yaml"),
    ).assessment


def differences(name: str, part: str, assessment: Assessment) -> list[str]:
    """Return one line for each way in which an assessment is not what was written down."""
    expected = expected_of(name)[part]
    said = json.loads(assessment.model_dump_json(by_alias=True))
    ancillary = [category.id for category in CATEGORIES.values() if category.ancillary]
    wanted = {"allowed": (), "must_not": (), **expected}
    return compared(said, wanted, expected.get("allowed_verdicts", {}), ancillary)


def main(place: str, story: Story) -> None:
    """Record the case and the twin of the scenario whose `record.py` this is."""
    parser = argparse.ArgumentParser(description="Record a scenario and its honest twin.")
    parser.add_argument("--seed", type=int, default=COMMITTED_SEED)
    parser.add_argument("--output", type=Path, default=Path(place).parent)
    arguments = parser.parse_args()
    if os.geteuid():
        raise SystemExit("recording makes network namespaces: run it as root")
    for part in (CASE, TWIN):
        file = arguments.output / f"{part}.pcapng"
        play(story, arguments.seed, part, file)
        print(f"{file}: {file.stat().st_size} octets")  # noqa: T201
