"""pcapng: sections, interfaces and their clocks, every kind of frame block, and damage."""

import io
import struct

import pytest

from schouw_agent.capture.blocks import Capture
from schouw_agent.records import FrameBlock, Interface

SECOND = 1_000_000_000


def read(octets: bytes, room: int = 4096) -> tuple[list[FrameBlock], Capture]:
    """Return copies of the blocks, and the capture afterwards."""
    capture = Capture(io.BytesIO(octets), buffer_octets=room)
    blocks = []
    for block in capture:
        columns = {name: getattr(block, name) for name in FrameBlock.__slots__}
        blocks.append(FrameBlock(**columns | {"octets": block.octets.copy()}))
    return blocks, capture


def frames(blocks: list[FrameBlock]) -> list[bytes]:
    return [
        block.octets[at : at + size].tobytes()
        for block in blocks
        for at, size in zip(block.offset.tolist(), block.captured_length.tolist(), strict=True)
    ]


def times(blocks: list[FrameBlock]) -> list[int]:
    return [time for block in blocks for time in block.time.tolist()]


RESOLUTIONS = [
    (None, 1_500_000, 1_500_000_000, "microseconds unless told otherwise"),
    (0, 3, 3 * SECOND, "seconds"),
    (3, 1500, 1_500_000_000, "milliseconds"),
    (9, 1_500_000_001, 1_500_000_001, "nanoseconds"),
    (12, 1_500_000_001_999, 1_500_000_001, "picoseconds"),
    (0x80 | 1, 3, 1_500_000_000, "halves of a second"),
    (0x80 | 32, 3 << 31, 1_500_000_000, "2^-32 seconds"),
    (0x80 | 40, 3 << 39, 1_500_000_000, "2^-40 seconds"),
    (0x80 | 63, 3 << 62, 1_500_000_000, "2^-63 seconds"),
    (0x80 | 64, 1 << 63, 0, "finer than a count of 64 bits can tell"),
    (127, 1 << 63, 0, "10^-127 seconds"),
    (0, (1 << 64) - 1, (1 << 62) // SECOND * SECOND, "absurd: clipped"),
]


@pytest.mark.parametrize(
    ("resolution", "ticks", "time"),
    [row[:3] for row in RESOLUTIONS],
    ids=[row[3] for row in RESOLUTIONS],
)
def test_times_follow_the_resolution(writer, resolution, ticks: int, time: int) -> None:
    options = writer.option(9, bytes([resolution])) if resolution is not None else b""
    octets = writer.section() + writer.interface(options=options) + writer.enhanced(b"x", ticks)
    assert times(read(octets)[0]) == [time]


@pytest.mark.parametrize(
    ("offset", "time"), [(100, 101 * SECOND), (-5, 0), (1 << 62, 1 << 62), (-(1 << 62), 0)]
)
def test_the_offset_is_added_and_clipped(writer, offset: int, time: int) -> None:
    options = writer.option(14, struct.pack(writer.order + "q", offset))
    octets = writer.section() + writer.interface(options=options)
    octets += writer.enhanced(b"x", 1_000_000)
    found = times(read(octets)[0])
    assert found[0] == pytest.approx(time, rel=1e-9)


def test_sections_of_either_byte_order_follow_each_other(writers) -> None:
    big, little = writers(">"), writers("<")
    octets = b""
    for i, each in enumerate((big, little, big)):
        octets += each.section() + each.interface(link=(1, 113, 1)[i]) + each.enhanced(b"%d" % i, i)
    for room in (64, 4096):
        blocks, capture = read(octets, room)
        assert frames(blocks) == [b"0", b"1", b"2"]
        links = [block.interfaces[port].link_type for block in blocks for port in block.interface]
        assert links == [1, 113, 1]
        assert capture.notes == ()


def test_interfaces_have_their_own_name_link_type_and_clock(writer) -> None:
    octets = writer.section()
    octets += writer.interface(1, options=writer.option(2, b"eth0") + writer.option(9, b"\x09"))
    octets += writer.interface(113, options=writer.option(2, "zwí\x07\xff".encode("latin-1")))
    octets += writer.enhanced(b"a", 7, port=0) + writer.enhanced(b"b", 7, port=1)
    octets += writer.enhanced(b"c", 8, port=0)
    (block,) = read(octets)[0]
    assert block.interfaces[0] == Interface("eth0", 1)
    assert block.interfaces[1].link_type == 113
    assert block.interfaces[1].name.isprintable()
    assert block.interface.tolist() == [0, 1, 0]
    assert block.time.tolist() == [7, 7000, 8]


def test_every_kind_of_frame_block_is_read_in_order(writer) -> None:
    octets = writer.section() + writer.interface(snap=4)
    octets += writer.simple(b"s") + writer.enhanced(b"abc", 5) + writer.simple(b"wxyz", wire=9)
    octets += writer.block(0x0BAD, b"custom") + writer.obsolete(b"old", 6, drops=3)
    blocks, capture = read(octets)
    assert frames(blocks) == [b"s", b"abc", b"wxyz", b"old"]
    assert times(blocks) == [0, 5000, 5000, 6000]
    assert blocks[0].wire_length.tolist() == [1, 3, 9, 3]
    assert sum(block.dropped for block in blocks) == 3
    assert capture.notes == ()


def test_losses_are_counted_once_also_after_the_last_frame(writer) -> None:
    octets = writer.section() + writer.interface() + writer.enhanced(b"a", 1)
    octets += writer.statistics(0, 5) + writer.statistics(0, 5) + writer.enhanced(b"b", 2)
    octets += writer.statistics(0, 12) + writer.statistics(9, 100)
    for room in (64, 4096):
        blocks, capture = read(octets, room)
        assert sum(block.dropped for block in blocks) == 12
        assert capture.tells_drops
        assert frames(blocks) == [b"a", b"b"]


def test_a_capture_without_statistics_does_not_tell_of_losses(writer) -> None:
    _, capture = read(writer.section() + writer.interface() + writer.enhanced(b"a", 1))
    assert not capture.tells_drops


def test_a_huge_unknown_block_is_passed_over_in_a_small_buffer(writer) -> None:
    octets = writer.section() + writer.interface() + writer.block(0x0BAD, bytes(17 << 20))
    octets += writer.enhanced(b"after", 1)
    blocks, capture = read(octets)
    assert frames(blocks) == [b"after"]
    assert all(block.octets.size == 4096 for block in blocks)
    assert not capture.truncated


DAMAGED = [
    ("length 0", lambda w: w.enhanced(b"bad!", 2, length=0), "damaged block"),
    ("length below 12", lambda w: w.enhanced(b"bad!", 2, length=8), "damaged block"),
    ("length no multiple of 4", lambda w: w.enhanced(b"bad!", 2, length=37), "damaged block"),
    ("length of 4 GB", lambda w: w.enhanced(b"bad!", 2, length=0xFFFF_FFFC), "impossible block"),
    ("two lengths differ", lambda w: w.enhanced(b"bad!", 2, trailer=40), "damaged block"),
    ("interface too short", lambda w: w.block(1, b""), "damaged block"),
    ("statistics too short", lambda w: w.block(5, b""), "damaged block"),
    ("section without byte order", lambda w: w.block(0x0A0D0D0A, b"?" * 16), "damaged block"),
]


@pytest.mark.parametrize(
    ("damage", "note"), [row[1:] for row in DAMAGED], ids=[row[0] for row in DAMAGED]
)
def test_damage_ends_the_reading_after_what_came_before(writer, damage, note: str) -> None:
    octets = writer.section() + writer.interface() + writer.enhanced(b"good", 1)
    octets += damage(writer) + writer.enhanced(b"lost", 3)
    blocks, capture = read(octets)
    assert frames(blocks) == [b"good"]
    assert len(capture.notes) == 1
    assert note in capture.notes[0]


CONTRADICTING = [
    ("more captured than fits", lambda w: w.enhanced(b"bad!", 2, captured=5000)),
    ("an interface that is not there", lambda w: w.enhanced(b"bad!", 2, port=7)),
    ("no room for its fields", lambda w: w.block(6, b"\0" * 4)),
]


@pytest.mark.parametrize(
    "frame", [row[1] for row in CONTRADICTING], ids=[row[0] for row in CONTRADICTING]
)
def test_a_frame_that_contradicts_its_block_is_left_out_alone(writer, frame) -> None:
    octets = writer.section() + writer.interface() + writer.enhanced(b"good", 1)
    octets += frame(writer) + writer.enhanced(b"also good", 3)
    blocks, capture = read(octets)
    assert frames(blocks) == [b"good", b"also good"]
    assert capture.notes == ("1 frames contradict their block",)


def test_frames_without_any_interface_are_left_out(writer) -> None:
    blocks, capture = read(writer.section() + writer.enhanced(b"x", 1) + writer.simple(b"y"))
    assert frames(blocks) == []
    assert capture.notes == ("2 frames contradict their block",)
