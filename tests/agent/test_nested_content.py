"""Media inside other things: in base64 in JSON, under any name, and cut over several messages."""

import base64
import runpy
from pathlib import Path

import orjson
import pytest

from schouw_agent.pipeline import classifier
from schouw_agent.records import Content

CASES = Path(__file__).parent / "formats" / "cases"
WAV = next(row[1] for row in runpy.run_path(str(CASES / "wav.py"))["CASES"])
JPEG = (
    next(row[1] for row in runpy.run_path(str(CASES / "jpeg.py"))["CASES"]) + bytes(range(256)) * 12
)
PARTS = [JPEG[:1024], JPEG[1024:2048], JPEG[2048:]]


def found(*octets, topic="kade/1"):
    """Return the categories of messages of one topic, with the path of each."""
    judge = classifier()
    contents = (Content(each, topic=topic) for each in octets)
    return [{(m.category, m.path) for m in judge.classify(each).matches} for each in contents]


@pytest.mark.parametrize("name", ["noise", "geluidsniveau", "LAeq", "x"])
def test_recorded_sound_is_found_whatever_its_field_is_called(name):
    message = orjson.dumps({name: base64.b64encode(WAV).decode()})
    (categories,) = found(message)
    assert ("audio_stream", name) in categories
    assert not any(category == "sound_level" for category, _ in categories)


def test_a_picture_deep_in_a_message_is_found():
    shot = {
        "event": {"shots": [{"img": "data:image/jpeg;base64," + base64.b64encode(JPEG).decode()}]}
    }
    (categories,) = found(orjson.dumps(shot))
    assert ("still_image", "event.shots[].img") in categories


def test_a_picture_over_several_messages_is_found_by_its_first_part():
    first, *rest = found(*PARTS)
    assert first == {("still_image", "")}
    # The others are told as what they are to whoever sees them alone, and never as something else.
    assert rest == [{("opaque_payload", "")}] * 2


def test_parts_in_base64_beside_their_numbers_are_found_too():
    messages = [
        orjson.dumps({"part": i, "of": 3, "data": base64.b64encode(part).decode()})
        for i, part in enumerate(PARTS)
    ]
    first, *rest = found(*messages)
    assert ("still_image", "data") in first
    assert all(("opaque_payload", "data") in each for each in rest)
