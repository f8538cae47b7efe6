"""What within known data counts as a change, and what is jitter, chance or a lent address."""

from datetime import UTC, datetime, timedelta

import pytest

from schouw_agent.report import Estimate, PseudonymRecurrence
from schouw_collector.change.changes import compare
from schouw_collector.records import Period

START = datetime(2026, 10, 5, tzinfo=UTC)
PEER = {"host": "", "address": "10.1.2.3", "role": "peer"}
CLOUD = {"host": "", "address": "203.0.113.9", "role": "cloud"}


def _clock(seconds, messages=200, **changes):
    """An emission by the clock: every so many seconds, a few of them late."""
    bins = [0] * 30
    place = max(i for i in range(30) if 2.0 ** (i - 10) <= seconds)
    bins[place], bins[place + 1] = messages - 4, 3
    return {
        "category": "people_count",
        "messages": messages,
        "intervals": tuple(bins),
        "first_seen": START,
        "last_seen": START + timedelta(seconds=seconds * (messages - 1)),
        **changes,
    }


def _whenever(messages):
    """An emission that comes when something happens: intervals of all lengths."""
    return {
        "category": "people_count",
        "messages": messages,
        "intervals": (0,) * 8 + (messages // 8,) * 8,
        "first_seen": START,
        "last_seen": START + timedelta(days=1),
    }


def _returning(share):
    some = Estimate(estimate=100, low=90, high=110)
    recurrence = PseudonymRecurrence(
        distinct=some, again=some, share=share, windows=9, window_seconds=600,
        horizon_seconds=86400, since=START,
    )  # fmt: skip
    return {"category": "wifi_mac_hashed", "recurrence": recurrence}


def _paths(*paths, **changes):
    return [{"category": "people_count", "path": path, **changes} for path in paths]


def _topics(*topics):
    return [{"category": "people_count", "channel": topic} for topic in topics]


@pytest.fixture
def differ(make_assessment, make_device):
    """Return a function that compares two days of one unbound device."""

    def run(old, new, **changes):
        made = []
        for number, side in enumerate((old, new)):
            emissions = side if isinstance(side, list) else [side] if "category" in side else []
            device = {} if emissions else dict(side)
            device.setdefault("emissions", emissions or ["people_count"])
            start = START + timedelta(days=90 * number)
            made.append(
                make_assessment(
                    entries=(),
                    devices=(make_device("d1", **device),),
                    unbound_devices=("d1",),
                    findings=(),
                    period=Period(start=start, end=start + timedelta(days=1)),
                    **(changes if number else {}),
                )
            )
        return compare(*made).changes

    return run


CHANGES = [
    (_clock(600), _clock(300), "interval", "often", "twice as often"),
    (_clock(60), _clock(30), "interval", "every 1 minute; now about every 30 seconds", "in words"),
    ({"category": "people_count", "window_seconds": 900.0},
     {"category": "people_count", "window_seconds": 60.0}, "window", "15 minutes; now 1 minute",
     "a shorter span"),
    ({"category": "people_count", "smallest": 12.0}, {"category": "people_count", "smallest": 3.0},
     "group", "smallest number was 12; now 3", "smaller groups"),
    ({"category": "people_count", "window_seconds": 900.0}, {"category": "people_count"},
     "individual", "a total over a span of time", "no totals any more"),
    (_returning(0.1), _returning(0.3), "recurrence", "about 10%; now about 30%", "more come back"),
    (_paths("count"), _paths("count", "dwell"), "path", "dwell (“", "a field"),
    (_paths("count"), [*_paths("count"), {"category": "numeric_unclassified", "path": "x.score"}],
     "path", "x.score", "a field that nobody understands"),
    (_topics("plein/1/count"), _topics("plein/1/count", "plein/1/hall/count"), "channel",
     "plein/1/hall/count", "a topic"),
    (_topics(*(f"plein/{word}" for word in "abcdefghi")), _topics("plein/a", "plein/z"),
     "channel", "plein/z", "one of nine words is no running name"),
    ({"emissions": ["people_count"]},
     {"emissions": ["people_count", {"category": "people_count", "protocol": "http"}]},
     "protocol", "http", "a protocol"),
    ({"capabilities": ("people_count",)}, {"capabilities": ("people_count", "face_image")},
     "capability", "can sense “", "a capability enabled"),
    ({"firmware": "1.2"}, {"firmware": "1.3"}, "firmware", "1.2. Now: 1.3", "firmware"),
    ({"recipients": [PEER]}, {"recipients": [PEER, {**PEER, "address": "10.1.2.4"}]}, "recipient",
     "10.1.2.4", "one more on site"),
    ({"recipients": [PEER]}, {"recipients": [{**PEER, "address": "10.9.9.9"}]}, "recipient",
     "10.9.9.9", "another network"),
    ({"recipients": [{"host": "a.example"}]},
     {"recipients": [{"host": "b.example", "address": "192.0.2.11"}]}, "recipient",
     "b.example", "another name"),
    ({"recipients": [CLOUD]}, {"recipients": [{**CLOUD, "address": "198.51.100.7"}]}, "recipient",
     "198.51.100.7", "another address outside"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "kind", "words", "why"), CHANGES)
def test_what_changed_is_said(differ, old, new, kind, words, why):
    (found,) = differ(old, new)
    assert (found.kind, words in found.text.en, bool(found.text.nl)) == (kind, True, True), why


def test_from_dimming_to_colour_is_said(differ):
    level = {"category": "actuation_light_level", "direction": "received"}
    found = differ([level], [level, {**level, "category": "actuation_light_colour"}])
    assert found[0].kind == "category"
    assert "only told light how bright to be" in found[0].text.en


NOISE = [
    (_clock(60), _clock(40), "jitter, or a busier hour"),
    (_clock(66), _clock(62), "another bin, the same interval"),
    (_clock(64, messages=20, last_seen=START + timedelta(days=1)), _clock(64, messages=1350),
     "it was silent most of the first day"),
    (_clock(60), _clock(600), "less often"),
    (_clock(60), _clock(30, messages=8), "too few to tell"),
    (_whenever(80), _whenever(800), "what comes when it happens"),
    ({"category": "people_count", "window_seconds": 900.0},
     {"category": "people_count", "window_seconds": 600.0}, "no clear factor"),
    ({"category": "people_count", "smallest": 4.0}, {"category": "people_count", "smallest": 1.0},
     "small before"),
    ({"category": "people_count", "smallest": 12.0}, {"category": "people_count", "smallest": 7.0},
     "chance"),
    ({"category": "people_count", "smallest": 2100.0},
     {"category": "people_count", "smallest": 920.0}, "of hundreds the least is chance"),
    (_returning(0.1), _returning(0.25), "an estimate"),
    (_returning(None), _returning(0.5), "not told before"),
    (_paths("zones.1.count", "zones.2.count"), _paths("zones.17.count"), "a running number"),
    (_paths("count"), [*_paths("count"), {"category": "device_health", "path": "battery"}],
     "about the device itself"),
    (_paths("count"), [*_paths("count"), {"category": "people_count", "confidence": 0.4}],
     "too uncertain"),
    (_topics(*(f"plein/{word}" for word in "abcdefghij")), _topics("plein/z"), "running names"),
    ({"firmware": ""}, {"firmware": "1.3"}, "not told before"),
    ({"firmware": "1.3"}, {"firmware": ""}, "not told now"),
    ({"capabilities": ()}, {"capabilities": ("device_health",)}, "about the device itself"),
    ({"recipients": [PEER]}, {"recipients": [{**PEER, "address": "10.1.2.99"}]}, "lent anew"),
    ({"recipients": [{"host": "mqtt-1.example.org"}]}, {"recipients": [
        {"host": "mqtt-1.example.org"}, {"host": "mqtt-2.example.org", "address": "192.0.2.11"}]},
     "the broker's twin"),
    ({"recipients": [{**CLOUD, "address": f"203.0.113.{n}"} for n in (1, 2, 3)]},
     {"recipients": [{**CLOUD, "address": "198.51.100.7"}]}, "addresses that rotate"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "why"), NOISE)
def test_noise_is_no_change(differ, old, new, why):
    assert [c.kind for c in differ(old, new)] == [], why


@pytest.mark.parametrize(
    ("numbers", "later", "uncertain"), [(12, 12, True), (40, 400, True), (40, 40, False)]
)
def test_that_no_number_was_small_needs_numbers_enough(differ, numbers, later, uncertain):
    old = {"category": "people_count", "smallest": 12.0, "messages": numbers}
    (found,) = differ(old, {**old, "smallest": 3.0, "messages": later})
    assert (found.kind, found.uncertain) == ("group", uncertain)


OURS = [
    (_paths("count"), _paths("count", "dwell")),
    (_topics("plein/1/count"), _topics("plein/1/count", "plein/hall/count")),
    ({"capabilities": ()}, {"capabilities": ("face_image",)}),
    ({"emissions": ["people_count"]},
     {"emissions": ["people_count", {"category": "people_count", "protocol": "http"}]}),
    ({"category": "people_count"}, [{"category": "people_count"}, {"category": "still_image"}]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new"), OURS)
def test_what_only_new_knowledge_tells_is_never_the_devices_change(differ, old, new):
    found = differ(old, new, knowledge="1" * 64)
    assert {change.kind for change in found} == {"knowledge"}
    assert all("no proof that the device changed" in change.text.en for change in found)


def test_a_rhythm_that_changed_is_a_change_whatever_we_know(differ):
    (found,) = differ(_clock(600), _clock(60), knowledge="1" * 64)
    assert (found.kind, found.extent) == ("interval", 3)


def test_the_same_change_has_the_same_id_and_a_larger_one_another(differ):
    ids = {
        seconds: differ(_clock(600), _clock(seconds))[0].id for seconds in (300, 310, 290, 60, 10)
    }
    assert ids[300] == ids[310] == ids[290]
    assert len({ids[300], ids[60], ids[10]}) == 3


def test_devices_of_one_maker_that_change_alike_share_a_cause(differ):
    causes = {
        differ(
            {"firmware": "1.2", "identifiers": {"serial": serial}, "vendor": "Voorbeeld"},
            {"firmware": "1.3", "identifiers": {"serial": serial}, "vendor": "Voorbeeld"},
        )[0].cause
        for serial in ("S1", "S2")
    }
    assert len(causes) == 1


def test_a_device_known_by_a_lent_address_alone_is_known_again_by_what_it_does(differ):
    moved = {"identifiers": {"ip": "192.0.2.77"}}
    assert differ({"identifiers": {"ip": "192.0.2.7"}}, moved) == ()
    other = {**moved, "emissions": ["sound_level"]}
    found = differ({"identifiers": {"ip": "192.0.2.7"}}, other)
    assert {change.kind for change in found} == {"device", "not_assessable"}


def test_an_address_that_went_to_another_device_is_not_that_device(differ):
    found = differ(
        {"identifiers": {"mac": "02:00:5e:00:53:01", "ip": "192.0.2.7"}},
        {"identifiers": {"mac": "02:00:5e:00:53:02", "ip": "192.0.2.7"}},
    )
    assert {change.kind for change in found} == {"device", "not_assessable"}
