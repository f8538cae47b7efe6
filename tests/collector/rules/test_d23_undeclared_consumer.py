"""D23: consumers that nobody named: what it says, and where it must not accuse."""

import pytest

PLATES = "havenplein/sensor/1"
READER = {"address": "10.0.0.7", "role": "subscriber", "topic_filters": ["havenplein/#"]}
BROKER = {"address": "192.0.2.10", "role": "broker"}


def gets(category, reader=READER, **changes):
    """Return a device whose messages go to the municipal broker, and by it to a reader."""
    sent = {"category": category, "channel": PLATES}
    return {
        "emissions": [sent, {**sent, "recipient": reader["address"], **changes}],
        "recipients": [BROKER, reader],
    }


def asks(address, filters, category="licence_plate_raw", channel=PLATES):
    """Return a device, and the broker that tells who asked it for what."""
    reader = {"address": address, "role": "subscriber", "topic_filters": filters, "octets": 0}
    device = {"emissions": [{"category": category, "channel": channel}], "recipients": [BROKER]}
    broker = {"role": "broker", "identifiers": {"ip": "192.0.2.10"}, "recipients": [reader]}
    return device, [broker]


CONTRACT = {"id": "C1", "supplier": "Voorbeeld BV", "hosts": ["10.0.0.0/24"]}
OWN = {"mac": "02:00:5e:00:53:01", "ip": "10.0.0.7"}
CAMERA = {
    "emissions": [{"category": "video_stream", "direction": "served", "recipient": "10.0.0.9"}],
    "recipients": [{"address": "10.0.0.9", "role": "peer"}],
}
OUTSIDE = asks("203.0.113.60", ["havenplein/+/+"])

# Label, entry, device, others, what else is given, each (severity, category, recipient) expected.
CASES = [
    (
        "violating: an unknown reader on the site",
        {},
        gets("licence_plate_raw"),
        [],
        {},
        [("medium", "licence_plate_raw", "10.0.0.7")],
    ),
    (
        "violating: an unknown viewer on the site",
        {},
        CAMERA,
        [],
        {},
        [("medium", "video_stream", "10.0.0.9")],
    ),
    (
        "violating: asked for, from outside, and not seen to get",
        {},
        *OUTSIDE,
        {},
        [("high", "licence_plate_raw", "203.0.113.60")],
    ),
    (
        "violating: asked for as one of a group",
        {},
        *asks("203.0.113.60", ["$share/group/havenplein/#"]),
        {},
        [("high", "licence_plate_raw", "203.0.113.60")],
    ),
    (
        "violating: an unknown reader of a device that is bound to no entry",
        {},
        None,
        [gets("licence_plate_raw")],
        {},
        [("medium", "licence_plate_raw", "10.0.0.7")],
    ),
    (
        "violating: asked for, of a device that is bound to no entry",
        {},
        None,
        [OUTSIDE[0], *OUTSIDE[1]],
        {},
        [("high", "licence_plate_raw", "203.0.113.60")],
    ),
    (
        "conforming: a municipal reader of a device that is bound to no entry",
        {},
        None,
        [gets("licence_plate_raw")],
        {"municipal_hosts": ["192.0.2.10", "10.0.0.7"]},
        [],
    ),
    (
        "must not accuse: measurements of a device that is bound to no entry",
        {},
        None,
        [gets("sound_level")],
        {},
        [],
    ),
    (
        "conforming: a server of the municipality",
        {},
        gets("licence_plate_raw"),
        [],
        {"municipal_hosts": ["192.0.2.10", "10.0.0.7"]},
        [],
    ),
    (
        "conforming: a server in a contract for this entry",
        {},
        gets("licence_plate_raw"),
        [],
        {"governance": {"contracts": [{**CONTRACT, "entries": ["VB-001"]}]}},
        [],
    ),
    (
        "conforming: a peer that the entry's network names",
        {"entry_id": "VB-001", "network": {"peers": ["10.0.0.7"]}},
        gets("licence_plate_raw"),
        [],
        {},
        [],
    ),
    (
        "conforming: asked for, and in a contract",
        {},
        *OUTSIDE,
        {
            "governance": {
                "contracts": [{**CONTRACT, "hosts": ["203.0.113.60"], "entries": ["VB-001"]}]
            }
        },
        [],
    ),
    (
        "insufficient coverage: a guess at what it is",
        {},
        gets("licence_plate_raw", confidence=0.4),
        [],
        {},
        [],
    ),
    (
        "insufficient coverage: what it asked for was at another broker",
        {},
        OUTSIDE[0],
        [{**OUTSIDE[1][0], "identifiers": {"ip": "192.0.2.99"}}],
        {},
        [],
    ),
    (
        "insufficient coverage: nothing asked, nothing seen",
        {},
        *asks("203.0.113.60", []),
        {},
        [],
    ),
    (
        "must not accuse: measurements may be read",
        {},
        gets("sound_level"),
        [],
        {},
        [],
    ),
    (
        "must not accuse: from outside it is D06's",
        {},
        gets("licence_plate_raw", {**READER, "address": "203.0.113.60"}),
        [],
        {},
        [],
    ),
    (
        "must not accuse: recipients are named, and this is D06's",
        {"entry_id": "VB-001", "recipients": [{"organisation": "Voorbeeld BV"}]},
        gets("licence_plate_raw"),
        [],
        {},
        [],
    ),
    (
        "must not accuse: the device reads its own topic",
        {},
        {**gets("licence_plate_raw"), "identifiers": OWN},
        [],
        {},
        [],
    ),
    (
        "must not accuse: other topics were asked for",
        {},
        *asks("203.0.113.60", ["weer/#"]),
        {},
        [],
    ),
    (
        "must not accuse: a server that takes, without looking on",
        {},
        gets("licence_plate_raw", {"address": "10.0.0.7", "role": "peer"}),
        [],
        {},
        [],
    ),
]  # fmt: skip
SCENES = [case[1:5] for case in CASES[:3]]


@pytest.mark.parametrize(
    ("label", "entry", "device", "others", "given", "expected"),
    CASES,
    ids=[case[0] for case in CASES],
)
def test_what_d23_says(label, entry, device, others, given, expected, say):
    said = say("D23", entry, device, others=others, **given)

    assert [(f.severity, f.category, f.recipient) for f in said] == expected
    assert all(f.kind == "question" for f in said)


def test_a_contract_for_other_entries_does_not_answer(say):
    contract = {**CONTRACT, "entries": ["VB-002"]}

    assert say("D23", {}, gets("licence_plate_raw"), governance={"contracts": [contract]})


def test_a_contract_with_the_supplier_of_the_entry_answers(say):
    entry = {"entry_id": "VB-001", "supplier": "Voorbeeld BV"}
    governance = {"contracts": [CONTRACT]}

    assert say("D23", entry, gets("licence_plate_raw"), governance=governance) == []
    assert say("D23", {"entry_id": "VB-001"}, gets("licence_plate_raw"), governance=governance)


def test_one_reader_of_many_entries_is_one_question(say):
    second = {"reference": "VB-002"}
    device, others = gets("licence_plate_raw"), []
    rows = {"kind": "mac", "set_by": "beheerder", "pattern": "02:00:5e:00:53:01"}
    bindings = [{**rows, "entry": "VB-001"}, {**rows, "entry": "VB-002"}]
    (question,) = say("D23", {}, device, others=others, more=[second], bindings=bindings)

    assert question.entry_id == ""
    assert "VB-001 and VB-002" in question.declared.en


def test_asked_and_got_is_told_once(say):
    device, others = asks("10.0.0.7", ["havenplein/#"])
    device = {**gets("licence_plate_raw")}
    (question,) = say("D23", {}, device, others=others)

    assert "gets" in question.observed.en
