"""D14: sensors that outlive their date, or send before it.  The reports are of 5 October 2026."""

import pytest

SENDS = {"sends": ["sound_level"]}
CANONICAL = {
    "entry_id": "VB-001",
    "organisation": "Gemeente Voorbeeldstad",
    "streams": [{"declared_text": "Geluidsniveau"}],
}
EARLIER = {"first_seen": "2026-09-01T09:00:00Z", "last_seen": "2026-09-01T10:00:00Z"}
RECEIVED = {"emissions": [{"category": "actuation_light_level", "direction": "received"}]}
SCENES = [
    ({"active_until": "2026-10-01"}, SENDS, []),
    ({**CANONICAL, "active_from": "2026-12-01", "active_until": "2026-10-20"}, SENDS, []),
]


def until(day, **changes):
    return {"active_until": day, **changes}


# Label, entry, device, binding, (kind, severity) expected.
CASES = [
    ("violating: sends after its end", until("2026-10-04"), SENDS, {}, [("finding", "medium")]),
    ("violating: long after", until("2021-07-06"), SENDS, {}, [("finding", "medium")]),
    ("conforming: sends on its last day", until("2026-10-05"), SENDS, {}, [("question", "info")]),
    ("conforming: a date in reach", until("2026-12-05"), SENDS, {}, []),
    ("conforming: no date", until(None), SENDS, {}, []),
    ("conforming: started", {**CANONICAL, "active_from": "2026-10-05"}, SENDS, {}, []),
    (
        "insufficient coverage: expired, no device bound",
        until("2026-10-04"),
        None,
        {},
        [("question", "low")],
    ),
    (
        "insufficient coverage: only commands to it were seen",
        until("2026-10-04"),
        RECEIVED,
        {},
        [("question", "low")],
    ),
    (
        "insufficient coverage: the binding is unsure",
        until("2026-10-04"),
        SENDS,
        {"confidence": 0.6},
        [("question", "medium")],
    ),
    (
        "insufficient coverage: not started, not seen",
        {**CANONICAL, "active_from": "2026-12-01"},
        None,
        {},
        [],
    ),
    (
        "must not accuse: ends soon",
        until("2026-12-04"),
        SENDS,
        {},
        [("question", "info")],
    ),
    (
        "must not accuse: sends before its start",
        {**CANONICAL, "active_from": "2026-10-06"},
        SENDS,
        {},
        [("question", "low")],
    ),
    (
        "must not accuse: sent only before its end",
        until("2026-10-04"),
        {"emissions": [{"category": "sound_level", **EARLIER}], **EARLIER},
        {},
        [("question", "low")],
    ),
]


@pytest.mark.parametrize(
    ("label", "entry", "device", "binding", "expected"), CASES, ids=[c[0] for c in CASES]
)
def test_dates_against_what_was_seen(label, entry, device, binding, expected, say):
    said = say("D14", entry, device, binding=binding)

    assert [(f.kind, f.severity) for f in said] == expected


def test_it_says_when_and_until_when(say):
    (finding,) = say("D14", until("2026-10-04"), SENDS)

    assert "2026-10-05" in finding.observed.en
    assert "2026-10-04" in finding.declared.en
    assert finding.device_ids == ("d1",)


def test_both_dates_can_be_wrong(say):
    entry = {**CANONICAL, "active_from": "2026-12-01", "active_until": "2026-10-20"}
    said = say("D14", entry, SENDS)

    assert len({finding.id for finding in said}) == len(said) == 2
