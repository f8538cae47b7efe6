"""Files that say more than the register: read by a check, kept in the evidence, and assessed."""

import json
from pathlib import Path

import pytest
import yaml

from schouw_collector.assessment import assess
from schouw_collector.binding.binding import read_bindings
from schouw_collector.declared.capability import ModelCapability
from schouw_collector.errors import RegisterError
from schouw_collector.registers.register_reading import read_register
from schouw_collector.spot_check import check

REGISTER = """
schema: https://schouw.example.org/schema/register/1
entries:
- entry_id: VB-001
  type: Geluidsensor
  device: {manufacturer: Voorbeeld IoT, model: VB300}
  streams: [{declared_text: Geluidsniveau}]
  actuation: [{category: actuation_light_level}]
- entry_id: VB-002
  type: Klimaatsensor
  streams: [{declared_text: Wind}]
"""
BINDINGS = """
schema: https://schouw.example.org/schema/bindings/1
bindings:
- {entry: VB-002, kind: mac, pattern: "02:00:5e:00:53:01", set_by: beheerder}
"""
END_DEVICE = {
    "name": "VB300",
    "firmwareVersions": [{"version": "1.0", "numeric": 1}],
    "sensors": ["sound", "occupancy"],
}
ALGORITHMS = [
    {"name": "Drukte tellen", "organization": "Gemeente Voorbeeldstad", "lars": "7"},
    {"name": ""},
]


def test_an_assessment_says_what_each_entry_can(make_device, make_report):
    known = ModelCapability(
        vendor="Voorbeeld IoT",
        model="VB300",
        categories=("people_count", "sound_level"),
        source="vb300.yaml",
        security=("nosec",),
    )
    device = make_device("a", ["wind"]).model_copy(update={"capabilities": ("wind",)})
    assessment = assess(
        [make_report([device])],
        read_register("r.yaml", REGISTER.encode()),
        read_bindings("b.yaml", BINDINGS.encode()),
        capabilities=(known,),
        software="s 1",
    )
    first, second = assessment.entries

    assert [(c.category, c.source) for c in first.capabilities] == [
        ("actuation_light_level", "register"),
        ("people_count", "vb300.yaml"),
        ("sound_level", "vb300.yaml"),
    ]
    assert first.access == ("nosec",)
    assert [(c.category, c.source) for c in second.capabilities] == [("wind", "device")]
    assert second.access == ()


@pytest.fixture
def files(tmp_path):
    folder = tmp_path / "voorbeeld-iot"
    folder.mkdir()
    (folder / "vb300.yaml").write_text(yaml.safe_dump(END_DEVICE))
    (tmp_path / "register.yaml").write_text(REGISTER)
    (tmp_path / "algoritmes.json").write_text(json.dumps(ALGORITHMS))
    return tmp_path


@pytest.fixture
def capture():
    return Path(__file__).parents[3] / "examples/havenplein/havenplein-2026-09.pcapng"


def test_a_check_reads_them_and_keeps_their_digests(files, capture):
    done = check(
        [capture],
        register=files / "register.yaml",
        algorithms=files / "algoritmes.json",
        capabilities=[files / "voorbeeld-iot" / "vb300.yaml"],
    )

    assert [(i.kind, i.name) for i in done.inputs if i.kind not in {"capture", "register"}] == [
        ("algorithms", "algoritmes.json"),
        ("capabilities", "vb300.yaml"),
    ]
    assert all(len(i.sha256) == 64 for i in done.inputs)
    assert done.assessment.register_errors == ("algoritmes.json: entry 2: field name: is missing",)
    assert {c.category for c in done.assessment.entries[0].capabilities} == {
        "actuation_light_level",
        "presence_binary",
        "sound_level",
    }


def test_an_error_in_one_of_them_comes_before_the_captures(files):
    absent = files / "absent.pcapng"
    with pytest.raises(RegisterError, match=r"register\.yaml: neither an end device"):
        check([absent], register=files / "register.yaml", capabilities=[files / "register.yaml"])
    with pytest.raises(RegisterError, match=r"vb300\.yaml: no export"):
        check(
            [absent],
            register=files / "register.yaml",
            algorithms=files / "voorbeeld-iot" / "vb300.yaml",
        )
