"""Community ID against the values that its authors publish, and against those of tshark."""

import ipaddress
import json
import subprocess

import pytest
from scapy.layers.inet import ICMP, IP, TCP, UDP
from scapy.layers.inet6 import IPv6
from scapy.layers.l2 import Ether
from scapy.packet import Raw
from scapy.utils import wrpcap

from schouw_agent.network.community_id import community_id
from schouw_agent.views import flow_rows

# Published values, so not invented: tests of the reference implementation, corelight/pycommunityid.
PUBLISHED = [
    ("tcp", "128.232.110.120", "66.35.250.204", 34855, 80, 6, "1:LQU9qZlK+B5F3KDmev6m5PMibrg="),
    ("tcp back", "66.35.250.204", "128.232.110.120", 80, 34855, 6,
     "1:LQU9qZlK+B5F3KDmev6m5PMibrg="),
    ("tcp upwards", "10.0.0.1", "10.0.0.2", 10, 11569, 6, "1:SXBGMX1lBOwhhoDrZynfROxnhnM="),
    ("udp", "192.168.1.52", "8.8.8.8", 54585, 53, 17, "1:d/FP5EW3wiY1vCndhwleRRKHowQ="),
    ("udp back", "8.8.8.8", "192.168.1.52", 53, 54585, 17, "1:d/FP5EW3wiY1vCndhwleRRKHowQ="),
    ("sctp", "192.168.170.8", "192.168.170.56", 7, 80, 132, "1:jQgCxbku+pNGw8WPbEc/TS/uTpQ="),
    ("sctp back", "192.168.170.56", "192.168.170.8", 80, 7, 132,
     "1:jQgCxbku+pNGw8WPbEc/TS/uTpQ="),
    ("echo", "192.168.0.89", "192.168.0.1", 8, 0, 1, "1:X0snYXpgwiv9TZtqg64sgzUn6Dk="),
    ("echo back", "192.168.0.1", "192.168.0.89", 0, 8, 1, "1:X0snYXpgwiv9TZtqg64sgzUn6Dk="),
    ("one way", "192.168.0.89", "192.168.0.1", 20, 0, 1, "1:3o2RFccXzUgjl7zDpqmY7yJi8rI="),
    ("one way, other code", "192.168.0.89", "192.168.0.1", 20, 1, 1,
     "1:tz/fHIDUHs19NkixVVoOZywde+I="),
    ("solicitation", "fe80::200:86ff:fe05:80da", "fe80::260:97ff:fe07:69ea", 135, 136, 58,
     "1:dGHyGvjMfljg6Bppwm3bg0LO8TY="),
    ("advertisement", "fe80::260:97ff:fe07:69ea", "fe80::200:86ff:fe05:80da", 136, 135, 58,
     "1:dGHyGvjMfljg6Bppwm3bg0LO8TY="),
    ("time exceeded", "3ffe:507:0:1:260:97ff:fe07:69ea", "3ffe:507:0:1:200:86ff:fe05:80da", 3, 0,
     58, "1:NdobDX8PQNJbAyfkWxhtL2Pqp5w="),
    ("time exceeded there", "3ffe:507:0:1:200:86ff:fe05:80da", "3ffe:507:0:1:260:97ff:fe07:69ea",
     3, 0, 58, "1:/OGBt9BN1ofenrmSPWYicpij2Vc="),
    ("rsvp", "10.1.24.4", "10.1.12.1", 0, 0, 46, "1:/nQI4Rh/TtY3mf0R2gJFBkVlgS4="),
    ("rsvp back", "10.1.12.1", "10.1.24.4", 0, 0, 46, "1:/nQI4Rh/TtY3mf0R2gJFBkVlgS4="),
]  # fmt: skip


def packed(text: str) -> bytes:
    address = ipaddress.ip_address(text)
    pad = b"\0" * 10 + b"\xff\xff" if address.version == 4 else b""
    return pad + address.packed


@pytest.mark.parametrize("row", [r[1:] for r in PUBLISHED], ids=[r[0] for r in PUBLISHED])
def test_the_published_values(row) -> None:
    orig, resp, orig_port, resp_port, protocol, expected = row
    assert community_id(packed(orig), packed(resp), orig_port, resp_port, protocol) == expected


def test_flows_have_the_id_that_tshark_gives_their_frames(tmp_path, programs) -> None:
    programs("tshark")
    link = Ether(src="02:00:00:00:00:01", dst="02:00:00:00:00:02")
    four, back = IP(src="192.0.2.1", dst="198.51.100.2"), IP(src="198.51.100.2", dst="192.0.2.1")
    six = IPv6(src="2001:db8::1", dst="2001:db8::2")
    frames = [
        link / four / TCP(sport=4000, dport=7000, flags="S"),
        link / back / TCP(sport=7000, dport=4000, flags="SA"),
        link / four / UDP(sport=4000, dport=7001) / Raw(b"x"),
        link / six / UDP(sport=4000, dport=7001) / Raw(b"x"),
        link / four / ICMP() / Raw(b"ping"),
        link / back / ICMP(type=0) / Raw(b"ping"),
        link / back / ICMP(type=3, code=1) / Raw(bytes(four / UDP(dport=9))),
        link / IP(src="192.0.2.1", dst="224.0.0.1", proto=2) / Raw(b"\x11\0\0\0" + bytes(4)),
    ]
    file = tmp_path / "flows.pcap"
    wrpcap(str(file), frames)
    command = ["tshark", "-r", file, "--enable-protocol", "communityid", "-T", "json"]
    done = subprocess.run([*command, "-e", "communityid"], capture_output=True, check=True)
    theirs = {
        each
        for frame in json.loads(done.stdout)
        for each in frame["_source"]["layers"].get("communityid", [])
    }
    ours = {row["community_id"] for row in flow_rows(file)}
    assert len(ours) == 6
    assert ours == theirs
