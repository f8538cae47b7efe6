"""D30: what a device says that it is: what the rule says, and where it must not accuse."""

import pytest


def entry(type_="Geluidsensor", **device):
    return {"entry_id": "VB-001", "type": type_, "device": device}


def says(**facts):
    return {"emissions": ["sound_level"], **facts}


# Label, what the register says, what the device says, each severity expected.
CASES = [
    (
        "violating: another model",
        entry(manufacturer="Voorbeeld", model="SoundBox 200"),
        says(model="AirCube 7"),
        ["low"],
    ),
    (
        "violating: a sensor that says it is a camera",
        entry(category="Sensor"),
        says(services=("NetworkVideoTransmitter",)),
        ["medium"],
    ),
    (
        "violating: a sound meter with a video service",
        entry(),
        says(services=("_rtsp._tcp",)),
        ["medium"],
    ),
    ("violating: other firmware", entry(firmware="v2.4"), says(firmware="3.0.1"), ["info"]),
    (
        "conforming: the same model, written otherwise",
        entry(manufacturer="Voorbeeld", model="Voorbeeld SoundBox-200"),
        says(model="soundbox_200"),
        [],
    ),
    (
        "conforming: the same firmware, told in more detail",
        entry(firmware="2.4"),
        says(firmware="v2.4.17-build3"),
        [],
    ),
    (
        "conforming: a declared camera",
        entry("Optische / camera sensor", category="Camera"),
        says(services=("NetworkVideoTransmitter",)),
        [],
    ),
    ("insufficient coverage: the device says nothing", entry(model="SoundBox 200"), says(), []),
    ("insufficient coverage: the register says nothing", entry(""), says(model="AirCube 7"), []),
    (
        "insufficient coverage: what the register means by it is not known",
        entry("", model=""),
        says(services=("NetworkVideoTransmitter",)),
        [],
    ),
    (
        "must not accuse: another vendor alone may be that of the chip",
        entry(manufacturer="Voorbeeld"),
        says(vendor="Espressif Inc."),
        [],
    ),
    (
        "must not accuse: a type of model with its region",
        entry(model="EM-SOUND-868M"),
        says(model="em-sound"),
        [],
    ),
    (
        "must not accuse: a counter with a lens is declared as one",
        {
            "entry_id": "VB-001",
            "type": "Aanwezigheid of nabijheidsensor",
            "streams": [{"declared_text": "Telcamera, geen beelden"}],
        },
        says(services=("_rtsp._tcp",)),
        [],
    ),
    (
        "must not accuse: a screen that shows video is no camera",
        entry(category="Sensor"),
        says(services=("NetworkVideoDisplay", "MediaRenderer")),
        [],
    ),
    (
        "must not accuse: a date is no version",
        entry(firmware="najaar 2025"),
        says(firmware="3.0.1"),
        [],
    ),
]
SCENES = [(CASES[0][1], CASES[0][2], []), (CASES[1][1], CASES[1][2], [])]


@pytest.mark.parametrize(
    ("label", "stated", "device", "expected"), CASES, ids=[case[0] for case in CASES]
)
def test_what_d30_says(label, stated, device, expected, say):
    said = say("D30", stated, device)

    assert [f.severity for f in said] == expected
    assert all(f.kind == "question" for f in said)


def test_a_set_in_which_one_fits_is_no_contradiction(say):
    both = [
        {"entry": "VB-001", "kind": "mac", "pattern": f"02:00:5e:00:54:0{n}", "set_by": "beheerder"}
        for n in (1, 2)
    ]
    others = [says(model="SoundBox 200"), says(model="AirCube 7")]

    assert say("D30", entry(model="SoundBox 200"), None, others=others, bindings=both) == []
    assert say("D30", entry(model="SoundBox 200"), None, others=others[1:], bindings=both[:1])


def test_it_quotes_both(say):
    (question,) = say("D30", entry(model="SoundBox 200"), says(model="AirCube 7"))

    assert "“AirCube 7”" in question.observed.nl
    assert "“SoundBox 200”" in question.declared.nl
