"""The canonical form: YAML and JSON, stated and derived categories, and what is malformed."""

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from schouw_collector.errors import RegisterError
from schouw_collector.register_formats.canonical import write
from schouw_collector.registers.register import build_register
from schouw_collector.registers.register_reading import read_register

SCHEMA = "https://schouw.example.org/schema/register/1"
ENTRY = {
    "entry_id": "VB-001",
    "name": "Geluidsmeter Havenplein",
    "organisation": "Gemeente Voorbeeldstad",
    "type": "Geluidsensor",
    "streams": [{"declared_text": "Geluidsniveau", "contains_personal_data": False}],
    "purposes": [{"text": "Geluidshinder", "legal_ground": "A6-1-e"}],
    "recipients": [{"organisation": "Voorbeeld BV", "hosts": ["*.voorbeeld.example"]}],
    "actuation": [{"category": "actuation_light_level"}],
    "dpia": {"status": "done", "dated": "2026-01-31"},
    "active_until": "2028-12-31",
}
SAMPLES = {
    "register.yaml": yaml.safe_dump({"schema": SCHEMA, "entries": [ENTRY]}).encode(),
    "register.json": json.dumps({"schema": SCHEMA, "entries": [ENTRY]}).encode(),
}

# What the schema can say, all of it.
WHOLE = {
    "entry_id": "VB-009",
    "name": "Teller Stationsplein",
    "description": "Aan de gevel; zie ook VB-010",
    "application_id": "Drukte",
    "organisation": "Gemeente Voorbeeldstad",
    "type": "Aanwezigheid of nabijheidsensor",
    "device": {"category": "Sensor", "manufacturer": "Voorbeeld", "model": "T2", "firmware": "1.4"},
    "supplier": "Voorbeeld BV",
    "operator": "Teldienst BV",
    "network_operator": "Netwerk BV",
    "identifiers": [{"kind": "dev_eui", "value": "0200000000000001"}],
    "streams": [
        {
            "id": "1",
            "declared_text": "Telt mensen",
            "categories": ["people_count"],
            "mapping": {"method": "text rule", "confidence": 0.9, "phrases": ["telt mensen"]},
            "unit": "NUM",
            "contains_personal_data": True,
            "identifiability": "pseudonymous",
            "processing": {"aggregation_seconds": 900, "k_min": 5, "edge_only": True},
            "interval_seconds": 900.5,
            "retention": "P28D",
            "open_data": False,
            "data_link": "https://data.voorbeeldstad.example/tellingen",
        },
        {"declared_text": "", "categories": [], "mapping": {"method": "none", "confidence": 0}},
    ],
    "purposes": [
        {
            "text": "Drukte in beeld",
            "themes": ["Mobiliteit: voetganger"],
            "dpv_purpose": "dpv:ImproveTransportMobility",
            "legal_ground": "A6-1-e",
            "legal_basis_text": "Publieke taak",
            "legal_basis_url": "https://wetten.example/wvw",
        }
    ],
    "privacy_notice_url": "https://voorbeeldstad.example/privacy",
    "recipients": [{"organisation": "Voorbeeld BV", "hosts": ["*.voorbeeld.example"]}],
    "network": {"protocols": ["mqtt"], "peers": ["192.0.2.0/24"], "encrypted": True},
    "capabilities": ["video_stream"],
    "actuation": [{"category": "actuation_light_level", "influences_behaviour": False}],
    "location": {
        "latitude": 52.0001,
        "longitude": 4.0003,
        "text": "Stationsplein",
        "area": [[4.0, 52.0], [4.1, 52.0], [4.1, 52.1]],
        "mobile": True,
    },
    "dpia": {"status": "done", "dated": "2026-01-31", "categories": ["people_count"]},
    "ropa_url": "https://voorbeeldstad.example/verwerkingen/9",
    "algorithms": ["ALG-1"],
    "ai_act": "none",
    "contract_refs": ["C-12"],
    "decision_ref": "2026/17",
    "exemptions": ["public_order"],
    "status": "active",
    "active_from": "2026-01-01",
    "active_until": "2028-12-31",
    "registered_at": "2025-12-01",
    "changed_at": "2026-02-01",
    "source": {"register_name": "test", "row": 9, "fetched_at": "2026-05-12T08:00:00Z"},
}
SAMPLES = {
    "register.yaml": yaml.safe_dump(
        {"schema": SCHEMA, "entries": [ENTRY, WHOLE]}, allow_unicode=True
    ).encode()
}


def read(*entries, **top):
    document = {"schema": SCHEMA, "entries": list(entries), **top}
    unshared = json.loads(json.dumps(document))  # yaml.safe_dump would write aliases
    return read_register("register.yaml", yaml.safe_dump(unshared).encode())


def test_yaml_and_json_give_the_same_register():
    from_json = read_register(
        "register.yaml", json.dumps({"schema": SCHEMA, "entries": [ENTRY]}).encode()
    )

    assert read(ENTRY).entries == from_json.entries


def test_categories_come_from_the_text_when_none_are_stated():
    entry = read(ENTRY).entries[0]

    assert entry.declared_categories == ("actuation_light_level", "sound_level")
    assert entry.streams[0].mapping.method == "text rule"


def test_stated_categories_are_a_persons():
    stream = {"declared_text": "Geluidsniveau", "categories": ["people_count"]}
    entry = read({**ENTRY, "actuation": [], "streams": [stream]}).entries[0]

    assert entry.declared_categories == ("people_count",)
    assert entry.streams[0].mapping.method == "human"


def test_a_reading_says_who_looked_at_it_and_when():
    mapping = {"reviewed_by": "privacyadviseur", "reviewed_at": "2026-05-03"}
    stream = {"declared_text": "Drukte", "categories": ["people_count"], "mapping": mapping}
    entry = read({**ENTRY, "streams": [stream]}).entries[0]

    assert entry.streams[0].mapping.method == "human"
    assert entry.streams[0].mapping.reviewed_by == "privacyadviseur"
    assert str(entry.streams[0].mapping.reviewed_at) == "2026-05-03"


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        ((), None),
        ((False,), False),
        ((False, None), None),
        ((None, True), True),
        ((False, True), True),
    ],
)
def test_the_box_of_an_entry_is_that_of_its_streams(flags, said):
    streams = [{"declared_text": "Wind", "contains_personal_data": flag} for flag in flags]

    assert read({**ENTRY, "streams": streams}).entries[0].contains_personal_data is said


def test_contact_data_in_free_text_is_removed():
    streams = [{"declared_text": "Geluidsniveau, bel 06 1234 5678 of mail a@voorbeeld.example"}]
    entry = read({**ENTRY, "streams": streams}).entries[0]

    assert entry.streams[0].declared_text == "Geluidsniveau, bel […] of mail […]"


INVALID = [
    ({"entry_id": None}, "register.yaml: entry 2: field entry_id: input should be a valid string"),
    ({"entry_id": "VB-001"}, "entry 2 (VB-001): field entry_id: used by an earlier entry as well"),
    ({"colour": "red"}, "entry 2 (VB-002): field colour: not a field of the schema"),
    ({"a@voorbeeld.example": 1}, "entry 2 (VB-002): not a field of the schema"),
    ({"HG417K": 1}, "entry 2 (VB-002): not a field of the schema"),
    (
        {"streams": [{"declared_text": "x", "categories": ["soundlevel"]}]},
        "entry 2 (VB-002): field streams.0.categories.0: not a category of the taxonomy",
    ),
    ({"streams": "geluid"}, "field streams: input should be a valid tuple"),
    (
        {"streams": [{"declared_text": 5}]},
        "field streams.0.declared_text: input should be a valid string",
    ),
    ({"active_until": "volgend jaar"}, "field active_until: input should be a valid date"),
    (
        {"privacy_notice_url": "javascript:alert(1)"},
        "field privacy_notice_url: not a web address (http or https)",
    ),
    (
        {"privacy_notice_url": "https://user:pass@voorbeeld.example/"},
        "field privacy_notice_url: a web address with a user name in it",
    ),
    ({"purposes": [{"legal_ground": "6e"}]}, "field purposes.0.legal_ground: input should be"),
    ({"location": {"latitude": 91}}, "field location.latitude: input should be less than"),
]


@pytest.mark.parametrize(("changes", "error"), INVALID)
def test_a_malformed_entry_is_reported_and_the_rest_stays(changes, error):
    register = read(ENTRY, {**ENTRY, "entry_id": "VB-002", **changes})

    assert [entry.entry_id for entry in register.entries] == ["VB-001"]
    assert len(register.errors) == 1
    assert error in register.errors[0]
    assert "\n" not in register.errors[0]


REFUSED = [
    (b"schema: https://schouw.example.org/schema/register/9\nentries: []", "field schema: must be"),
    (f"schema: {SCHEMA}\nentries: 3".encode(), "field entries: must be a list"),
    (f"schema: {SCHEMA}\nentries: []".encode(), "no entry could be read"),
    (f"schema: {SCHEMA}\nentries: [7]".encode(), "entry 1: is not a mapping of fields"),
    (f"schema: {SCHEMA}\nentries: []\nextra: 1".encode(), "1 fields beside schema and entries"),
    (f"schema: {SCHEMA}\na: &a [1]\nentries: [*a]".encode(), "anchors and aliases"),
]


@pytest.mark.parametrize(("octets", "reason"), REFUSED)
def test_an_unusable_document_is_an_error(octets, reason):
    with pytest.raises(RegisterError) as refused:
        read_register("register.yaml", octets)

    assert reason in refused.value.diagnostics()
    assert refused.value.diagnostics().startswith("register.yaml: ")


def test_what_is_written_reads_the_same():
    register = read(ENTRY, WHOLE)
    again = read_register("register.yaml", write(register))

    assert register.errors == again.errors == ()
    assert again.entries == register.entries
    assert write(again) == write(register)


def test_the_sample_says_all_that_the_schema_can():
    register = read(WHOLE)
    said = register.entries[0].model_dump(exclude_defaults=True)

    assert said.keys() == type(register.entries[0]).model_fields.keys()


def test_categories_that_were_read_are_not_read_anew():
    """A later version may know more words: what was written down stays as it was."""
    register = read({**ENTRY, "streams": [{"declared_text": "Onleesbaar"}], "type": ""})
    text = write(register).decode()

    assert "categories: []" in text
    assert read_register("register.yaml", text.encode()).entries == register.entries


@given(
    st.text(max_size=80),
    st.floats(min_value=1e-6, allow_infinity=False, allow_nan=False),
    st.none() | st.booleans(),
)
def test_any_text_and_number_survives(text, seconds, flag):
    stream = {
        "declared_text": text,
        "categories": ["sound_level"],
        "mapping": {"method": "human"},
        "interval_seconds": seconds,
        "contains_personal_data": flag,
    }
    row = ("VB-1", {"entry_id": "VB-1", "name": text[:50], "streams": [stream]})
    register = build_register("r", b"", "canonical", [row])

    assert read_register("r", write(register)).entries == register.entries


def test_endless_seconds_are_refused():
    stream = {"declared_text": "Wind", "interval_seconds": float("inf")}
    octets = yaml.safe_dump({"schema": SCHEMA, "entries": [{**ENTRY, "streams": [stream]}]})

    with pytest.raises(RegisterError, match="interval_seconds: input should be a finite number"):
        read_register("register.yaml", octets.encode())
