"""Headers of every layer: what they give, and how those that lie are counted."""

import struct

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scapy.layers.dns import DNS, DNSQR
from scapy.layers.inet import ICMP, IP, TCP, UDP, IPOption_Router_Alert
from scapy.layers.inet6 import (
    IPv6,
    IPv6ExtHdrDestOpt,
    IPv6ExtHdrFragment,
    IPv6ExtHdrHopByHop,
    IPv6ExtHdrRouting,
)
from scapy.layers.ipsec import AH
from scapy.layers.l2 import ARP, LLC, STP, CookedLinux, CookedLinuxV2, Dot1AD, Dot1Q, Ether
from scapy.layers.l2 import Loopback as Null
from scapy.packet import Raw

from schouw_agent.network.headers import Headers
from schouw_agent.network.packets import Tally

ETHERNET = Ether(src="02:00:00:00:00:01", dst="02:00:00:00:00:02")
FOUR = IP(src="192.0.2.1", dst="198.51.100.2")
SIX = IPv6(src="2001:db8::1", dst="2001:db8::2")
DATAGRAM = UDP(sport=4000, dport=7001) / Raw(b"hello")
SEGMENT = TCP(sport=4000, dport=7000, flags="PA", seq=0xFFFFFFF0, ack=77) / Raw(b"hello")
STATION = {"src": b"\x02\0\0\0\0\x01", "lladdrtype": 1, "lladdrlen": 6}
COOKED, COOKED_2 = CookedLinux(**STATION), CookedLinuxV2(**STATION)
AUTHENTICATION = AH(nh=17, payloadlen=4, icv=b"\0" * 12)

CASES = [
    ("UDP over IPv4", 1, ETHERNET / FOUR / DATAGRAM),
    ("UDP over IPv6", 1, ETHERNET / SIX / DATAGRAM),
    ("TCP over IPv4", 1, ETHERNET / FOUR / SEGMENT),
    ("TCP over IPv6", 1, ETHERNET / SIX / SEGMENT),
    ("one tag", 1, ETHERNET / Dot1Q(vlan=7) / FOUR / DATAGRAM),
    ("two tags", 1, ETHERNET / Dot1AD(vlan=7) / Dot1Q(vlan=8) / SIX / SEGMENT),
    ("five tags", 1, ETHERNET / Dot1Q() / Dot1Q() / Dot1Q() / Dot1Q() / Dot1Q() / FOUR / SEGMENT),
    ("priority tag before IPv6", 1, ETHERNET / Dot1Q(vlan=0, prio=5) / SIX / DATAGRAM),
    ("Linux cooked", 113, COOKED / FOUR / DATAGRAM),
    ("Linux cooked 2", 276, COOKED_2 / SIX / SEGMENT),
    ("raw IPv4", 101, FOUR / SEGMENT),
    ("raw IPv6", 101, SIX / SEGMENT),
    ("raw as OpenBSD numbers it", 14, FOUR / DATAGRAM),
    ("raw as BSD numbers it", 12, SIX / DATAGRAM),
    ("link type IPv4", 228, FOUR / DATAGRAM),
    ("link type IPv6", 229, SIX / DATAGRAM),
    ("loopback", 0, Null(type=2) / FOUR / DATAGRAM),
    ("IPv4 options", 1, ETHERNET / IP(src="192.0.2.1", dst="198.51.100.2",
     options=[IPOption_Router_Alert()]) / SEGMENT),
    ("TCP options", 1, ETHERNET / FOUR / TCP(sport=4000, dport=7000, flags="PA", seq=0xFFFFFFF0,
     ack=77, options=[("MSS", 1460), ("WScale", 7)]) / Raw(b"hello")),
    ("hop by hop", 1, ETHERNET / SIX / IPv6ExtHdrHopByHop() / DATAGRAM),
    ("routing and destination", 1, ETHERNET / SIX / IPv6ExtHdrRouting(addresses=["2001:db8::9"])
     / IPv6ExtHdrDestOpt() / SEGMENT),
    ("atomic fragment", 1, ETHERNET / SIX / IPv6ExtHdrFragment(m=0, offset=0, nh=17) / DATAGRAM),
    ("authentication header", 1, ETHERNET / SIX / AUTHENTICATION / DATAGRAM),
]  # fmt: skip


def parsed(block, tally: Tally):
    """Return the buffer and the packets of a block."""
    found = Headers().parse(block, tally)
    return found.octets, found.packets


def one(block_of, octets: bytes, link: int = 1, wire: int | None = None):
    """Return the packets and the tally of a single frame."""
    tally = Tally()
    block = block_of([octets], links=(link,), wire=None if wire is None else [wire])
    buffer, packets = parsed(block, tally)
    payloads = [
        buffer[at : at + size].tobytes()
        for at, size in zip(packets.payload.tolist(), packets.captured.tolist(), strict=True)
    ]
    return packets, payloads, tally


@pytest.mark.parametrize(("link", "packet"), [row[1:] for row in CASES], ids=[r[0] for r in CASES])
def test_packets_of_every_link_show_ends_and_payload(block_of, link: int, packet) -> None:
    packets, payloads, tally = one(block_of, bytes(packet), link)
    assert payloads == [b"hello"]
    assert packets.length.tolist() == [5]
    segment = TCP in packet
    assert packets.protocol.tolist() == [6 if segment else 17]
    assert packets.source_port.tolist() == [4000]
    assert packets.destination_port.tolist() == [7000 if segment else 7001]
    if segment:
        assert (packets.flags[0], packets.sequence[0], packets.acknowledgement[0]) == (
            0x18, 0xFFFFFFF0, 77,
        )  # fmt: skip
    if IPv6 in packet:
        assert packets.source.tolist() == [[0x20010DB8_00000000, 1]]
        assert packets.destination.tolist()[0][0] == 0x20010DB8_00000000
    else:
        assert packets.source.tolist() == [[0, 0xFFFF_C0000201]]
        assert packets.destination.tolist() == [[0, 0xFFFF_C6336402]]
    macs = (packets.source_mac[0], packets.destination_mac[0])
    if link == 1:
        assert macs == (0x020000000001, 0x020000000002)
    else:
        assert macs == (0x020000000001 if link in (113, 276) else 0, 0)
    assert (tally.frames, tally.octets) == (1, len(bytes(packet)))
    assert (tally.truncated, tally.invalid, tally.fragments) == (0, 0, 0)
    assert not tally.non_ip


@pytest.mark.parametrize(("link", "packet"), [row[1:] for row in CASES], ids=[r[0] for r in CASES])
def test_frames_may_be_cut_anywhere(block_of, link: int, packet) -> None:
    octets = bytes(packet)
    for cut in range(len(octets)):
        packets, payloads, tally = one(block_of, octets[:cut], link, wire=len(octets))
        assert (tally.truncated, tally.invalid) == (1, 0)
        assert all(b"hello".startswith(each) for each in payloads)
        if payloads:
            assert packets.length.tolist() == [5]
        _, payloads, tally = one(block_of, octets[:cut], link)
        # Without its own length on the wire, what IP says tells that something is missing.
        assert tally.truncated + tally.invalid + sum(tally.non_ip.values()) == 1
    assert payloads == [b"hell"]


OTHERS = [
    ("ICMP", ETHERNET / FOUR / ICMP() / Raw(b"ping"), 1, 4, (8, 0)),
    ("answer", ETHERNET / FOUR / ICMP(type=0) / Raw(b"ping"), 1, 4, (0, 8)),
    ("unreachable", ETHERNET / FOUR / ICMP(type=3, code=1) / Raw(b"ping"), 1, 4, (3, 1)),
    ("ICMPv6", ETHERNET / SIX / Raw(bytes([128, 0, 0, 0, 0, 1, 0, 1]) + b"ping"), 58, 4,
     (128, 129)),
    ("SCTP", ETHERNET / IP(src="192.0.2.1", dst="198.51.100.2", proto=132)
     / Raw(bytes([0, 9, 1, 2]) + bytes(8) + b"chunk"), 132, 5, (9, 258)),
    ("GRE", ETHERNET / IP(src="192.0.2.1", dst="198.51.100.2", proto=47) / Raw(b"12345"), 47, 5,
     (0, 0)),
    ("no next header", ETHERNET / IPv6(src="2001:db8::1", dst="2001:db8::2", nh=59), 59, 0, (0, 0)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("packet", "protocol", "length", "ports"), [r[1:] for r in OTHERS], ids=[r[0] for r in OTHERS]
)
def test_other_protocols(block_of, packet, protocol: int, length: int, ports) -> None:
    if protocol == 58:
        packet[IPv6].nh = 58
    packets, _, tally = one(block_of, bytes(packet))
    assert packets.protocol.tolist() == [protocol]
    assert (packets.source_port[0], packets.destination_port[0]) == ports
    assert packets.length.tolist() == [length]
    assert tally.invalid == 0


NON_IP = [
    ("ARP", ETHERNET / ARP(), "arp"),
    ("ARP behind a tag", ETHERNET / Dot1Q(vlan=3) / ARP(), "arp"),
    ("spanning tree", Ether(src="02:00:00:00:00:01", dst="01:80:c2:00:00:00", type=38) / LLC()
     / STP(), "without ethertype"),
    ("LLDP", Ether(src="02:00:00:00:00:01", dst="01:80:c2:00:00:0e", type=0x88CC) / Raw(b"\0\0"),
     "lldp"),
    ("something new", Ether(src="02:00:00:00:00:01", type=0x9999) / Raw(b"x"), "other"),
]  # fmt: skip


@pytest.mark.parametrize(("packet", "kind"), [r[1:] for r in NON_IP], ids=[r[0] for r in NON_IP])
def test_frames_without_ip_are_counted_by_kind(block_of, packet, kind: str) -> None:
    packets, _, tally = one(block_of, bytes(packet))
    assert packets.frame.size == 0
    assert tally.non_ip == {kind: 1}
    assert (tally.invalid, tally.truncated) == (0, 0)


def damaged(packet, at: int, value: bytes) -> bytes:
    octets = bytearray(bytes(packet))
    octets[at : at + len(value)] = value
    return bytes(octets)


FOUR_UDP, FOUR_TCP, SIX_UDP = (
    ETHERNET / FOUR / DATAGRAM,
    ETHERNET / FOUR / SEGMENT,
    (ETHERNET / SIX / DATAGRAM),
)
INVALID = [
    ("version 5", damaged(FOUR_UDP, 14, b"\x55")),
    ("IPv4 header below 20 octets", damaged(FOUR_UDP, 14, b"\x44")),
    ("IPv4 total length below the header", damaged(FOUR_UDP, 16, b"\0\x10")),
    ("IPv6 with version 4", damaged(SIX_UDP, 14, b"\x40")),
    ("TCP header below 20 octets", damaged(FOUR_TCP, 46, b"\x40")),
    ("TCP header beyond the packet", damaged(FOUR_TCP, 46, b"\xf0")),
    ("UDP length below its header", damaged(FOUR_UDP, 38, b"\0\x07")),
    ("UDP length beyond the packet", damaged(FOUR_UDP, 38, b"\xff\xff")),
    ("no room for UDP", damaged(FOUR_UDP, 16, b"\0\x18")),
    ("extension beyond the packet", bytes(ETHERNET / SIX / IPv6ExtHdrHopByHop(len=200) / DATAGRAM)),
    ("too many extensions", bytes(
        ETHERNET / IPv6(src="2001:db8::1", dst="2001:db8::2", nh=60)
        / Raw(b"\x3c\0\1\4\0\0\0\0" * 40))),
    ("ends in Ethernet", bytes(FOUR_UDP)[:13]),
    ("ends in a tag", bytes(ETHERNET / Dot1Q() / FOUR)[:16]),
    ("nothing at all", b""),
]  # fmt: skip


@pytest.mark.parametrize("octets", [row[1] for row in INVALID], ids=[row[0] for row in INVALID])
def test_headers_that_contradict_themselves_are_counted(block_of, octets: bytes) -> None:
    packets, _, tally = one(block_of, octets)
    assert packets.frame.size == 0
    assert tally.invalid == 1
    assert tally.frames == 1


@pytest.mark.parametrize("octets", [row[1] for row in INVALID], ids=[row[0] for row in INVALID])
def test_one_bad_frame_never_stops_the_rest(block_of, octets: bytes) -> None:
    good = [bytes(FOUR_UDP), bytes(SIX_UDP)]
    tally = Tally()
    _, packets = parsed(block_of([good[0], octets, good[1], octets, good[0]]), tally)
    assert packets.frame.tolist() == [0, 2, 4]
    assert packets.length.tolist() == [5, 5, 5]


def test_padding_of_ethernet_is_not_payload(block_of) -> None:
    octets = bytes(ETHERNET / FOUR / TCP(sport=1, dport=2, flags="A")).ljust(60, b"\xee")
    packets, payloads, _ = one(block_of, octets)
    assert payloads == [b""]
    assert packets.length.tolist() == [0]


def test_a_length_of_zero_means_all_of_the_frame(block_of) -> None:
    for packet, at in ((FOUR_TCP, 16), (ETHERNET / SIX / SEGMENT, 18)):
        packets, payloads, tally = one(block_of, damaged(packet, at, b"\0\0"))
        assert payloads == [b"hello"]
        assert packets.length.tolist() == [5]
        assert tally.invalid == 0


def test_interfaces_of_different_link_types_share_a_block(block_of) -> None:
    octets = [bytes(FOUR_UDP), bytes(FOUR / SEGMENT), b"radio", bytes(SIX_UDP)]
    tally = Tally()
    _, packets = parsed(block_of(octets, links=(1, 101, 147), ports=[0, 1, 2, 0]), tally)
    assert packets.frame.tolist() == [0, 1, 3]
    assert packets.source_mac.tolist() == [0x020000000001, 0, 0x020000000001]
    assert tally.non_ip == {"link type 147": 1}


def test_loopback_families_of_all_systems_are_known(block_of) -> None:
    for order in "<>":
        for family, version in ((2, FOUR), (10, SIX), (24, SIX), (28, SIX), (30, SIX)):
            octets = struct.pack(order + "I", family) + bytes(version / DATAGRAM)
            assert one(block_of, octets, 0 if order == "<" else 108)[1] == [b"hello"]
    assert one(block_of, struct.pack("<I", 7) + b"x" * 40, 0)[2].non_ip == {"without ethertype": 1}


def test_a_real_application_message_survives(block_of) -> None:
    query = ETHERNET / FOUR / UDP(sport=5353, dport=53) / DNS(qd=DNSQR(qname="example.org"))
    assert one(block_of, bytes(query))[1] == [bytes(query[DNS])]


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    row=st.integers(0, len(CASES) - 1),
    where=st.integers(0, 119),
    damage=st.binary(min_size=1, max_size=8),
    cut=st.integers(0, 120),
)
def test_every_frame_is_accounted_for_whatever_its_octets(
    block_of, row: int, where: int, damage: bytes, cut: int
) -> None:
    _, link, packet = CASES[row]
    octets = bytearray(bytes(packet))
    where %= len(octets)
    octets[where : where + len(damage)] = damage
    frame = bytes(octets)[:cut]
    packets, _, tally = one(block_of, frame, link)
    assert np.all(packets.captured >= 0)
    some = packets.captured > 0
    assert np.all((packets.payload + packets.captured)[some] <= len(frame))
    assert np.all(packets.captured <= packets.length)
    accounted = packets.frame.size + tally.fragments + sum(tally.non_ip.values())
    assert accounted + tally.invalid + tally.truncated >= 1
    assert accounted + tally.invalid <= 1
