"""What machines say of themselves, in messages that scapy builds."""

import pytest
from scapy.layers.dhcp import BOOTP, DHCP
from scapy.layers.dhcp6 import (
    DUID_LL,
    DHCP6_Solicit,
    DHCP6OptClientFQDN,
    DHCP6OptClientId,
    DHCP6OptElapsedTime,
)
from scapy.layers.dns import DNS, DNSQR, DNSRR, DNSRRSRV
from scapy.layers.llmnr import LLMNRQuery, LLMNRResponse
from scapy.layers.netbios import NBNSHeader, NBNSQueryRequest, NBNSRegistrationRequest
from scapy.layers.radius import Radius, RadiusAttribute

import schouw_agent.protocols
from schouw_agent.plugins import PortHint, discover

DECODERS = discover(schouw_agent.protocols, "DECODER")
MAC = "02:42:00:a1:b2:c3"


def dhcp():
    options = [("message-type", "request"), ("hostname", b"cam-7"), ("vendor_class_id", b"u/1")]
    return BOOTP(chaddr=bytes.fromhex(MAC.replace(":", "")), xid=7) / DHCP(
        options=[*options, "end"]
    )


def dhcpv6():
    return (
        DHCP6_Solicit(trid=7)
        / DHCP6OptClientId(duid=DUID_LL(lladdr=MAC))
        / DHCP6OptElapsedTime()
        / DHCP6OptClientFQDN(fqdn="cam-7.example.")
    )


def mdns():
    return DNS(
        qr=1,
        aa=1,
        qd=[],
        an=[
            DNSRR(rrname="_mqtt._tcp.local.", type="PTR", rdata="Mast._mqtt._tcp.local."),
            DNSRRSRV(rrname="Mast._mqtt._tcp.local.", port=1883, target="mast-7.local."),
            DNSRR(rrname="mast-7.local.", type="AAAA", rdata="2001:db8::7"),
        ],
    )


def llmnr():
    return LLMNRResponse(
        qr=1, qd=DNSQR(qname="gate-7"), an=DNSRR(rrname="gate-7", type="A", rdata="192.0.2.7")
    )


ROWS = [
    ("dhcp", 67, dhcp(), {"mac": MAC, "host_name": "cam-7", "user_agent": "u/1"}),
    ("dhcpv6", 547, dhcpv6(), {"mac": MAC, "host_name": "cam-7.example"}),
    (
        "mdns",
        5353,
        mdns(),
        {"host_name": "mast-7", "name": "Mast", "services": ("_mqtt._tcp",)},
    ),
    ("llmnr", 5355, llmnr(), {"host_name": "gate-7"}),
    (
        "netbios",
        137,
        NBNSHeader() / NBNSRegistrationRequest(QUESTION_NAME=b"GATE-7", NB_ADDRESS="192.0.2.7"),
        {"host_name": "GATE-7"},
    ),
]


@pytest.mark.parametrize(("name", "port", "packet", "facts"), ROWS, ids=[r[0] for r in ROWS])
def test_identity(name, port, packet, facts):
    octets, hint = bytes(packet), PortHint("udp", 41000, port)
    assert DECODERS[name].probe(octets, b"", hint) >= 0.9
    found = [m.fields["identity"] for m in DECODERS[name].open(hint).feed(True, octets)[1:]]
    assert found == [facts]


def test_questions_say_nothing_of_who_asks():
    for name, port, packet in (
        ("llmnr", 5355, LLMNRQuery(qd=DNSQR(qname="gate-7"))),
        ("netbios", 137, NBNSHeader() / NBNSQueryRequest(QUESTION_NAME=b"GATE-7")),
        ("mdns", 5353, DNS(qd=DNSQR(qname="_mqtt._tcp.local."))),
    ):
        hint = PortHint("udp", 41000, port)
        assert DECODERS[name].probe(bytes(packet), b"", hint) >= 0.9
        assert [m.kind for m in DECODERS[name].open(hint).feed(True, bytes(packet))] == ["query"]


def test_radius_is_counted():
    packet = Radius(code=1, id=7, attributes=[RadiusAttribute(type=1, value=b"someone")])
    hint = PortHint("udp", 41000, 1812)
    assert DECODERS["radius"].probe(bytes(packet), b"", hint) >= 0.9
    assert not DECODERS["radius"].open(hint).feed(True, bytes(packet))
