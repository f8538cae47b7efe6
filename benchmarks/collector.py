"""Measures the collector on a city, and writes benchmarks/COLLECTOR.md.

    python benchmarks/collector.py [--days 90] [--folder DIR] [--output FILE]

5,000 register entries, 2,000 devices of 48 models, ten agents, a report of each every day.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from functools import cache
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any

from measure import Run, measure

HERE = Path(__file__).resolve().parent
SHORT = 9
ROUNDS = 5
ASSESS = """
import sys
from schouw_collector.cli import main
try:
    main()
except SystemExit as end:
    # There are findings, as there must be in a city that is measured.
    sys.exit(0 if end.code == 1 else end.code or 3)
"""
PAGE = """# How the collector does on a city

Made by `make bench-collector`; {made}, {machine}.

5,000 register entries, 2,000 devices of 48 models and ten agents, each with one report a day:
{size} of JSON in {files} files ([city_fleet.py](city_fleet.py),
[city_reports.py](city_reports.py)).  No device changes what it sends after the first day; devices
fall silent, get other addresses and firmware, frames are lost, reports come twice or never, and ten
devices are new.

{table}

The aim is less than ten seconds for 90 days on two processors, and memory that does not grow with
the days.  Medians of {rounds} runs, with the range; processor time beside wall time, because the
machine may have had more to do.{note}

**Groups to look at on day one:** {groups}, of {findings} findings and questions; at most 25.
{of_one_rule} of these stand in a group of one rule, the rest among the least serious of several;
{high} groups are serious.

**Decisions a week** in {weeks} quiet weeks after day one: at most {most}, {mean:.1f} on average;
the aim is five at most.  A decision is a cause of changes since day one that the
[watch](../collector/schouw_collector/change/watch.py) asks a person to decide on, a report of each
agent a day.  By week: {by_week}.
"""


def one_more(folder: Path, days: int) -> dict[str, Any]:
    """Return what one more report costs after so many days, and what the state is."""
    import time

    from schouw_agent.report import Report
    from schouw_collector.evidence.evidence import report_octets
    from schouw_collector.many_reports.ledger import Ledger
    from schouw_collector.many_reports.ledger_document import ledger_octets, read_ledger
    from schouw_collector.many_reports.stored_reports import add_reports

    ledger = add_reports(Ledger(), _files(folder, days)).ledger
    octets = ledger_octets(ledger)
    last = Report.model_validate_json(_files(folder, days)[-1].read_bytes())
    found: dict[str, Any] = {"octets": len(octets) // 1000}
    with tempfile.TemporaryDirectory() as temporary:
        file = Path(temporary) / "one-more.json"
        for devices in (20, 200):
            took = []
            for number in range(9):
                report = last.model_copy(
                    update={"devices": last.devices[:devices], "sequence": 1_000 * devices + number}
                )
                file.write_bytes(report_octets(report))
                started = time.process_time()
                add_reports(ledger, [file])
                took.append(time.process_time() - started)
            found[str(devices)] = sorted(took)[len(took) // 2] * 1000
    _declared(folder)
    started = time.process_time()
    _assessment(folder, read_ledger("state", octets))
    found["assess"] = time.process_time() - started
    return found


def decisions(folder: Path, days: int) -> dict[str, Any]:
    """Return the groups of day one, and how many new causes each week after it asks to decide."""
    from schouw_collector.change.watch import Watch, to_decide

    _declared(folder)
    first = _of_day(folder, 0)
    # Days know nothing of each other until the watch puts them together.
    with ProcessPoolExecutor(mp_context=get_context("fork")) as processes:
        looks = processes.map(_look, repeat(folder), range(days))
        watch = Watch(next(looks))
        seen: set[str] = set()
        weeks: list[int] = []
        for day, look in enumerate(looks):
            watch.add(look)
            new = {group.id for group in to_decide(watch.events())} - seen
            seen |= new
            if day % 7 == 0:
                weeks.append(0)
            weeks[-1] += len(new)
    alone = sum(len(group.finding_ids) for group in first.groups if len(group.rule_ids) == 1)
    return {
        "groups": len(first.groups),
        "findings": len(first.findings),
        "of_one_rule": alone,
        "high": sum(group.severity == "high" for group in first.groups),
        "weeks": weeks,
    }


def _of_day(folder: Path, day: int) -> Any:
    from schouw_collector.many_reports.ledger import Ledger
    from schouw_collector.many_reports.stored_reports import add_reports

    return _assessment(folder, add_reports(Ledger(), _files(folder, day + 1, day)).ledger)


def _look(folder: Path, day: int) -> Any:
    from schouw_collector.change.fingerprint import take

    return take(_of_day(folder, day))


@cache
def _declared(folder: Path) -> Any:
    from schouw_collector.declared.declared_files import DeclaredFiles, read_all

    return read_all(
        DeclaredFiles(register=folder / "register.json", bindings=folder / "bindings.json")
    )


def _assessment(folder: Path, ledger: Any) -> Any:
    from schouw_collector.assessment import assess_ledger

    side = _declared(folder)
    return assess_ledger(ledger, side.register, side.bindings, software="benchmark")


def _files(folder: Path, days: int, first: int = 0) -> list[Path]:
    found = sorted((folder / "reports").iterdir())
    return [file for file in found if first <= int(file.name[:3]) < days]


def _told(what: str, folder: Path, days: int) -> Any:
    command = [sys.executable, __file__, "--only", what, "--folder", folder, "--days", str(days)]
    done = subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def _run(folder: Path, days: int) -> Run:
    """Return what `schouw assess` takes for the first days, from its start to its end."""
    declared = ["--register", folder / "register.json", "--bindings", folder / "bindings.json"]
    command = [sys.executable, "-c", ASSESS, "assess", "--json", *declared, *_files(folder, days)]
    return measure(list(map(str, command)))


def _spread(values: list[float], decimals: int, unit: str) -> str:
    low, middle, high = (f"{f(values):.{decimals}f}" for f in (min, median, max))
    return f"{middle} {unit} ({low}–{high})"


def _page(folder: Path, days: int, note: str) -> str:
    periods = (SHORT, days)
    runs = list(
        zip(*([_run(folder, each) for each in periods] for _ in range(ROUNDS)), strict=True)
    )
    more = [_told("more", folder, each) for each in periods]
    quiet = _told("decisions", folder, days)
    files = _files(folder, days)
    weeks = quiet["weeks"] or [0]
    rows = (
        ("", [f"{each} days" for each in periods]),
        ("---", ["---", "---"]),
        (
            "`schouw assess`, from its start to its end: wall time",
            [_spread([run.seconds for run in each], 1, "s") for each in runs],
        ),
        (
            "Processor time of both processes",
            [_spread([run.processor_seconds for run in each], 1, "s") for each in runs],
        ),
        (
            "Peak memory of both processes, what they share counted twice",
            [_spread([run.peak_mib for run in each], 0, "MiB") for each in runs],
        ),
        ("One more report of 200 devices: processor time", [f"{m['200']:.1f} ms" for m in more]),
        ("One more report of 20 devices", [f"{m['20']:.1f} ms" for m in more]),
        ("The state as a file", [f"{m['octets']} kB" for m in more]),
        ("To assess from the state: processor time", [f"{m['assess']:.1f} s" for m in more]),
    )
    return PAGE.format(
        made=f"{datetime.now(UTC):%Y-%m-%d}",
        machine=f"Python {platform.python_version()}, {os.cpu_count()} processors",
        size=f"{sum(file.stat().st_size for file in files) / 1e6:.0f} MB",
        files=len(files),
        rounds=ROUNDS,
        table="\n".join(f"| {name} | {' | '.join(cells)} |" for name, cells in rows),
        groups=quiet["groups"],
        findings=quiet["findings"],
        of_one_rule=quiet["of_one_rule"],
        high=quiet["high"],
        weeks=len(weeks),
        most=max(weeks),
        mean=sum(weeks) / len(weeks),
        by_week=", ".join(map(str, weeks)),
        note=f"  {note}" if note else "",
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--days", type=int, default=90)
    parser.add_argument("--folder", type=Path, help="keep the city here, or take it from here")
    parser.add_argument("--output", type=Path, default=HERE / "COLLECTOR.md")
    parser.add_argument("--note", default="", help="said beside the figures")
    parser.add_argument("--only", choices=("more", "decisions"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only:
        tell = one_more if options.only == "more" else decisions
        print(json.dumps(tell(options.folder, options.days)))
    else:
        with tempfile.TemporaryDirectory() as temporary:
            folder = options.folder or Path(temporary)
            if not (folder / "reports").exists():
                command = [sys.executable, HERE / "city_reports.py", folder, "--quiet"]
                subprocess.run([*map(str, command), "--days", str(options.days)], check=True)
            options.output.write_text(_page(folder, options.days, options.note), encoding="utf-8")


if __name__ == "__main__":
    main()
