"""Every decoder over its table: whole, octet by octet, in slices, trailed and damaged."""

import importlib.util
import random
import re
import time
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

import schouw_agent.protocols
from schouw_agent.errors import DecodeError
from schouw_agent.inventory.ended_flows import RECOGNISED
from schouw_agent.network.screening import Screening
from schouw_agent.plugins import Decoder, PortHint, discover
from schouw_agent.protocols.counted import count, recognise

DECODERS: dict[str, Decoder] = discover(schouw_agent.protocols, "DECODER")
OTHER_PORT = 29170
WITHOUT_IP = {"ethernet", "ieee80211", "bluetooth"}


def load_tables() -> dict[str, ModuleType]:
    tables = {}
    for path in sorted(Path(__file__).parent.glob("cases_*.py")):
        spec = importlib.util.spec_from_file_location(path.stem, path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        tables[path.stem.removeprefix("cases_")] = module
    return tables


def decoder_of(table: str) -> str:
    """Return the id of a table's decoder: a long table is several, `cases_ID__PART.py`."""
    return table.partition("__")[0]


TABLES = load_tables()
ROWS = [
    pytest.param(DECODERS[decoder_of(name)], case, id=f"{name}-{case['name']}")
    for name, table in TABLES.items()
    for case in table.CASES
]
BAD_ROWS = [
    pytest.param(DECODERS[decoder_of(name)], case, id=f"{name}-{case['name']}")
    for name, table in TABLES.items()
    for case in table.INVALID
]
MISSES = [
    pytest.param(name, miss, id=miss[0])
    for name, table in TABLES.items()
    for miss in getattr(table, "NEAR_MISSES", ())
]

ELSEWHERE = [
    pytest.param(name, miss, id=miss[0])
    for name, table in TABLES.items()
    for miss in getattr(table, "ELSEWHERE", ())
]


def is_udp(case) -> bool:
    """Tell whether each chunk is a datagram, or a frame."""
    return case.get("transport", "tcp") != "tcp"


def hint(decoder, case, port=None):
    return PortHint(
        case.get("transport", "tcp"),
        case.get("orig_port", 41000),
        port or case.get("port", OTHER_PORT),
    )


def plain(found):
    """Return messages in a form that can be compared, whatever side completed them."""
    return [(m.protocol, m.kind, dict(m.fields), m.payload, m.end) for _, m in found]


def heads(case, limit=2048):
    found = []
    for side in (True, False):
        head = b""
        for from_orig, octets in case["chunks"]:
            if from_orig is side:
                if isinstance(octets, int) or (head and is_udp(case)):
                    break
                head += octets
        found.append(head[:limit])
    return found


def test_every_decoder_has_a_table_and_says_what_it_is():
    assert set(map(decoder_of, TABLES)) == set(DECODERS)
    for name, decoder in DECODERS.items():
        assert decoder.id == name
        assert decoder.title
        assert decoder.reference
        assert decoder.transports <= {"tcp", "udp"} or decoder.transports <= WITHOUT_IP
        assert TABLES[name].CASES
        assert TABLES[name].INVALID or decoder.open in (count, recognise)


@pytest.mark.parametrize(("decoder", "case"), ROWS)
def test_whole(run, decoder, case):
    found, error, conversation = run.converse(decoder, case["chunks"], hint(decoder, case))
    assert error is None
    expected = case["messages"]
    assert [m.kind for _, m in found] == [row[0] for row in expected]
    for (_, message), (kind, fields, payload) in zip(found, expected, strict=True):
        assert message.protocol in case.get("protocols", (decoder.id,))
        seen = {key: message.fields.get(key, "absent") for key in fields}
        assert (kind, seen) == (kind, fields)
        assert message.payload == payload
    for name in ("wanted", "server_name", "encryption", "protocol"):
        if name in case and not (name == "wanted" and case["wanted"]):
            assert getattr(conversation, name) == case[name]


@pytest.mark.parametrize(("decoder", "case"), ROWS)
def test_ends_are_places_in_what_was_fed(run, decoder, case):
    found, _, _ = run.converse(decoder, case["chunks"], hint(decoder, case))
    for side in (True, False):
        total = sum(o if isinstance(o, int) else len(o) for s, o in case["chunks"] if s is side)
        ends = [m.end for s, m in found if s is side]
        assert ends == sorted(ends)
        assert all(0 < end <= total for end in ends)


@pytest.mark.parametrize(("decoder", "case"), [r for r in ROWS if not is_udp(r.values[1])])
def test_slices_do_not_matter(run, decoder, case):
    whole = run.converse(decoder, case["chunks"], hint(decoder, case))
    chance = random.Random(7)
    sliced = [list(run.octet_by_octet(case["chunks"]))]
    sliced += [list(run.random_slices(case["chunks"], chance)) for _ in range(4)]
    for chunks in sliced:
        found, error, _ = run.converse(decoder, chunks, hint(decoder, case))
        assert plain(found) == plain(whole[0])
        assert error is None


# Until a connection closes, what follows belongs to the last message: such rows have no tail.
@pytest.mark.parametrize(
    ("decoder", "case"), [r for r in ROWS if not r.values[1].get("until_close")]
)
def test_trailing_octets_take_nothing_away(run, decoder, case):
    whole, _, _ = run.converse(decoder, case["chunks"], hint(decoder, case))
    chance = random.Random(8)
    for side in (True, False):
        for tail in (b"\0", b"GET ", b"\x30\x05", chance.randbytes(50)):
            chunks = [*case["chunks"], (side, tail)]
            found, _, _ = run.converse(decoder, chunks, hint(decoder, case))
            assert plain(found)[: len(whole)] == plain(whole)


@pytest.mark.parametrize(("decoder", "case"), ROWS)
def test_damage_is_a_decode_error_at_worst(run, decoder, case):
    chance = random.Random(9)
    began = time.process_time()
    for _ in range(60):
        chunks = []
        for side, octets in case["chunks"]:
            if isinstance(octets, bytes) and octets:
                at = chance.randrange(len(octets))
                damage = chance.randbytes(chance.randrange(1, 9))
                octets = octets[:at] + damage + octets[at + chance.randrange(9) :]
            chunks.append((side, octets))
        first, error, _ = run.converse(decoder, chunks, hint(decoder, case))
        if not is_udp(case):
            again = list(run.random_slices(chunks, chance))
            second, later, _ = run.converse(decoder, again, hint(decoder, case))
            assert plain(second) == plain(first)
            assert str(later) == str(error)
    assert time.process_time() - began < 20


@pytest.mark.parametrize(("decoder", "case"), ROWS)
def test_a_gap_anywhere_is_survived(run, decoder, case):
    chance = random.Random(10)
    for _ in range(20):
        chunks = [list(chunk) for chunk in case["chunks"] if isinstance(chunk[1], bytes)]
        at = chance.randrange(len(chunks))
        side, octets = chunks[at]
        cut = chance.randrange(len(octets) + 1)
        lost = min(chance.randrange(1, 60), len(octets) - cut) or 1
        gapped = [*chunks[:at], (side, octets[:cut]), (side, lost)]
        gapped += [(side, octets[cut + lost :]), *chunks[at + 1 :]]
        gapped = [c for c in gapped if c[1]]
        first = run.converse(decoder, gapped, hint(decoder, case))
        if not is_udp(case):
            again = run.converse(decoder, run.random_slices(gapped, chance), hint(decoder, case))
            assert plain(again[0]) == plain(first[0])


@pytest.mark.parametrize(("decoder", "case"), BAD_ROWS)
def test_invalid_is_refused(run, decoder, case):
    found, error, _ = run.converse(decoder, case["chunks"], hint(decoder, case))
    assert isinstance(error, DecodeError)
    assert [m.kind for _, m in found] == case.get("kinds", [])
    if not is_udp(case):
        sliced = run.octet_by_octet(case["chunks"])
        again, later, _ = run.converse(decoder, sliced, hint(decoder, case))
        assert plain(again) == plain(found)
        assert str(later) == str(error)


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


def test_what_is_only_recognised_is_told_as_not_read():
    told = {
        (name, transport)
        for name, decoder in DECODERS.items()
        for transport in decoder.transports
        if getattr(decoder.open(PortHint(transport, 41000, OTHER_PORT)), "unread", False)
    }
    # The messages of Dahua that are not DHIP show themselves later.
    assert told == RECOGNISED - {("dahua", "tcp")}
