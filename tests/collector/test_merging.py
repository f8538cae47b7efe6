"""Counts that add, periods that overlap, and identifiers that join."""

from datetime import timedelta

import pytest

from schouw_collector.merging import merge, merge_coverage, observed_seconds
from schouw_collector.naming import label


def test_equal_emissions_add_and_others_stay_apart(make_device, make_report):
    one = {"category": "wind", "intervals": (1, 2), "messages": 3, "octets": 30, "smallest": 5.0}
    more = {
        "category": "wind",
        "intervals": (1, 0, 4),
        "messages": 4,
        "octets": 40,
        "smallest": 2.0,
    }
    reports = [
        make_report([make_device(emissions=[one])]),
        make_report([make_device(emissions=[more, {"category": "wind", "channel": "other"}])]),
    ]
    (device,) = merge(reports).devices
    first, second = device.emissions

    assert (first.messages, first.octets, first.intervals, first.smallest) == (
        7,
        70,
        (2, 2, 4),
        2.0,
    )
    assert second.channel == "other"
    assert device.recipients[0].octets == 8000
    assert device.coverage.packets == 160


def test_canaries_of_both_are_kept_and_pseudonyms_are_never_added(make_device, make_report):
    few = {"distinct": None, "again": None, "share": None, "windows": 1, "window_seconds": 3600}
    few |= {"horizon_seconds": 86_400, "since": "2026-05-07T10:00:00Z"}
    canary = {"kind": "mac", "notation": "colons"}
    rows = [
        {"category": "wifi_mac_raw", "canaries": ({"label": label, **canary},), "recurrence": each}
        for label, each in (("mine", None), ("yours", few))
    ]
    (device,) = merge([make_report([make_device(emissions=[row])]) for row in rows]).devices
    (emission,) = device.emissions

    assert [c.label for c in emission.canaries] == ["mine", "yours"]
    assert emission.recurrence.windows == 1


@pytest.mark.parametrize(
    ("one", "other", "joined"),
    [
        ({"mac": "02:00:5e:00:53:01"}, {"mac": "02:00:5E:00:53:01"}, True),
        (
            {"dev_eui": "0257480000000121", "mac": "02:00:5e:00:53:01"},
            {"dev_eui": "0257480000000121"},
            True,
        ),
        ({"client_id": "meter-1"}, {"client_id": "meter-1"}, True),
        ({"ip": "192.0.2.7"}, {"ip": "192.0.2.7"}, False),
        ({"topic": "a/b"}, {"topic": "a/b"}, False),
        ({"mac": "02:00:5e:00:53:01"}, {"mac": "02:00:5e:00:53:02"}, False),
        ({"client_id": "{id}"}, {"client_id": "{id}"}, False),
        ({"client_id": "{id}-teller"}, {"client_id": "{id}-teller"}, False),
    ],
)
def test_only_lasting_identifiers_join(one, other, joined, make_device, make_report):
    reports = [make_report([make_device(identifiers=i)]) for i in (one, other)]

    assert len(merge(reports).devices) == (1 if joined else 2)


def test_a_relay_keeps_its_carrier(make_device, make_report):
    carried = make_device("a", identifiers={"dev_eui": "0257480000000121"}, relay="r")
    relay = make_device("r", identifiers={"mac": "02:00:5e:00:53:0f"}, role="relay")
    devices = merge([make_report([relay]), make_report([carried, relay])]).devices

    assert {d.id: d.relay for d in devices} == {"1/r": "", "2/a": "1/r"}


def test_a_single_report_keeps_its_ids(make_device, make_report):
    report = make_report([make_device("a")])

    assert merge([report]).devices == report.devices
    assert merge_coverage([report]) is report.coverage


@pytest.mark.parametrize(
    ("clocks", "said"),
    [((True, True), True), ((True, None), None), ((True, False), False), ((None, False), False)],
)
def test_the_clock_is_as_good_as_the_worst(clocks, said, make_report):
    reports = [make_report(coverage={"clock_synchronised": clock}) for clock in clocks]

    assert merge_coverage(reports).clock_synchronised is said


@pytest.mark.parametrize(
    ("offsets", "minutes"),
    [([0], 10), ([0, 10], 20), ([0, 5], 15), ([0, 0], 10), ([0, 60], 20), ([60, 0, 5], 25)],
)
def test_overlapping_periods_count_once(offsets, minutes, make_report):
    first = make_report()
    reports = [make_report(start=first.start + timedelta(minutes=offset)) for offset in offsets]

    assert observed_seconds(reports) == minutes * 60


def test_what_one_report_tells_more_of_a_device_is_kept(make_device, make_report):
    asked = {"role": "subscriber", "address": "192.0.2.20", "octets": 1}
    opaque = {"category": "opaque_payload", "returned_octets": 5, "fingerprints": ["t13d_a_b"]}
    one = make_device(
        model="PB-7", services=["bridge"], emissions=[opaque],
        recipients=[asked | {"topic_filters": ["plein/#"]}],
    )  # fmt: skip
    other = make_device(
        mud_url="https://mud.example.org/pb7", services=["bridge", "router"], emissions=[opaque],
        recipients=[asked | {"topic_filters": ["#"]}],
    )  # fmt: skip
    (device,) = merge([make_report([one]), make_report([other])]).devices

    assert (device.model, device.mud_url) == ("PB-7", "https://mud.example.org/pb7")
    assert device.services == ("bridge", "router")
    assert device.recipients[0].topic_filters == ("#", "plein/#")
    assert device.emissions[0].returned_octets == 10
    assert device.emissions[0].fingerprints == ("t13d_a_b",)


@pytest.mark.parametrize(
    ("names", "called", "why"),
    [
        ({"host_name": "axis-{id}", "client_id": "camera-3"}, "camera-3", "it fits no other"),
        ({"host_name": "axis-{id}", "mac": "02:00:5e:00:53:01"}, "02:00:5e:00:53:01", "the same"),
        ({"host_name": "axis-{id}"}, "axis-{id}", "there is nothing else"),
        ({"name": "camera-4", "client_id": "camera-3"}, "camera-4", "says the most to people"),
    ],
)
def test_a_device_is_called_by_a_name_that_fits_no_other(names, called, why, make_device):
    assert label(make_device(identifiers=names)) == called, why
