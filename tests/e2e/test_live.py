"""`schouw-agent inspect` and `schouw check` live: as a program, with signals and permissions."""

import json
import os
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.agent.capture.wire import is_root, lay, namespace, send, udp

AGENT = [sys.executable, "-c", "from schouw_agent.cli import main; main()", "inspect"]
COLLECTOR = [sys.executable, "-c", "from schouw_collector.cli import main; main()", "check"]
FRAMES = [udp(b"x" * 40), udp(b"y" * 40, source="192.0.2.8")]
ORDER = """schema = "https://schouw.example.org/schema/order/1"
principal = "College"
permission = "Netbeheer"
[period]
start = 2026-01-01T00:00:00Z
end = 2100-01-01T00:00:00Z
[[exclusion]]
address = "192.0.2.8"
reason = "not ours"
"""


@pytest.fixture
def wire(demand: Callable[[bool, str], None], programs: Callable[..., None]) -> Iterator[None]:
    programs("ip")
    demand(is_root(), "a network namespace needs root")
    with namespace():
        lay("s0", "c0")
        yield


@pytest.fixture
def order(tmp_path: Path) -> Path:
    path = tmp_path / "order.toml"
    path.write_text(ORDER)
    return path


def _until(holds: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 20
    while not holds():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def _hears() -> bool:
    """Tell whether some socket takes every protocol."""
    return any(" 0003 " in line for line in Path("/proc/net/packet").read_text().splitlines())


def _start(command: list[str], *, hears: bool = True) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if hears:
        _until(_hears, process)
    return process


def _end(process: subprocess.Popen[bytes]) -> tuple[int, Any, str]:
    out, err = process.communicate(timeout=30)
    return process.returncode, json.loads(out) if out else None, err.decode()


@pytest.mark.usefixtures("wire")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_with_the_report(order: Path, number: signal.Signals) -> None:
    process = _start([*AGENT, "--interface", "c0", "--order", str(order)])
    send("s0", FRAMES)
    process.send_signal(number)
    code, report, err = _end(process)
    assert (code, err) == (0, "")
    assert report["coverage"]["frames"] == 2
    assert report["coverage"]["outside_order_frames"] == 1
    assert report["coverage"]["kernel_drops"] == 0
    assert [(s["name"], s["kind"]) for s in report["sources"]] == [("c0", "interface")]


@pytest.mark.usefixtures("wire")
def test_it_ends_after_its_time_and_covers_it_even_without_a_frame(order: Path) -> None:
    started = time.monotonic()
    process = _start([*AGENT, "--interface", "c0", "--order", str(order), "--duration", "1s"])
    code, report, _ = _end(process)
    assert code == 0
    assert 1 <= time.monotonic() - started < 20
    assert report["coverage"]["frames"] == 0
    first, last = (time.strptime(report[key][:19], "%Y-%m-%dT%H:%M:%S") for key in ("start", "end"))
    assert time.mktime(last) - time.mktime(first) >= 1


@pytest.mark.usefixtures("wire")
def test_a_check_keeps_the_order_in_the_evidence(order: Path, root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "evidence"
    process = _start(
        [
            *COLLECTOR, "--interface", "c0", "--order", str(order), "--output", str(folder),
            "--register", str(root / "examples" / "havenplein" / "register.json"),
            "--key", str(tmp_path / "key.pem"), "--duration", "1s", "--fail-on", "high",
        ]
    )  # fmt: skip
    send("s0", FRAMES)
    process.communicate(timeout=60)
    assert process.returncode in (0, 1)
    manifest = json.loads((folder / "manifest.json").read_text())
    assert {(i["kind"], i["name"]) for i in manifest["inputs"]} == {
        ("interface", "c0"), ("order", "order.toml"), ("register", "register.json"),
    }  # fmt: skip
    assert "192.0.2.8" not in (folder / "inventory.dsse.json").read_text()
    verify = [*COLLECTOR[:3], "verify", str(folder)]
    assert subprocess.run(verify, check=False, capture_output=True).returncode == 0


@pytest.mark.usefixtures("wire")
def test_without_an_order_it_says_how_to_make_one() -> None:
    code, report, err = _end(_start([*AGENT, "--interface", "c0"], hears=False))
    assert (code, report) == (2, None)
    assert err.startswith("schouw-agent: looking live needs a mandate")
    assert err.count("\n") == 1


def _without_root(*capabilities: str) -> list[str]:
    kept = ",".join(["-all", *(f"+{each}" for each in capabilities)])
    return [
        "setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "--no-new-privs",
        f"--inh-caps={kept}", f"--ambient-caps={kept}", f"--bounding-set={kept}",
    ]  # fmt: skip


@pytest.fixture
def readable(demand: Callable[[bool, str], None]) -> Iterator[Path]:
    """An order that others may read, if they may run Python and read the code as well."""
    demand(shutil.which("setpriv") is not None, "setpriv is not installed")
    tried = subprocess.run(
        [*_without_root(), *AGENT[:2], "import schouw_agent.pipeline"], capture_output=True,
        check=False,
    )  # fmt: skip
    demand(tried.returncode == 0, "nobody else may run the code from here")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        order = Path(folder) / "order.toml"
        order.write_text(ORDER)
        order.chmod(0o644)
        yield order


@pytest.mark.usefixtures("wire")
def test_one_capability_is_enough(readable: Path) -> None:
    command = [*_without_root("net_raw"), *AGENT, "--interface", "c0", "--order", str(readable)]
    process = _start([*command, "--filter", "udp", "--shunt"])
    send("s0", FRAMES)
    process.send_signal(signal.SIGINT)
    code, report, err = _end(process)
    assert (code, err) == (0, "")
    assert report["coverage"]["frames"] == 2


@pytest.mark.usefixtures("wire")
def test_without_it_the_error_says_what_is_missing(readable: Path) -> None:
    command = [*_without_root(), *AGENT, "--interface", "c0", "--order", str(readable)]
    code, report, err = _end(_start(command, hears=False))
    assert (code, report) == (2, None)
    assert "CAP_NET_RAW" in err
    assert err.count("\n") == 1


def _pcap(*frames: bytes) -> bytes:
    out = struct.pack("<IHHiIII", 0xA1B23C4D, 2, 4, 0, 0, 262144, 1)
    seconds = int(time.time())
    for frame in frames:
        out += struct.pack("<IIII", seconds, 0, len(frame), len(frame)) + frame
    return out


@pytest.mark.parametrize("how", ["end", "interrupt"])
def test_a_capture_through_a_pipe_is_read_as_it_comes(how: str, tmp_path: Path) -> None:
    reading, writing = os.pipe()
    terminal, other = os.openpty()
    process = subprocess.Popen(
        [*AGENT, "-", "--json"], stdin=reading, stdout=subprocess.PIPE, stderr=other
    )
    os.close(reading)
    os.close(other)
    os.write(writing, _pcap(*FRAMES))
    # It tells on the terminal what was read, while the pipe is still open.
    told = b""
    while b"\r2" not in told:
        told += os.read(terminal, 1000)
    if how == "interrupt":
        os.write(writing, _pcap(FRAMES[0])[24:50])  # half a frame more
        process.send_signal(signal.SIGINT)
    else:
        os.close(writing)
    out, _ = process.communicate(timeout=30)
    if how == "interrupt":
        os.close(writing)
    os.close(terminal)
    assert process.returncode == 0
    report = json.loads(out)
    assert report["coverage"]["frames"] == 2
    assert report["sources"][0]["truncated"] is False
    assert report["sources"][0]["sha256"]
