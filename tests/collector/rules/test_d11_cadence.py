"""D11: messages more often than declared: bursts, copies and crowds of devices are none."""

from datetime import timedelta

import pytest

from tests.collector.conftest import START
from tests.collector.rules.declared import counter, entry, intervals, sends

LONG = {"first_seen": START, "last_seen": START + timedelta(hours=6)}
FIVE_MINUTES = {"interval_seconds": 300}


def every(*pairs, category="people_count", **changes):
    return sends({"category": category, "intervals": intervals(*pairs), **LONG, **changes})


OFTEN = every((2, 9000))
SCENES = [(counter(FIVE_MINUTES), OFTEN, [])]

# Label, entry, device, each (kind, severity) expected.
CASES = [
    ("violating: every two seconds", counter(FIVE_MINUTES), OFTEN, [("finding", "low")]),
    (
        "violating: five times as often",
        counter(FIVE_MINUTES),
        every((50, 400)),
        [("question", "low")],
    ),
    (
        "violating: at most times",
        counter(FIVE_MINUTES),
        every((2, 9000), (300, 20)),
        [("finding", "low")],
    ),
    ("conforming: as declared", counter(FIVE_MINUTES), every((300, 70)), []),
    ("conforming: more seldom", counter(FIVE_MINUTES), every((900, 24)), []),
    (
        "conforming: twice as often is no clear difference",
        counter(FIVE_MINUTES),
        every((150, 140)),
        [],
    ),
    ("conforming: nothing is promised", counter(), OFTEN, []),
    (
        "insufficient coverage: few messages",
        counter({"interval_seconds": 3600}),
        every((2, 19)),
        [],
    ),
    (
        "insufficient coverage: one event told in detail",
        counter(FIVE_MINUTES),
        every((2, 400), last_seen=START + timedelta(minutes=14)),
        [],
    ),
    (
        "insufficient coverage: unsure what it is",
        counter(FIVE_MINUTES),
        every((2, 9000), confidence=0.4),
        [],
    ),
    (
        "insufficient coverage: fairly sure what it is",
        counter(FIVE_MINUTES),
        every((2, 9000), confidence=0.7),
        [("question", "low")],
    ),
    ("must not accuse: bursts", counter(FIVE_MINUTES), every((0.05, 700), (299, 70)), []),
    ("must not accuse: each message twice", counter(FIVE_MINUTES), every((0, 70), (300, 70)), []),
    (
        "must not accuse: a server that is asked",
        counter(FIVE_MINUTES),
        every((2, 9000), direction="served"),
        [],
    ),
    (
        "must not accuse: a topic of several devices",
        counter(FIVE_MINUTES),
        every((2, 9000), channel="teller/{id}/stand"),
        [],
    ),
    (
        "must not accuse: a relay",
        counter(FIVE_MINUTES),
        {**OFTEN, "role": "relay"},
        [],
    ),
    (
        "must not accuse: retained messages come again at each connection",
        counter(FIVE_MINUTES),
        every((2, 9000), retained=True),
        [("question", "low")],
    ),
    (
        "must not accuse: a measurement of the surroundings",
        entry(FIVE_MINUTES),
        every((2, 9000), category="sound_level"),
        [("question", "info")],
    ),
    (
        "must not accuse: its own health",
        entry({"declared_text": "Geluidsniveau", **FIVE_MINUTES}),
        every((2, 9000), category="device_health"),
        [],
    ),
    (
        "must not accuse: the interval is of another stream",
        entry(
            {},
            streams=[
                {"declared_text": "Passantentelling"},
                {"declared_text": "Geluidsniveau", **FIVE_MINUTES},
            ],
        ),
        OFTEN,
        [],
    ),
]


@pytest.mark.parametrize(
    ("label", "entry", "device", "expected"), CASES, ids=[case[0] for case in CASES]
)
def test_what_d11_says(label, entry, device, expected, say):
    said = say("D11", entry, device)

    assert [(f.kind, f.severity) for f in said] == expected


def test_several_paths_of_one_message_are_one_finding(say):
    row = OFTEN["emissions"][0]
    (finding,) = say("D11", counter(FIVE_MINUTES), sends(row, {**row, "path": "other"}))

    assert "mostly with less than 4 seconds between them" in finding.observed.en
    assert "one measurement per 5 minutes" in finding.declared.en
    assert len(finding.evidence) == 2


@pytest.mark.parametrize(
    ("category", "seconds", "words"),
    [
        ("sound_level", 0.125, "come close to the sound itself"),
        ("sound_event_class", 0.5, "come close to the sound itself"),
        ("sound_level", 8, "not about people"),
        ("relative_humidity", 0.125, "not about people"),
        ("people_count", 0.125, "what people do at a place"),
    ],
)
def test_what_more_often_would_show_depends_on_the_data(category, seconds, words, say):
    device = every((seconds, int(20_000 / seconds)), category=category)
    declared = {"declared_text": "Meting", "categories": [category], **FIVE_MINUTES}
    (finding,) = say("D11", entry(declared), device)

    assert words in finding.difference.en


def test_a_topic_is_no_device(say):
    device = {**OFTEN, "identifiers": {"topic": "teller/1/stand"}}
    binding = {"kind": "topic", "pattern": "teller/1/stand"}

    assert say("D11", counter(FIVE_MINUTES), device, binding=binding) == []
