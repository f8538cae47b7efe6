import base64
import random
import time

import orjson
import pytest

import schouw_agent.detectors
import schouw_agent.formats
from schouw_agent.plugins import discover
from schouw_agent.recognition.classification import Classified, Classifier, classify_line
from schouw_agent.recognition.structure import Structure
from schouw_agent.records import Content

FORMATS = discover(schouw_agent.formats, "FORMAT")
DETECTORS = discover(schouw_agent.detectors, "DETECTOR")
WAV = (
    b"RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00"
    b"\x40\x1f\x00\x00\x01\x00\x08\x00"
)


@pytest.fixture
def classifier():
    return Classifier(FORMATS, DETECTORS)


def sure(classified, at_least=0.5):
    return {(m.path, m.category) for m in classified.matches if m.confidence >= at_least}


def ask(classifier, message, **more):
    octets = message if isinstance(message, bytes) else orjson.dumps(message)
    return classifier.classify(Content(octets, **more))


# Each: an ordinary value, and one of the same type that means something else, at the same path.
DISGUISED = [
    ("id", "sensor-0001", "02:1a:4b:00:00:01"),
    ("id", "17", "021a4b000001"),
    ("text", "all is well today", "jan@example.org"),
    ("ref", "Z-12", "NL91ABNA0417164300"),
    ("bsn", "none", "999990019"),
    ("bsn", 120, 999990019),
    ("kenteken", "none", "ZZ-001-Z"),
    ("plate", "-", "9f" * 32),
    ("noise", "quiet", base64.b64encode(WAV).decode()),
    ("message", "quiet", '{"password": "not-a-real-one1"}'),
    ("link", "none", "https://c.example.org/a.jpg"),
    ("temperature", 21.5, 4000.5),
    ("kind", "truck", "person"),
    ("event", "door_open", "loitering"),
]


@pytest.mark.parametrize(("key", "usual", "rare"), DISGUISED)
def test_one_rare_value_among_many_alike_messages_is_seen(classifier, key, usual, rare):
    alone = ask(Classifier(FORMATS, DETECTORS), {"seq": 1, key: rare, "track_id": 4})
    for i in range(300):
        ask(classifier, {"seq": i, key: usual, "track_id": 4})
    hidden = ask(classifier, {"seq": 1, key: rare, "track_id": 4})
    again = ask(classifier, {"seq": 1, key: usual, "track_id": 4})
    assert hidden.matches == alone.matches
    assert hidden.matches != again.matches


def test_one_address_in_a_list_of_names_is_seen(classifier):
    for i in range(300):
        ask(classifier, {"clients": ["lamp", f"sensor-{i}"]})
    found = ask(classifier, {"clients": ["lamp", "00:00:5e:00:53:01"]})
    assert ("clients[]", "wifi_mac_raw") in sure(found)


def test_remembered_and_read_anew_are_the_same(classifier):
    random_ = random.Random(7)
    values = [
        21.5, 4000.0, -3, 0, True, None, "on", "02:1a:4b:00:00:01", "ZZ-001-Z", "9f" * 32, "x",
        "jan@example.org", [1, 2], [{"rssi": -60, "mac": "06:00:00:00:00:01"}], {"lat": 52.1},
        {"value": 3.5, "unit": "dB"}, {"value": 3.5, "unit": "V"}, "https://c.example.org/a.png",
        {"name": "temperature", "value": 21}, {"name": "temperature", "value": 9000}, "person",
        2**50, 999990019, "21.5 °C", "drie woorden lang", {"type": "ParkingSpot", "status": "free"},
    ]  # fmt: skip
    keys = [
        "temperature",
        "clients",
        "id",
        "kenteken",
        "age",
        "status",
        "sound",
        "bsn",
        "object_id",
    ]
    for _ in range(1500):
        message = {k: random_.choice(values) for k in random_.sample(keys, 3)}
        topic = random_.choice(["a/b", "plein/parking/7", "wifi/clients/7", ""])
        fresh = Classifier(FORMATS, DETECTORS)
        assert ask(classifier, message, topic=topic) == ask(fresh, message, topic=topic), message


def test_the_memory_is_bounded(classifier, monkeypatch):
    monkeypatch.setattr("schouw_agent.recognition.classification._MOST_PLANS", 50)
    monkeypatch.setattr("schouw_agent.recognition.structure.MOST_SHAPES", 100)
    for i in range(400):
        assert sure(ask(classifier, {f"k{i}": 1, "temperature": 21.5})) >= {
            ("temperature", "air_temperature")
        }
    assert classifier.cleared
    assert len(classifier._plans) <= 50


def test_structure_keys_differ_where_meaning_may():
    structure = Structure()
    key = structure.key
    assert key({"a": 1, "b": "x"}) == key({"a": 2, "b": "z"})
    assert key({"a": 1}) != key({"a": 1.5})
    assert key({"a": 1}) != key({"b": 1})
    assert key({"a": {"b": 1}}) != key({"a": {"c": 1}})
    assert key({"a": [1, 2]}) != key({"a": ["x", "y"]})
    assert key({"v": "x", "unit": "V", "value": 1}) != key({"v": "x", "unit": "dB", "value": 1})
    assert key({"a": list(range(40))}) is None, "an array is read every time"
    assert key({"a": "x" * 600}) is None, "a long text is read every time"


def test_envelopes_name_their_device_every_time(classifier):
    for name in ("lucht-1", "lucht-2", "lucht-1"):
        found = ask(
            classifier,
            {
                "end_device_ids": {"device_id": name, "dev_eui": "0004A30B001C0530"},
                "uplink_message": {
                    "decoded_payload": {"pm25": 8.1},
                    "rx_metadata": [{"rssi": -90, "gateway_ids": {"gateway_id": "gw"}}],
                },
            },
        )
        assert found.format == "ttn_v3"
        assert found.subject == name
        assert found.identifiers["dev_eui"] == "0004a30b001c0530"
        assert {m.subject for m in found.matches} == {name}
        assert sure(found) == {
            ("uplink_message.decoded_payload.pm25", "particulate_matter"),
            ("uplink_message.rx_metadata[].rssi", "radio_link_quality"),
        }


def test_a_passage_is_a_hashed_plate_and_a_passage(classifier):
    found = ask(
        classifier,
        {
            "id": "6a0f0d3c-0000-4000-8000-000000000001",
            "timestamp": "2026-11-23T12:00:00Z",
            "camera": {"id": "c-1", "naam": "Kade", "locatie": {"latitude": 52.1}},
            "rijstrook": 1,
            "voertuig": {
                "kenteken": {"kentekenHash": "ab" * 20, "landcode": "NL"},
                "merk": "Voorbeeld", "massaLedigVoertuig": 1500,
            },
        },
    )  # fmt: skip
    assert found.format == "amsterdam_passage"
    assert ("voertuig.kenteken.kentekenHash", "licence_plate_hashed") in sure(found, 0.8)
    assert ("voertuig.merk", "vehicle_passage") in sure(found, 0.8)
    assert ("camera.locatie.latitude", "device_location_static") in sure(found, 0.8)
    assert "licence_plate_raw" not in {m.category for m in found.matches}


def test_what_nobody_knows_is_opaque_and_counted(classifier):
    found = ask(classifier, bytes(range(128, 256)))
    assert found.undecoded == (("unknown_format", 128),)
    assert sure(found) == {("", "opaque_payload")}


def test_what_has_no_name_is_not_lost(classifier):
    found = ask(classifier, {"q7": 12, "zz": "drie woorden lang", "ts": 1763900000})
    assert sure(found) == {("q7", "numeric_unclassified"), ("zz", "text_unclassified")}


def test_a_password_of_the_connection_is_said_and_not_shown(classifier):
    found = classifier.classify(Content(b"", fields={"credentials": "password"}), "connect")
    assert sure(found, 0.8) == {("", "credential")}
    assert not sure(classifier.classify(Content(b"", fields={"credentials": ""}), "connect"))


def test_the_cache_minds_the_credentials(classifier):
    plain = Content(b'{"a": 1}', fields={"credentials": ""})
    secret = Content(b'{"a": 1}', fields={"credentials": "basic"})
    classifier.classify(plain)
    assert ("", "credential") in sure(classifier.classify(secret))
    assert ("", "credential") not in sure(classifier.classify(plain))


def test_a_known_structure_gets_the_very_same_answer(classifier):
    first, second = (ask(classifier, b'{"temperature": %d}' % n) for n in (1, 10))
    assert first is second
    assert first.lasting


def test_media_of_one_form_get_the_very_same_answer_and_others_do_not(classifier):
    def packet(octets: bytes) -> Classified:
        fields = {"payload_type": 96, "encoding": ""}
        return classifier.classify(Content(octets, protocol="rtp", fields=fields), "media")

    first, second, longer = (
        packet(b"\xff\2\3" * 30),
        packet(b"\xff\2\4" * 30),
        packet(b"\xff\2\3" * 99),
    )
    assert first is second
    assert first.undecoded == (("unknown_format", 90),)
    assert longer.undecoded == (("unknown_format", 297),)
    assert longer.matches[0].form != first.matches[0].form


def test_matches_are_bounded_and_nothing_hides_among_them(classifier):
    message = {f"q{i}": i for i in range(3000)} | {"kenteken": "ZZ-001-Z"}
    octets = orjson.dumps(message)
    found = classifier.classify(Content(octets))
    assert len(found.matches) == 512
    assert ("kenteken", "licence_plate_raw") in sure(found)
    assert found.undecoded == (("over_limit", len(octets)),)


def test_hostile_messages_take_bounded_time(classifier):
    random_ = random.Random(3)
    names = ["".join(random_.choices("abcdefghijklmnop", k=38)) for _ in range(2000)]
    start = time.perf_counter()
    ask(classifier, dict.fromkeys(names, 1))
    ask(classifier, [{f"rssi{i}": -60 for i in range(8)} | {"mac": "02:00:00:00:00:01"}] * 500)
    ask(classifier, {f"k{i}": i for i in range(100_000)})
    assert time.perf_counter() - start < 20


LINES = [
    (b"{", {"id": None, "error": "not a JSON line"}),
    (b"[]", {"id": None, "error": "not a JSON object"}),
    (b'{"id": "a"}', {"id": "a", "error": "payload is not a string"}),
    (b'{"id": [1], "payload": 1}', {"id": None, "error": "payload is not a string"}),
    (
        b'{"id": 1, "payload": "x", "encoding": "hex"}',
        {"id": 1, "error": "encoding is not json, text or base64"},
    ),
    (
        b'{"id": 1, "payload": "***", "encoding": "base64"}',
        {"id": 1, "error": "payload is not base64"},
    ),
    (
        b'{"id": 1, "payload": "21.5", "encoding": "text", "topic": "a/temperature"}',
        {
            "id": 1,
            "format": "number_text",
            "matches": [
                {
                    "path": "",
                    "category": "air_temperature",
                    "confidence": 0.76,
                    "basis": ["field_name"],
                }
            ],
        },
    ),
    (
        b'{"id": 2, "payload": "gIGCg4SFhoc=", "encoding": "base64"}',
        {
            "id": 2,
            "format": "",
            "matches": [
                {
                    "path": "",
                    "category": "opaque_payload",
                    "confidence": 0.9,
                    "basis": ["value_structure"],
                }
            ],
            "undecoded": [{"reason": "unknown_format", "octets": 8}],
        },
    ),
]


@pytest.mark.parametrize(("line", "answer"), LINES)
def test_classify_line(classifier, line, answer):
    assert classify_line(classifier, line) == answer


def test_what_a_value_names_is_not_remembered_for_others(classifier):
    """Two packs of SenML of the same structure: only their base names tell them apart."""
    warm = [{"bn": "/3303/0/", "n": "5700", "v": 21.5}]
    loud = [{"bn": "/3324/0/", "n": "5700", "v": 21.5}]
    assert sure(ask(classifier, warm)) == {("temperature.value", "air_temperature")}
    assert sure(ask(classifier, loud)) == {("loudness.value", "sound_level")}
