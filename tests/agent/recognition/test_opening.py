import base64
import time

import orjson
import pytest

import schouw_agent.formats
from schouw_agent.plugins import discover
from schouw_agent.recognition.opening import DEEPEST, MOST_LAYERS, entropy, join, open_content
from schouw_agent.records import OVER_LIMIT, UNKNOWN_FORMAT, Content

FORMATS = discover(schouw_agent.formats, "FORMAT")
WAV = (
    b"RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00"
    b"\x40\x1f\x00\x00\x01\x00\x08\x00"
)


def test_sound_in_a_field_called_noise_is_found():
    message = orjson.dumps({"d": {"noise": base64.b64encode(WAV).decode()}})
    layers = open_content(Content(message), FORMATS)
    assert [(x.path, x.format) for x in layers] == [
        ("", "json"),
        ("d.noise", "base64_text"),
        ("d.noise", "wav"),
    ]


def test_json_in_text_in_json_has_full_paths():
    inner = orjson.dumps({"sensors": [{"temperature": 21.5}]}).decode()
    layers = open_content(Content(orjson.dumps({"body": inner})), FORMATS)
    assert layers[1].leaves[0].path == "body.sensors[].temperature"


def test_depth_is_bounded():
    message = b'{"t": "the innermost of all"}'
    for _ in range(DEEPEST + 2):
        message = orjson.dumps({"a": message.decode()})
    layers = open_content(Content(message), FORMATS)
    assert layers[-1].undecoded == OVER_LIMIT
    assert len(layers) == DEEPEST + 2


def test_number_of_layers_is_bounded():
    text = orjson.dumps({"t": "one of very many"}).decode()
    layers = open_content(Content(orjson.dumps({str(i): text for i in range(200)})), FORMATS)
    assert len(layers) == MOST_LAYERS + 1
    assert layers[-1].undecoded == OVER_LIMIT


@pytest.mark.parametrize(
    "octets",
    [
        b"[" * 1000 + b"]" * 1000,
        b'{"a":' * 1000 + b"1" + b"}" * 1000,
        orjson.dumps({f"k{i}": i for i in range(300_000)}),
        orjson.dumps({"t": "x" * 5_000_000}),
        orjson.dumps(["a" * 20] * 250_000),
        b"{" * 5_000_000,
    ],
    ids=["lists", "objects", "keys", "text", "items", "braces"],
)
def test_large_and_deep_messages_are_safe(octets):
    start = time.perf_counter()
    layers = open_content(Content(octets), FORMATS)
    assert sum(len(layer.leaves) for layer in layers) <= 4096
    assert time.perf_counter() - start < 10


def test_what_nobody_knows_is_counted_with_its_reason():
    (layer,) = open_content(Content(bytes(range(128, 256)) * 8), FORMATS)
    assert (layer.undecoded, layer.octets) == (UNKNOWN_FORMAT, 1024)
    assert layer.form == "compressed or encrypted octets, up to 1024"


def test_nothing_is_no_fault():
    (layer,) = open_content(Content(b""), FORMATS)
    assert not layer.undecoded


def test_paths_are_joined():
    assert join("a", "b") == "a.b"
    assert join("a", "[].b") == "a[].b"
    assert join("", "b") == "b"


def test_entropy():
    assert entropy(b"") == 0
    assert entropy(b"aaaa") == 0
    assert entropy(bytes(range(256))) == pytest.approx(8)
