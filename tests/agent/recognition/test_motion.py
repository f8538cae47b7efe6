"""What says where it is: standing, moving, or several things that stand."""

import json
import math
import random

import pytest

from schouw_agent.inventory.freeze import freeze
from schouw_agent.observer import Observer
from schouw_agent.pipeline import classifier, formats
from schouw_agent.recognition.figures import Figures
from schouw_agent.recognition.motion import MOST_LOOKS, PLACES
from schouw_agent.records import Delivery, FlowReference, Message
from tests.agent.flow_records import BROKER, SECOND, SENSOR, START, end, flow_of

HOME = (52.3731, 4.8926)
PERSON, VEHICLE = "person_location_track", "vehicle_position_track"


def seen(messages, topic):
    """Return the confidence by category of what is seen of messages, one every ten seconds."""
    observer = Observer(classifier(), figures=Figures(formats()))
    flow = FlowReference("f", SENSOR, BROKER, "tcp")
    fields = {"topic": topic, "qos": 0, "retain": False, "client_id": ""}
    observer.observe(
        (n, Delivery(flow, Message("mqtt", "publish", fields, json.dumps(value).encode(), 0),
                     START + n * 10 * SECOND, True))
        for n, value in enumerate(messages)
    )  # fmt: skip
    end(observer.inventory, flow_of(SENSOR, BROKER))
    device = next(d for d in freeze(observer.inventory) if d.emissions)
    return {e.category: e.confidence for e in device.emissions if e.category in {PERSON, VEHICLE}}


def ride(count, metres=40.0):
    """Return places on a way that bends."""
    return [
        (HOME[0] + n * metres / 111_320, HOME[1] + math.sin(n / 5) * metres / 68_000)
        for n in range(count)
    ]


def flat(places, **more):
    return [{"pm2.5": 9.5, "lat": lat, "lon": lon, **more} for lat, lon in places]


def geojson(places):
    return [
        {"location": {"type": "Point", "coordinates": [lon, lat]}, "pm2.5": 9.5}
        for lat, lon in places
    ]


def senml(places):
    return [
        [{"bn": "urn:dev:x1:", "n": "latitude", "u": "lat", "v": lat},
         {"n": "longitude", "u": "lon", "v": lon}]
        for lat, lon in places
    ]  # fmt: skip


def shaken(count, metres):
    draw = random.Random(7)
    return [(HOME[0] + draw.gauss(0, metres / 111_320), HOME[1]) for _ in range(count)]


STREET = ride(12, metres=60)
"""Places of a dozen sensors along a street."""

# Why; messages; topic; what is seen.
CASES = [
    ("a bicycle, by its topic", flat(ride(40)), "stad/lucht/meetfiets-03", PERSON),
    ("as GeoJSON", geojson(ride(40)), "stad/lucht/meetfiets-03", PERSON),
    ("as SenML", senml(ride(40)), "stad/lucht/meetfiets-03", PERSON),
    ("who moves is not told", flat(ride(40)), "stad/lucht/meter-03", VEHICLE),
    ("a shared bicycle is a vehicle", flat(ride(40)), "stad/deelfiets/3", VEHICLE),
    (
        "it stood still at first",
        flat([*[HOME] * (MOST_LOOKS // 2), *ride(PLACES + 5)]),
        "stad/lucht/meetfiets-03",
        PERSON,
    ),
    ("it stands still", flat([HOME] * 40), "stad/lucht/meetfiets-03", None),
    ("its receiver is not exact", flat(shaken(60, 30)), "stad/lucht/meetfiets-03", None),
    ("nor is a bad one", flat(shaken(60, 300)), "stad/lucht/meetfiets-03", None),
    ("too few places", flat(ride(PLACES - 1)), "stad/lucht/meetfiets-03", None),
    ("it went round the corner", flat(ride(12, metres=20)), "stad/lucht/meetfiets-03", None),
    (
        "a relay of sensors along a street, in order",
        [flat([place], id=f"s{n}")[0] for n, place in enumerate(STREET * 4)],
        "stad/lucht/alles",
        None,
    ),
    (
        "a relay of sensors anywhere, without their names",
        flat(random.Random(3).choices(STREET, k=60)),
        "stad/lucht/alles",
        None,
    ),
    ("no place on earth", flat([(n * 40.0, 500.0) for n in range(40)]), "stad/lucht/3", None),
]


@pytest.mark.parametrize(
    ("messages", "topic", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_a_track_is_told_from_a_standing_place(messages, topic, expected):
    assert list(seen(messages, topic)) == ([expected] if expected else [])


def test_without_a_word_on_who_it_is_no_more_than_a_question():
    assert 0.5 <= seen(flat(ride(40)), "stad/lucht/meter-03")[VEHICLE] < 0.8
    assert seen(flat(ride(40)), "stad/lucht/meetfiets-03")[PERSON] >= 0.8
