"""The benchmarks: the same seed gives the same capture, and the comparison runs."""

import hashlib
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from schouw_agent.pipeline import inspect

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
GENERATORS = [
    ("bulk", {"frames": 3000}, 3000, {"rtp", "mqtt"}),
    ("bulk", {"frames": 3000, "snap": 128}, 3000, set()),
    ("messages", {"count": 2000}, None, {"mqtt"}),
    ("flows", {"flows": 600}, None, {"http", "tls"}),
]


@pytest.fixture
def generator(monkeypatch):
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(("name", "size", "frames", "protocols"), GENERATORS)
def test_a_workload_is_what_it_says(generator, tmp_path, name, size, frames, protocols) -> None:
    write = generator(name).write
    paths = [tmp_path / f"{number}.pcap" for number in range(3)]
    write(paths[0], **size)
    write(paths[1], **size)
    write(paths[2], **size, seed=99)
    assert digest(paths[0]) == digest(paths[1]) != digest(paths[2])
    report = inspect([paths[0]])
    assert report.coverage.invalid_frames == 0
    assert report.coverage.missed_octets == 0 or "snap" in size
    assert frames is None or report.coverage.frames == frames
    seen = {emission.protocol for device in report.devices for emission in device.emissions}
    assert protocols <= seen


def test_the_comparison_runs_and_says_how_fast_we_are(tmp_path) -> None:
    results = tmp_path / "results.md"
    command = [sys.executable, str(BENCHMARKS / "run.py"), "--quick", "--only", "W3"]
    subprocess.run([*command, "--output", str(results)], check=True, capture_output=True)
    text = results.read_text(encoding="utf-8")
    assert "- Machine: " in text
    [ours] = [line for line in text.splitlines() if line.startswith("| schouw-agent inspect")]
    cells = [cell.strip() for cell in ours.strip("|").split("|")]
    assert float(cells[2].split()[0]) > 0
    assert cells[6] == "1.00 ×"
