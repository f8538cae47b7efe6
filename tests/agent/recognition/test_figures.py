"""Figures in messages: the smallest count, its interval, and in which cell a device stands."""

import json

import pytest

from schouw_agent.inventory.freeze import freeze
from schouw_agent.observer import Observer
from schouw_agent.pipeline import classifier, formats
from schouw_agent.recognition.figures import Figures, geohash
from schouw_agent.records import Delivery, FlowReference, Message
from tests.agent.flow_records import BROKER, SECOND, SENSOR, START, end, flow_of


def _device(*values, topic="plein/teller/1"):
    """Return the device that publishes these values, one a minute, as JSON."""
    observer = Observer(classifier(), figures=Figures(formats()))
    flow = FlowReference("f", SENSOR, BROKER, "tcp")
    fields = {"topic": topic, "qos": 0, "retain": False, "client_id": ""}
    observer.observe(
        (n, Delivery(flow, Message("mqtt", "publish", fields, json.dumps(value).encode(), 0),
                     START + n * 60 * SECOND, True))
        for n, value in enumerate(values)
    )  # fmt: skip
    end(observer.inventory, flow_of(SENSOR, BROKER))
    return next(d for d in freeze(observer.inventory) if d.emissions)


def _emission(device, category):
    return next(e for e in device.emissions if e.category == category)


def test_the_smallest_count_is_found_wherever_it_stands():
    counts = [40, 41, 38, 22, 7, 0, 12, *([25] * 50), 3, *([31] * 50)]
    device = _device(*({"peopleCount": n, "temperature": 20.5} for n in counts))

    assert _emission(device, "people_count").smallest == 3
    assert _emission(device, "people_count").messages == len(counts)
    assert _emission(device, "air_temperature").smallest is None


def test_nobody_is_no_small_group():
    assert _emission(_device({"peopleCount": 0}), "people_count").smallest is None


@pytest.mark.parametrize(
    ("message", "seconds"),
    [
        ({"peopleCount": 9, "window_s": 300}, 300),
        ({"peopleCount": 9, "intervalMinutes": 15}, 900),
        ({"peopleCount": 9, "aggregation": "PT5M"}, 300),
        ({"peopleCount": 9, "aggregation": "PT1H30M"}, 5400),
        (
            {
                "peopleCount": 9,
                "dateObservedFrom": "2026-11-01T10:00:00Z",
                "dateObservedTo": "2026-11-01T10:01:00Z",
            },
            60,
        ),
        ({"peopleCount": 9, "interval": 300}, None),
        ({"peopleCount": 9, "aggregation": "hourly"}, None),
        ({"peopleCount": 9, "window_m": 2}, None),
        ({"peopleCount": 9, "from": "2026-11-01T10:00:00Z", "to": "gate 4"}, None),
        (
            {"peopleCount": 9, "from": "2026-11-01T10:00:00Z", "to": "2026-11-01T09:00:00Z"},
            None,
        ),
    ],
)
def test_the_interval_is_told_only_with_its_unit(message, seconds):
    assert _emission(_device(message), "people_count").window_seconds == seconds


def test_the_place_of_a_device_is_a_cell_of_five_kilometres():
    device = _device(*[{"temperature": 19.5, "lat": 52.3731, "lon": 4.8926}] * 3)

    assert device.areas == ("u173z",)


def test_a_gateway_elsewhere_and_a_person_have_no_place_here():
    gateway = {"temperature": 1.5, "rx": {"gateway": {"lat": 52.3731, "lon": 4.8926}}}
    rider = {"_type": "location", "lat": 52.3731, "lon": 4.8926, "tid": "xx", "user": "rider"}

    assert _device(gateway).areas == ()
    assert _device(rider, topic="owntracks/rider/phone").areas == ()


@pytest.mark.parametrize(
    ("latitude", "longitude", "cell"),
    [
        (57.64911, 10.40744, "u4pru"),  # the example of the geohash itself
        (52.3731, 4.8926, "u173z"),
        (-33.8688, 151.2093, "r3gx2"),
        (0.0, 0.0, ""),
        (91.0, 4.0, ""),
        (52.0, None, ""),
        (float("nan"), 4.0, ""),
    ],
)
def test_geohash(latitude, longitude, cell):
    assert geohash(latitude, longitude) == cell
