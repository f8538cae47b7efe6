"""Messages that are recognised count as if each had been looked at; what is rare is found."""

import random
from collections.abc import Iterator, Sequence

import numpy as np
import orjson
import pytest

from schouw_agent import observer as module
from schouw_agent.inventory.freeze import freeze
from schouw_agent.observer import Observer
from schouw_agent.pipeline import classifier, formats
from schouw_agent.recognition.figures import Figures
from schouw_agent.records import Delivery, Endpoint, FlowReference, Message
from schouw_agent.runs import Delivered, DeliveredRun, Payloads, Run, in_order

BROKER = Endpoint("02:00:00:00:00:0a", "192.0.2.10", 1883)
START = 1_763_900_000_000_000_000
MILLISECOND = 1_000_000


def _flow(number: int) -> FlowReference:
    sender = Endpoint(f"02:00:00:00:01:{number:02x}", f"192.0.2.{100 + number}", 40_000)
    return FlowReference(f"f{number}", sender, BROKER, "tcp")


def _fields(topic: str) -> dict[str, object]:
    return {"topic": topic, "retain": False, "qos": 0, "content_type": "", "client_id": "c"}


def _moment(second: int) -> str:
    return f"2025-06-15T15:06:{second % 60:02}Z"


def _payload(chance: random.Random, kind: int) -> bytes:
    number = chance.randrange(1000)
    messages = (
        {"temperature": number / 10, "humidity": number / 9, "time": "2025-06-15T15:06:40Z"},
        {"id": f"sensor-{number % 7}", "pm10": number / 8, "timestamp": 1_763_900_000 + number},
        {"people": number % 40, "clients": [{"rssi": -40 - number, "mac": "02:00:00:00:00:01"}]},
        {"value": number, "unit": ("dB", "V")[number % 2], "name": "noise"},
        {"status": ("ok", "degraded", "person")[number % 3], "seq": 10 ** (number % 12)},
        {"window_s": number * 3 - 40, "visitors": [3, 4], "peopleCount": number + 5.25},
        {"zones": [{"people": n, "id": n} for n in (number, number % 7 + 1)], "period_min": 10**9},
        {"bicycles": number * 10**6, "from": _moment(0), "to": _moment(60 - number % 59)},
        {"people": -number, "aggregation": f"PT{number % 5}M", "cyclists": 1 / (number + 1)},
    )  # fmt: skip
    if kind == len(messages):
        return (b"21.5", b"on", b"{broken", bytes(range(128, 180)))[number % 4]
    return orjson.dumps(messages[kind])


def run_of(fields: Sequence[dict[str, object]], payloads: Sequence[bytes]) -> Run:
    """Return messages as a run."""
    told = list({id(each): each for each in fields}.values())
    places = {id(each): i for i, each in enumerate(told)}
    which = np.array([places[id(each)] for each in fields])
    octets, begins, stops = Payloads.of(payloads)
    return Run("mqtt", "publish", told, which, octets, begins, stops, 0)


def _run(
    flow: FlowReference, seen: list[tuple[int, Message, int]], from_orig: bool
) -> list[DeliveredRun]:
    """Return messages, each with its frame and time, as a run; none if there are none."""
    if not seen:
        return []
    frames, messages, times = map(list, zip(*seen, strict=True))
    run = run_of([m.fields for m in messages], [m.payload for m in messages])
    return [DeliveredRun(flow, run, np.array(times), np.array(frames), from_orig)]


def _blocks(seed: int) -> Iterator[list[Delivered]]:
    """Yield blocks of runs and single deliveries of a few flows, their frames interleaved."""
    chance = random.Random(seed)
    flows = [_flow(n) for n in range(4)]
    topics = {(f, t): _fields(f"plein/{t}") for f in range(4) for t in range(3)}
    frame = 0
    for _ in range(6):
        of_flow: list[list[tuple[int, Message, int]]] = [[] for _ in flows]
        for _ in range(250):
            frame += chance.randint(0, 1)
            f, t = chance.randrange(4), chance.randrange(3)
            jitter = chance.choice((0, 0, 0, 0, 40)) * MILLISECOND
            payload = _payload(chance, (f + t) % 6 + chance.choice((0, 0, 4)))
            message = Message("mqtt", "publish", topics[f, t], payload, frame)
            of_flow[f].append((frame * 4 + f, message, START + frame * 10 * MILLISECOND - jitter))
        delivered: list[Delivered] = []
        for f, messages in enumerate(of_flow):
            alone = chance.randrange(len(messages))
            delivered += _run(flows[f], messages[:alone], f < 3)
            frame_alone, message, time = messages[alone]
            delivered.append((frame_alone, Delivery(flows[f], message, time, f < 3)))
            delivered += _run(flows[f], messages[alone + 1 :], f < 3)
        yield delivered


def _observer() -> Observer:
    return Observer(classifier(), figures=Figures(formats()))


def _told(observer: Observer) -> tuple[object, ...]:
    inventory = observer.inventory
    return freeze(inventory), observer.messages, observer.undecoded, inventory.overflowed


@pytest.mark.parametrize("seed", range(3))
def test_runs_count_as_their_messages_one_by_one(seed: int) -> None:
    together, alone = _observer(), _observer()
    for block in _blocks(seed):
        together.observe(block)
        alone.observe(in_order(block))
    assert _told(together) == _told(alone)
    assert together._familiar.places
    assert not len(alone._familiar)


def test_what_is_known_of_one_device_is_not_found_out_anew_for_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    payload = b'{"people":%d,"interval_min":%d,"period":"PT%dM"}'
    together, alone = _observer(), _observer()
    looked: list[object] = []
    classify = together._judge.classify
    monkeypatch.setattr(
        together._judge, "classify", lambda *given: looked.append(given) or classify(*given)
    )
    for f in range(12):
        fields = _fields(f"plein/sensor-{f:03}")
        # In words it is told as five minutes, or as one by the last of them.
        told = [payload % (f + 3, 9 - f % 9, 1 if f == 11 else 5)] * 2
        times = np.array([START + f * MILLISECOND, START + (f + 100) * MILLISECOND])
        run = run_of([fields] * 2, told)
        seen = DeliveredRun(_flow(f), run, times, np.array([2 * f, 2 * f + 1]), True)
        together.observe([seen])
        alone.observe(in_order([seen]))
    assert _told(together) == _told(alone)
    assert len(looked) < 8
    devices, *_ = _told(together)
    counted = [each for device in devices for each in device.emissions if each.smallest]
    assert sorted(each.smallest for each in counted) == [f + 3 for f in range(12)]
    assert {each.window_seconds for each in counted} == {60, 120, 180, 240, 300}


def test_what_is_forgotten_meanwhile_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = _observer()
    for block in _blocks(7):
        alone.observe(in_order(block))
    monkeypatch.setattr(module, "_MOST_SOURCES", 5)
    monkeypatch.setattr("schouw_agent.recognition.layouts.MOST_LAYOUTS", 4)
    monkeypatch.setattr("schouw_agent.inventory.repetitions.MOST_REPEATED", 9)
    together = _observer()
    for block in _blocks(7):
        together.observe(block)
    assert _told(together) == _told(alone)


# Each: an ordinary value, and a rare one of the same type; what only that one is.
HIDDEN = [
    ("id", b'"17"', b'"021a4b000001"', ("device_identity", "id")),
    ("id", b'"sensor-0001"', b'"02:1a:4b:00:00:01"', ("device_identity", "id")),
    ("bsn", b"120", b"999990019", ("government_identifier", "bsn")),
    ("kenteken", b'"none"', b'"ZZ-001-Z"', ("licence_plate_raw", "kenteken")),
    ("text", b'"all is well today"', b'"jan@example.org"', ("contact_or_report_text", "text")),
    ("clients", b'["lamp"]', b'["00:00:5e:00:53:01"]', ("wifi_mac_raw", "clients[]")),
]


def alike(count: int, key: str, usual: bytes, rare: bytes, at: int) -> Iterator[list[Delivered]]:
    """Yield blocks of so many alike messages of one device, of which one holds something else."""
    flow, fields = _flow(1), _fields("plein/1")
    for first in range(0, count, 5000):
        numbers = range(first, min(first + 5000, count))
        payloads = [
            b'{"seq":%d,"battery":%d.%02d,"%b":%b}'
            % (n, n % 90 + 5, n % 100, key.encode(), rare if n == at else usual)
            for n in numbers
        ]
        run = run_of([fields] * len(payloads), payloads)
        frames = np.array(numbers)
        yield [DeliveredRun(flow, run, START + frames * MILLISECOND, frames, True)]


def found(blocks: Iterator[Sequence[Delivered]]) -> dict[tuple[str, str], int]:
    """Return category and path of each emission, with the number of messages."""
    observer = _observer()
    for block in blocks:
        observer.observe(block)
    emissions = [each for device in freeze(observer.inventory) for each in device.emissions]
    return {(each.category, each.path): each.messages for each in emissions}


@pytest.mark.parametrize(("key", "usual", "rare", "emission"), HIDDEN)
def test_one_rare_value_among_20000_alike_messages_is_found(
    key: str, usual: bytes, rare: bytes, emission: tuple[str, str]
) -> None:
    among = found(alike(20_000, key, usual, rare, 17_041))
    assert among[emission] == 1
    assert among["device_health", "battery"] == 20_000


@pytest.mark.soak
def test_one_rare_identifier_among_a_million_alike_messages_is_found() -> None:
    key, usual, rare, emission = HIDDEN[0]
    among = found(alike(1_000_000, key, usual, rare, 712_345))
    assert among[emission] == 1
    assert among["device_health", "battery"] == 1_000_000


def test_what_is_noted_between_messages_counts_in_its_order() -> None:
    observer = Observer(classifier())
    accounts = observer.inventory.accounts
    row = accounts.open()
    times = range(START, START + 12 * MILLISECOND, MILLISECOND)
    for number, time in enumerate(times):
        accounts.note(row, 10, time)
        if number % 3 == 2:
            observer.observe([])
    # Of what came in order, each has its interval.
    assert sum(accounts.counts(row).intervals) == len(times) - 1
