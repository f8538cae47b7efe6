"""Which decoders are asked: what their screens say, for many heads at once and for two together."""

import numpy as np
import pytest

from schouw_agent.network.screening import Screening
from schouw_agent.network.traffic import Traffic
from schouw_agent.plugins import Decoder, PortHint, Screen


def decoder(name: str, *screens: Screen) -> Decoder:
    return Decoder(
        id=name, title="Toy", reference="none", transports=frozenset({"udp"}), ports=frozenset(),
        probe=lambda *_: 0.0, open=lambda _: None, screens=screens,
    )  # fmt: skip


def asked(decoders, heads, ports=(1000, 2000), amid=None) -> list[list[str]]:
    """Return for each head the decoders that would be asked if only that one was seen."""
    screening = Screening(decoders)
    lengths = np.array([len(each) for each in heads], dtype=np.int64)
    columns = [np.full(len(heads), port, dtype=np.uint16) for port in ports]
    marks = screening.marks(
        np.frombuffer(b"".join(heads), dtype=np.uint8),
        np.cumsum(lengths) - lengths,
        lengths,
        (columns[0], columns[1]),
        None if amid is None else np.full(len(heads), amid),
    )
    numbers = screening.numbers(marks)
    return [[each.id for each in screening.candidates(n, -1)] for n in numbers]


def test_octets_must_be_among_those_named() -> None:
    named = decoder("a", Screen(octets={0: b"AB", 2: range(3)}), Screen(octets={1: b"z"}))
    found = asked([named], [b"A.\x02", b"A.\x03", b"C.\x02", b"Cz\x09", b"B", b"C"])
    assert found == [["a"], [], [], ["a"], ["a"], ["a"]]


def test_octets_and_ports_may_be_asked_for() -> None:
    long, there = decoder("long", Screen(least=4)), decoder("there", Screen(ports=frozenset({7})))
    assert asked([long, there], [b"123", b"1234", b"1" * 999]) == [[], ["long"], ["long"]]
    for ports in ((7, 9), (9, 7)):
        assert asked([long, there], [b"123"], ports) == [["there"]]


def test_who_has_no_screen_is_always_asked() -> None:
    assert asked([decoder("a"), decoder("b", Screen(octets={0: b"b"}))], [b"a", b"b"]) == [
        ["a"],
        ["a", "b"],
    ]


@pytest.mark.parametrize(("amid", "found"), [(None, []), (False, []), (True, ["a"])])
def test_only_where_the_opening_was_not_seen_a_head_may_start_anywhere(amid, found) -> None:
    assert asked([decoder("a", Screen(octets={0: b"a"}, amid=True))], [b"?"], amid=amid) == [found]


def test_more_screens_than_a_word_has_bits() -> None:
    many = [decoder(f"{n:03}", Screen(octets={0: {n}}), Screen(octets={1: {n}})) for n in range(90)]
    assert asked(many, [bytes((3, 80)), bytes((89, 200))]) == [["003", "080"], ["089"]]


def test_both_heads_must_fit_unless_one_is_enough() -> None:
    strict = decoder("strict", Screen(octets={0: b"a"}))
    lenient = decoder("lenient", Screen(octets={0: b"a"}, either=True))
    screening = Screening([strict, lenient])
    assert screening.candidates(0b11, -1) == (strict, lenient)
    assert screening.candidates(0b11, 0) == (lenient,)
    assert screening.candidates(0, 0) == ()
    assert screening.candidates(-1, -1) == (strict, lenient)


def test_a_flow_that_fits_nothing_is_counted_and_its_probe_never_called(block_of, udp) -> None:
    def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:
        raise AssertionError

    toy = Decoder(
        id="toy", title="Toy", reference="none", transports=frozenset({"udp"}), ports=frozenset(),
        probe=probe, open=lambda _: None, screens=(Screen(octets={0: b"D"}),),
    )  # fmt: skip
    traffic = Traffic({"toy": toy})
    frames = [udp(("192.0.2.1", 40_000 + n % 50), ("192.0.2.9", 9), b"noise") for n in range(300)]
    assert traffic.feed(block_of(frames)) == traffic.close() == []
    assert [flow.protocol for flow in traffic.ended().rows()] == ["unknown"] * 50
    assert traffic.counters.undecoded["unknown_protocol"].octets == 1500
