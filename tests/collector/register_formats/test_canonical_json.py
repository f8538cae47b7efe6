"""The canonical form as JSON: written and read exactly, and told from YAML."""

import json

import pytest

from schouw_collector.errors import RegisterError
from schouw_collector.register_formats import canonical
from schouw_collector.register_formats.canonical_json import write
from schouw_collector.registers.register_reading import read_register
from tests.collector.register_formats.test_canonical import ENTRY, SCHEMA, WHOLE

SAMPLES = {"register.json": json.dumps({"schema": SCHEMA, "entries": [ENTRY, WHOLE]}).encode()}
CASES = [
    ("JSON", SAMPLES["register.json"], "canonical_json"),
    ("JSON behind a byte order mark", b"\xef\xbb\xbf" + SAMPLES["register.json"], "canonical_json"),
    ("YAML", f"schema: {SCHEMA}\nentries: [{{entry_id: VB-1}}]".encode(), "canonical"),
]


@pytest.mark.parametrize(("reason", "octets", "format_id"), CASES)
def test_it_is_told_from_yaml(reason, octets, format_id):
    assert read_register("register", octets).format == format_id, reason


def test_what_is_written_reads_the_same():
    register = read_register("register.json", SAMPLES["register.json"])
    again = read_register("register.json", write(register))

    assert again.entries == register.entries
    assert write(again) == write(register)


def test_json_and_yaml_say_the_same():
    register = read_register("register.json", SAMPLES["register.json"])

    assert read_register("r", canonical.write(register)).entries == register.entries


INVALID = [
    ({"schema": SCHEMA, "entries": {}}, "field entries: must be a list"),
    ({"schema": f"{SCHEMA}0", "entries": []}, "field schema: must be"),
    ({"schema": SCHEMA, "entries": [7]}, "entry 1: is not a mapping of fields"),
]


@pytest.mark.parametrize(("document", "reason"), INVALID)
def test_an_unusable_document_is_an_error(document, reason):
    with pytest.raises(RegisterError, match=reason):
        read_register("register.json", json.dumps(document).encode())
