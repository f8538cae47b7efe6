"""Compares the agent with its peers, interleaved on one machine, and writes benchmarks/RESULTS.md.

    make bench                                  all workloads and peers
    python benchmarks/run.py --quick            a hundredth of the size, once: does it run?
    python benchmarks/run.py --only W3 --rounds 5

A ratio compares packets a second, whole processes with start-up, medians of the rounds.  A machine
that does other work at the same time makes all figures worse, but the ratios less so.
"""

import argparse
import os
import platform
import statistics
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from measure import Run, measure
from peers import NDPI, NFSTREAM, SCAPY, TSHARK, TSHARK_MQTT, Peer, schouw

HERE = Path(__file__).parent
SLICE_PACKETS = 80_000
QUICK = 100


@dataclass(frozen=True)
class Workload:
    """A capture to be written, and how much faster than each peer the agent is meant to be."""

    name: str
    title: str
    generator: str
    size: tuple[str, int]
    options: Sequence[str]
    floors: Mapping[Peer, float | None]


WORKLOADS = (
    Workload(
        "W1",
        "800,000 full-size packets of 2,000 flows: 80 % video, TLS, DNS, MQTT",
        "bulk.py", ("--packets", 800_000), (), {NDPI: 0.8, TSHARK: 10, NFSTREAM: 3, SCAPY: None},
    ),
    Workload(
        "W1t",
        "2,000,000 packets of the same mix, cut at 128 octets",
        "bulk.py", ("--packets", 2_000_000), ("--snap", "128"),
        {NDPI: None, TSHARK: None, NFSTREAM: None},
    ),
    Workload(
        "W2",
        "1,000,000 messages of MQTT with JSON, of 500 devices: all detectors on; nfstream and "
        "ndpiReader read no payload",
        "messages.py", ("--messages", 1_000_000), (),
        {TSHARK_MQTT: 15, NFSTREAM: 1, NDPI: None, SCAPY: None},
    ),
    Workload(
        "W3",
        "some 1,000,000 packets of 200,000 flows: DNS, NTP, TLS, HTTP, scans, unknown",
        "flows.py", ("--flows", 200_000), (), {NDPI: 10, TSHARK: 15, NFSTREAM: 25, SCAPY: None},
    ),
)  # fmt: skip


def packets_of(path: Path) -> int:
    """Return how many packets a capture holds."""
    count, at, octets = 0, 24, path.stat().st_size
    with path.open("rb") as file:
        while at < octets:
            file.seek(at)
            at += 16 + struct.unpack("<8xI4x", file.read(16))[0]
            count += 1
    return count


def cut(path: Path, packets: int) -> Path:
    """Return a capture of the first packets of another, written beside it."""
    part = path.with_suffix(".part.pcap")
    with path.open("rb") as source, part.open("wb") as target:
        target.write(source.read(24))
        for _ in range(packets):
            header = source.read(16)
            if len(header) < 16:
                break
            target.write(header + source.read(struct.unpack("<8xI4x", header)[0]))
    return part


def compare(
    workload: Workload, folder: Path, *, rounds: int, smaller: int = 1
) -> tuple[list[str], dict[str, float]]:
    """Return the lines of the results of one workload, and packets a second by program."""
    path = folder / f"{workload.name}.pcap"
    option, size = workload.size
    subprocess.run(
        [
            *(sys.executable, str(HERE / workload.generator), str(path)),
            *(option, str(size // smaller), *workload.options),
        ],
        check=True,
    )
    part = cut(path, max(SLICE_PACKETS // smaller, 100))
    packets = {path: packets_of(path), part: packets_of(part)}
    ours = schouw()
    peers = [ours, *(peer for peer in workload.floors if peer.installed())]
    runs: dict[Peer, list[Run]] = {peer: [] for peer in peers}
    for number in range(rounds):
        for peer in peers:
            if not (number and peer is SCAPY):
                runs[peer].append(measure(peer.command(part if peer.sliced else path)))
    rates = {
        peer: packets[part if peer.sliced else path] / statistics.median(r.seconds for r in each)
        for peer, each in runs.items()
    }
    lines = [
        f"## {workload.name}: {workload.title}", "",
        f"{packets[path]:,} packets, {path.stat().st_size / 2**20:.0f} MiB.", "",
        "| Program | Packets | Seconds (range) | CPU s | kpps | Peak MiB | Ours is | Floor |",
        "|---|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    lines += [
        _row(peer, packets[part if peer.sliced else path], runs[peer], rates[peer] / rates[ours],
             workload.floors.get(peer))
        for peer in peers
    ]  # fmt: skip
    path.unlink()
    part.unlink()
    return [*lines, ""], {peer.name: rate for peer, rate in rates.items()}


def _row(peer: Peer, packets: int, runs: Sequence[Run], share: float, floor: float | None) -> str:
    seconds = sorted(run.seconds for run in runs)
    median = statistics.median(seconds)
    processor = statistics.median(run.processor_seconds for run in runs)
    peak = max(run.peak_mib for run in runs)
    ratio = 1 / share
    verdict = "" if floor is None else f"{floor:g} ×: {'met' if ratio >= floor else 'not met'}"
    return (
        f"| {peer.name} | {packets:,} | {median:.2f} ({seconds[0]:.2f}–{seconds[-1]:.2f}) "
        f"| {processor:.2f} | {packets / median / 1000:.0f} | {peak:.0f} "
        f"| {ratio:.2f} × | {verdict} |"
    )


def growth(folder: Path, *, smaller: int = 1) -> list[str]:
    """Return the lines that tell what a capture ten times as long takes."""
    found = []
    for packets in (200_000 // smaller, 2_000_000 // smaller):
        path = folder / "growth.pcap"
        options = ["--packets", str(packets), "--snap", "128"]
        subprocess.run([sys.executable, str(HERE / "bulk.py"), str(path), *options], check=True)
        run = measure(schouw().command(path))
        found.append(f"| {packets:,} | {run.seconds:.2f} | {run.peak_mib:.0f} |")
        path.unlink()
    return [
        "## Growth: the same 2,000 flows for ten times as long", "",
        "| Packets | Seconds | Peak MiB |", "|---|---|---|", *found, "",
    ]  # fmt: skip


def machine(peers: Iterable[Peer]) -> list[str]:
    """Return the lines that tell where and with what this was measured."""
    model = "unknown processor"
    information = Path("/proc/cpuinfo")
    if information.exists():
        names = [n for n in information.read_text().splitlines() if n.startswith("model name")]
        model = names[0].partition(":")[2].strip() if names else model
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    versions = {peer.name: peer.version_text() for peer in peers if peer.installed()}
    told = (
        "Written by `make bench`, which installs the peers. Each program reads the whole capture "
        "from start-up to exit; the runs of all programs are interleaved. Ours includes the "
        "SHA-256 of the capture and the report as JSON."
    )
    system = (
        f"- Machine: {model}, {os.cpu_count()} processors, {pages / 2**30:.0f} GiB; "
        f"Linux {platform.release()}, Python {platform.python_version()}"
    )
    found = [f"- {name}: {version}" for name, version in versions.items()]
    return ["# Benchmarks", "", told, "", system, *found, ""]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a hundredth of the size, once")
    parser.add_argument("--only", action="append", choices=[each.name for each in WORKLOADS])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--output", type=Path, default=HERE / "RESULTS.md")
    given = parser.parse_args()
    smaller = QUICK if given.quick else 1
    lines = machine([schouw(), NDPI, TSHARK, NFSTREAM, SCAPY])
    with tempfile.TemporaryDirectory() as folder:
        for workload in WORKLOADS:
            if given.only is None or workload.name in given.only:
                rounds = 1 if given.quick else given.rounds
                found, _ = compare(workload, Path(folder), rounds=rounds, smaller=smaller)
                print("\n".join(found), flush=True)
                lines += found
        if given.only is None:
            found = growth(Path(folder), smaller=smaller)
            print("\n".join(found), flush=True)
            lines += found
    given.output.write_text("\n".join(lines), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
