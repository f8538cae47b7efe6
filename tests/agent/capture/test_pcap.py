"""pcap: units, byte orders, snap lengths, and lengths that lie."""

import io

import pytest

from schouw_agent.capture.blocks import Capture, read_blocks

SECOND = 1_000_000_000


@pytest.mark.parametrize(("nano", "unit"), [(False, 1000), (True, 1)])
def test_the_fraction_is_in_the_unit_of_the_file(writer, nano: bool, unit: int) -> None:
    octets = writer.pcap_header(nano=nano) + writer.pcap_record(b"abc", 123_456)
    (block,) = read_blocks(io.BytesIO(octets))
    assert block.time.tolist() == [1_700_000_000 * SECOND + 123_456 * unit]


def test_a_cut_frame_keeps_its_length_on_the_wire(writer) -> None:
    octets = writer.pcap_header() + writer.pcap_record(b"abc", wire=1500)
    (block,) = read_blocks(io.BytesIO(octets))
    assert block.captured_length.tolist() == [3]
    assert block.wire_length.tolist() == [1500]


def test_a_wire_length_below_the_captured_one_is_raised_to_it(writer) -> None:
    octets = writer.pcap_header() + writer.pcap_record(b"abcdef", wire=2)
    (block,) = read_blocks(io.BytesIO(octets))
    assert block.wire_length.tolist() == [6]


LINKS = [
    (1, 1, "Ethernet"),
    (0x5400_0001, 1, "four octets of frame check sequence"),
    (0xF000_0071, 113, "Linux cooked with the bits set"),
    (276, 276, "above 255"),
]


@pytest.mark.parametrize(("field", "link"), [row[:2] for row in LINKS], ids=[r[2] for r in LINKS])
def test_the_bits_of_the_frame_check_sequence_are_masked(writer, field: int, link: int) -> None:
    octets = writer.pcap_header(link=field) + writer.pcap_record(b"x")
    (block,) = read_blocks(io.BytesIO(octets))
    assert [each.link_type for each in block.interfaces] == [link]


LENGTHS = [0xFFFF_FFFF, 0x8000_0000, (16 << 20) + 1]


@pytest.mark.parametrize("length", LENGTHS)
def test_an_impossible_length_ends_the_reading_with_a_note(writer, length: int) -> None:
    good = writer.pcap_record(b"good")
    octets = writer.pcap_header() + good + writer.pcap_record(b"bad", length=length) + good
    capture = Capture(io.BytesIO(octets), buffer_octets=4096)
    assert sum(block.offset.size for block in capture) == 1
    assert capture.notes == ("impossible record length at octet 44; the rest was not read",)


def test_a_long_but_possible_length_is_a_truncated_capture(writer) -> None:
    octets = writer.pcap_header() + writer.pcap_record(b"bad", length=1 << 20)
    capture = Capture(io.BytesIO(octets), buffer_octets=4096)
    assert list(capture) == []
    assert capture.truncated


def test_the_buffer_grows_for_a_frame_that_is_larger(writer) -> None:
    frames = [b"a" * 10, b"b" * 20_000, b"c" * 10]
    capture = Capture(io.BytesIO(writer.pcap(frames)), buffer_octets=1024)
    found = [
        block.octets[at : at + size].tobytes()
        for block in capture
        for at, size in zip(block.offset.tolist(), block.captured_length.tolist(), strict=True)
    ]
    assert found == frames
