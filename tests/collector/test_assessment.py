"""Reports and a register together: order, merging of reports, exit codes."""

import json
from datetime import timedelta

import pytest

from schouw_collector.assessment import assess, exit_code
from schouw_collector.binding.binding import read_bindings
from schouw_collector.errors import BindingError
from schouw_collector.records import SEVERITIES, Assessment
from schouw_collector.registers.register_reading import read_register

PERSON = "Ilse van der Kade"


def device_of(reference, text, **changes):
    return {
        "reference": reference,
        "owner": {"name": PERSON, "email": "ilse@voorbeeld.example", "organisation": PERSON},
        "type": "Geluidsensor",
        "datastream": text,
        "contains_pi_data": False,
        "observation_goals": [{"observation_goal": "Meten.", "legal_ground": "Publieke taak"}],
        "active_until": "2028-12-31",
        **changes,
    }


REGISTER = read_register(
    "https://user:secret@voorbeeld.example/api/?token=abc",
    json.dumps(
        [
            device_of("VB-001", "Geluidsniveau; geen opnamen"),
            device_of("VB-002", "Luchttemperatuur", type="Klimaatsensor"),
            device_of("VB-003", "Temperatuur", contains_pi_data="x"),
        ]
    ).encode(),
)
BINDINGS = read_bindings(
    "bindings.yaml",
    json.dumps(
        {
            "schema": "https://schouw.example.org/schema/bindings/1",
            "bindings": [
                {
                    "entry": f"VB-00{n}",
                    "kind": "mac",
                    "pattern": f"02:00:5e:00:53:0{n}",
                    "set_by": "b",
                }
                for n in (1, 2)
            ],
        }
    ).encode(),
)


@pytest.fixture
def scene(make_device, make_report):
    return make_report(
        [
            make_device("a", ["sound_level", "audio_stream"]),
            make_device("b", ["opaque_payload"], {"mac": "02:00:5e:00:53:09"}),
            make_device("c", [], {"mac": "02:00:5e:00:53:0a"}, role="broker"),
        ]
    )


def test_an_assessment_holds_all_that_was_seen_and_declared(scene):
    assessment = assess([scene], REGISTER, BINDINGS, order_exclusions=["camera"], software="s 1")

    first, second = assessment.entries
    assert (first.entry_id, first.device_ids, first.coverage_share) == ("VB-001", ("a",), 1.0)
    assert {v.category: v.verdict for v in first.verdicts} == {
        "audio_stream": "undeclared",
        "sound_level": "declared_and_observed",
    }
    assert {v.verdict for v in second.verdicts} == {"not_assessable"}
    assert assessment.unbound_devices == ("b",)
    assert assessment.infrastructure_devices == ("c",)
    assert assessment.outside_order == ("camera",)
    assert len(assessment.register_errors) == 1
    assert "opnamen" in first.mapping_note.nl
    assert first.mapping_note.en.startswith("Read as:")


def test_no_person_and_no_credential_stands_in_it(scene):
    said = assess([scene], REGISTER, BINDINGS, software="s 1").model_dump_json()

    for secret in (PERSON, "Kade", "ilse@", "secret", "token"):
        assert secret not in said


def test_it_survives_json(scene):
    assessment = assess([scene], REGISTER, BINDINGS, software="s 1")

    assert Assessment.model_validate_json(assessment.model_dump_json(by_alias=True)) == assessment


def test_the_same_input_gives_the_same_assessment_in_any_order_of_reports(make_device, make_report):
    reports = [
        make_report([make_device("a", ["sound_level"])], minutes=5, sequence=n) for n in range(3)
    ]

    one, other = (
        assess(order, REGISTER, BINDINGS, software="s 1") for order in (reports, reports[::-1])
    )
    assert one == other


def test_findings_come_worst_first_and_before_questions(scene):
    findings = assess([scene], REGISTER, BINDINGS, software="s 1").findings
    order = [(-SEVERITIES.index(f.severity), f.kind == "question") for f in findings]

    assert order == sorted(order)
    assert findings[0].kind == "finding"


def test_without_bindings_nothing_is_held_against_an_entry(scene):
    assessment = assess([scene], REGISTER, software="s 1")

    assert {v.verdict for e in assessment.entries for v in e.verdicts} == {"not_assessable"}
    assert assessment.unbound_devices == ("a", "b")
    assert {f.kind for f in assessment.findings if f.rule_id != "D19"} == {"question"}


def test_bindings_must_name_entries_of_the_register(scene):
    stated = BINDINGS.model_copy(
        update={"bindings": (BINDINGS.bindings[0].model_copy(update={"entry": "VB-404"}),)}
    )
    with pytest.raises(BindingError, match="binding 1: entry VB-404 is not in the register"):
        assess([scene], REGISTER, stated, software="s 1")


def test_it_needs_a_report():
    with pytest.raises(ValueError, match="at least one report"):
        assess([], REGISTER, software="s 1")


def test_a_conflict_makes_questions_of_findings(make_device, make_report):
    row = BINDINGS.bindings[0]
    both = BINDINGS.model_copy(
        update={"bindings": (row, row.model_copy(update={"entry": "VB-002"}))}
    )
    device = make_device("a", ["sound_level", "air_temperature", "audio_stream"])
    assessment = assess([make_report([device])], REGISTER, both, software="s 1")

    said = {(f.rule_id, f.kind) for f in assessment.findings}
    assert ("D02", "question") in said
    assert {kind for rule, kind in said if rule in {"D03", "D04", "D05"}} == {"question"}
    undeclared = {
        v.category for e in assessment.entries for v in e.verdicts if v.verdict == "undeclared"
    }
    assert undeclared == {"audio_stream"}


def test_an_entry_answers_for_its_own_data_of_a_shared_device(make_device, make_report):
    camera = device_of("VB-002", "Camerabeelden", contains_pi_data=True)
    register = read_register(
        "register.json", json.dumps([device_of("VB-001", "Geluidsniveau"), camera]).encode()
    )
    row = BINDINGS.bindings[0]
    both = BINDINGS.model_copy(
        update={"bindings": (row, row.model_copy(update={"entry": "VB-002"}))}
    )
    device = make_device("a", ["sound_level", "video_stream"])
    assessment = assess([make_report([device])], register, both, software="s 1")

    assert {f.rule_id for f in assessment.findings} & {"D03", "D04", "D05"} == set()


EXIT_CODES = [
    ([("finding", "high")], "high", 1),
    ([("finding", "medium")], "high", 0),
    ([("finding", "medium")], "medium", 1),
    ([("finding", "info")], "info", 1),
    ([("question", "high")], "info", 0),
    ([("question", "high"), ("finding", "low")], "low", 1),
    ([], "info", 0),
]


@pytest.mark.parametrize(("said", "fail_on", "code"), EXIT_CODES)
def test_findings_and_not_questions_make_the_exit_code(
    said, fail_on, code, make_assessment, make_finding
):
    findings = tuple(make_finding(kind=kind, severity=severity) for kind, severity in said)

    assert exit_code(make_assessment(findings=findings), fail_on) == code


def test_what_two_observation_points_saw_of_a_device_is_one_device(make_device, make_report):
    first = make_report(
        [make_device("a", ["sound_level"]), make_device("b", [], {"ip": "192.0.2.7"})]
    )
    second = make_report(
        [make_device("a", [], {"ip": "192.0.2.7"}), make_device("b", ["audio_stream"])],
        start=first.end + timedelta(minutes=5),
    )
    assessment = assess([second, first], REGISTER, BINDINGS, software="s 1")

    assert [d.id for d in assessment.devices] == ["1/a", "1/b", "2/a"]
    assert assessment.entries[0].device_ids == ("1/a",)
    assert {v.category for v in assessment.entries[0].verdicts} == {"sound_level", "audio_stream"}
    assert assessment.period.end == second.end
    assert assessment.coverage.frames == 1800
