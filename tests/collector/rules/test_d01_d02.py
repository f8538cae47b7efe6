"""D01 and D02: devices that are not bound are questions, never findings."""

import pytest

CLOUD = {
    "host": "in.cloud.example",
    "address": "203.0.113.9",
    "transport_security": "tls 1.3",
    "role": "cloud",
}
OPAQUE = {
    "emissions": [{"category": "opaque_payload", "recipient": "in.cloud.example"}],
    "recipients": [CLOUD],
}

# Label, unbound device, severity of the question, or None for none.
CASES = [
    ("violating: images", {"emissions": ["still_image"]}, "high"),
    ("violating: pseudonyms", {"emissions": ["wifi_mac_hashed"]}, "medium"),
    ("violating: numbers of people", {"emissions": ["people_count"]}, "low"),
    ("insufficient coverage: opaque", OPAQUE, "low"),
    (
        "insufficient coverage: unsure",
        {"emissions": [{"category": "still_image", "confidence": 0.4}]},
        None,
    ),
    ("must not accuse: measurements", {"emissions": ["air_temperature"]}, "info"),
    ("must not accuse: its own health", {"emissions": ["device_health"]}, "info"),
    ("must not accuse: nothing sent", {"emissions": []}, None),
    (
        "must not accuse: commands to it",
        {"emissions": [{"category": "actuation_light_level", "direction": "received"}]},
        None,
    ),
    ("conforming: a broker", {"emissions": ["still_image"], "role": "broker"}, None),
    ("conforming: a relay", {"emissions": ["still_image"], "role": "relay"}, None),
    ("conforming: a viewer", {"emissions": ["still_image"], "role": "viewer"}, None),
]


@pytest.mark.parametrize(("label", "device", "severity"), CASES, ids=[c[0] for c in CASES])
def test_an_unbound_device_is_a_question(label, device, severity, say):
    said = say("D01", {}, None, others=[device])

    assert [(f.kind, f.severity, f.entry_id) for f in said] == (
        [("question", severity, "")] if severity else []
    )


def test_a_bound_device_is_none(say):
    assert say("D01", {}, {"emissions": ["still_image"]}) == []


def test_the_wording_is_about_the_bindings(say):
    (question,) = say("D01", {}, None, others=[OPAQUE])

    assert question.declared.en == "This device is not in the bindings."
    assert "in.cloud.example" in question.observed.en


def test_a_device_of_an_unreadable_entry_says_so(say):
    malformed = {"reference": "VB-002", "contains_pi_data": "x"}
    (question,) = say(
        "D01", {}, {"sends": ["sound_level"]}, more=[malformed], binding={"entry": "VB-002"}
    )

    assert question.declared.en == (
        "The bindings name entry VB-002, but that entry could not be read."
    )


LOOKED_UP = {
    "kind": "mac",
    "pattern": "02:00:5e:00:54:01",
    "set_by": "beheerder sensornetwerk",
    "set_on": "2026-10-01",
    "reason": "Bezocht; hangt aan de gevel.",
}

# Label, statement, device, (kind, severity) of each expected.
STATED = [
    ("violating: looked up", "undeclared", {"sends": ["still_image"]}, [("finding", "high")]),
    ("violating: looked up, measures", "undeclared", {"sends": ["wind"]}, [("finding", "low")]),
    (
        "insufficient coverage: looked up, unsure what it sends",
        "undeclared",
        {"sends": ["still_image"], "confidence": 0.6},
        [("question", "high")],
    ),
    ("insufficient coverage: looked up, sends nothing", "undeclared", {"sends": []}, []),
    ("must not accuse: out of scope", "out_of_scope", {"sends": ["still_image"]}, []),
    (
        "must not accuse: only unbound",
        "rejected",
        {"sends": ["still_image"]},
        [("question", "high")],
    ),
]


@pytest.mark.parametrize(
    ("label", "stated", "device", "expected"), STATED, ids=[row[0] for row in STATED]
)
def test_undeclared_unbound_and_out_of_scope_are_three_things(label, stated, device, expected, say):
    row = {**LOOKED_UP, **({"entry": "VB-001"} if stated == "rejected" else {})}
    said = say("D01", {}, None, others=[device], **{stated: [row]})

    assert [(f.kind, f.severity) for f in said] == expected


def test_who_looked_it_up_and_when_is_said(say):
    (finding,) = say("D01", {}, None, others=[{"sends": ["wind"]}], undeclared=[LOOKED_UP])

    assert finding.title.en == "This device is not in the register"
    assert finding.declared.en == (
        "Looked up by beheerder sensornetwerk (2026-10-01): no entry declares this device. "
        "Explanation: Bezocht; hangt aan de gevel."
    )


def test_the_unbound_stand_with_the_most_sensitive_data_first(say):
    said = say("D01", {}, None, others=[{"sends": ["wind"]}, {"sends": ["still_image"]}])

    assert [f.device_ids for f in said] == [("x2",), ("x1",)]


BEARS = {"emissions": [{"category": "still_image", "channel": "stad/vb-001/beeld"}]}
SEVERAL = [
    {"entry": entry, "kind": "mac", "pattern": "02:00:5e:00:54:01", "set_by": "beheerder"}
    for entry in ("VB-001", "VB-002")
]

# Label, unbound device, its bindings, how many questions.
CASES_D02 = [
    ("violating: it bears a reference", BEARS, None, 1),
    ("violating: it is bound to two entries", OPAQUE, SEVERAL, 1),
    ("conforming: it is bound", BEARS, SEVERAL[:1], 0),
    ("insufficient coverage: nothing is known of it", OPAQUE, None, 0),
    (
        "must not accuse: a part of a word is no reference",
        {"emissions": [{"category": "still_image", "channel": "stad/beeld/001"}]},
        None,
        0,
    ),
    ("must not accuse: a broker carries the names of others", {**BEARS, "role": "broker"}, None, 0),
]


@pytest.mark.parametrize(
    ("label", "device", "bound", "expected"), CASES_D02, ids=[c[0] for c in CASES_D02]
)
def test_who_a_device_is_is_for_a_person_to_say(label, device, bound, expected, say):
    top = {} if bound is None else {"bindings": bound}
    said = say("D02", {}, None, others=[device], more=[{"reference": "VB-002"}], **top)

    assert [f.kind for f in said] == ["question"] * expected


def test_a_device_that_bears_a_reference_is_for_a_person_to_bind(say):
    device = {"emissions": [{"category": "still_image", "channel": "stad/vb-001/beeld"}]}

    assert say("D01", {}, None, others=[device]) == []
    (question,) = say("D02", {}, None, others=[device])
    assert (question.kind, question.severity) == ("question", "info")
    assert "VB-001" in question.observed.en


def test_d02_has_nothing_to_ask_of_what_is_bound_or_unknown(say):
    assert say("D02", {}, {"emissions": ["sound_level"]}, others=[OPAQUE]) == []


def test_no_rule_makes_a_finding_of_an_unbound_device(say):
    device = {"emissions": ["still_image", "credential"], "authentication": "password in clear"}
    for rule_id in ("D01", "D02", "D03", "D04", "D05", "D06", "D13", "D18", "D26"):
        assert {f.kind for f in say(rule_id, {}, None, others=[device])} <= {"question"}


_ANSWERS = {"emissions": [{"category": "opaque_payload", "direction": "served"}]}


@pytest.mark.parametrize(
    ("label", "address", "emissions", "asked"),
    [
        ("a municipal server answers", "192.0.2.30", _ANSWERS["emissions"], False),
        ("another server answers", "192.0.2.31", _ANSWERS["emissions"], True),
        ("it sends something of its own", "192.0.2.30", ["people_count"], True),
        ("it serves what can be read", "192.0.2.30",
         [{"category": "still_image", "direction": "served"}], True),
    ],
)  # fmt: skip
@pytest.mark.parametrize("rule_id", ["D01", "D18"])
def test_the_encrypted_answers_of_a_municipal_server_are_no_question(
    label, address, emissions, asked, rule_id, say
):
    server = {"identifiers": {"ip": address}, "emissions": emissions}
    said = say(rule_id, {}, None, others=[server], municipal_hosts=["192.0.2.30"])

    opaque = emissions is _ANSWERS["emissions"]
    assert bool(said) == (asked and (rule_id == "D01" or opaque)), label


_BROKER = {"identifiers": {"ip": "192.0.2.30"}, **_ANSWERS}
_SENT = {"category": "opaque_payload", "recipient": "mqtt.stad.example", "protocol": "tls"}
_TO_BROKER = {"host": "mqtt.stad.example", "address": "192.0.2.30", "transport_security": "tls 1.3"}
_ROOM = {
    "identifiers": {"ip": "192.0.2.40"},
    "emissions": [_SENT],
    "recipients": [_TO_BROKER],
}


@pytest.mark.parametrize(
    ("label", "others", "hosts", "asked"),
    [
        ("a broker, by the name that others asked it for", [_BROKER, _ROOM],
         ["mqtt.stad.example", "192.0.2.40"], []),
        ("by a pattern", [_BROKER, _ROOM], ["*.stad.example", "192.0.2.40"], []),
        ("a control room, to a broker by its address", [_BROKER, _ROOM],
         ["192.0.2.30", "192.0.2.40"], []),
        ("a sender that nobody named, to the broker", [_BROKER, _ROOM],
         ["mqtt.stad.example"], ["192.0.2.40"]),
        ("a broker of another name", [_BROKER, _ROOM],
         ["mqtt.elders.example"], ["192.0.2.30", "192.0.2.40"]),
        ("a control room, to another server",
         [{**_ROOM, "emissions": [{**_SENT, "recipient": "cloud.example"}]}],
         ["192.0.2.40", "192.0.2.30"], ["192.0.2.40"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("rule_id", ["D01", "D18"])
def test_a_municipal_server_is_known_by_name_and_by_address(
    label, others, hosts, asked, rule_id, say
):
    said = say(rule_id, {}, None, others=others, municipal_hosts=hosts)
    names = {f"x{n}": each["identifiers"]["ip"] for n, each in enumerate(others, 1)}

    assert sorted({names[id_] for f in said for id_ in f.device_ids}) == asked, label
