"""D26: passwords and open brokers: what it says, and where it must not accuse."""

import pytest

# Label, what the entry says, what its device does, each (kind, severity, category) expected.
CASES = [
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
    (
        "violating: a broker that asks for no password",
        {},
        {"sends": ["sound_level"], "authentication": "none"},
        [("question", "low", "")],
    ),
    ("conforming: TLS", {}, {"sends": ["sound_level"], "authentication": "TLS"}, []),
    (
        "conforming: a certificate of its own",
        {},
        {"sends": ["audio_stream"], "authentication": "client certificate"},
        [],
    ),
    ("insufficient coverage: no login seen", {}, {"sends": ["sound_level"]}, []),
    (
        "insufficient coverage: a token, unsure",
        {},
        {"sends": ["credential"], "confidence": 0.6},
        [("question", "medium", "credential")],
    ),
    (
        "insufficient coverage: a token, and how it was sent was not seen",
        {},
        {"sends": ["credential"], "to": "unknown broker"},
        [("question", "medium", "credential")],
    ),
    (
        "must not accuse: a token within encryption",
        {},
        {"sends": ["credential"], "to": "encrypted broker"},
        [("question", "medium", "credential")],
    ),
    (
        "must not accuse: a subscriber asks for no password",
        {},
        {"sends": ["sound_level"], "to": "subscriber", "authentication": "none"},
        [],
    ),
    (
        "must not accuse: a token below a guess",
        {},
        {"sends": ["credential"], "confidence": 0.4},
        [],
    ),
]


@pytest.mark.parametrize(
    ("label", "entry", "device", "expected"), CASES, ids=[case[0] for case in CASES]
)
def test_what_d26_says(label, entry, device, expected, say):
    said = say("D26", entry, device)

    assert [(f.kind, f.severity, f.category) for f in said] == expected


def test_each_broker_is_asked_once(say):
    open_ = {"sends": ["sound_level"], "authentication": "none"}
    (question,) = say("D26", {}, open_, others=[open_, open_])

    assert question.device_ids == ("d1", "x1", "x2")
    assert (question.entry_id, question.recipient) == ("", "192.0.2.10")


def test_the_password_of_a_relay_is_a_question_about_the_relay(say):
    relay = {"emissions": [], "role": "relay", "authentication": "password in clear"}
    (question,) = say("D26", {}, {"sends": ["sound_level"]}, others=[relay])

    assert (question.kind, question.entry_id, question.device_ids) == ("question", "", ("x1",))


def test_a_guessed_binding_makes_it_a_question(say):
    device = {"sends": ["sound_level"], "authentication": "password in clear"}
    (question,) = say("D26", {}, device, binding={"confidence": 0.6})

    assert question.kind == "question"
