"""The whole agent on whole captures: what must hold whatever the capture."""

import io
import random
import shutil
import struct
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schouw_agent import pipeline
from schouw_agent.capture.blocks import read_blocks
from schouw_agent.errors import CaptureError
from schouw_agent.order import read_order
from schouw_agent.pipeline import inspect
from schouw_agent.report import Report
from schouw_agent.views import flow_rows, message_rows

HAVENPLEIN = Path(__file__).parents[2] / "examples" / "havenplein"
CAPTURE = HAVENPLEIN / "havenplein-2026-09.pcapng"
Frame = tuple[int, int, bytes]


@pytest.fixture(scope="module")
def frames() -> list[Frame]:
    """Time in nanoseconds, length on the wire and octets of every frame."""
    found = []
    for block in read_blocks(CAPTURE):
        octets = block.octets.tobytes()
        for i, start in enumerate(block.offset.tolist()):
            taken = octets[start : start + int(block.captured_length[i])]
            found.append((int(block.time[i]), int(block.wire_length[i]), taken))
    return found


def _pcap(frames: list[Frame], link_type: int = 1) -> bytes:
    out = [struct.pack("<IHHiIII", 0xA1B23C4D, 2, 4, 0, 0, 262144, link_type)]
    for time, wire, octets in frames:
        out.append(struct.pack("<IIII", *divmod(time, 10**9), len(octets), wire) + octets)
    return b"".join(out)


def _told(report: Report) -> tuple[object, ...]:
    return report.coverage, report.devices, report.start, report.end


@pytest.fixture(scope="module")
def whole(frames: list[Frame], tmp_path_factory: pytest.TempPathFactory) -> Report:
    file = tmp_path_factory.mktemp("whole") / "whole.pcap"
    file.write_bytes(_pcap(frames))
    return inspect([file])


@settings(
    max_examples=12,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(cuts=st.sets(st.floats(0, 1), min_size=1, max_size=6), shuffle=st.randoms())
def test_a_capture_cut_anywhere_gives_the_same_inventory(
    frames: list[Frame], whole: Report, tmp_path: Path, cuts: set[float], shuffle: random.Random
) -> None:
    places = [0, *sorted(int(c * len(frames)) for c in cuts), len(frames)]
    files = []
    for n, (start, stop) in enumerate(pairwise(places)):
        file = tmp_path / f"part-{n}.pcap"
        file.write_bytes(_pcap(frames[start:stop]))
        files.append(file)
    # Empty parts have no first frame to be ordered by; their place makes no difference.
    shuffle.shuffle(files)
    assert _told(inspect(files)) == _told(whole)


def test_standard_input_gives_the_same_inventory(frames: list[Frame], whole: Report) -> None:
    assert _told(inspect([io.BytesIO(_pcap(frames))])) == _told(whole)


@pytest.mark.parametrize("lost", [1, 7, 20])
def test_a_truncated_capture_gives_what_could_be_read(
    frames: list[Frame], tmp_path: Path, lost: int
) -> None:
    file = tmp_path / "cut.pcap"
    file.write_bytes(_pcap(frames)[:-lost])
    report = inspect([file])
    assert report.coverage.frames == len(frames) - 1
    assert report.sources[0].truncated
    assert any("cut.pcap" in note for note in report.coverage.notes)
    assert report.devices


def test_one_damaged_frame_costs_only_itself(
    frames: list[Frame], whole: Report, tmp_path: Path
) -> None:
    time, _, _ = frames[50]
    bad = [(time, 60, b"\xff" * 12 + b"\x08\x00" + b"\x41" * 46), (time, 3, b"\x01\x02\x03")]
    file = tmp_path / "bad.pcap"
    file.write_bytes(_pcap([*frames[:50], *bad, *frames[50:]]))
    report = inspect([file])
    assert report.coverage.invalid_frames == whole.coverage.invalid_frames + 2
    assert report.devices == whole.devices


def test_frames_that_nobody_can_read_are_told(tmp_path: Path) -> None:
    ethernet, other = tmp_path / "ethernet.pcap", tmp_path / "other.pcap"
    kinds = (0x88E5, 0x88E5, 0x0806, 0x8947, 0x1234)
    ethernet.write_bytes(
        _pcap([(n, 60, bytes(12) + struct.pack(">H", kind)) for n, kind in enumerate(kinds)])
    )
    other.write_bytes(_pcap([(9, 60, bytes(60))], link_type=147))
    (note,) = inspect([ethernet, other]).coverage.notes
    assert note.endswith("1 geonetworking, 1 link type 147, 2 macsec, 1 other")


def test_totals_are_conserved(whole: Report, frames: list[Frame]) -> None:
    coverage = whole.coverage
    assert coverage.frames == len(frames)
    assert coverage.octets == sum(wire for _, wire, _ in frames)
    unread = sum(u.octets for u in coverage.undecoded if u.flows)
    assert coverage.read_octets + unread <= coverage.payload_octets
    assert coverage.read_octets > 0


def test_views_tell_of_the_same_flows(frames: list[Frame], whole: Report) -> None:
    octets = _pcap(frames)
    flows = list(flow_rows(io.BytesIO(octets)))
    messages = list(message_rows(io.BytesIO(octets)))
    assert len(flows) == whole.coverage.flows
    assert len(messages) == whole.coverage.messages
    uids = {row["uid"] for row in flows}
    assert len(uids) == len(flows)
    assert {row["uid"] for row in messages} <= uids
    assert not any("payload" in row for row in messages)


@pytest.mark.parametrize(
    ("octets", "why"), [(None, "no such file"), (b"", "empty"), (b"GIF89a" * 9, "not a pcap")]
)
def test_what_is_no_capture_is_one_clear_error(
    tmp_path: Path, octets: bytes | None, why: str
) -> None:
    file = tmp_path / "x.pcap"
    if octets is not None:
        file.write_bytes(octets)
    with pytest.raises(CaptureError, match=why) as raised:
        inspect([file])
    assert raised.value.diagnostics().startswith("x.pcap: ")


@pytest.mark.parametrize("package", ["protocols", "formats", "detectors"])
def test_new_knowledge_is_told_from_new_behaviour(
    package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An extension more is another digest, of whatever kind it is."""
    before = pipeline.knowledge()
    original = pipeline.resources.files

    def with_one_more(anchor: Any) -> Any:
        if getattr(anchor, "__name__", "") != f"schouw_agent.{package}":
            return original(anchor)
        shutil.copytree(original(anchor), tmp_path / package)
        (tmp_path / package / "one_more.py").write_text("", "utf-8")
        return tmp_path / package

    monkeypatch.setattr(pipeline.resources, "files", with_one_more)
    assert pipeline.knowledge.__wrapped__() != before


def test_what_lies_outside_the_period_of_the_order_is_counted_and_not_read(frames) -> None:
    order = read_order("order.toml", (HAVENPLEIN / "order.toml").read_bytes())
    early = order.period.model_copy(update={"end": order.period.start})
    report = inspect([io.BytesIO(_pcap(frames))], order=order.model_copy(update={"period": early}))
    assert report.devices == ()
    assert report.coverage.outside_order_frames > 0
    assert any("outside the period" in note for note in report.coverage.notes)
