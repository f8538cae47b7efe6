"""Every decoder over its table: whole, octet by octet, in slices, trailed and damaged."""

import random
import time

import pytest

from schouw_agent.errors import DecodeError
from schouw_agent.inventory.ended_flows import RECOGNISED
from schouw_agent.plugins import PortHint
from tests.agent.protocols.tables import (
    BAD_ROWS,
    DECODERS,
    OTHER_PORT,
    ROWS,
    TABLES,
    WITHOUT_IP,
    decoder_of,
    hint,
    is_udp,
)


def plain(found):
    """Return messages in a form that can be compared, whatever side completed them."""
    return [(m.protocol, m.kind, dict(m.fields), m.payload, m.end) for _, m in found]


def test_every_decoder_has_a_table_and_says_what_it_is():
    assert set(map(decoder_of, TABLES)) == set(DECODERS)
    for name, decoder in DECODERS.items():
        assert decoder.id == name
        assert decoder.title
        assert decoder.reference
        assert decoder.transports <= {"tcp", "udp"} or decoder.transports <= WITHOUT_IP
        assert TABLES[name].CASES
        opened = [decoder.open(PortHint(each, 41000, OTHER_PORT)) for each in decoder.transports]
        assert TABLES[name].INVALID or not any(each.wanted for each in opened)


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


def test_what_is_only_recognised_is_told_as_not_read():
    told = {
        (name, transport)
        for name, decoder in DECODERS.items()
        for transport in decoder.transports
        if getattr(decoder.open(PortHint(transport, 41000, OTHER_PORT)), "unread", False)
    }
    # The messages of Dahua that are not DHIP show themselves later.
    assert told == RECOGNISED - {("dahua", "tcp")}
