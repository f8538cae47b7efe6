"""What is recognised without being parsed has the structure of what was."""

import random
from collections.abc import Sequence

import numpy as np
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schouw_agent.recognition.layouts import Layouts
from schouw_agent.recognition.structure import Structure
from schouw_agent.runs import Payloads

KEYS = (
    "temperature", "pm10", "pm25", "pressure", "co2", "id", "time", "value", "name", "unit", "n",
    "lat", "kenteken", "clients", "seq", "a1", "a2", "timestamp", "type", "battery", "rssi",
)  # fmt: skip
SCALARS = st.one_of(
    st.integers(-120, 1200),
    st.integers(-(2**63), 2**64 - 1),
    st.sampled_from([10**7 - 1, 10**7, 999990019, 2**32, 2**32 + 1, 1763900000, 1763900000000]),
    st.floats(-2000, 2000).map(lambda number: round(number, 2)),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from([-0.0, -0.5, 64.99, 65.0, 65.01, 100.0, 1013.2, 1e22, 849.99999999999999]),
    st.sampled_from([True, False, None, "", "ok", "on", "sensor-017", "sensor-18", "21.5", "7"]),
    st.sampled_from(["02:1a:4b:00:00:01", "021a4b000001", "999990019", "ZZ-001-Z", "NL-12", "1,5"]),
    st.sampled_from(["2025-06-15T15:06:40Z", "2025-06-15T15:06:40.123Z", "15-06-2025", "12:30"]),
    st.sampled_from(["jan@example.org", "52.370216", "0612345678", "a\\u0031", "°1", "١٢", "pm10"]),
    st.text("0123456789.-:ab", max_size=20),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(KEYS), inner, max_size=4)
    ),
    max_leaves=10,
)
MESSAGES = st.dictionaries(st.sampled_from(KEYS), VALUES, min_size=1, max_size=5)
DIGITS = "0123456789"


def _varied(chance: random.Random, octets: bytes) -> bytes:
    """Return the text with some digits replaced, added or taken away, and rarely other octets."""
    text = octets.decode("utf-8")
    places = [i for i, c in enumerate(text) if c in DIGITS]
    for _ in range(chance.randint(1, 4)):
        if not places:
            break
        i = min(chance.choice(places), len(text) - 1)
        new = chance.choice(DIGITS)
        how = chance.random()
        if how < 0.6:
            text = text[:i] + new + text[i + 1 :]
        elif how < 0.8:
            text = text[:i] + new * chance.choice((1, 1, 2, 8)) + text[i:]
        elif how < 0.95:
            text = text[:i] + text[i + 1 :]
        else:
            text = text[:i] + chance.choice('-.e,"x') + text[i:]
    return text.encode("utf-8")


def _key(structure: Structure, octets: bytes) -> object:
    try:
        value = orjson.loads(octets)
    except orjson.JSONDecodeError:
        return "no JSON"
    return structure.key(value) if isinstance(value, dict | list) else "no object"


def _likeness(layouts: Layouts, texts: Sequence[bytes]) -> list[int]:
    return layouts.recognise(Payloads.of(texts)).likeness.tolist()


@given(st.lists(MESSAGES, min_size=1, max_size=4), st.integers(0, 2**32))
def test_one_layout_and_class_is_one_structure(messages: list[object], seed: int) -> None:
    chance = random.Random(seed)
    texts = [orjson.dumps(message) for message in messages]
    texts += [_varied(chance, chance.choice(texts)) for _ in range(60)]
    structure, layouts = Structure(), Layouts()
    keys = [_key(structure, text) for text in texts]
    for _ in range(2):
        for text, key in zip(texts, keys, strict=True):
            if key not in (None, "no JSON", "no object") and _likeness(layouts, [text])[0] < 0:
                layouts.learn(text)
    numbers = _likeness(layouts, texts)
    # Without the spellings that were learnt meanwhile the texts themselves are compared.
    layouts._spellings.forget()
    assert _likeness(layouts, texts) == numbers
    assert _likeness(layouts, texts) == numbers
    of_number: dict[int, object] = {}
    for number, key in zip(numbers, keys, strict=True):
        if number >= 0:
            assert key not in (None, "no JSON", "no object")
            assert of_number.setdefault(number, key) == key


ALIKE = [
    ({"temperature": 21.5}, {"temperature": 3.25}),
    ({"seq": 1, "time": "2025-06-15T15:06:40Z"}, {"seq": 123456, "time": "2031-12-01T00:00:01Z"}),
    ({"timestamp": 1763900000}, {"timestamp": 1763912345}),
    ({"timestamp": 1763900000123}, {"timestamp": 1763912345678}),
    ({"pm10": 3.5, "a": [1, 2, 3]}, {"pm10": 13.75, "a": [10, 20, 7]}),
    ({"id": "sensor-017", "co2": 400}, {"id": "sensor-017", "co2": 1200}),
    ({"humidity": "45.5"}, {"humidity": "61.2"}),
]


@pytest.mark.parametrize(("learnt", "alike"), ALIKE)
def test_what_differs_in_measured_values_alone_is_recognised(learnt: object, alike: object) -> None:
    layouts = Layouts()
    layouts.learn(orjson.dumps(learnt))
    first, second = _likeness(layouts, [orjson.dumps(learnt), orjson.dumps(alike)])
    assert first == second >= 0


OTHER = [
    ({"id": "17"}, {"id": "aabbccddeeff"}),
    ({"id": 17}, {"id": 999990019}),
    ({"seq": 1763900000}, {"seq": 9763900000}),
    ({"pm10": 3.5}, {"pm25": 3.5}),
    ({"id": "sensor-017"}, {"id": "sensor-018"}),
    ({"t": "2025-06-15T15:06:40Z"}, {"t": "20250-6-15T15:06:40Z"}),
    ({"temperature": 21.5}, {"temperature": 4000.5}),
    ({"a": [1, 2]}, {"a": [1, 20000000]}),
]


@pytest.mark.parametrize(("learnt", "other"), OTHER)
def test_what_may_mean_something_else_is_not_taken_for_the_same(
    learnt: object, other: object
) -> None:
    layouts = Layouts()
    layouts.learn(orjson.dumps(learnt))
    first, second = _likeness(layouts, [orjson.dumps(learnt), orjson.dumps(other)])
    assert first >= 0
    assert second != first


@pytest.mark.parametrize("octets", [b'{"a": 017}', b'{"a": 1}7', b'7{"a": 1}', b'{"a": 1.}'])
def test_what_is_no_json_is_not_recognised(octets: bytes) -> None:
    layouts = Layouts()
    layouts.learn(b'{"a": 1}')
    layouts.learn(b'{"a": 1.5}')
    assert _likeness(layouts, [b'{"a": 12}', octets, b'{"a": 3}'])[1] == -1


def test_names_with_other_digits_are_layouts_of_their_own() -> None:
    texts = [b'{"id": "sensor-%d", "temperature": %d.5}' % (n % 50, n % 30) for n in range(400)]
    layouts = Layouts()
    for text in texts:
        layouts.learn(text)
    numbers = _likeness(layouts, texts)
    assert min(numbers) >= 0
    assert len(set(numbers)) == 50


def test_an_identifier_is_not_part_of_a_layout() -> None:
    layouts = Layouts()
    for text in ("0612345678", "02:1a:4b:00:00:01", "jan1@example.org", "NL91ABNA0417164300"):
        octets = orjson.dumps({"id": text})
        layouts.learn(octets)
        assert _likeness(layouts, [octets]) == [-1]


def test_the_memory_of_layouts_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("schouw_agent.recognition.layouts.MOST_LAYOUTS", 20)
    layouts = Layouts()
    for n in range(100):
        layouts.learn(b'{"%s": 1}' % (b"k" * n))
    assert layouts.forgotten == 4
    assert _likeness(layouts, [b'{"%s": 2}' % (b"k" * 99), b'{"": 2}'])[1] == -1


def test_messages_that_are_like_no_other_are_soon_not_learnt_any_more() -> None:
    layouts = Layouts()
    for n in range(2000):
        layouts.learn(b'{"%s": 1}' % (b"k" * n))
    assert _likeness(layouts, [b'{"%s": 1}' % (b"k" * 1999)]) == [-1]


def test_digits_that_are_checked_are_found_however_a_message_is_recognised() -> None:
    texts = [b'{"n":-%d.%d,"a":"x1","b":%d}' % (n, n % 70, n % 9) for n in range(500)]
    numbers = [[n + n % 70 / (10 if n % 70 < 10 else 100), n % 9] for n in range(500)]
    layouts = Layouts()
    layouts.learn(texts[3])
    for _ in range(2):
        seen = layouts.recognise(Payloads.of(texts))
        assert (seen.likeness[1:] >= 0).all()
        whole = layouts.whole_parts(int(seen.likeness[3]))
        for first, (one, other) in zip(seen.first[1:], numbers[1:], strict=True):
            read = seen.written.take(first + np.array(whole)).numbers()
            assert read.tolist() == [-one, other]


def test_the_memory_of_spellings_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("schouw_agent.recognition.spellings.MOST_SPELLINGS", 4)
    layouts = Layouts()
    layouts.learn(b'{"a":1,"b":2}')
    texts = [b'{"a":%d,"b":%d}' % (10**n, 10**m) for n in range(6) for m in range(6)]
    assert min(_likeness(layouts, texts)) >= 0
    for text in texts:
        assert _likeness(layouts, [text])[0] >= 0
        assert len(layouts._spellings._numbers) <= 4
