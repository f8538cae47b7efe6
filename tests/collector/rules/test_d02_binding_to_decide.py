"""D02: replaced hardware and contradictions of identity are questions for people."""

import pytest

RULE = "D02"
MAC_A, MAC_B, MAC_C = (f"02:00:5e:00:53:0{n}" for n in (1, 2, 3))
BOUND = {"kind": "mac", "pattern": MAC_A}


def device(mac=None, **identifiers):
    extra = {k[1:]: identifiers.pop(k) for k in list(identifiers) if k[0] == "_"}
    known = {**({"mac": mac} if mac else {}), **identifiers}
    return {"emissions": ["sound_level"], "identifiers": known, **extra}


OLD, NEW = device(MAC_A, client_id="geluid-1"), device(MAC_B, client_id="geluid-1")

# Label, days, bindings, start of the aspect of each question.
CASES = [
    ("violating: the same client id on other hardware", [[OLD], [NEW]], [BOUND], ["replaced by"]),
    (
        "violating: the same topic on other hardware",
        [[device(MAC_A, topic="plein/geluid")], [device(MAC_B, topic="plein/geluid")]],
        [BOUND],
        ["replaced by"],
    ),
    ("violating: one client id at the same time", [[OLD, NEW]], [BOUND], ["differ in mac"]),
    ("violating: by turns", [[OLD], [NEW], [OLD]], [], ["differ in mac"]),
    (
        "violating: two serial numbers behind one address",
        [[device(MAC_A, serial="SN-7001")], [device(MAC_A, serial="SN-7002")]],
        [],
        ["differ in serial"],
    ),
    (
        "conforming: both are bound by what tells them apart",
        [[OLD, NEW]],
        [BOUND, {"kind": "mac", "pattern": MAC_B}],
        [],
    ),
    (
        "conforming: the successor is bound",
        [[OLD], [NEW]],
        [BOUND, {"kind": "mac", "pattern": MAC_B}],
        [],
    ),
    ("conforming: bound by what both have", [[OLD], [NEW]],
     [{"kind": "client_id", "pattern": "geluid-1"}], []),
    ("insufficient coverage: the old one is still there", [[device(MAC_A, topic="t")],
     [device(MAC_A, topic="t"), device(MAC_B, topic="t")]], [BOUND], []),
    ("insufficient coverage: the old one was not bound", [[OLD], [NEW]], [], []),
    (
        "insufficient coverage: three have used it",
        [[OLD], [NEW], [device(MAC_C, client_id="geluid-1")]],
        [BOUND],
        [],
    ),
    (
        "must not accuse: another kind of thing",
        [[device(MAC_A, topic="t", _model="PB-7")], [device(MAC_B, topic="t", _model="Zoemer")]],
        [BOUND],
        [],
    ),
    ("must not accuse: a topic that several share", [[device(MAC_A, topic="t"),
     device(MAC_B, topic="t")]], [], []),
    (
        "must not accuse: a template",
        [[device(MAC_A, client_id="m-{id}")], [device(MAC_B, client_id="m-{id}")]],
        [BOUND],
        [],
    ),
    ("must not accuse: two networks of one machine", [[device(MAC_A, serial="SN-7001")],
     [device(MAC_B, serial="SN-7001")]], [BOUND], []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("label", "days", "bindings", "expected"), CASES, ids=[c[0] for c in CASES]
)
def test_what_d02_asks(label, days, bindings, expected, say_daily):
    said = say_daily(RULE, {}, days, bindings)

    assert [f.aspect[: len(e)] for f, e in zip(said, expected, strict=True)] == expected
    assert {f.kind for f in said} <= {"question"}


def test_a_replacement_is_about_the_entry_and_not_asked_twice(say_daily):
    (question,) = say_daily(RULE, {}, [[OLD], [NEW]], [BOUND])

    assert question.entry_id == "VB-001"
    assert question.device_ids == ("1/d1", "2/d1")
    assert "geluid-1" in question.observed.en
    assert say_daily("D01", {}, [[OLD], [NEW]], [BOUND]) == []


def test_what_the_conflict_is_about_stands_in_the_question(say_daily):
    (question,) = say_daily(RULE, {}, [[OLD, NEW]])

    assert question.observed.en == (
        "The client id “geluid-1” was seen at 2 devices, at the same time or by turns. "
        "They differ in the MAC address."
    )
    assert len(question.device_ids) == 2
