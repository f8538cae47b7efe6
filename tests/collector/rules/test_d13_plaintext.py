"""D13: encryption, passwords and open brokers: what it says, and where it must not accuse."""

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
    (
        "violating: a password in the clear",
        {},
        {"sends": ["sound_level"], "authentication": "password in clear"},
        [("finding", "medium", "credential")],
    ),
    (
        "violating: a token in the clear",
        {},
        {"sends": ["credential"]},
        [("finding", "medium", "credential")],
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
        "must not accuse: nobody knows who else checks",
        {},
        {"sends": ["sound_level"], "authentication": "none"},
        [("question", "low", "")],
    ),
    (
        "must not accuse: a subscriber asks for no password",
        {},
        {"sends": ["sound_level"], "to": "subscriber", "authentication": "none"},
        [],
    ),
]


@pytest.mark.parametrize(
    ("label", "entry", "device", "expected"), CASES, ids=[case[0] for case in CASES]
)
def test_what_d13_says(label, entry, device, expected, say):
    said = say("D13", entry, device)

    assert [(f.kind, f.severity, f.category) for f in said] == expected


def test_each_broker_is_asked_once(say):
    open_ = {"sends": ["sound_level"], "authentication": "none"}
    (question,) = say("D13", {}, open_, others=[open_, open_])

    assert question.device_ids == ("d1", "x1", "x2")
    assert (question.entry_id, question.recipient) == ("", "192.0.2.10")


def test_the_password_of_a_relay_is_a_question_about_the_relay(say):
    relay = {"emissions": [], "role": "relay", "authentication": "password in clear"}
    (question,) = say("D13", {}, {"sends": ["sound_level"]}, others=[relay])

    assert (question.kind, question.entry_id, question.device_ids) == ("question", "", ("x1",))
