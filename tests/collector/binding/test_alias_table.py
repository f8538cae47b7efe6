"""Who is who over several reports: tables of what is one device and what is not, and properties."""

import random
import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schouw_agent.report import Device, DeviceCoverage, Identifier, Recipient
from schouw_collector.binding.alias_resolution import resolve
from schouw_collector.binding.alias_table import AliasTable
from schouw_collector.many_reports.merging import merge

MAC_A, MAC_B = "02:00:5e:00:53:0a", "02:00:5e:00:53:0b"
EUI = "0257480000000121"

# Devices of one report a day, in order; groups that are one device; why.
ONE_DEVICE = [
    ([{"mac": MAC_A}, {"mac": MAC_A.upper()}], "the same address"),
    ([{"topic": "a/b"}, {"client_id": "m-1", "topic": "a/b"}], "a better identifier comes later"),
    ([{"client_id": "m-1", "topic": "a/b"}, {"topic": "a/b"}], "or came earlier"),
    ([{"client_id": "m-1"}, {"client_id": "m-1", "mac": MAC_A}, {"mac": MAC_A}], "step by step"),
    (
        [{"serial": "SN-7001", "mac": MAC_A}, {"serial": "SN-7001", "mac": MAC_B}],
        "a new card",
    ),
    ([{"dev_eui": EUI, "name": "x"}, {"dev_eui": EUI, "name": "y"}], "another name"),
    ([{"name": "bin-1", "topic": "z/bin-1"}, {"name": "bin-1", "topic": "z/new"}], "another topic"),
    ([{"topic": "a/{id}"}, {"topic": "a/{id}"}], "the unseen publisher of a channel"),
    ([{"ip": "192.0.2.7"}, {"ip": "192.0.2.7"}], "an address, and nothing else"),
]
SEVERAL = [
    ([{"mac": MAC_A}, {"mac": MAC_B}], "other addresses"),
    ([{"ip": "192.0.2.7"}, {"ip": "192.0.2.7", "mac": MAC_A}], "an address is given out again"),
    ([{"topic": "a/b", "mac": MAC_A}, {"topic": "a/b", "mac": MAC_B}], "they share a topic"),
    ([{"ip": "192.0.2.7", "mac": MAC_A}, {"ip": "192.0.2.7", "mac": MAC_B}], "both have it"),
    ([{"client_id": "meter-{id}"}, {"client_id": "meter-{id}"}], "a template fits several"),
    ([{"topic": "a/{id}"}, {"topic": "a/{id}", "mac": MAC_A}], "a template fits several"),
    ([{"serial": "000000"}, {"serial": "000000"}], "no real serial number"),
    ([{"serial": "12345678"}, {"serial": "12345678"}], "no real serial number"),
    ([{"serial": "SN-7001", "mac": MAC_A}, {"serial": "SN-7002", "mac": MAC_A}], "two serials"),
    ([{"client_id": "m", "mac": MAC_A}, {"client_id": "m", "mac": MAC_B}], "two MACs"),
    ([{"name": "x", "topic": "up"}, {"name": "y", "topic": "up"}], "a channel of several"),
    ([{}, {}], "nothing is known of them"),
]  # fmt: skip


@pytest.fixture
def daily(make_device, make_report):
    """Return a function that merges reports of one day each, of these devices."""

    def _daily(*days, agent="gateway-1", order=None):
        reports = []
        for number, devices in enumerate(days):
            start = make_report().start + timedelta(days=number)
            rows = [devices] if isinstance(devices, dict) else devices
            reports.append(
                make_report(
                    [
                        make_device(
                            f"d{n}",
                            identifiers={k: v for k, v in row.items() if k[0] != "_"},
                            first_seen=start,
                            last_seen=start + timedelta(hours=23),
                            **{k[1:]: v for k, v in row.items() if k[0] == "_"},
                        )
                        for n, row in enumerate(rows)
                    ],
                    start=start,
                    agent_id=agent,
                    sequence=number + 1,
                )
            )
        return merge([reports[n] for n in order] if order else reports)

    return _daily


@pytest.mark.parametrize(("days", "why"), ONE_DEVICE, ids=[row[1] for row in ONE_DEVICE])
def test_these_are_one_device(days, why, daily):
    assert len(daily(*days).devices) == 1
    assert len(daily(*reversed(days)).devices) == 1


@pytest.mark.parametrize(("days", "why"), SEVERAL, ids=[row[1] for row in SEVERAL])
def test_these_are_several(days, why, daily):
    assert len(daily(*days).devices) == len(days)
    assert len(daily(*reversed(days)).devices) == len(days)


def test_ninety_days_of_a_device_known_by_little_are_one_device(daily):
    for identifiers in ({"topic": "a/b"}, {"ip": "192.0.2.7"}, {"name": "x", "topic": "t"}):
        (device,) = daily(*[identifiers] * 90).devices
        assert device.coverage.packets == 90 * 80


def test_what_is_known_by_little_is_known_in_sight_of_one_agent_only(make_device, make_report):
    device = make_device(identifiers={"topic": "a/b"})
    here, there = (make_report([device], agent_id=f"gw-{n}", sequence=1) for n in (1, 2))

    assert len(merge([here, there]).devices) == 2
    # Spot checks are not numbered: nobody knows whether they were made in one place.
    assert len(merge([make_report([device]), make_report([device])]).devices) == 2


def test_client_ids_are_per_broker(daily):
    other = [{"address": "192.0.2.11"}]
    days = [{"client_id": "m-1"}, {"client_id": "m-1", "_recipients": other}]

    assert len(daily(*days).devices) == 2


def test_what_one_report_tells_apart_stays_apart(daily):
    twins = [{"topic": "a/b"}, {"client_id": "m-1", "topic": "a/b"}]
    same_client = [{"client_id": "m-1", "ip": "192.0.2.7"}, {"client_id": "m-1", "ip": "192.0.2.8"}]

    assert len(daily(twins, twins).devices) == 2
    assert len(daily(same_client, same_client).devices) == 2


def test_serial_numbers_are_given_by_each_maker(daily):
    days = [
        {"serial": "SN-7001", "mac": MAC_A, "_vendor": "Alfa"},
        {"serial": "SN-7001", "mac": MAC_B, "_vendor": "Beta"},
    ]
    merged = daily(*days)

    assert len(merged.devices) == 2
    assert merged.who.conflicts == ()


def test_an_ambiguous_device_is_joined_to_none(daily):
    shared = {"topic": "a/b"}
    merged = daily(shared, {"client_id": "m-1", **shared}, {"client_id": "m-2", **shared})

    assert len(merged.devices) == 3
    assert merged.who.merges == ()


def test_a_merge_is_logged_with_what_when_and_under_which_names(daily):
    merged = daily({"topic": "a/b"}, {"topic": "a/b"}, {"client_id": "m-1", "topic": "a/b"})
    (merge_,) = merged.who.merges

    assert (merge_.device_id, merge_.kind, merge_.value) == ("1/d0", "topic", "a/b")
    assert merge_.known_as == ("client_id:m-1", "topic:a/b")
    assert merge_.at == merged.devices[0].first_seen + timedelta(days=2)
    assert merged.who.former == {"1/d0": ("topic:a/b",)}


def test_the_same_device_again_is_no_merge(daily):
    merged = daily({"mac": MAC_A}, {"mac": MAC_A, "client_id": "m-1"})

    assert (merged.who.merges, merged.who.former) == ((), {})


# Days; kind and value of what is shared, kind of what differs, at the same time; or None; why.
CONFLICTS = [
    (
        [{"serial": "SN-7001", "mac": MAC_A}, {"serial": "SN-7002", "mac": MAC_A}],
        ("mac", MAC_A, "serial", False),
        "two serial numbers behind one MAC address",
    ),
    (
        [[{"client_id": "m", "mac": MAC_A}, {"client_id": "m", "mac": MAC_B}]],
        ("client_id", "m", "mac", True),
        "one client id of two machines in one report",
    ),
    (
        [{"client_id": "m", "mac": MAC_A}, {"client_id": "m", "mac": MAC_B}] * 2,
        ("client_id", "m", "mac", True),
        "by turns",
    ),
    (
        [{"client_id": "m", "mac": MAC_A}, {"client_id": "m", "mac": MAC_B}],
        ("client_id", "m", "mac", False),
        "one after the other: perhaps replaced",
    ),
    (
        [[{"serial": "SN-7001", "mac": MAC_A}, {"serial": "SN-7001", "mac": MAC_B}]],
        ("serial", "sn-7001", "mac", True),
        "one serial number of two machines at once",
    ),
    ([[{"topic": "a", "mac": MAC_A}, {"topic": "a", "mac": MAC_B}]], None, "a topic may be shared"),
    ([{"mac": MAC_A, "client_id": "m"}, {"mac": MAC_A, "client_id": "n"}], None, "two programs"),
    ([[{"client_id": "{id}", "mac": MAC_A}, {"client_id": "{id}", "mac": MAC_B}]], None, "cut out"),
]  # fmt: skip


@pytest.mark.parametrize(("days", "conflict", "why"), CONFLICTS, ids=[row[2] for row in CONFLICTS])
def test_contradictions_are_for_people_to_decide(days, conflict, why, daily):
    found = [(c.kind, c.value, c.differ_in, c.same_time) for c in daily(*days).who.conflicts]

    assert found == ([conflict] if conflict else [])


VALUES = {
    "dev_eui": [EUI, "0257480000000122"],
    "serial": ["SN-7001", "SN-7002"],
    "mac": [MAC_A, MAC_B],
    "client_id": ["m-1", "m-2", "m-{id}"],
    "name": ["x", "y"],
    "topic": ["a/b", "a/c", "a/{id}"],
    "ip": ["192.0.2.7", "192.0.2.8"],
}
device_keys = st.dictionaries(st.sampled_from(sorted(VALUES)), st.integers(0, 1), max_size=3).map(
    lambda chosen: {kind: VALUES[kind][n] for kind, n in chosen.items()}
)
fleets = st.lists(st.lists(device_keys, min_size=1, max_size=3), min_size=1, max_size=5)


@settings(max_examples=300)
@given(fleets, st.randoms(use_true_random=False))
def test_the_order_of_the_reports_does_not_matter(days, chance):
    def groups(order):
        table = AliasTable()
        of = {}
        for report in order:
            for n, identifiers in enumerate(days[report]):
                of[report, n] = table.add(_device(identifiers, report), report, "gw")
        found = resolve(table.tracks)
        devices = {}
        for place, track in of.items():
            devices.setdefault(found.device_of[track], set()).add(place)
        contested = {(c.key, c.differ_in, c.same_time) for c in found.contested}
        return sorted(map(sorted, devices.values())), contested

    order = list(range(len(days)))
    shuffled = list(order)
    chance.shuffle(shuffled)

    assert groups(order) == groups(shuffled)


@settings(max_examples=200)
@given(fleets)
def test_no_device_has_two_of_what_there_is_one_of(days):
    table = AliasTable()
    for report, devices in enumerate(days):
        for identifiers in devices:
            table.add(_device(identifiers, report), report, "gw")
    found = resolve(table.tracks)
    # Whoever shares no DevEUI may have a serial number each; whoever shares one is one.
    for kind, better in (("serial", ["dev_eui"]), ("mac", ["dev_eui", "serial"])):
        for first in set(found.device_of):
            mine = [t for t, d in zip(table.tracks, found.device_of, strict=True) if d == first]
            values = {k.value for t in mine for k in t.keys if k.kind == kind}
            shared = any(k.kind in better for t in mine for k in t.keys)
            assert len(values) < 2 or shared


def _mac(n):
    return f"02:00:5e:00:{n >> 8:02x}:{n & 255:02x}"


def _device(identifiers, report, id_="d", moment=None):
    start = moment or _START + timedelta(days=report)
    return Device(
        id=id_,
        role="sensor",
        identifiers=tuple(Identifier(kind=k, value=v) for k, v in identifiers.items()),
        emissions=(),
        recipients=(_BROKER,),
        coverage=DeviceCoverage(packets=1, octets=1, missed_octets=0),
        first_seen=start,
        last_seen=start + timedelta(hours=1),
    )


def test_a_city_of_daily_reports_takes_seconds_and_no_more_memory_than_its_devices():
    fleet = [
        _device({"mac": _mac(n), "client_id": f"s-{n}", "topic": f"t/{n}"}, 0) for n in range(2000)
    ]
    table = AliasTable()
    begun = time.process_time()
    for report in range(90):
        for device in fleet:
            table.add(device, report, "gw")
    found = resolve(table.tracks)

    assert time.process_time() - begun < 10
    assert len(table.tracks) == len(set(found.device_of)) == 2000


def test_one_identifier_of_very_many_takes_bounded_time():
    table = AliasTable()
    for n in range(5000):
        shared = {"serial": "SN-7001", "client_id": "m", "topic": "a", "ip": "192.0.2.7"}
        table.add(_device({"mac": _mac(n), **shared}, n, moment=_START), n, "gw")
    begun = time.process_time()
    found = resolve(table.tracks)

    assert time.process_time() - begun < 10
    assert len(set(found.device_of)) == 5000


def test_devices_that_cannot_be_told_apart_take_bounded_time():
    begun = time.process_time()
    table = AliasTable()
    chance = random.Random(7)
    for report in range(4):
        for _ in range(4000):
            table.add(_device({"client_id": f"m-{chance.randint(1, 3)}"}, report), report, "gw")
    resolve(table.tracks)

    assert time.process_time() - begun < 10


_BROKER = Recipient(
    host="", address="192.0.2.10", port=1883, transport_security="none", role="broker", octets=1
)
_START = datetime(2026, 10, 5, tzinfo=UTC)
