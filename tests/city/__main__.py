"""A city of any size on the command line.

    python -m tests.city --devices 200 --hours 24 --seed 7 OUTPUT

writes capture.pcapng, register.json, bindings.yaml and truth.json.  Needs root.
"""

import argparse
import json
import os
import resource
from pathlib import Path

from tests.city.mix import furnish
from tests.city.town import Town

_OTHER_FILES = 100
"""Open files of a town, besides one for each device."""


def main() -> None:
    parser = argparse.ArgumentParser(description="Act out a city and write its capture.")
    parser.add_argument("output", type=Path)
    parser.add_argument("--devices", type=int, default=100, help="10 to 10,000")
    parser.add_argument("--hours", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sloppy", type=float, default=0.1, help="share of careless devices")
    parser.add_argument("--deviating", type=float, default=0.05, help="share that send more")
    parser.add_argument("--secure", action="store_true", help="everything in TLS")
    arguments = parser.parse_args()
    if os.geteuid():
        raise SystemExit("a city makes network namespaces: run it as root")
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    if files < arguments.devices + _OTHER_FILES:
        raise SystemExit(f"{arguments.devices} devices need more open files than {files}")
    town = Town(arguments.seed, secure=arguments.secure)
    try:
        papers = furnish(
            town,
            arguments.devices,
            sloppy=arguments.sloppy,
            deviating=arguments.deviating,
            seconds=arguments.hours * 3600,
        )
        town.run(arguments.hours * 3600)
        arguments.output.mkdir(parents=True, exist_ok=True)
        frames = town.write(arguments.output / "capture.pcapng")
    finally:
        town.close()
    truth = [
        {
            "host": truth.host,
            "entry": truth.entry,
            "mac": town.hosts[truth.host].mac,
            "manner": papers.manners.get(truth.host, ""),
            "categories": sorted(truth.categories),
            "readable": truth.readable,
        }
        for truth in town.truths.values()
    ]
    for name, content in (
        ("register.json", papers.register),
        ("bindings.yaml", papers.bindings),
        ("truth.json", truth),
    ):
        text = json.dumps(content, ensure_ascii=False, indent=1)
        (arguments.output / name).write_text(text + "\n", encoding="utf-8")
    print(f"{arguments.output}: {frames} frames of {len(town.hosts)} hosts")  # noqa: T201


if __name__ == "__main__":
    main()
