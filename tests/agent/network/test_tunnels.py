"""Tunnels of every kind: the packet inside is read, whatever is around it."""

import struct

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scapy.contrib.erspan import ERSPAN_II
from scapy.contrib.geneve import GENEVE
from scapy.contrib.gtp import GTP_U_Header, GTPPDUSessionContainer
from scapy.contrib.mpls import MPLS
from scapy.layers.inet import IP, TCP, UDP
from scapy.layers.inet6 import IPv6
from scapy.layers.l2 import ARP, GRE, GRE_PPTP, LLC, SNAP, Dot1Q, Dot3, Ether
from scapy.layers.l2tp import L2TP
from scapy.layers.ppp import HDLC, PPP, PPPoE
from scapy.layers.vxlan import VXLAN
from scapy.packet import Raw

from schouw_agent.network.headers import Headers
from schouw_agent.network.packets import Tally
from schouw_agent.network.traffic import Traffic

LINK = Ether(src="02:00:00:00:00:01", dst="02:00:00:00:00:02")
INNER_LINK = Ether(src="02:00:00:00:00:11", dst="02:00:00:00:00:12")
OUTER = IP(src="203.0.113.1", dst="203.0.113.2")
OUTER_SIX = IPv6(src="2001:db8:1::1", dst="2001:db8:1::2")
FOUR = (
    IP(src="192.0.2.1", dst="198.51.100.2") / TCP(sport=4000, dport=7000, flags="A") / Raw(b"hello")
)
SIX = IPv6(src="2001:db8::1", dst="2001:db8::2") / UDP(sport=4000, dport=7000) / Raw(b"hello")
TEREDO = (
    IPv6(src="2001:0:c000:201::1", dst="2001:db8::2") / UDP(sport=4000, dport=7000) / Raw(b"hello")
)
FRAMED, PLAIN = 0x020000000011, 0


def udp(port: int) -> UDP:
    return UDP(sport=50_000, dport=port)


def l2tp(packet):
    return LINK / OUTER / udp(1701) / Raw(struct.pack(">HHH", 2, 7, 8) + b"\xff\x03\0\x21") / packet


# What, link type, frame, kinds of tunnels, MAC address of who sent the inner packet.
CASES = [
    ("GRE", 1, LINK / OUTER / GRE() / FOUR, ["gre"], PLAIN),
    ("GRE in IPv6", 1, LINK / OUTER_SIX / GRE() / SIX, ["gre"], PLAIN),
    ("GRE with everything", 1, LINK / OUTER
     / GRE(chksum_present=1, key_present=1, seqnum_present=1, key=9) / FOUR, ["gre"], PLAIN),
    ("PPTP", 1, LINK / OUTER / GRE_PPTP(seqnum_present=1, acknum_present=1, call_id=3)
     / Raw(b"\xff\x03\0\x21") / FOUR, ["gre"], PLAIN),
    ("NVGRE", 1, LINK / OUTER / GRE(key_present=1, key=0x12345678, proto=0x6558)
     / INNER_LINK / FOUR, ["gre"], FRAMED),
    ("ERSPAN", 1, LINK / OUTER / GRE(seqnum_present=1, proto=0x88BE) / ERSPAN_II() / INNER_LINK
     / SIX, ["gre"], FRAMED),
    ("IP in IP", 1, LINK / OUTER / FOUR, ["ip_in_ip"], PLAIN),
    ("6in4", 1, LINK / OUTER / SIX, ["ip_in_ip"], PLAIN),
    ("4in6", 1, LINK / OUTER_SIX / FOUR, ["ip_in_ip"], PLAIN),
    ("EtherIP", 1, LINK / IP(src="203.0.113.1", dst="203.0.113.2", proto=97) / Raw(b"\x30\0")
     / INNER_LINK / FOUR, ["ether_ip"], FRAMED),
    ("MPLS in IP", 1, LINK / IP(src="203.0.113.1", dst="203.0.113.2", proto=137)
     / MPLS(s=1) / FOUR, ["mpls", "mpls"], PLAIN),
    ("VXLAN", 1, LINK / OUTER / udp(4789) / VXLAN(flags=8, vni=42) / INNER_LINK / FOUR,
     ["vxlan"], FRAMED),
    ("VXLAN with a group", 1, LINK / OUTER / udp(4789) / VXLAN(flags=0x88, gpid=9, vni=42)
     / INNER_LINK / FOUR, ["vxlan"], FRAMED),
    ("VXLAN behind a tag", 1, LINK / Dot1Q(vlan=3) / OUTER_SIX / udp(4789) / VXLAN(flags=8, vni=42)
     / INNER_LINK / Dot1Q(vlan=4) / SIX, ["vxlan"], FRAMED),
    ("VXLAN on another port", 1, LINK / OUTER / udp(9999) / VXLAN(flags=8, vni=42) / INNER_LINK
     / FOUR, ["vxlan"], FRAMED),
    ("Geneve", 1, LINK / OUTER / udp(6081) / GENEVE(vni=42, proto=0x6558) / INNER_LINK / FOUR,
     ["geneve"], FRAMED),
    ("Geneve with options", 1, LINK / OUTER / udp(6081)
     / Raw(struct.pack(">BBHI", 2, 0, 0x86DD, 42 << 8) + bytes(8)) / SIX, ["geneve"], PLAIN),
    ("GTP-U", 1, LINK / OUTER / udp(2152) / GTP_U_Header(teid=7) / FOUR, ["gtp"], PLAIN),
    ("GTP-U with a number", 1, LINK / OUTER / udp(2152) / GTP_U_Header(teid=7, S=1, seq=5) / SIX,
     ["gtp"], PLAIN),
    ("GTP-U of 5G", 1, LINK / OUTER / udp(2152)
     / GTP_U_Header(teid=7, E=1, next_ex=0x85) / GTPPDUSessionContainer(type=1, QFI=3) / FOUR,
     ["gtp"], PLAIN),
    ("Teredo", 1, LINK / OUTER / udp(32_900) / TEREDO, ["teredo"], PLAIN),
    ("Teredo with origin", 1, LINK / OUTER / udp(3544) / Raw(b"\0\0" + bytes(6)) / TEREDO,
     ["teredo"], PLAIN),
    ("Teredo, signed", 1, LINK / OUTER / udp(3544)
     / Raw(b"\0\1\0\0" + bytes(9) + b"\0\0" + bytes(6)) / TEREDO, ["teredo"], PLAIN),
    ("L2TP", 1, l2tp(FOUR), ["l2tp"], PLAIN),
    ("MPLS", 1, LINK / MPLS(s=0) / MPLS(s=0) / MPLS(s=1) / FOUR, ["mpls"], 0x020000000001),
    ("pseudowire", 1, LINK / MPLS(s=1) / Raw(bytes(4)) / INNER_LINK / SIX, ["mpls"], FRAMED),
    ("PPPoE", 1, LINK / PPPoE(sessionid=5) / PPP(proto=0x21) / FOUR, ["pppoe"], 0x020000000001),
    ("PPPoE, IPv6", 1, LINK / PPPoE(sessionid=5) / PPP(proto=0x57) / SIX, ["pppoe"],
     0x020000000001),
    ("four deep", 1, LINK / OUTER / GRE() / OUTER / OUTER_SIX / udp(4789) / VXLAN(flags=8, vni=1)
     / INNER_LINK / SIX, ["gre", "ip_in_ip", "vxlan"], FRAMED),
    ("PPP", 9, HDLC() / PPP(proto=0x21) / FOUR, [], PLAIN),
    ("PPP without address", 9, PPP(proto=0x57) / SIX, [], PLAIN),
    ("PPP with a short protocol", 9, Raw(b"\x21") / FOUR, [], PLAIN),
    ("PPP on a line", 50, HDLC() / PPP(proto=0x21) / FOUR, [], PLAIN),
    ("Cisco on a line", 50, Raw(b"\x0f\0\x08\0") / FOUR, [], PLAIN),
    ("PPP over Ethernet", 51, PPPoE(sessionid=5) / PPP(proto=0x21) / FOUR, ["pppoe"], PLAIN),
    ("Cisco HDLC", 104, Raw(b"\x0f\0\x86\xdd") / SIX, [], PLAIN),
    ("Cisco HDLC told as PPP", 9, Raw(b"\x0f\0\x86\xdd") / SIX, [], PLAIN),
    ("PPP of pppd", 166, Raw(b"\x01\x03\0\x21") / FOUR, [], PLAIN),
    ("PPP with a direction", 204, Raw(b"\x01\xff\x03\0\x21") / FOUR, [], PLAIN),
    ("LLC of ATM", 100, LLC(dsap=0xAA, ssap=0xAA, ctrl=3) / SNAP(code=0x800) / FOUR, [], PLAIN),
    ("OpenBSD's IPsec", 109, Raw(struct.pack("<III", 2, 1, 0)) / FOUR, [], PLAIN),
    ("netfilter log", 239, Raw(b"\x02\0\0\0" + struct.pack("<HH", 7, 10) + b"abc\0"
     + struct.pack("<HH", 4 + len(FOUR), 9)) / FOUR, [], PLAIN),
    ("analyser", 240, Raw(bytes(4)) / INNER_LINK / FOUR, [], FRAMED),
    ("SNAP behind a tag", 1, Ether(src="02:00:00:00:00:01", dst="02:00:00:00:00:02", type=0x8100)
     / Raw(b"\0\3\0\x40") / LLC(dsap=0xAA, ssap=0xAA, ctrl=3) / SNAP(code=0x800) / FOUR, [],
     0x020000000001),
    ("SNAP inside a tunnel", 1, LINK / OUTER / udp(4789) / VXLAN(flags=8, vni=42)
     / Dot3(src="02:00:00:00:00:11", dst="02:00:00:00:00:12")
     / LLC(dsap=0xAA, ssap=0xAA, ctrl=3) / SNAP(code=0x86DD) / SIX, ["vxlan"], FRAMED),
    ("SNAP in Ethernet", 1, Dot3(src="02:00:00:00:00:01", dst="02:00:00:00:00:02")
     / LLC(dsap=0xAA, ssap=0xAA, ctrl=3) / SNAP(code=0x800) / FOUR, [], 0x020000000001),
]  # fmt: skip
IDS = [row[0] for row in CASES]


def parse(block, admit=None):
    """Return the packets, their payloads and the tally of a block."""
    tally = Tally()
    found = Headers(admit).parse(block, tally)
    packets = found.packets
    payloads = [
        found.octets[at : at + size].tobytes()
        for at, size in zip(packets.payload.tolist(), packets.captured.tolist(), strict=True)
    ]
    return packets, payloads, tally


@pytest.mark.parametrize(("link", "packet", "kinds", "mac"), [r[1:] for r in CASES], ids=IDS)
def test_what_is_inside_is_read(block_of, link: int, packet, kinds: list[str], mac: int) -> None:
    octets = bytes(packet)
    packets, payloads, tally = parse(block_of([octets], links=(link,)))
    assert payloads == [b"hello"]
    assert (packets.source_port[0], packets.destination_port[0]) == (4000, 7000)
    assert packets.source_mac.tolist() == [mac]
    assert sorted(tally.tunnels.elements()) == kinds
    assert (tally.frames, tally.octets, tally.invalid, tally.truncated) == (1, len(octets), 0, 0)
    assert not tally.non_ip


@pytest.mark.parametrize(("link", "packet"), [r[1:3] for r in CASES], ids=IDS)
def test_tunnels_may_be_cut_anywhere(block_of, link: int, packet) -> None:
    octets = bytes(packet)
    for cut in range(len(octets)):
        packets, payloads, tally = parse(
            block_of([octets[:cut]], links=(link,), wire=[len(octets)])
        )
        assert (tally.truncated, tally.invalid) == (1, 0)
        assert packets.frame.size + sum(tally.non_ip.values()) <= 1
        inside = packets.source_port.tolist() == [4000]
        assert all(b"hello".startswith(each) for each in payloads if inside)


NOT_TUNNELS = [
    ("GRE with routing", LINK / OUTER / Raw(b"\x40\0\x08\0" + bytes(4)) / FOUR, 47),
    ("GRE of nothing known", LINK / OUTER / GRE(proto=0x1234) / FOUR, 47),
    ("GRE that says IPv6", LINK / OUTER / GRE(proto=0x86DD) / Raw(bytes(FOUR)), 47),
    ("IP in IP that is none", LINK / IP(src="203.0.113.1", dst="203.0.113.2", proto=4)
     / Raw(b"\x60" + bytes(40)), 4),
    ("VXLAN with reserved bits", LINK / OUTER / udp(4789) / Raw(b"\x08\0\0\1\0\0\1\0") / INNER_LINK
     / FOUR, 17),
    ("VXLAN elsewhere without IP", LINK / OUTER / udp(9999) / VXLAN(flags=8, vni=1) / INNER_LINK
     / ARP(), 17),
    ("GTP of another length", LINK / OUTER / udp(2152) / GTP_U_Header(teid=7, length=9) / FOUR, 17),
    ("GTP control", LINK / OUTER / udp(2152) / Raw(b"\x30\x01\0\x04" + bytes(8)), 17),
    ("Teredo of another length", LINK / OUTER / udp(3544) / Raw(bytes(TEREDO) + b"more"), 17),
    ("IPv6 without such an address", LINK / OUTER / udp(3544) / SIX, 17),
    ("Teredo bubble", LINK / OUTER / udp(3544) / IPv6(src="2001:0:c000:201::1", dst="2001::2",
     nh=59), 17),
    ("L2TP control", LINK / OUTER / udp(1701) / L2TP(), 17),
    ("Geneve version 1", LINK / OUTER / udp(6081) / Raw(b"\x40\0\x08\0" + bytes(4)) / FOUR, 17),
    ("zeros", LINK / OUTER / udp(5000) / Raw(bytes(60)), 17),
]  # fmt: skip


@pytest.mark.parametrize(
    ("packet", "protocol"), [r[1:] for r in NOT_TUNNELS], ids=[r[0] for r in NOT_TUNNELS]
)
def test_what_looks_like_a_tunnel_stays_a_flow(block_of, packet, protocol: int) -> None:
    octets = bytes(packet)
    if protocol == 47:
        octets = octets[:23] + b"\x2f" + octets[24:]
    packets, _, tally = parse(block_of([octets]))
    assert packets.protocol.tolist() == [protocol]
    assert packets.source.tolist() == [[0, 0xFFFF_CB007101]]
    assert not tally.tunnels


def test_depth_is_bounded(block_of) -> None:
    packet = FOUR
    for _ in range(9):
        packet = OUTER / packet
    packets, _, tally = parse(block_of([bytes(LINK / packet)]))
    assert packets.protocol.tolist() == [4]
    assert tally.tunnels == {"ip_in_ip": 4}


def test_labels_are_bounded(block_of) -> None:
    frame = bytes(LINK)[:12] + b"\x88\x47" + b"\0\0\x10\x40" * 300
    packets, _, tally = parse(block_of([frame, bytes(LINK / MPLS(s=1) / FOUR)]))
    assert packets.frame.tolist() == [1]
    assert sum(tally.non_ip.values()) == 1


def test_frames_inside_without_ip_are_counted(block_of) -> None:
    frames = [
        LINK / OUTER / udp(4789) / VXLAN(flags=8, vni=1) / INNER_LINK / ARP(),
        LINK / PPPoE(sessionid=5) / PPP(proto=0xC021) / Raw(b"\x01\x01\0\x04"),
        Ether(src="02:00:00:00:00:01", type=0x8863) / Raw(b"\x11\x09\0\0\0\0"),
    ]
    packets, _, tally = parse(block_of([bytes(each) for each in frames]))
    assert not packets.frame.size
    assert tally.non_ip == {"arp": 1, "ppp control": 1, "pppoe": 1}
    assert tally.invalid == 0


def test_capture_order_is_kept(block_of) -> None:
    frames = [FOUR, OUTER / SIX, SIX, OUTER / GRE() / OUTER / SIX, SIX, OUTER / FOUR]
    packets, payloads, _ = parse(block_of([bytes(LINK / each) for each in frames]))
    assert packets.frame.tolist() == list(range(6))
    assert payloads == [b"hello"] * 6


def in_network(number: int, packet):
    return bytes(LINK / OUTER / udp(4789) / VXLAN(flags=8, vni=number) / INNER_LINK / packet)


def test_the_same_ends_in_two_virtual_networks_are_two_flows(decoders, block_of) -> None:
    back = IP(src="198.51.100.2", dst="192.0.2.1") / TCP(sport=7000, dport=4000, flags="A")
    traffic = Traffic(decoders)
    frames = [in_network(1, FOUR), in_network(2, FOUR), in_network(1, back), bytes(LINK / FOUR)]
    traffic.feed(block_of(frames, [1_000] * 4))
    traffic.close()
    flows = list(traffic.ended().rows())
    assert sorted(flow.orig_packets + flow.resp_packets for flow in flows) == [1, 1, 2]
    assert len({flow.uid for flow in flows}) == 3
    assert {(flow.orig.port, flow.resp.port) for flow in flows} == {(4000, 7000)}


def test_vlans_are_one_network(decoders, block_of) -> None:
    """What is routed from one to another is one conversation, as Zeek and Community ID take it."""
    traffic = Traffic(decoders)
    traffic.feed(block_of([bytes(LINK / Dot1Q(vlan=tag) / FOUR) for tag in (1, 2)]))
    traffic.close()
    assert len(list(traffic.ended().rows())) == 1


def test_both_directions_of_a_gtp_tunnel_are_one_flow(decoders, block_of) -> None:
    back = IP(src="198.51.100.2", dst="192.0.2.1") / TCP(sport=7000, dport=4000, flags="A")
    traffic = Traffic(decoders)
    for number, packet in ((7, FOUR), (8, back)):
        traffic.feed(
            block_of([bytes(LINK / OUTER / udp(2152) / GTP_U_Header(teid=number) / packet)])
        )
    traffic.close()
    assert len(list(traffic.ended().rows())) == 1


def test_messages_inside_a_tunnel_are_delivered(decoders, block_of) -> None:
    traffic = Traffic(decoders)
    message = IP(src="192.0.2.1", dst="198.51.100.2") / UDP(sport=4000, dport=7001) / Raw(b"Dx")
    (delivery,) = traffic.feed(block_of([in_network(5, message)]))
    assert delivery.message.payload == b"Dx"
    assert (delivery.flow.orig.mac, delivery.flow.orig.port) == ("02:00:00:00:00:11", 4000)
    traffic.close()
    assert traffic.ended().rows().__next__().uid == delivery.flow.uid


def test_each_layer_of_addresses_must_be_admitted(block_of) -> None:
    asked = []

    def admit(addresses, macs, time):
        asked.append(addresses[0][:, 1].tolist())
        return addresses[0][:, 1] != 0xFFFF_CB007101

    packets, _, tally = parse(block_of([bytes(LINK / OUTER / FOUR), bytes(LINK / FOUR)]), admit)
    assert packets.frame.tolist() == [1]
    assert asked == [[0xFFFF_CB007101, 0xFFFF_C0000201]]
    assert not tally.tunnels  # it was not even looked inside

    def admit_inner(addresses, macs, time):
        asked.append(addresses[0][:, 1].tolist())
        return addresses[0][:, 1] != 0xFFFF_C0000201

    packets, _, tally = parse(block_of([bytes(LINK / OUTER / FOUR)]), admit_inner)
    assert not packets.frame.size
    assert tally.tunnels == {"ip_in_ip": 1}


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    row=st.integers(0, len(CASES) - 1),
    where=st.integers(0, 199),
    damage=st.binary(min_size=1, max_size=8),
    cut=st.integers(0, 200),
)
def test_every_frame_is_accounted_for_whatever_its_octets(
    block_of, row: int, where: int, damage: bytes, cut: int
) -> None:
    _, link, packet, _, _ = CASES[row]
    octets = bytearray(bytes(packet))
    where %= len(octets)
    octets[where : where + len(damage)] = damage
    frame = bytes(octets)[:cut]
    packets, _, tally = parse(block_of([frame], links=(link,)))
    assert np.all(packets.captured >= 0)
    some = packets.captured > 0
    assert np.all((packets.payload + packets.captured)[some] <= len(frame))
    assert np.all(packets.captured <= packets.length)
    accounted = packets.frame.size + tally.fragments + sum(tally.non_ip.values())
    assert accounted + tally.invalid + tally.truncated >= 1
    assert accounted + tally.invalid <= 1
