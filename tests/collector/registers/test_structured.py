"""Documents that are too large, too deep, or no documents at all."""

import pytest

from schouw_collector.registers import structured
from schouw_collector.registers.structured import MalformedError, read_document

INVALID = [
    (b"{", "not valid JSON, line 1 column"),
    (b'[1,\n2,\n"', "not valid JSON, line 3 column"),
    (b"a: [1\nb: 2", "not valid YAML, line 2"),
    (b"a: 2026-13-45", "not valid YAML"),
    (b"a: \x00", "not valid YAML"),
    (b"a: \xff\xfe", "not valid YAML"),
    (b"a: !!python/object/apply:os.system [ls]", "not valid YAML, line 1"),
    (b"[" * 40 + b"]" * 40, "more than 32 levels deep"),
    (b"- " * 40 + b"x", "more than 32 levels deep"),
    (b"[" * 5000 + b"]" * 5000, "levels deep|not valid JSON"),
    (b"a: &x 1\nb: *x", "anchors and aliases are not accepted, line 1"),
    (b"a: &x {b: 1}\nc:\n  <<: *x", "anchors and aliases are not accepted, line 1"),
]

CASES = [
    (b'\xef\xbb\xbf{"a": [1, null]}', {"a": [1, None]}),
    (b" \n[1]", [1]),
    (b"a: [1, x]\nb: true", {"a": [1, "x"], "b": True}),
    (b"", None),
    (b"[" * 32 + b"]" * 32, None),
]


@pytest.mark.parametrize(("octets", "reason"), INVALID)
def test_what_may_not_be_read_has_a_reason(octets, reason):
    with pytest.raises(MalformedError, match=reason):
        read_document(octets)


@pytest.mark.parametrize(("octets", "value"), CASES)
def test_a_document_is_read(octets, value):
    found = read_document(octets)

    assert found == value or value is None


def test_size_and_number_of_values_are_bounded(monkeypatch):
    monkeypatch.setattr(structured, "MAX_OCTETS", 10)
    with pytest.raises(MalformedError, match="larger than"):
        read_document(b"[" + b" " * 20 + b"]")
    monkeypatch.setattr(structured, "MAX_OCTETS", 10_000)
    monkeypatch.setattr(structured, "MAX_YAML_NODES", 50)
    with pytest.raises(MalformedError, match="more than 50 values"):
        read_document(b"- a\n" * 60)
