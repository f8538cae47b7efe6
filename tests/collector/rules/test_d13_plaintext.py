"""D13: sensitive data without encryption: what it says, and where it must not accuse."""

import pytest

# Label, what the entry says, what its device does, each (kind, severity, category) expected.
CASES = [
    (
        "violating: personal, in the clear",
        {},
        {"sends": ["audio_stream"]},
        [("finding", "medium", "audio_stream")],
    ),
    (
        "violating: personal, in the clear, to outside",
        {},
        {"sends": ["audio_stream"], "to": "plain cloud"},
        [("finding", "high", "audio_stream")],
    ),
    ("conforming: encrypted", {}, {"sends": ["audio_stream"], "to": "encrypted broker"}, []),
    ("conforming: measurements", {}, {"sends": ["sound_level"]}, []),
    (
        "insufficient coverage: unsure",
        {},
        {"sends": ["audio_stream"], "confidence": 0.6},
        [("question", "medium", "audio_stream")],
    ),
    (
        "insufficient coverage: security not seen",
        {},
        {"sends": ["audio_stream"], "to": "unknown broker"},
        [],
    ),
    (
        "must not accuse: a password in the clear is D26's",
        {},
        {"sends": ["sound_level"], "authentication": "password in clear"},
        [],
    ),
    (
        "must not accuse: a broker without passwords is D26's",
        {},
        {"sends": ["sound_level"], "authentication": "none"},
        [],
    ),
]


@pytest.mark.parametrize(
    ("label", "entry", "device", "expected"), CASES, ids=[case[0] for case in CASES]
)
def test_what_d13_says(label, entry, device, expected, say):
    said = say("D13", entry, device)

    assert [(f.kind, f.severity, f.category) for f in said] == expected
