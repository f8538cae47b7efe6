"""The programs that are compared: how each is asked for the flows, or the content, of a capture."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
BENCH_PYTHON = ROOT / ".venv-bench" / "bin" / "python"
_NFSTREAM = (
    "import sys; from nfstream import NFStreamer; "
    "print(sum(1 for _ in NFStreamer(source=sys.argv[1])))"
)
_SCAPY = (
    "import sys, scapy.all as s\n"
    "flows = {}\n"
    "for p in s.PcapReader(sys.argv[1]):\n"
    "    i = p.getlayer(s.IP)\n"
    "    t = p.getlayer(s.TCP) or p.getlayer(s.UDP)\n"
    "    if i and t:\n"
    "        k = frozenset(((i.src, t.sport), (i.dst, t.dport))), i.proto\n"
    "        flows[k] = flows.get(k, 0) + len(t.payload)\n"
    "print(len(flows))\n"
)
_MQTT = ("-T", "fields", "-e", "mqtt.topic", "-e", "mqtt.msg", "-Y", "mqtt")


@dataclass(frozen=True)
class Peer:
    """A program, and the command that makes it read a capture."""

    name: str
    command: Callable[[Path], Sequence[str]]
    version: Sequence[str]
    sliced: bool = False
    """It is so slow that it gets the first part of the capture only."""

    def installed(self) -> bool:
        """Return whether it can be run."""
        try:
            return subprocess.run(self.version, capture_output=True, check=False).returncode == 0
        except OSError:
            return False

    def version_text(self) -> str:
        """Return the line in which it tells its version."""
        found = subprocess.run(self.version, capture_output=True, text=True, check=False)
        lines = [line for line in found.stdout.splitlines() if any(c.isdigit() for c in line)]
        return lines[0].strip() if lines else "unknown"


def _module(name: str, code: str, *, sliced: bool = False) -> Peer:
    python = str(BENCH_PYTHON)
    return Peer(
        name,
        lambda path: (python, "-c", code, str(path)),
        (python, "-c", f"from importlib.metadata import version; print(version({name!r}))"),
        sliced,
    )


def schouw() -> Peer:
    """Return this program, as it is installed beside the Python that runs the benchmarks."""
    program = shutil.which("schouw-agent", path=str(Path(sys.executable).parent)) or "schouw-agent"
    version = "from importlib.metadata import version; print(version('schouw'))"
    return Peer(
        "schouw-agent inspect",
        lambda path: (program, "inspect", str(path)),
        (sys.executable, "-c", version),
    )


NDPI = Peer(
    "ndpiReader",
    lambda path: ("ndpiReader", "-q", "-i", str(path)),
    ("dpkg-query", "-W", "-f", "${Version}\n", "libndpi-bin"),
)
NFSTREAM = _module("nfstream", _NFSTREAM)
SCAPY = _module("scapy", _SCAPY, sliced=True)
TSHARK = Peer(
    "tshark -z conv,tcp",
    lambda path: ("tshark", "-q", "-n", "-z", "conv,tcp", "-r", str(path)),
    ("tshark", "--version"),
)
TSHARK_MQTT = Peer(
    "tshark, MQTT fields",
    lambda path: ("tshark", "-n", "-r", str(path), *_MQTT),
    ("tshark", "--version"),
    sliced=True,
)
