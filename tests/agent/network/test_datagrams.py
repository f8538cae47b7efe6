"""Datagrams that stand for themselves: read with less ado, and told as by a conversation."""

import random
from dataclasses import replace

import pytest

from schouw_agent.errors import DecodeError
from schouw_agent.network import streams
from schouw_agent.network.datagrams import CUT_MAX, ERRORS_MAX
from schouw_agent.network.traffic import Limits
from schouw_agent.records import Message
from tests.agent.network.test_traffic_cuts import START, Square, outcome

HOST, SERVER = ("192.0.2.1", 40_000), ("198.51.100.2", 7001)


def read(octets: bytes, end: int) -> list[Message]:
    """Read as the conversation of the invented protocol of conftest does."""
    if octets[:1] != b"D":
        raise DecodeError("no D")
    return [Message("datagrams", "datagram", {}, octets, end)]


@pytest.fixture
def both(decoders, monkeypatch, block_of):
    """Return a function that gives the outcome of a capture by conversations, and without."""
    alone = {**decoders, "datagrams": replace(decoders["datagrams"], datagram=read)}
    begun = []
    make = streams.Datagrams
    monkeypatch.setattr(streams, "Datagrams", type("Counted", (make,), {
        "__slots__": (), "__init__": lambda self, *of: begun.append(of) or make.__init__(self, *of)
    }))  # fmt: skip

    def run(capture):
        cuts = sorted(random.Random(1).sample(range(1, len(capture)), 3))
        found = [outcome(each, block_of, capture, cuts, Limits()) for each in (decoders, alone)]
        assert begun
        return found

    return run


@pytest.mark.parametrize("seed", range(20))
def test_it_is_told_as_by_a_conversation(both, tcp, udp, seed):
    conversations, alone = both(Square(seed, tcp, udp, noise=1 + seed % 5).capture(400))
    assert alone == conversations


def datagrams(udp, *payloads, cut=0):
    frames = [udp(HOST, SERVER, each) for each in payloads]
    return [(each[: len(each) - cut], START + n, len(each)) for n, each in enumerate(frames)]


@pytest.mark.parametrize("wrong", [ERRORS_MAX - 1, ERRORS_MAX])
def test_so_are_errors_in_a_row(both, udp, wrong):
    capture = datagrams(udp, b"D1", *[b"?"] * wrong, b"D2")
    conversations, alone = both(capture)
    assert alone == conversations
    assert len(alone[0]) == (2 if wrong < ERRORS_MAX else 1)


@pytest.mark.parametrize("cut", [CUT_MAX - 1, CUT_MAX])
def test_so_are_datagrams_that_the_capture_has_cut(both, udp, cut):
    capture = datagrams(udp, b"D1")
    capture += datagrams(udp, *[b"D" + bytes(60)] * cut, cut=4)
    capture += datagrams(udp, b"D2")
    conversations, alone = both(capture)
    assert alone == conversations
    assert len(alone[0]) == (2 if cut < CUT_MAX else 1)
