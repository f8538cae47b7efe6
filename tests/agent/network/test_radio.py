"""Radio in existing captures: infrastructure is told of, passers-by are only counted."""

import struct

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from scapy.layers.dot11 import (
    Dot11,
    Dot11Beacon,
    Dot11Elt,
    Dot11ProbeReq,
    Dot11QoS,
    RadioTap,
)
from scapy.layers.inet import IP, UDP
from scapy.layers.l2 import LLC, SNAP
from scapy.packet import Raw

from schouw_agent.network.headers import Headers
from schouw_agent.network.packets import Tally
from schouw_agent.network.traffic import Traffic
from schouw_agent.pipeline import decoders as all_decoders

PHONE, AP, SERVER = "02:00:00:00:00:01", "02:00:00:00:00:02", "02:00:00:00:00:03"
DATAGRAM = IP(src="192.0.2.1", dst="198.51.100.2") / UDP(sport=4000, dport=7001) / Raw(b"Dx")
INSIDE = LLC(dsap=0xAA, ssap=0xAA, ctrl=3) / SNAP(code=0x800) / DATAGRAM
UP = {"type": 2, "FCfield": 1, "addr1": AP, "addr2": PHONE, "addr3": SERVER}
DOWN = {"type": 2, "FCfield": 2, "addr1": PHONE, "addr2": AP, "addr3": SERVER}
BRIDGED = {"type": 2, "FCfield": 3, "addr1": AP, "addr2": "02:00:00:00:00:09",
           "addr3": SERVER, "addr4": PHONE}  # fmt: skip
TAP = bytes(RadioTap())
BEACON = (
    Dot11(type=0, subtype=8, addr1="ff:ff:ff:ff:ff:ff", addr2=AP, addr3=AP)
    / Dot11Beacon(cap="ESS")
    / Dot11Elt(ID="SSID", info=b"Stadsnet")
)


def tap(flags: int, *, clock: bool = False, words: int = 1) -> bytes:
    """Return a radiotap header with flags, written by hand."""
    body = b"".join(struct.pack("<I", 1 << 31) for _ in range(words - 1))
    body = struct.pack("<I", 2 | clock | (words > 1) << 31) + (
        body[:-4] + bytes(4) if body else b""
    )
    if clock:
        body += bytes(-(4 + len(body)) % 8 + 8)
    body += bytes((flags,))
    return struct.pack("<BBH", 0, 0, 4 + len(body)) + body


CLEAR = [
    ("upwards", 105, Dot11(**UP) / INSIDE, PHONE, SERVER),
    ("downwards", 105, Dot11(**DOWN) / INSIDE, SERVER, PHONE),
    ("between access points", 105, Dot11(**BRIDGED) / INSIDE, PHONE, SERVER),
    ("with quality", 105, Dot11(subtype=8, **UP) / Dot11QoS() / INSIDE, PHONE, SERVER),
    ("radiotap", 127, Raw(TAP) / Dot11(**UP) / INSIDE, PHONE, SERVER),
    ("radiotap with a clock", 127, Raw(tap(0, clock=True)) / Dot11(**UP) / INSIDE, PHONE, SERVER),
    ("radiotap of three words", 127, Raw(tap(0, clock=True, words=3)) / Dot11(**UP) / INSIDE, PHONE,
     SERVER),
    ("padded", 127, Raw(tap(0x20)) / Dot11(subtype=8, **UP) / Dot11QoS() / Raw(b"\0\0") / INSIDE,
     PHONE, SERVER),
    ("Prism", 119, Raw(bytes(144)) / Dot11(**UP) / INSIDE, PHONE, SERVER),
    ("AVS in place of Prism", 119, Raw(struct.pack(">II", 0x80211001, 64) + bytes(56)) / Dot11(**UP)
     / INSIDE, PHONE, SERVER),
    ("AVS", 163, Raw(struct.pack(">II", 0x80211001, 64) + bytes(56)) / Dot11(**UP) / INSIDE, PHONE,
     SERVER),
    ("PPI", 192, Raw(struct.pack("<BBHI", 0, 0, 12, 105) + bytes(4)) / Dot11(**UP) / INSIDE, PHONE,
     SERVER),
]  # fmt: skip


def parse(block):
    tally = Tally()
    return Headers().parse(block, tally), tally


def number(mac: str) -> int:
    return int(mac.replace(":", ""), 16)


@pytest.mark.parametrize(
    ("link", "frame", "source", "destination"), [r[1:] for r in CLEAR], ids=[r[0] for r in CLEAR]
)
def test_data_in_clear_are_read(block_of, link: int, frame, source: str, destination: str) -> None:
    found, tally = parse(block_of([bytes(frame)], links=(link,)))
    packets = found.packets
    assert packets.source_port.tolist() == [4000]
    assert packets.source_mac.tolist() == [number(source)]
    assert packets.destination_mac.tolist() == [number(destination)]
    at = int(packets.payload[0])
    assert found.octets[at : at + 2].tobytes() == b"Dx"
    assert not tally.non_ip


LOCKED = {**UP, "FCfield": 0x41}
NOT_READ = [
    ("encrypted", Dot11(**LOCKED) / Raw(bytes(40)), {"802.11 encrypted": 1}, 0, 0),
    ("without data", Dot11(**{**UP, "subtype": 4}), {"802.11": 1}, 0, 0),
    ("acknowledgement", Dot11(type=1, subtype=13, addr1=PHONE), {"802.11": 1}, 0, 0),
    ("probe request", Dot11(type=0, subtype=4, addr1=AP, addr2=PHONE, addr3=AP) / Dot11ProbeReq()
     / Dot11Elt(ID="SSID", info=b"Home of somebody"), {}, 1, 0),
    ("association", Dot11(type=0, subtype=0, addr1=AP, addr2=PHONE, addr3=AP) / Raw(bytes(8)), {},
     1, 0),
    ("beacon", BEACON, {"802.11 beacon": 1}, 0, 1),
    ("several in one", Dot11(subtype=8, **UP) / Dot11QoS(A_MSDU_Present=1) / Raw(bytes(60)),
     {"802.11": 1}, 0, 0),
]  # fmt: skip


@pytest.mark.parametrize(
    ("frame", "kinds", "passers_by", "others"),
    [r[1:] for r in NOT_READ],
    ids=[r[0] for r in NOT_READ],
)
def test_other_frames_are_counted(block_of, frame, kinds, passers_by: int, others: int) -> None:
    found, tally = parse(block_of([TAP + bytes(frame)], links=(127,)))
    assert not found.packets.frame.size
    assert (dict(tally.non_ip), tally.passers_by) == (kinds, passers_by)
    assert found.others.frame.size == others
    assert tally.invalid == 0


def test_frames_that_came_damaged_are_invalid(block_of) -> None:
    frame = tap(0x40) + bytes(Dot11(**UP) / INSIDE)
    found, tally = parse(block_of([frame], links=(127,)))
    assert (found.packets.frame.size, tally.invalid) == (0, 1)


def test_access_points_tell_who_they_are_once(block_of) -> None:
    traffic = Traffic(all_decoders())
    frames = [TAP + bytes(BEACON)] * 5
    (delivery,) = traffic.feed(block_of(frames, links=(127,)))
    assert delivery.message.fields["identity"] == {
        "mac": AP, "name": "Stadsnet", "services": ("access point",),
    }  # fmt: skip
    assert (delivery.flow.transport, delivery.flow.orig.mac) == ("ieee80211", AP)
    traffic.close()
    assert not list(traffic.ended().rows())


IBEACON = b"\x1a\xff\x4c\0\x02\x15" + bytes(range(16)) + b"\0\1\0\2\xc5"
NEARBY = b"\x0a\xff\x4c\0\x10\x05\x01\x18\x01\x02\x03"


def advertisement(content: bytes, *, kind: int = 2, random: bool = False, top: int = 2) -> bytes:
    body = b"\x01\0\0\0\0" + bytes((top,)) + content
    return b"\xd6\xbe\x89\x8e" + bytes((kind | random << 6, len(body))) + body + b"\0\0\0"


BLUETOOTH = [
    ("beacon", advertisement(IBEACON), 1, 0),
    ("beacon whose address lasts", advertisement(IBEACON, random=True, top=0xC2), 1, 0),
    ("beacon whose address changes", advertisement(IBEACON, random=True, top=0x42), 0, 1),
    ("telephone", advertisement(NEARBY), 0, 1),
    ("telephone whose address changes", advertisement(NEARBY, random=True, top=0x42), 0, 1),
    ("scan request", advertisement(bytes(6), kind=3), 0, 1),
    ("data", b"\x12\x34\x56\x78" + bytes(20), 0, 0),
]


@pytest.mark.parametrize("link", [251, 256])
@pytest.mark.parametrize(
    ("frame", "told", "passers_by"), [r[1:] for r in BLUETOOTH], ids=[r[0] for r in BLUETOOTH]
)
def test_only_beacons_of_bluetooth_are_told_of(
    block_of, link: int, frame: bytes, told: int, passers_by: int
) -> None:
    traffic = Traffic(all_decoders())
    octets = (bytes(10) if link == 256 else b"") + frame
    deliveries = traffic.feed(block_of([octets], links=(link,)))
    assert len(deliveries) == told
    assert traffic.counters.tally.passers_by == passers_by
    assert all(each.flow.orig.mac for each in deliveries)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    row=st.integers(0, len(CLEAR) - 1),
    where=st.integers(0, 199),
    damage=st.binary(min_size=1, max_size=8),
    cut=st.integers(0, 250),
)
# The control of the quality of service would stand behind the last octet of the buffer.
@example(row=9, where=3, damage=b"\0", cut=88)
def test_every_frame_is_accounted_for_whatever_its_octets(
    block_of, row: int, where: int, damage: bytes, cut: int
) -> None:
    _, link, packet, _, _ = CLEAR[row]
    octets = bytearray(bytes(packet))
    where %= len(octets)
    octets[where : where + len(damage)] = damage
    found, tally = parse(block_of([bytes(octets)[:cut]], links=(link,)))
    accounted = found.packets.frame.size + tally.fragments + sum(tally.non_ip.values())
    accounted += tally.passers_by
    assert accounted + tally.invalid + tally.truncated >= 1
    assert accounted + tally.invalid <= 1
