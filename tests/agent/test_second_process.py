"""A second process gives what one alone gives, ends with this one, and is told of when it fails."""

import multiprocessing
import os
import signal
from pathlib import Path

import numpy as np
import pytest

from schouw_agent import pipeline, second_process
from schouw_agent.capture.blocks import read_blocks
from schouw_agent.errors import CaptureError, Error
from schouw_agent.network.traffic import Traffic
from schouw_agent.observation import Observed
from schouw_agent.records import Delivery, Endpoint, FlowReference, Message
from schouw_agent.runs import DeliveredRun, Run
from schouw_agent.second_process import worth_it
from schouw_agent.wire import Packer, Unpacker

EXAMPLES = sorted((Path(__file__).parents[2] / "examples" / "havenplein").glob("*.pcapng"))


class Counting:
    """An observation that says what it was given."""

    def __init__(self):
        self.taken = 0

    def by_radio(self):
        raise SystemExit

    def observe(self, delivered):
        self.taken += len(list(delivered))

    def flows(self, batch):
        pass

    def observed(self):
        return Observed((), (), {}, self.taken, os.getpid())


def one(number):
    flow = FlowReference("uid", Endpoint("", "192.0.2.1", 1), Endpoint("", "192.0.2.2", 2), "udp")
    return number, Delivery(flow, Message("dns", "query", {}, b"", 1), number, True)


@pytest.mark.parametrize("capture", EXAMPLES, ids=lambda file: file.name)
def test_two_processes_give_what_one_gives(monkeypatch, capture):
    assert not worth_it([capture])
    alone = pipeline.inspect([capture])
    monkeypatch.setattr(second_process, "_WORTH_IT", 0)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    started = []
    start = pipeline.second_process
    monkeypatch.setattr(
        pipeline, "second_process", lambda begin: started.append(begin) or start(begin)
    )

    assert pipeline.inspect([capture]) == alone
    assert len(started) == 1


def test_one_processor_or_no_file_is_no_reason_for_a_second_process(monkeypatch, tmp_path):
    long = tmp_path / "long.pcap"
    with long.open("wb") as file:
        file.truncate(second_process._WORTH_IT)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    assert worth_it([long])
    assert worth_it([str(long), tmp_path / "missing"])
    assert not worth_it([long, long.open("rb")])
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0})
    assert not worth_it([long])


def test_what_is_observed_is_observed_there_in_its_order():
    with second_process.second_process(Counting) as observation:
        observation.observe([one(1), one(2)])
        observation.observe(iter([one(3)]))
        observation.observe([])
        found = observation.observed()

    assert found.messages == 3
    assert found.crowded != os.getpid()
    assert multiprocessing.active_children() == []


def tells_on(observation):
    while True:
        observation.observe([one(1)])


def asks(observation):
    observation.observed()


@pytest.mark.parametrize("then", [tells_on, asks])
def test_that_it_ended_early_is_an_error_here(then):
    with second_process.second_process(Counting) as observation:
        observation.by_radio()
        with pytest.raises(Error, match="ended early"):
            then(observation)

    assert multiprocessing.active_children() == []


def fails_amid():
    with second_process.second_process(Counting) as observation:
        observation.observe([one(1)])
        raise CaptureError("no such file")


def test_it_ends_where_this_one_fails():
    with pytest.raises(CaptureError):
        fails_amid()

    assert multiprocessing.active_children() == []


def test_who_stops_the_reading_does_not_stop_it():
    with second_process.second_process(Counting) as observation:
        observation.observe([one(1)])
        (child,) = multiprocessing.active_children()
        os.kill(child.pid, signal.SIGINT)
        os.kill(child.pid, signal.SIGTERM)
        assert observation.observed().messages == 1


def sample():
    for capture in EXAMPLES:
        traffic = Traffic(pipeline.decoders())
        for block in read_blocks(capture):
            yield traffic.feed_runs(block)
        yield list(enumerate(traffic.close()))


@pytest.mark.parametrize("most", [1 << 14, 1])
def test_deliveries_come_out_as_they_went_in(monkeypatch, most):
    monkeypatch.setattr("schouw_agent.wire._MOST_NUMBERED", most)
    packer, unpacker = Packer(), Unpacker()
    runs = 0
    for delivered in sample():
        found = unpacker.unpack(packer.pack(delivered))
        assert len(found) == len(delivered)
        for one_side, other in zip(delivered, found, strict=True):
            if isinstance(one_side, DeliveredRun):
                runs += 1
                assert list(other.deliveries()) == list(one_side.deliveries())
            else:
                assert other == one_side
    assert runs


def test_what_runs_share_is_one_object_again():
    fields, other = {"topic": "a"}, {"topic": "a"}
    flow = one(0)[1].flow
    begins, stops, moments = np.array([1, 3, 7]), np.array([1, 5, 8]), np.array([1, 2, 3])
    which = np.array([0, 2, 0])
    run = Run("mqtt", "publish", [fields, {}, other], which, b"#.#12##3", begins, stops, 90)
    packer, unpacker = Packer(), Unpacker()
    found = []
    for _ in range(2):
        found += unpacker.unpack(packer.pack([DeliveredRun(flow, run, moments, moments, True)]))

    first, second = found
    assert first.flow is second.flow
    assert [each.payload for each in first.run.messages()] == [b"", b"12", b"3"]
    told = [[each.fields for each in one.run.messages()] for one in found]
    assert told[0][0] is told[0][2] is told[1][0]
    assert told[0][1] is told[1][1] is not told[0][0]
