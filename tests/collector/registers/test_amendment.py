"""A draft of an amendment: what was seen, as it could be declared, for a person to decide."""

import json

import pytest

from schouw_collector.records import EntryAssessment, Verdict, Words
from schouw_collector.register_formats import amsterdam_bulk, amsterdam_iprox
from schouw_collector.registers.amendment import amended
from schouw_collector.registers.register_reading import read_register
from schouw_collector.registers.spreadsheet import read_sheets
from tests.collector.register_formats.test_amsterdam_api import DEVICE

NOTHING = Words(nl="", en="")


def assessed(entry_id, **verdicts):
    return EntryAssessment(
        entry_id=entry_id,
        name="",
        verdicts=tuple(
            Verdict(category=category, verdict=verdict, reason=NOTHING)
            for category, verdict in verdicts.items()
        ),
    )


@pytest.fixture
def draft(make_assessment):
    """Return a function that drafts the amendment of two entries for these verdicts of one."""

    def make(device=DEVICE, **verdicts):
        other = {**device, "id": 2, "reference": "VB-002"}
        register = read_register("r.json", json.dumps([device, other]).encode())
        entries = (
            assessed("VB-001", **verdicts),
            assessed("VB-002", sound_level="declared_and_observed"),
            assessed("VB-999", video_stream="undeclared"),
        )
        return amended(register, make_assessment(entries=entries))

    return make


def test_what_was_seen_is_added_and_said_to_be_a_draft(draft):
    (entry,) = draft(sound_level="declared_and_observed", people_count="undeclared").entries

    assert entry.entry_id == "VB-001"
    assert "people_count" in entry.declared_categories
    assert entry.streams[0].declared_text.startswith("Geluidsniveau")
    assert entry.streams[1].declared_text == "Aantal personen per interval"
    assert entry.description.startswith(
        "CONCEPT, hierover is nog niet besloten. Gezien op 05-10-2026 en niet aangemeld: "
        "Aantal personen per interval."
    )


@pytest.mark.parametrize(
    ("category", "box", "to_judge"),
    [
        ("people_count", False, False),
        # Pseudonymous data may be personal data: that is for a person to say.
        ("wifi_mac_hashed", False, True),
        ("video_stream", True, True),
        ("face_template", True, True),
    ],
)
def test_the_box_follows_personal_data_and_leaves_pseudonymous_data_to_a_person(
    draft, category, box, to_judge
):
    (entry,) = draft(**{category: "undeclared"}).entries

    assert entry.contains_personal_data is box
    assert ("laat dat eerst beoordelen" in entry.description) is to_judge


@pytest.mark.parametrize(
    "verdict", ["declared_and_observed", "declared_not_observed", "not_assessable"]
)
def test_what_is_as_declared_or_was_not_seen_is_not_amended(draft, verdict):
    assert draft(video_stream=verdict).entries == ()


def test_a_draft_in_the_columns_of_the_form(draft):
    register = draft(video_stream="undeclared")
    header, row = read_sheets(amsterdam_bulk.write(register))[1].rows
    said = dict(zip(header, row, strict=False))

    assert said["Referentie"] == "VB-001"
    assert said["Wat meet de sensor?"].endswith("; Videostroom")
    assert said["Worden er persoonsgegevens verwerkt?"] == "Ja"
    assert "CONCEPT, hierover is nog niet besloten." in said["Opmerking (niet verplicht)"]
    assert "U kunt dit aanmelden, of de sensor" in said["Opmerking (niet verplicht)"]

    header, row = read_sheets(amsterdam_iprox.write(register))[0].rows
    assert (
        "CONCEPT, hierover is nog niet besloten." in row[header.index("Opmerking (niet verplicht)")]
    )
