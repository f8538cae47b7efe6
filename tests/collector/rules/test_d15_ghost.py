"""D15: entries that fell silent: only where somebody listened for long enough."""

import pytest

from tests.collector.rules.declared import counter, entry, sends

SENSOR = sends("people_count")
EACH_HOUR = {"interval_seconds": 3600}
ALL_DAY = 1440


def listened(days, minutes=ALL_DAY, heard_first=True):
    """Return a day of listening for each of so many days, of which the device was heard on one."""
    rows = [(n + 1, minutes, []) for n in range(days)]
    return [*rows, (days + 1, minutes, [SENSOR])] if heard_first else rows


SCENES = [
    (counter(EACH_HOUR), None, [], {"before": listened(20)}),
    (counter(EACH_HOUR, active_until="2030-12-31"), None, [], {"before": listened(20)}),
]

# Label, entry, what its device sends now, what was seen before, how many questions.
CASES = [
    (
        "violating: heard three weeks ago, and never since",
        counter(EACH_HOUR),
        None,
        listened(20),
        1,
    ),
    (
        "violating: an hour a day, of a sensor of every minute",
        counter({"interval_seconds": 60}),
        None,
        listened(20, minutes=60),
        1,
    ),
    (
        "violating: before its end date",
        counter(EACH_HOUR, active_until="2026-12-31"),
        None,
        listened(20),
        1,
    ),
    ("conforming: heard today", counter(EACH_HOUR), SENSOR, listened(20), 0),
    (
        "conforming: its time is over",
        counter(EACH_HOUR, active_until="2026-09-01"),
        None,
        listened(20),
        0,
    ),
    (
        "conforming: it is to begin",
        counter(EACH_HOUR, active_from="2026-10-20"),
        None,
        listened(20),
        0,
    ),
    (
        "conforming: it began last week",
        counter(EACH_HOUR, active_from="2026-09-28"),
        None,
        listened(20),
        0,
    ),
    ("insufficient coverage: a short look", counter(EACH_HOUR), None, [], 0),
    ("insufficient coverage: a week", counter(EACH_HOUR), None, listened(7), 0),
    (
        "insufficient coverage: an hour a day, of a sensor of every day",
        counter({"interval_seconds": 86_400}),
        None,
        listened(20, minutes=60),
        0,
    ),
    (
        "insufficient coverage: never heard, nor anything like it",
        counter(EACH_HOUR),
        None,
        listened(40, heard_first=False),
        0,
    ),
    (
        "must not accuse: a mobile sensor may be elsewhere",
        counter(EACH_HOUR, location={"mobile": True}),
        None,
        listened(20),
        0,
    ),
    (
        "must not accuse: no interval is known",
        entry({"declared_text": "xyzzy"}, type="Overig"),
        None,
        listened(8),
        0,
    ),
]


@pytest.mark.parametrize(
    ("label", "entry", "device", "before", "expected"), CASES, ids=[case[0] for case in CASES]
)
def test_what_d15_asks(label, entry, device, before, expected, say):
    said = say("D15", entry, device, before=before)

    assert [(f.kind, f.severity) for f in said] == [("question", "info")] * expected


def test_it_says_when_and_for_how_long_was_listened(say):
    (question,) = say("D15", counter(EACH_HOUR), None, before=listened(20))

    assert "The last sign was on 15 September 2026." in question.observed.en
    assert "on 21 days somebody listened (20 days in all) and heard nothing" in question.observed.en


def test_an_unbound_entry_is_no_ghost(say):
    said = say("D15", counter(EACH_HOUR), None, before=listened(20), bindings=[])

    assert said == []


@pytest.mark.parametrize(("days", "asked"), [(40, True), (20, False)])
def test_never_heard_is_asked_where_another_was_heard_by_the_like_of_its_binding(days, asked, say):
    two = [
        {"entry": e, "kind": "mac", "pattern": f"02:00:5e:00:5{n}:01", "set_by": "beheerder"}
        for n, e in ((3, "VB-001"), (9, "VB-002"))
    ]
    said = say(
        "D15",
        {"reference": "VB-001"},
        SENSOR,
        more=[{"reference": "VB-002"}],
        before=listened(days, heard_first=False),
        bindings=two,
    )

    assert [(f.entry_id, f.kind) for f in said] == [("VB-002", "question")] * asked
    if asked:
        assert "No device of this entry was ever seen." in said[0].observed.en


def test_losses_are_no_listening(say, make_report, make_device):
    lossy = {"coverage": {"kernel_drops": 3}}
    rows = [(n + 1, ALL_DAY, [], lossy) for n in range(20)]
    heard = [(21, ALL_DAY, [SENSOR])]

    assert say("D15", counter(EACH_HOUR), None, before=[*rows, *heard]) == []


def test_another_agent_that_listens_elsewhere_is_none(say):
    elsewhere = {"agent_id": "elsewhere"}
    rows = [(n + 1, ALL_DAY, [], elsewhere) for n in range(20)]
    heard = [(21, ALL_DAY, [SENSOR])]

    assert say("D15", counter(EACH_HOUR), None, before=[*rows, *heard]) == []
