"""Blocks of a ring as the kernel lays them out, made by hand for what no test machine has."""

import struct

import numpy as np
import pytest

from schouw_agent.capture import hardware, ring
from schouw_agent.records import FrameBlock, Interface

NETWORK = 116
"""Where the kernel puts the network layer, with the headroom that is asked for."""
STATION = bytes.fromhex("0200000000070000")


def _entry(
    packet: bytes, header: bytes = b"", *, index: int = 4, kind: int = 0, protocol: int = 0x0800,
    arphrd: int = 512, status: int = 1, tag: int = 0, tag_protocol: int = 0, cut: int | None = None,
) -> bytes:  # fmt: skip
    """Return one frame with struct tpacket3_hdr and struct sockaddr_ll before it."""
    frame = header + packet
    kept = frame if cut is None else frame[:cut]
    mac = NETWORK - len(header)
    length = (mac + len(kept) + 15) & ~15
    head = struct.pack(
        "=6I2H2I2H8x", length, 5, 7, len(kept), len(frame), status, mac, NETWORK, 0, tag,
        tag_protocol, 0,
    )  # fmt: skip
    address = struct.pack("=H", 17) + struct.pack(">H", protocol)
    address += struct.pack("=iHBB", index, arphrd, kind, 6) + STATION
    return (head + address).ljust(mac, b"\xee") + kept + bytes(length - mac - len(kept))


def _frames(entries: list[bytes], *interfaces: Interface, shunted: int = 0) -> FrameBlock:
    octets = np.frombuffer(bytearray(bytes(48) + b"".join(entries)), dtype=np.uint8)
    numbers = {4 + n: n for n in range(len(interfaces))}
    return ring.frames(octets, [(len(entries), 48)], interfaces, numbers, shunted)


def _octets(block: FrameBlock) -> list[bytes]:
    return [
        block.octets[at : at + size].tobytes()
        for at, size in zip(block.offset.tolist(), block.captured_length.tolist(), strict=True)
    ]


PPP = Interface("ppp0", hardware.COOKED)
COOKED = struct.pack(">HHH", 4, 512, 6) + STATION + b"\x08\0"


@pytest.mark.parametrize("header", [b"", b"\xff\x03\0\x21"], ids=["without a header", "with one"])
def test_an_unknown_link_layer_is_replaced_by_a_cooked_header(header: bytes) -> None:
    block = _frames([_entry(b"\x45" + bytes(30), header, kind=4)] * 2, PPP)
    assert _octets(block) == [COOKED + b"\x45" + bytes(30)] * 2
    assert block.wire_length.tolist() == [47, 47]
    assert block.time.tolist() == [5_000_000_007] * 2


def test_a_cut_frame_stays_cut_under_a_cooked_header() -> None:
    block = _frames([_entry(b"\x45" + bytes(199), cut=20), _entry(b"", b"\xff\x03")], PPP)
    assert [len(each) for each in _octets(block)] == [36, 16]
    assert block.wire_length.tolist() == [216, 16]


def test_several_interfaces_are_told_apart_and_only_ethernet_has_tags() -> None:
    ethernet = Interface("eth0", hardware.ETHERNET)
    addresses = bytes.fromhex("020000000001020000000002")
    entries = [
        _entry(b"\x45" * 20, index=4, status=0x11, tag=5),
        _entry(b"\x45" * 20, addresses + b"\x08\0", index=5, status=0x11, tag=5),
        _entry(b"\x45" * 20, addresses + b"\x08\0", index=5, status=0x51, tag=6,
               tag_protocol=0x88A8),
        _entry(b"", addresses[:8], index=5, status=0x11, tag=5),
    ]  # fmt: skip
    block = _frames(entries, PPP, ethernet)
    assert block.interface.tolist() == [0, 1, 1, 1]
    found = _octets(block)
    assert found[0][16:] == b"\x45" * 20
    assert found[1] == addresses + b"\x81\0\0\5\x08\0" + b"\x45" * 20
    assert found[2] == addresses + b"\x88\xa8\0\6\x08\0" + b"\x45" * 20
    assert found[3] == addresses[:8]
    assert block.wire_length.tolist() == [36, 38, 38, 8]


def test_only_what_was_cut_to_the_length_of_shunting_counts_as_shunted() -> None:
    entries = [
        _entry(bytes(200), cut=96), _entry(bytes(96)), _entry(bytes(200), cut=95),
        _entry(bytes(200)),
    ]  # fmt: skip
    raw = Interface("tun0", hardware.RAW)
    assert _frames(entries, raw, shunted=96).shunted == 1
    assert _frames(entries, raw).shunted == 0


@pytest.mark.parametrize(
    ("arphrd", "link_type", "radio"),
    [(1, 1, False), (772, 1, False), (0xFFFE, 101, False), (519, 101, False), (512, 113, False),
     (803, 113, True)],
)  # fmt: skip
def test_hardware(arphrd: int, link_type: int, radio: bool) -> None:
    assert hardware.link_type(arphrd) == link_type
    assert hardware.is_radio(arphrd) is radio
