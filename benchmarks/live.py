"""Finds at which rate the agent, looking live, begins to lose frames.

    python benchmarks/live.py --workload mixed        full-size packets of video, TLS, DNS and MQTT
    python benchmarks/live.py --workload messages     small MQTT messages, each one read
    python benchmarks/live.py --workload flows        300,000 packets of 65,536 small flows

The first tenth is sent at a tenth of the rate: no city switches on 2,000 flows in one moment.
Root only: both ends of a virtual wire lie in a network namespace of their own.  A process of its
own sends, on the other core; the agent is `schouw-agent inspect --interface`, with its usual ring.
"""

import argparse
import ctypes
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import bulk
import flows
import messages
import numpy as np

from schouw_agent.capture.blocks import read_blocks

SENDER, RECEIVER = "send0", "hear0"
WORKLOADS = {
    "mixed": (bulk.write, 600_000),
    "messages": (messages.write, 600_000),
    "flows": (flows.write, 1 << 16),
}
"""What writes each, and how many frames, messages or flows."""
BATCH = 32
PACE_SECONDS = 0.001
SETTLE_SECONDS = 0.5
"""For the agent to have looked at what the ring still held."""
SOL_PACKET, PACKET_QDISC_BYPASS = 263, 20
PRECISION_KPPS = 10
ORDER = """schema = "https://schouw.example.org/schema/order/1"
principal = "Benchmark"
permission = "Benchmark"
[period]
start = 2026-01-01T00:00:00Z
end = 2100-01-01T00:00:00Z
"""


class _Vector(ctypes.Structure):
    _fields_ = (("base", ctypes.c_void_p), ("length", ctypes.c_size_t))


class _Message(ctypes.Structure):
    """A struct mmsghdr: no name, one vector, no control data."""

    _fields_ = (
        ("name", ctypes.c_void_p),
        ("name_length", ctypes.c_uint32),
        ("vectors", ctypes.c_void_p),
        ("vectors_length", ctypes.c_size_t),
        ("control", ctypes.c_void_p),
        ("control_length", ctypes.c_size_t),
        ("flags", ctypes.c_int),
        ("sent", ctypes.c_uint32),
    )


def send(path: Path, rate: float) -> None:
    """Send every frame of a capture once, at this many a second, and print what was done.

    The first tenth, at a tenth of the rate, counts as sent but not in the time.
    """
    octets, offsets, lengths = _load(path)
    count = offsets.size
    vectors = (_Vector * count)()
    columns = np.frombuffer(vectors, dtype=np.uint64).reshape(-1, 2)
    columns[:, 0] = octets.ctypes.data + offsets
    columns[:, 1] = lengths
    all_messages = (_Message * count)()
    size = ctypes.sizeof(_Message)
    fields = np.frombuffer(all_messages, dtype=np.uint64).reshape(-1, size // 8)
    fields[:, 2] = ctypes.addressof(vectors) + 16 * np.arange(count, dtype=np.uint64)
    fields[:, 3] = 1
    library = ctypes.CDLL(None, use_errno=True)
    begun = time.perf_counter()
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0) as out:
        out.setsockopt(SOL_PACKET, PACKET_QDISC_BYPASS, 1)
        out.bind((SENDER, 0))
        sent, slow = 0, count // 10
        for until, pace in ((slow, rate / 10), (count, rate)):
            start, before = time.perf_counter(), sent
            while sent < until:
                passed = time.perf_counter() - start + PACE_SECONDS
                due = min(until, before + int(passed * pace))
                while sent < due:
                    done = library.sendmmsg(
                        out.fileno(),
                        ctypes.byref(all_messages, sent * size),
                        min(BATCH, due - sent),
                        0,
                    )
                    if done < 0:
                        raise OSError(ctypes.get_errno(), "sendmmsg")
                    sent += done
        seconds = time.perf_counter() - start
    octets_of_rest = int(lengths[slow:].sum())
    told = {
        "sent": sent, "timed": sent - slow, "seconds": seconds, "octets": octets_of_rest,
        "all_seconds": time.perf_counter() - begun,
    }  # fmt: skip
    print(json.dumps(told))


def _load(path: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return all octets of a capture, and where each frame lies in them."""
    parts, offsets, lengths, before = [], [], [], 0
    for block in read_blocks(path, digest=False):
        first = int(block.offset[0])
        stop = int(block.offset[-1] + block.captured_length[-1])
        parts.append(block.octets[first:stop].copy())
        offsets.append(block.offset - first + before)
        lengths.append(block.captured_length.astype(np.int64))
        before += stop - first
    return np.concatenate(parts), np.concatenate(offsets), np.concatenate(lengths)


def attempt(path: Path, order: Path, rate: float, options: list[str]) -> dict[str, float]:
    """Return what was sent, seen and lost at one rate."""
    command = [
        "taskset", "-c", "0", sys.executable, "-c", "from schouw_agent.cli import main; main()",
        "inspect", "--interface", RECEIVER, "--order", str(order), "--json", *options,
    ]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.PIPE) as agent:
        while " 0003 " not in Path("/proc/net/packet").read_text():
            time.sleep(0.05)
        sender = [sys.executable, __file__, "--send", str(path), "--rate", str(rate)]
        before = _processor(agent.pid)
        told = subprocess.run(
            ["taskset", "-c", "1", *sender], check=True, capture_output=True, text=True
        ).stdout
        time.sleep(SETTLE_SECONDS)
        processor, peak = _processor(agent.pid) - before, _peak(agent.pid)
        agent.send_signal(signal.SIGINT)
        report = json.loads(agent.communicate()[0])
    sent = json.loads(told)
    coverage = report["coverage"]
    return {
        "kpps": sent["timed"] / sent["seconds"] / 1000,
        "mbit": sent["octets"] * 8 / sent["seconds"] / 1e6,
        "sent": sent["sent"],
        "seen": coverage["frames"],
        "lost": coverage["kernel_drops"],
        "missed": coverage["missed_octets"],
        "messages": coverage["messages"],
        "shunted": coverage["shunted_frames"],
        "processor": processor,
        "wall": sent["all_seconds"],
        "peak": peak,
    }


def _processor(process: int) -> float:
    """Return the seconds of processor that a process has taken by now."""
    columns = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(columns[11]) + int(columns[12])) / os.sysconf("SC_CLK_TCK")


def _peak(process: int) -> float:
    """Return the most memory that a process has taken by now, in MiB, its ring included."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def attempts(path: Path, order: Path, rates: list[float], options: list[str]) -> Iterator[str]:
    """Yield a line for each rate tried; without rates, halve the distance to where it loses."""
    low, high = 0.0, 800.0
    waiting = list(rates)
    while waiting or (not rates and high - low > PRECISION_KPPS):
        rate = waiting.pop(0) if waiting else (low + high) / 2
        got = attempt(path, order, rate * 1000, options)
        if got["lost"] or got["kpps"] < rate * 0.95:
            high = rate
        else:
            low = rate
        yield (
            f"{rate:5.0f} kpps asked, {got['kpps']:5.0f} sent ({got['mbit']:5.0f} Mbit/s): "
            f"{got['seen']:,.0f} of {got['sent']:,.0f} seen, {got['lost']:,.0f} lost, "
            f"{got['messages']:,.0f} messages, {got['shunted']:,.0f} shunted, "
            f"{got['processor']:.1f} s of processor in {got['wall']:.1f} s, "
            f"{got['peak']:.0f} MiB"
        )
    if not rates:
        yield f"without loss up to {low:.0f} kpps"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--workload", choices=sorted(WORKLOADS), default="mixed")
    parser.add_argument("--size", type=int, help="so many frames, messages or flows")
    parser.add_argument("--rates", default="", help="in thousands a second, such as 200,300")
    parser.add_argument("--shunt", action="store_true")
    parser.add_argument("--ring", default="16", help="MiB")
    parser.add_argument("--send", type=Path, help="only send this capture")
    parser.add_argument("--rate", type=float, help="frames a second to send")
    parser.add_argument("--inside", action="store_true", help="already in a namespace")
    given = parser.parse_args()
    if given.send is not None:
        send(given.send, given.rate)
        return 0
    if not given.inside:
        inside = ["unshare", "--net", sys.executable, __file__, *sys.argv[1:], "--inside"]
        return subprocess.run(inside, check=False).returncode
    for command in (
        ["ip", "link", "add", SENDER, "type", "veth", "peer", "name", RECEIVER],
        *(["ip", "link", "set", name, "up"] for name in (SENDER, RECEIVER)),
    ):
        subprocess.run(command, check=True)
    with tempfile.TemporaryDirectory() as scratch:
        path, order = Path(scratch) / "workload.pcap", Path(scratch) / "order.toml"
        order.write_text(ORDER)
        write, usual = WORKLOADS[given.workload]
        write(path, given.size or usual)
        rates = [float(each) for each in given.rates.split(",") if each]
        options = ["--ring", given.ring, *(["--shunt"] if given.shunt else [])]
        for line in attempts(path, order, rates, options):
            print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
