"""D27: the municipality's own list: what it says, and where it must not accuse."""

import pytest

ROW = {
    "name": "Telvision",
    "reason": "De raad wil weten waar deze camera's hangen.",
    "decision": "Motie 12, 3 juni 2026",
    "hosts": ["*.telvision.example"],
}
LIST = {"governance": {"watch_list": [ROW]}}
UPLOAD = {"host": "upload.telvision.example", "address": "203.0.113.50", "role": "cloud"}

# Label, what the entry says, what its device is, what is given, whether it speaks.
CASES = [
    (
        "violating: the device says so itself",
        {},
        {"vendor": "TELVISION B.V.", "emissions": []},
        LIST,
        True,
    ),
    (
        "violating: it names a model of theirs",
        {},
        {"model": "Telvision TV-9", "emissions": []},
        LIST,
        True,
    ),
    (
        "violating: it sends to their server",
        {},
        {
            "emissions": [{"category": "wind", "recipient": "upload.telvision.example"}],
            "recipients": [UPLOAD],
        },
        LIST,
        True,
    ),
    (
        "violating: a certificate of theirs",
        {},
        {
            "emissions": [
                {"category": "opaque_payload", "certificate_names": ["a.telvision.example"]}
            ]
        },
        LIST,
        True,
    ),
    (
        "violating: the register names them",
        {"entry_id": "VB-001", "device": {"manufacturer": "Telvision"}},
        None,
        LIST,
        True,
    ),
    ("conforming: another vendor", {}, {"vendor": "Voorbeeld BV", "emissions": []}, LIST, False),
    (
        "conforming: an empty list",
        {},
        {"vendor": "Telvision", "emissions": []},
        {"governance": {}},
        False,
    ),
    ("insufficient coverage: no vendor is known", {}, {"emissions": []}, LIST, False),
    ("insufficient coverage: no governance file", {}, {"vendor": "Telvision"}, {}, False),
    (
        "must not accuse: a name that only holds the other",
        {},
        {"vendor": "Satelvisions Ltd", "model": "Stelvisionary", "emissions": []},
        LIST,
        False,
    ),
    (
        "must not accuse: a host that only ends alike",
        {},
        {
            "emissions": [{"category": "wind", "recipient": "nottelvision.example"}],
            "recipients": [{**UPLOAD, "host": "nottelvision.example"}],
        },
        LIST,
        False,
    ),
]
SCENES = [({}, CASES[0][2], [], LIST)]


@pytest.mark.parametrize(
    ("label", "entry", "device", "given", "speaks"), CASES, ids=[case[0] for case in CASES]
)
def test_what_d27_says(label, entry, device, given, speaks, say):
    said = say("D27", entry, device, **given)

    assert [(f.kind, f.severity) for f in said] == [("question", "info")] * speaks
    for finding in said:
        assert ROW["reason"] in finding.declared.nl
        assert ROW["reason"] in finding.declared.en
        assert ROW["decision"] in finding.declared.en


def test_a_network_recorder_is_told_too(say):
    recorder = {"role": "infrastructure", "vendor": "Telvision", "emissions": []}
    (question,) = say("D27", {}, None, others=[recorder], **LIST)

    assert question.device_ids == ("x1",)


def test_the_maker_of_a_chip_is_less_sure(say):
    (by_chip,) = say("D27", {}, {"vendor": "Telvision", "emissions": []}, **LIST)
    (by_model,) = say("D27", {}, {"model": "Telvision TV-9", "emissions": []}, **LIST)

    assert by_chip.confidence < by_model.confidence


def test_each_row_of_the_list_is_a_question_of_its_own(say):
    both = {"governance": {"watch_list": [ROW, {**ROW, "name": "TV-9", "hosts": []}]}}

    assert len(say("D27", {}, {"model": "Telvision TV-9", "emissions": []}, **both)) == 2
