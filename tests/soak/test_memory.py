"""What a long or a hostile capture costs: bounded memory and time, whatever its length."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from benchmarks import bulk
from tests.soak import hostile, hostile_layers

pytestmark = pytest.mark.soak

FRAMES = 800_000
BULK_PEAK_MIB = 128
LONGER = 4
MOST_GROWTH = 0.15
# The peak of this process alone: that of a child, as getrusage has it, starts at its parent's.
_RUN = """
import sys
from schouw_agent.cli import main
try:
    main()
finally:
    status = open("/proc/self/status").read()
    sys.stderr.write("\\npeak " + status.partition("VmHWM:")[2].split()[0])
"""


class Cost(NamedTuple):
    """What reading a capture took."""

    seconds: float
    peak_mib: float
    code: int


def inspect(path: Path, seconds: float) -> Cost:
    """Return what `schouw-agent inspect` costs; after this many seconds it is ended."""
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", _RUN, "inspect", str(path), "--json"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
        timeout=seconds,
        env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
    )
    text = done.stderr.decode()
    assert "Traceback" not in text, text
    cost = Cost(time.monotonic() - began, int(text.rpartition("peak ")[2]) / 1024, done.returncode)
    size = path.stat().st_size / 2**20
    sys.stdout.write(
        f"{path.name}: {size:.0f} MiB, {cost.seconds:.1f} s, peak {cost.peak_mib:.0f} MiB\n"
    )
    return cost


def test_bulk_traffic_stays_small_however_long_it_lasts(tmp_path: Path) -> None:
    path = tmp_path / "mixed.pcap"
    bulk.write(path, frames=FRAMES)
    short = inspect(path, 300)
    bulk.write(path, frames=LONGER * FRAMES)
    long = inspect(path, 900)
    path.unlink()
    assert short.code == long.code == 0
    assert short.peak_mib < BULK_PEAK_MIB
    assert long.peak_mib < short.peak_mib * (1 + MOST_GROWTH)


# Measured on two cores.  A margin for slower machines and other versions stands in each row: peak
# in MiB, seconds.
HOSTILE: list[tuple[Callable[[Path], None], float, float]] = [
    (hostile.random_frames, 128, 60),
    (hostile.short_flows, 1024, 600),
    (hostile.absurd_sequences, 128, 120),
    (hostile.distinct_names, 256, 240),
    (hostile.bombs, 256, 120),
    (hostile_layers.lying_lengths, 128, 120),
    (hostile_layers.absurd_offsets, 192, 120),
    (hostile_layers.fragments, 128, 120),
    (hostile_layers.tunnels, 128, 120),
    (hostile_layers.octet_by_octet, 128, 120),
    (hostile_layers.many_streams, 128, 120),
    (hostile_layers.name_loops, 128, 120),
    (hostile_layers.deep, 256, 300),
    (hostile_layers.inflating, 384, 120),
    (hostile_layers.many_topics, 560, 1800),
]


@pytest.mark.parametrize(
    ("write", "peak_mib", "seconds"), [pytest.param(*row, id=row[0].__name__) for row in HOSTILE]
)
def test_hostile_traffic_ends_in_bounded_time_and_memory(
    tmp_path: Path, write: Callable[[Path], None], peak_mib: float, seconds: float
) -> None:
    path = tmp_path / f"{write.__name__}.pcap"
    write(path)
    cost = inspect(path, seconds)
    path.unlink()
    assert cost.code == 0
    assert cost.peak_mib < peak_mib
