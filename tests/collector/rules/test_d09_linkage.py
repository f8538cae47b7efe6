"""D09: the same pseudonyms at two sensors: a question, where the purpose is counting."""

import pytest

from tests.collector.rules.declared import NOON, counter, entry, estimate, sends

HASHED = {"declared_text": "Gehashte wifi-MAC-adressen", "contains_personal_data": True}
SENSOR = sends("wifi_mac_hashed")


def linked(*ids, shared=None):
    return {
        "linkages": [
            {
                "device_ids": ids or ("d1", "x1"),
                "categories": ["wifi_mac_hashed"],
                "shared": shared or estimate(150),
                "horizon_seconds": 172_800,
                "since": NOON,
            }
        ]
    }


SCENES = [(counter(), SENSOR, [SENSOR], {"report": linked()})]

# Label, entry, bound device, another device, report, how many questions.
CASES = [
    ("violating: counting", counter(), SENSOR, SENSOR, linked(), 1),
    ("violating: declared pseudonyms, to count", counter(HASHED), SENSOR, SENSOR, linked(), 1),
    (
        "violating: both have a name that the agent has left out",
        counter(),
        {**SENSOR, "identifiers": {"mac": "02:00:5e:00:53:01", "client_id": "{id}"}},
        {**SENSOR, "identifiers": {"mac": "02:00:5e:00:54:77", "client_id": "{id}"}},
        linked(),
        1,
    ),
    (
        "violating: once for each entry",
        counter(),
        SENSOR,
        SENSOR,
        {"linkages": linked()["linkages"] * 2},
        1,
    ),
    ("conforming: nothing shared", counter(), SENSOR, SENSOR, {}, 0),
    (
        "conforming: travel times are the purpose",
        counter(HASHED, purposes=[{"text": "Reistijden meten door passanten te tellen."}]),
        SENSOR,
        SENSOR,
        linked(),
        0,
    ),
    (
        "conforming: routes are declared",
        counter({**HASHED, "declared_text": "Herkomst en bestemming van reizigers"}),
        SENSOR,
        SENSOR,
        linked(),
        0,
    ),
    (
        "insufficient coverage: purpose and words cannot be read",
        entry({"declared_text": "xyzzy"}, type="Overig"),
        SENSOR,
        SENSOR,
        linked(),
        0,
    ),
    (
        "insufficient coverage: the other is out of view",
        counter(),
        SENSOR,
        SENSOR,
        linked("d1", "gone"),
        0,
    ),
    (
        "must not accuse: a sound meter does not count, and what else it sends is D03's",
        entry({}),
        SENSOR,
        SENSOR,
        linked(),
        0,
    ),
    (
        "must not accuse: what carries it is no second sensor",
        counter(),
        {**SENSOR, "relay": "x1"},
        {**SENSOR, "role": "relay"},
        linked(),
        0,
    ),
    (
        "must not accuse: one sensor under two names",
        counter(),
        {**SENSOR, "identifiers": {"mac": "02:00:5e:00:53:01", "serial": "VB-77"}},
        {**SENSOR, "identifiers": {"client_id": "teller", "serial": "vb-77"}},
        linked(),
        0,
    ),
    ("must not accuse: two other devices", counter(), SENSOR, SENSOR, linked("x1", "x2"), 0),
]


@pytest.mark.parametrize(
    ("label", "entry", "device", "other", "report", "expected"),
    CASES,
    ids=[case[0] for case in CASES],
)
def test_what_d09_asks(label, entry, device, other, report, expected, say):
    said = say("D09", entry, device, others=[other, SENSOR], report=report)

    assert [f.kind for f in said] == ["question"] * expected


def test_it_gives_the_estimate_and_what_became_of_the_fine(say):
    (question,) = say("D09", counter(), SENSOR, others=[SENSOR], report=linked())
    norms = {norm.id: norm for norm in question.norms}

    assert "150 pseudonyms (between 135 and 165) were seen at two sensors" in question.observed.en
    assert "annulled" in norms["enschede-2021"].name.en
    assert question.device_ids == ("d1", "x1")


def test_the_other_entry_is_named(say):
    rows = [
        {"entry": name, "kind": "mac", "pattern": f"02:00:5e:00:5{at}:01", "set_by": "beheerder"}
        for name, at in (("VB-001", 3), ("VB-002", 4))
    ]
    said = say(
        "D09",
        {"type": "Aanwezigheid of nabijheidsensor", "datastream": "Passantentelling"},
        SENSOR,
        others=[SENSOR],
        more=[{"reference": "VB-002"}],
        bindings=rows,
        report=linked(),
    )

    assert "The other is of: VB-002." in said[0].observed.en
