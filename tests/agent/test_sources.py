"""A source is one direction of one flow, with the fields that its messages have."""

import numpy as np

from schouw_agent.records import Endpoint, FlowReference
from schouw_agent.runs import DeliveredRun, Run
from schouw_agent.sources import Sources


def _flow(port: int) -> FlowReference:
    orig = Endpoint("02:00:00:00:00:01", "192.0.2.1", port)
    return FlowReference(str(port), orig, Endpoint("02:00:00:00:00:02", "192.0.2.2", 1883), "tcp")


def _of(
    flow: FlowReference, told: list[dict[str, str]], *which: int, from_orig: bool = True
) -> DeliveredRun:
    places = np.arange(len(which))
    run = Run("mqtt", "publish", told, np.array(which), b"", places, places, 0)
    return DeliveredRun(flow, run, places, places, from_orig)


def test_the_same_fields_of_the_same_direction_have_the_same_number() -> None:
    sources, flow = Sources(), _flow(40_000)
    told = [{"topic": "a"}, {"topic": "b"}]
    first = sources.numbers(_of(flow, told, 1, 0, 1)).tolist()
    assert first[0] == first[2] != first[1]
    told.append({"topic": "c"})
    again = sources.numbers(_of(flow, told, 0, 1, 2)).tolist()
    assert again[:2] == [first[1], first[0]]
    assert again[2] not in first
    assert sources.numbers(_of(flow, told, 0, 1)).tolist() == again[:2]
    assert len(sources) == 3


def test_fields_that_are_told_anew_keep_their_numbers() -> None:
    sources, flow = Sources(), _flow(40_000)
    fields = [{"topic": "a"}, {"topic": "b"}]
    first = sources.numbers(_of(flow, list(fields), 0, 1)).tolist()
    other = {"topic": "a"}
    again = sources.numbers(_of(flow, [fields[1], other], 0, 1)).tolist()
    assert again[0] == first[1]
    # Equal fields that were made anew may stand for something else, such as another client.
    assert again[1] not in first


def test_flows_and_directions_have_numbers_of_their_own() -> None:
    sources, told = Sources(), [{"topic": "a"}]
    flows = [_flow(40_000), _flow(40_001)]
    numbers = [
        sources.numbers(_of(flow, told, 0, from_orig=way)).item()
        for flow in flows
        for way in (False, True)
    ]
    assert len(set(numbers)) == 4
