"""Every probe over the tables of all: its own rows, those of others, and what is nearly one.

What is asked about a stream is its first octets: wherever they end, it is the same protocol.
"""

import random
import re

import numpy as np
import pytest

from schouw_agent.network.first_look import HEAD_OCTETS
from schouw_agent.network.screening import Screening
from schouw_agent.plugins import Decoder, PortHint
from tests.agent.protocols.tables import (
    BAD_ROWS,
    DECODERS,
    ELSEWHERE,
    MISSES,
    OTHER_PORT,
    ROWS,
    WITHOUT_IP,
    decoder_of,
    heads,
    hint,
    is_udp,
)

STARTS = {
    "http": (b"GET /%s HTTP/1.1\r\n", b"POST /%s HTTP/1.0\r\n", b"GET   /%s  HTTP/1.1\r\n"),
    "sip": (b"INVITE sip:%s SIP/2.0\r\n", b"OPTIONS sips:%s SIP/2.0\r\n"),
    "rtsp": (b"DESCRIBE rtsp://%s RTSP/1.0\r\n", b"SETUP rtsps://%s RTSP/2.0\r\n"),
}


# Of some rows the first octets do not tell which protocol it is: nothing is probed there.
@pytest.mark.parametrize(("decoder", "case"), [r for r in ROWS if r.values[1].get("probed", True)])
def test_probe_matrix(decoder, case):
    elsewhere = {6970, 8000} if is_udp(case) else {53, 80, 443, 554, 1883}
    ports, rivals = {case.get("port", OTHER_PORT), OTHER_PORT, *elsewhere}, DECODERS
    if decoder.transports <= WITHOUT_IP:
        # The number is no hint there, but what the frame says it is.
        ports = {case["port"]}
        rivals = {k: d for k, d in DECODERS.items() if d.transports & decoder.transports}
    for port in ports:
        scores = {
            name: other.probe(*heads(case), hint(decoder, case, port))
            for name, other in rivals.items()
        }
        own = scores.pop(decoder.id)
        assert own >= 0.5, (port, own)
        assert own > max(scores.values(), default=0), (port, own, scores)


def fitting(decoder: Decoder, heads: list[tuple[bytes, int]], transport: str) -> list[bool]:
    """Return for each head and port whether it fits a screen, all looked at together."""
    lengths = np.array([len(head) for head, _ in heads], dtype=np.int64)
    resp = np.array([port for _, port in heads], dtype=np.uint16)
    ports = (np.full_like(resp, 41000), resp)
    amid = None if transport == "udp" else np.zeros(len(heads), dtype=np.bool_)
    octets = np.frombuffer(b"".join(head for head, _ in heads), dtype=np.uint8)
    marks = Screening([decoder]).marks(octets, np.cumsum(lengths) - lengths, lengths, ports, amid)
    return list(marks.any(1))


@pytest.mark.parametrize("decoder", [each for each in DECODERS.values() if each.screens])
def test_screens_let_pass_what_probes_accept(decoder):
    """Else it would depend on the other decoders whether a flow is read."""
    chance = random.Random(12)
    found = [heads(row.values[1]) for row in (*ROWS, *BAD_ROWS)]
    found += [miss.values[1][1:] for miss in (*MISSES, *ELSEWHERE)]
    found += [(head, chance.randbytes(20)) for head, _ in found if head]
    found += [(a[:n], b[:n]) for a, b in found for n in (1, 3, 12)]
    found += [(damaged(head, chance), resp) for head, resp in found if head for _ in range(4)]
    either = any(screen.either for screen in decoder.screens)
    if any(screen.amid for screen in decoder.screens):
        return
    for transport in decoder.transports:
        accepted = [
            (pair, port)
            for pair in dict.fromkeys(map(tuple, found))
            for port in (OTHER_PORT, *decoder.ports)
            if decoder.probe(*pair, PortHint(transport, 41000, port)) >= 0.5
        ]
        heads_ = [(head, port) for pair, port in accepted for head in pair if head]
        passed = iter(fitting(decoder, heads_, transport))
        for pair, port in accepted:
            fits = [next(passed) for head in pair if head]
            assert any(fits), (transport, port, pair)
            assert either or all(fits), (transport, port, pair)


def damaged(octets: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(octets))
    return octets[:at] + chance.randbytes(1) + octets[at + 1 :]


def test_probes_refuse_random_octets_and_nothing():
    chance = random.Random(11)
    samples = [chance.randbytes(chance.choice((1, 2, 12, 40, 300, 1400))) for _ in range(3000)]
    for decoder in DECODERS.values():
        for transport in ("tcp", "udp"):
            guess = PortHint(transport, 41000, OTHER_PORT)
            assert decoder.probe(b"", b"", guess) == 0
            taken = sum(decoder.probe(octets, b"", guess) >= 0.5 for octets in samples)
            allowed = 12 if decoder.id == "rtp" and transport == "udp" else 0
            assert taken <= allowed, (decoder.id, transport, taken)


def names(decoder, title):
    """Tell whether a title begins with the name of the protocol."""
    plain_title = re.sub(r"[^a-z0-9]", "", title.lower())
    return plain_title.startswith(decoder.id.replace("_", ""))


@pytest.mark.parametrize(("table", "miss"), MISSES)
def test_near_misses(table, miss):
    title, orig, resp = miss
    for decoder in DECODERS.values():
        # What is a near miss of one protocol may well be another one, if it is named so.
        if decoder.id != table and names(decoder, title):
            continue
        # Of what comes to the usual port of another protocol, less is asked.
        usual = decoder.ports if table in ("syslog", decoder.id) else frozenset()
        for transport in decoder.transports:
            for port in (OTHER_PORT, *usual):
                score = decoder.probe(orig, resp, PortHint(transport, 41000, port))
                assert score < 0.5, (decoder.id, transport, port, score)


@pytest.mark.parametrize(("table", "miss"), ELSEWHERE)
def test_near_misses_on_another_port(table, miss):
    _, orig, resp = miss
    decoder = DECODERS[decoder_of(table)]
    for transport in decoder.transports:
        assert decoder.probe(orig, resp, PortHint(transport, 41000, OTHER_PORT)) < 0.5


@pytest.mark.parametrize("name", STARTS)
def test_a_start_line_of_any_length(name):
    for start in STARTS[name]:
        for length in range(1, 2 * HEAD_OCTETS):
            head = (start % (b"a" * length) + b"Host: 192.0.2.7\r\n\r\n")[:HEAD_OCTETS]
            score = DECODERS[name].probe(head, b"", PortHint("tcp", 41000, OTHER_PORT))
            assert score >= 0.5, (start, length)


@pytest.mark.parametrize(
    ("decoder", "case"),
    [r for r in ROWS if r.values[1].get("probed", True) and len(max(heads(r.values[1]))) > 200],
)
def test_every_row_from_the_octets_that_are_kept(decoder, case):
    orig, resp = (head[:HEAD_OCTETS] for head in heads(case))
    assert decoder.probe(orig, resp, hint(decoder, case)) >= 0.5
