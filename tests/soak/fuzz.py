"""Guided fuzzing: `python -m tests.soak.fuzz TARGET… --seconds N`, or `--list`.

What is found is written to `tests/regressions/TARGET/`.  The exit code is 1 if anything was.
"""

import argparse
import hashlib
import os
import random
import sys
import time
import traceback
from pathlib import Path
from tempfile import TemporaryDirectory

import atheris

with atheris.instrument_imports(include=["schouw_agent", "schouw_collector"]):
    from tests.soak.targets import REGRESSIONS, Target, targets

    TARGETS = targets()

LARGEST = 1 << 16
"""Octets of an input."""
MOST_SECONDS = 2.0
"""Processor time for one input, which a protocol has read twice."""
MOST_MIB = 1024
_TIMEOUT = 60
_OURS = 0.5
"""Share of the inputs that are changed in a way that keeps their structure."""


def fuzz(target: Target, folder: Path, corpus: Path, seconds: int, seed: int) -> None:
    """Fuzz a target and end the process; the code is 0 if nothing was found."""
    seeds = [each[:LARGEST] for each in target.seeds()]
    seeds += [path.read_bytes() for path in sorted(folder.glob("*"))]
    for number, octets in enumerate(seeds):
        target.run(octets)  # what is imported late does not count as slow
        (corpus / str(number)).write_bytes(octets)

    def one(octets: bytes) -> None:
        began = time.process_time()
        try:
            target.run(octets)
            assert time.process_time() - began < MOST_SECONDS, "slow"
        except BaseException:
            name = hashlib.sha256(octets).hexdigest()[:12]
            (folder / name).write_bytes(octets)
            raise

    def change(octets: bytes, most: int, number: int) -> bytes:
        chance = random.Random(number)
        if chance.random() < _OURS:
            return target.damage(octets, chance)[:most]
        changed: bytes = atheris.Mutate(octets, most)
        return changed

    options = {
        "artifact_prefix": f"{folder}/", "max_total_time": seconds, "max_len": LARGEST,
        "rss_limit_mb": MOST_MIB, "timeout": _TIMEOUT, "seed": seed, "verbosity": 0,
        "detect_leaks": 0, "print_final_stats": 1,
    }  # fmt: skip
    flags = [f"-{name}={value}" for name, value in options.items()]
    atheris.Setup([sys.argv[0], *flags, str(corpus)], one, custom_mutator=change)
    atheris.Fuzz()


def apart(name: str, seconds: int, seed: int, found: Path) -> bool:
    """Return whether a target that is fuzzed in a process of its own gave nothing to repair."""
    folder = found / name
    folder.mkdir(parents=True, exist_ok=True)
    sys.stdout.write(f"== {name}\n")
    sys.stdout.flush()
    with TemporaryDirectory() as corpus:
        child = os.fork()
        if not child:
            try:
                fuzz(TARGETS[name], folder, Path(corpus), seconds, seed)
            except BaseException:  # noqa: BLE001  (the child must not go on as its parent)
                traceback.print_exc()
                sys.stderr.flush()
            os._exit(1)
        _, status = os.waitpid(child, 0)
    if not any(folder.iterdir()):
        folder.rmdir()
    return status == 0


def main() -> int:
    """Fuzz what the arguments name; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET")
    parser.add_argument("--list", action="store_true", help="name the targets")
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--found", type=Path, default=REGRESSIONS, help="where inputs are kept")
    given = parser.parse_args()
    if unknown := set(given.targets) - set(TARGETS):
        parser.error(f"unknown: {' '.join(sorted(unknown))}")
    if given.list:
        sys.stdout.write("\n".join(TARGETS) + "\n")
    seed = given.seed or random.SystemRandom().randrange(1, 1 << 31)
    failed = [name for name in given.targets if not apart(name, given.seconds, seed, given.found)]
    sys.stdout.write(f"SOAK_SEED={seed}\nfailed: {' '.join(failed) or 'none'}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
