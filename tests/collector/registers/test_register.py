"""Choosing a form, and what is said of a file that has none."""

import json
import random

import pytest

from schouw_collector.errors import RegisterError
from schouw_collector.registers.register import build_register
from schouw_collector.registers.register_reading import read_register, register_formats

AMSTERDAM = json.dumps(
    [
        {
            "reference": f"VB-{n:03}",
            "type": "Geluidsensor",
            "datastream": "Geluidsniveau",
            "contains_pi_data": False,
            "observation_goals": [],
            "active_until": "2028-12-31",
        }
        for n in range(20)
    ]
).encode()
CANONICAL = b"""schema: https://schouw.example.org/schema/register/1
entries:
- entry_id: VB-001
  type: Geluidsensor
  streams: [{declared_text: Geluidsniveau, contains_personal_data: false}]
- entry_id: VB-002
  type: Klimaatsensor
  streams: [{declared_text: Wind}]
"""


@pytest.mark.parametrize(
    ("octets", "format_id", "count"),
    [(AMSTERDAM, "amsterdam_api", 20), (CANONICAL, "canonical", 2)],
)
def test_the_form_is_recognised_by_the_content_alone(octets, format_id, count):
    register = read_register("whatever", octets)

    assert (register.format, len(register.entries), register.errors) == (format_id, count, ())
    assert len(register.sha256) == 64


@pytest.mark.parametrize(
    ("octets", "reason"),
    [
        (b"", "not a register in a known form"),
        (b"{}", "not a register in a known form"),
        (b"{", "not valid JSON, line 1"),
        (b"a: [", "not valid YAML"),
        (b"\x89PNG\r\n\x1a\n", "not valid YAML"),
        (b"naam;type\nA;B", "not a register in a known form"),
    ],
)
def test_what_is_no_register_gets_one_line(octets, reason):
    with pytest.raises(RegisterError) as refused:
        read_register("lijst", octets)

    line = refused.value.diagnostics()
    assert line.startswith("lijst: ")
    assert reason in line
    assert "\n" not in line


@pytest.mark.parametrize("octets", [AMSTERDAM, CANONICAL], ids=["amsterdam_api", "canonical"])
def test_a_damaged_copy_gives_entries_or_one_error(octets):
    chance = random.Random(20261123)
    lines, whole = [], 0
    for _ in range(60):
        start = chance.randrange(len(octets))
        slice_ = bytes(chance.randrange(256) for _ in range(chance.randrange(1, 12)))
        try:
            register = read_register(
                "damaged", octets[:start] + slice_ + octets[start + len(slice_) :]
            )
        except RegisterError as error:
            lines.append(error.diagnostics())
        else:
            whole += bool(register.entries)
            lines.extend(register.errors)
    assert whole
    assert lines
    assert all(line.startswith("damaged: ") and "\n" not in line for line in lines)


def test_every_form_has_a_title_and_a_reference():
    formats = register_formats()

    assert set(formats) >= {"amsterdam_api", "canonical"}
    assert all(form.title and form.reference for form in formats.values())


@pytest.mark.parametrize(
    ("reference", "told"),
    [
        ("VB-001", " (VB-001)"),
        ("Kade 12 mast #3/b", " (Kade 12 mast #3/b)"),
        # A row whose separators were damaged is all in one cell.
        ("VB-001»Gemeente Voorbeeldstad»A. Zandstra", ""),
        ("VB-001;Gemeente Voorbeeldstad;A. Zandstra", ""),
        ("VB-001,Voorbeeldstad,A. Zandstra", ""),
        ("VB-001\x07", ""),
        ("VB-001 (noord)", ""),
        (f"VB-{'0' * 40}", ""),
        ("", ""),
    ],
)
def test_an_error_quotes_a_reference_and_nothing_else(reference: str, told: str) -> None:
    rows = [(reference, "field type: is missing"), ("VB-002", {"entry_id": "VB-002"})]
    register = build_register("register.csv", b"", "table", rows)
    assert register.errors == (f"register.csv: entry 1{told}: field type: is missing",)
