"""Ordinary lines of sensors are not taken for the tracks of people and vehicles."""

import pytest

import schouw_agent.detectors
import schouw_agent.formats
from schouw_agent.plugins import discover
from schouw_agent.recognition.classification import Classifier
from schouw_agent.records import Content
from schouw_agent.vocabulary import CATEGORIES

CLASSIFIER = Classifier(
    discover(schouw_agent.formats, "FORMAT"), discover(schouw_agent.detectors, "DETECTOR")
)
_PLACES = ("device_location_static", "vehicle_position_track", "person_location_track")

ORDINARY = (
    ("logger, ISO time", b"2026-01-19T12:00:00Z,21.534567,48.239012,1013.251234"),
    ("logger, two fine numbers", b"2026-01-19 12:00:00,21.534567,48.239012"),
    ("seconds since 1970", b"1768824000,21.5345,48.2390"),
    ("compact time, coarse numbers", b"260119,120000,21.53,48.23"),
    ("acceleration", b"0.012345,-0.981234,0.123456"),
    ("acceleration with a frame", b"$ACC,0.012345,-0.981234,0.123456,0.992211*5A"),
    ("spectrum", b"31.2512,35.1231,40.1241,44.9919,50.1212,52.1211,49.1291"),
    ("node, count, voltage", b"node-17;42;3.3125;21.5312"),
    ("semicolons and decimal commas", b"node-17;21,5312;48,2391"),
    ("names and values", b"temp=21.5345;hum=48.2390;bat=3.6512"),
    ("colons", b"T:21.5345,H:48.2390"),
    ("header", b"time,temp,hum\n2026-01-19T12:00:00Z,21.534567,48.239012\n"),
    ("lamp", b"lamp-0017,on,80,0.4123,230.1"),
    ("meter telegram", b"1-0:1.8.1(001234.567*kWh)\r\n1-0:1.8.2(004321.123*kWh)\r\n"),
    ("syslog", b"<30>Jan 19 12:00:00 kade-7 app[312]: started 3.12345, 4.12345"),
    ("version", b"kade-7 firmware 1.12.3 build 20260119120000"),
    ("address", b"Havenplein 12 N, 14 E"),
    ("forces", b"load 12.50N 3.25E"),
    ("order number", b"order 123456N of 2026"),
    ("card reader", b"CARD,04A1B2C3D4E5F6,2026-01-19 12:00:00"),
    ("price list", b"12.3456,13.4567,USD,EUR"),
    ("ports", b"192.0.2.1:5000,192.0.2.2:5001"),
    ("statistics", b"min:21.1234,max:22.1234,avg:21.6234"),
    ("two cells of a grid", b"row 12, column 14: 0.1234,0.2345"),
    ("weights", b"W,0012.345,0012.350,kg"),
    ("tide", b"260119120000 1.2345 1.3456 1.4567"),
    ("gas", b"#0017,0.041200,0.017300,12.1,OK"),
)
TRACKERS = (
    (
        "numbered, with a place and speed",
        b"imei:490154203237518,A,5230.0000,N,00415.0000,E,12.5,90,",
    ),
)


def found(octets):
    return {m.category for m in CLASSIFIER.classify(Content(octets)).matches if m.confidence >= 0.5}


@pytest.mark.parametrize(("why", "octets"), ORDINARY, ids=[row[0] for row in ORDINARY])
def test_ordinary_lines_accuse_nobody(why, octets):
    categories = found(octets)
    assert categories.isdisjoint(_PLACES)
    accused = {
        c for c in categories if CATEGORIES[c].privacy_class not in ("none", "environmental")
    }
    assert accused <= {"numeric_unclassified", "text_unclassified", "opaque_payload"}


def test_a_tracker_is_a_question():
    assert "vehicle_position_track" in found(TRACKERS[0][1])
