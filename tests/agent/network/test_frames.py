"""Frames without IP: one datagram each of their sender, in the order of the frames."""

import pytest
from scapy.contrib.lldp import (
    LLDPDUChassisID,
    LLDPDUEndOfLLDPDU,
    LLDPDUPortID,
    LLDPDUSystemName,
    LLDPDUTimeToLive,
)
from scapy.layers.inet import IP, UDP
from scapy.layers.l2 import LLC, SNAP, Dot3, Ether
from scapy.packet import Raw

from schouw_agent.network.frames import SENDERS_MAX
from schouw_agent.network.traffic import Traffic
from schouw_agent.pipeline import decoders as all_decoders

SOURCE, SWITCH = "02:00:00:00:00:01", "02:00:00:00:00:02"


def lldp(name: bytes = b"camera-3.example", source: str = SOURCE):
    return (
        Ether(src=source, dst="01:80:c2:00:00:0e")
        / LLDPDUChassisID(subtype=4, id=source)
        / LLDPDUPortID(subtype=5, id=b"eth0")
        / LLDPDUTimeToLive(ttl=120)
        / LLDPDUSystemName(system_name=name)
        / LLDPDUEndOfLLDPDU()
    )


NAME = b"\0\1\0\x14switch-2.example"
CDP = (
    Dot3(src=SWITCH, dst="01:00:0c:cc:cc:cc")
    / LLC(dsap=0xAA, ssap=0xAA, ctrl=3)
    / SNAP(OUI=0xC, code=0x2000)
    / Raw(b"\x02\xb4\0\0" + NAME)
)
DATAGRAM = (
    Ether(src=SOURCE, dst=SWITCH)
    / IP(src="192.0.2.1", dst="198.51.100.2")
    / UDP(sport=4000, dport=123)
    / Raw(b"x")
)


@pytest.fixture
def traffic() -> Traffic:
    return Traffic(all_decoders())


def test_devices_say_who_they_are(traffic, block_of) -> None:
    frames = [bytes(each) for each in (lldp(), DATAGRAM, CDP)]
    first, second = traffic.feed(block_of(frames, [10, 20, 30]))
    assert first.message.fields["identity"]["host_name"] == "camera-3.example"
    assert (first.message.protocol, first.time, first.from_orig) == ("lldp", 10, True)
    assert first.flow.orig == (SOURCE, "", 0)
    assert (first.flow.resp.port, first.flow.transport) == (0x88CC, "ethernet")
    assert second.message.fields["identity"] == {"host_name": "switch-2.example"}
    assert (second.message.protocol, second.time) == ("cdp", 30)
    assert (second.flow.orig.mac, second.flow.resp.port) == (SWITCH, 0x2000)
    traffic.close()
    flows = list(traffic.ended().rows())
    assert [flow.transport for flow in flows] == ["udp"]
    assert traffic.counters.tally.non_ip == {"lldp": 1, "cisco": 1}
    assert traffic.counters.tally.invalid == 0


def test_behind_a_tag_too(traffic, block_of) -> None:
    plain = bytes(lldp())
    assert len(traffic.feed(block_of([plain[:12] + b"\x81\0\0\3" + plain[12:]]))) == 1


def test_what_is_said_again_is_said_once(traffic, block_of) -> None:
    frames = [bytes(lldp()), bytes(lldp()), bytes(lldp(b"camera-4.example")), bytes(lldp())]
    for number, frame in enumerate(frames):
        told = traffic.feed(block_of([frame]))
        assert len(told) == (number != 1)
    assert len({each.flow.uid for each in told}) == 1


def test_frames_that_are_wrong_stop_nothing(traffic, block_of) -> None:
    wrong = bytes(lldp())[:-20]
    assert len(traffic.feed(block_of([wrong, bytes(lldp())]))) == 1


def test_an_order_decides_on_frames_too(block_of) -> None:
    def admit(addresses, macs, time):
        return macs[0] != int(SWITCH.replace(":", ""), 16)

    traffic = Traffic(all_decoders(), admit=admit)
    (delivery,) = traffic.feed(block_of([bytes(CDP), bytes(lldp())]))
    assert delivery.message.protocol == "lldp"


def test_senders_are_bounded(traffic, block_of) -> None:
    macs = (f"02:00:00:00:{i >> 8:02x}:{i & 255:02x}" for i in range(SENDERS_MAX + 50))
    template = bytes(lldp())
    plain = bytes.fromhex(SOURCE.replace(":", ""))
    frames = [template.replace(plain, bytes.fromhex(mac.replace(":", ""))) for mac in macs]
    assert len(traffic.feed(block_of(frames))) == SENDERS_MAX + 50
    assert len(traffic._frames._senders) == SENDERS_MAX
