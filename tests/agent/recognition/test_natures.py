"""Messages without names: what is remembered of them is what is read anew."""

import random

import orjson
import pytest

from schouw_agent.pipeline import detectors, formats
from schouw_agent.recognition.classification import Classifier
from schouw_agent.records import Content


@pytest.fixture
def classifier():
    return Classifier(formats(), detectors())


BARE = (
    b"21.5", b"-3", b"4000.5", b"12345678", b"999990019", b"0612345678", b"21.5 C", b"1013 hPa",
    b"ON", b"open", b"person", b"male", b"quiet", b"all is well today", b"jan@example.org",
    b"02:1a:4b:00:00:01", b"021a4b000001", b"ZZ-001-Z", b"NL91ABNA0417164300", b"{broken",
    b"2025-06-15T15:06:40Z", b"52.370216,4.895168", b"https://c.example.org/a.jpg", b"true",
    b"\x01\x67\x00\xff", bytes(range(128, 180)), b"\x31", b"a,b\n1,2\n", b"9f" * 32,
)  # fmt: skip
BARE_TOPICS = (
    "city/park/temperature", "city/park/kenteken", "city/park/clients", "frigate/garden/person",
    "esphome/hall/sensor/lux/state", "plein/cayenne", "plein/17",
)  # fmt: skip


def test_bare_payloads_are_remembered_as_they_are_read_anew(classifier):
    chance = random.Random(5)
    lasting = 0
    for _ in range(1200):
        octets = chance.choice(BARE)
        if chance.random() < 0.5:
            octets = bytes(
                chance.choice(b"0123456789") if c in b"0123456789" else c for c in octets
            )
        content = Content(octets, topic=chance.choice(BARE_TOPICS), protocol="mqtt")
        anew = Classifier(formats(), detectors()).classify(content, "publish")
        found = classifier.classify(content, "publish")
        assert found == anew
        lasting += found.lasting
    assert lasting > 600


ANNOUNCED = [
    {"name": "Outside", "device_class": "temperature", "unit_of_measurement": "°C"},
    {"name": "Pressure", "device_class": "atmospheric_pressure", "unit_of_measurement": "hPa"},
]
OTHERWISE = {"name": "Air", "device_class": "humidity", "unit_of_measurement": "%"}


@pytest.mark.parametrize("told", ANNOUNCED)
def test_a_bare_value_is_called_as_was_announced_until_it_is_announced_otherwise(classifier, told):
    def announce(to, announced):
        config = orjson.dumps({"state_topic": "plein/17", **announced})
        topic = "homeassistant/sensor/plein/config"
        to.classify(Content(config, topic=topic, protocol="mqtt"), "publish")

    for announced in (told, OTHERWISE, told):
        announce(classifier, announced)
        anew = Classifier(formats(), detectors())
        announce(anew, announced)
        for octets in (b"21.5", b"22.5", b"4000.5", b"21.5", b"ZZ-001-Z", b"on"):
            content = Content(octets, topic="plein/17", protocol="mqtt")
            found = classifier.classify(content, "publish")
            assert found.matches == anew.classify(content, "publish").matches


def test_the_memory_of_bare_payloads_is_bounded(classifier, monkeypatch):
    monkeypatch.setattr("schouw_agent.recognition.classification._MOST_PLANS", 8)
    for i in range(100):
        content = Content(b"%d.5" % i, topic=f"plein/{i % 20}", protocol="mqtt")
        classifier.classify(content, "publish")
    assert len(classifier._same) <= 8
