"""Frames, octets and flows are those that capinfos and tshark count.

Runs over the captures of this repository and over those in the folder that `SCHOUW_CAPTURES` names.
What differs, and why:

- tshark lists what is around a tunnel as a conversation too; here the inside stands for the frame.
  By default it looks for Teredo on one port alone.
- One conversation of tshark may be several flows here: after minutes of silence, or when the same
  ports are used for another connection.  So they are compared by their ends, added up.
- Of fragments only the last one bears the packet, in both.
"""

import json
import os
import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from scapy.layers.inet import ICMP, IP, TCP, UDP, fragment
from scapy.layers.inet6 import IPv6
from scapy.layers.l2 import GRE, Dot1Q, Ether
from scapy.layers.vxlan import VXLAN
from scapy.packet import Raw
from scapy.utils import wrpcap

from schouw_agent.capture.blocks import read_blocks
from schouw_agent.network.traffic import Counters, Traffic
from schouw_agent.records import Flow

ROOT = Path(__file__).resolve().parents[3]
CAPTURES = sorted((ROOT / "examples").glob("**/*.pcapng"))
if os.environ.get("SCHOUW_CAPTURES"):
    CAPTURES += sorted(Path(os.environ["SCHOUW_CAPTURES"]).glob("**/*.pcap*"))
LINK = Ether(src="02:00:00:00:00:01", dst="02:00:00:00:00:02")
CONVERSATION = re.compile(
    r"^(\S+):(\d+) +<-> (\S+):(\d+) +(\d+) \S+ \S+ +(\d+) \S+ \S+ +(\d+) ", re.MULTILINE
)

Ends = tuple[str, tuple[tuple[str, int], ...]]


def ours(file: Path) -> tuple[list[Flow], Counters]:
    traffic = Traffic({})
    for block in read_blocks(file):
        traffic.feed(block)
    traffic.close()
    return list(traffic.ended().rows()), traffic.counters


def tshark(file: Path, *options: str) -> str:
    done = subprocess.run(
        ["tshark", "-n", "-r", file, *options], capture_output=True, check=True, text=True
    )
    return done.stdout


def conversations(file: Path) -> Counter[tuple[Ends, str]]:
    """Return the packets that each end of each conversation sent, by the ends."""
    found: Counter[tuple[Ends, str]] = Counter()
    for transport in ("tcp", "udp"):
        for row in CONVERSATION.findall(tshark(file, "-q", "-z", f"conv,{transport}")):
            first, second = (row[0], int(row[1])), (row[2], int(row[3]))
            ends = (transport, tuple(sorted((first, second))))
            found[ends, "both"] += int(row[6])
            if first != second:
                found[ends, str(first)] += int(row[5])
                found[ends, str(second)] += int(row[4])
    return found


def flows_by_ends(flows: list[Flow]) -> Counter[tuple[Ends, str]]:
    found: Counter[tuple[Ends, str]] = Counter()
    for flow in flows:
        if flow.transport not in ("tcp", "udp"):
            continue
        orig, resp = (end[1:] for end in (flow.orig, flow.resp))
        ends = (flow.transport, tuple(sorted((orig, resp))))
        found[ends, "both"] += flow.orig_packets + flow.resp_packets
        if orig != resp:
            found[ends, str(orig)] += flow.orig_packets
            found[ends, str(resp)] += flow.resp_packets
    return found


def payload(file: Path) -> int:
    """Return the octets above TCP and UDP, as the innermost headers say."""
    text = tshark(
        file, "-Y", "(tcp or udp) and not icmp and not icmpv6", "-o", "udp.check_checksum:FALSE",
        "-T", "json", "-e", "tcp.len", "-e", "udp.length",
    )  # fmt: skip
    total = 0
    for frame in json.loads(text):
        layers = frame["_source"].get("layers", {})
        # What is in TCP is never a tunnel here; a datagram may be around TCP.
        if "tcp.len" in layers:
            total += int(layers["tcp.len"][-1])
        elif "udp.length" in layers:
            total += int(layers["udp.length"][-1]) - 8
    return total


def check(file: Path) -> None:
    table = subprocess.run(
        ["capinfos", "-T", "-r", "-c", "-d", "-M", file], capture_output=True, check=True, text=True
    ).stdout
    _, frames, octets = table.strip().split("\t")
    flows, counters = ours(file)
    tally = counters.tally
    assert (tally.frames, tally.octets) == (int(frames), int(octets))
    packets = sum(flow.orig_packets + flow.resp_packets for flow in flows)
    apart = tally.fragments + tally.duplicates + tally.invalid + sum(tally.non_ip.values())
    assert packets + apart == tally.frames
    theirs, found = conversations(file), flows_by_ends(flows)
    if not tally.tunnels:
        assert found == theirs
        assert counters.payload_octets == payload(file)
        return
    # What is missing here was around a tunnel; some tunnels tshark does not look into.
    known = {ends for ends, _ in theirs}
    assert all(count <= theirs[key] for key, count in found.items() if key[0] in known)


@pytest.mark.parametrize("file", CAPTURES, ids=[file.name for file in CAPTURES])
def test_totals_are_those_of_other_tools(file: Path, programs) -> None:
    programs("tshark", "capinfos")
    check(file)


def test_totals_of_uncommon_frames_are_those_of_other_tools(tmp_path: Path, programs) -> None:
    programs("tshark", "capinfos")
    four, six = IP(src="192.0.2.1", dst="198.51.100.2"), IPv6(src="2001:db8::1", dst="2001:db8::2")
    datagram = UDP(sport=4000, dport=7001) / Raw(b"x" * 3000)
    plain = [
        LINK / Dot1Q(vlan=3) / four / UDP(sport=4000, dport=7001) / Raw(b"x"),
        LINK / six / TCP(sport=4000, dport=7000, flags="S"),
        LINK / four / UDP(sport=4000, dport=7001) / Raw(b"y"),
        LINK / four / ICMP() / Raw(b"ping"),
        *[
            LINK / part
            for part in fragment(IP(src="192.0.2.1", dst="198.51.100.2") / datagram, 800)
        ],
        Ether(src="02:00:00:00:00:01", dst="02:00:00:00:00:02", type=0x9999) / Raw(b"something"),
    ]
    inside = [
        LINK / four / GRE() / six / TCP(sport=4000, dport=7000, flags="S"),
        LINK / four / UDP(sport=50_000, dport=4789) / VXLAN(flags=8, vni=3) / LINK / six
        / UDP(sport=4000, dport=7001) / Raw(b"x"),
    ]  # fmt: skip
    for name, frames in (("plain.pcap", plain), ("inside.pcap", inside)):
        wrpcap(str(tmp_path / name), frames)
        check(tmp_path / name)
