"""Reports add up to the same, in whatever order they come and wherever they are split."""

from datetime import UTC, date, datetime, timedelta

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schouw_agent.report import Estimate, Following, Linkage, PseudonymRecurrence, Report
from schouw_collector.errors import ReportError
from schouw_collector.evidence.evidence import report_octets
from schouw_collector.many_reports.ledger import Ledger
from schouw_collector.many_reports.ledger_document import ledger_octets, read_ledger
from schouw_collector.many_reports.merging import coverage_of, inventory, merge, merged
from schouw_collector.many_reports.report_batch import ReportBatch
from schouw_collector.many_reports.report_columns import Columns
from schouw_collector.many_reports.seen_days import Days
from schouw_collector.many_reports.told_report import ReportReader

START = datetime(2026, 6, 1, tzinfo=UTC)
# The factories of conftest.py have no state.
MANY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
IDENTIFIERS = st.sampled_from(
    [
        {"mac": "02:00:5e:00:53:01", "ip": "192.0.2.1"},
        {"mac": "02:00:5E:00:53:01", "client_id": "meter-1"},
        {"client_id": "meter-1", "ip": "192.0.2.2"},
        {"client_id": "meter-2"},
        {"dev_eui": "0257480000000121"},
        {"dev_eui": "0257480000000121", "serial": "SN-77"},
        {"serial": "SN-77"},
        {"topic": "plein/1"},
        {"topic": "plein/1", "name": "lamp-1"},
        {"name": "lamp-1", "ip": "192.0.2.9"},
        {"ip": "192.0.2.9", "host_name": "lamp"},
    ]
)
EMISSION = st.fixed_dictionaries(
    {
        "category": st.sampled_from(["wind", "sound_level", "people_count"]),
        "channel": st.sampled_from(["a", "b"]),
        "form": st.sampled_from(["number", "text"]),
        "messages": st.integers(0, 9),
        "intervals": st.lists(st.integers(0, 3), max_size=4).map(tuple),
        "smallest": st.none() | st.integers(1, 9).map(float),
        "confidence": st.sampled_from([0.5, 0.8, 0.9]),
        "basis": st.sampled_from([("field_name",), ("unit",), ("field_name", "unit")]),
        "retained": st.booleans(),
        "self_declared": st.booleans(),
        "recurrence": st.none()
        | st.integers(1, 3).map(
            lambda windows: PseudonymRecurrence(
                distinct=None, again=None, share=None, windows=windows, window_seconds=60,
                horizon_seconds=3600, since=START,
            )
        ),
    }
)  # fmt: skip


@st.composite
def many_reports(draw, make_device, make_report):
    """Return reports of two agents, each with its own numbers, in order of time."""
    rows = []
    for number in range(draw(st.integers(2, 6))):
        devices = [
            make_device(
                f"d{n}",
                identifiers=draw(IDENTIFIERS),
                emissions=draw(st.lists(EMISSION, max_size=3)),
                role=draw(st.sampled_from(["sensor", "relay", "viewer"])),
                relay=draw(st.sampled_from(["", "d0", "elsewhere"])),
                vendor=draw(st.sampled_from(["", "Alfa", "Bravo"])),
                firmware=draw(st.sampled_from(["", "1", "2"])),
                areas=draw(st.sampled_from([(), ("u173z",), ("u173z", "u1740")])),
                software=draw(st.sampled_from([(), ("b", "a"), ("a",)])),
                authentication=draw(st.sampled_from(["unseen", "none", "TLS"])),
                recipients=[{"octets": draw(st.integers(0, 9))}],
                first_seen=START + timedelta(days=number),
                last_seen=START + timedelta(days=number, hours=draw(st.integers(0, 30))),
            )
            for n in range(draw(st.integers(0, 4)))
        ]
        ids = [device.id for device in devices]
        linked = len(ids) > 1 and draw(st.booleans())
        rows.append(
            make_report(
                devices,
                agent_id=f"gateway-{number % 2}",
                epoch=1,
                sequence=number,
                start=START + timedelta(days=number),
                minutes=1440,
                knowledge=draw(st.sampled_from(["a" * 64, "b" * 64])),
                coverage={"kernel_drops": draw(st.sampled_from([None, 0, 3]))},
                linkages=(_linkage(*ids[:2], number),) if linked else (),
                followings=(_following(*ids[:2]),) if linked else (),
            )
        )
    return rows


def _linkage(one: str, two: str, shared: int) -> Linkage:
    return Linkage(
        device_ids=(one, two), categories=("wifi_mac_hashed",), horizon_seconds=60, since=START,
        shared=Estimate(estimate=10 + shared, low=10, high=20),
    )  # fmt: skip


def _following(one: str, two: str) -> Following:
    return Following(
        input_device_id=one, input_category="people_count", device_id=two,
        category="actuation_light_level", commands=3, followed=2, expected=0.1, within_seconds=5,
    )  # fmt: skip


def ledger_of(reports: list[Report]) -> Ledger:
    ledger = Ledger()
    for report in reports:
        assert ledger.add(report)
    return ledger


def outcome(ledger: Ledger) -> tuple[object, ...]:
    found = merged(ledger)
    return found, coverage_of(ledger), inventory(ledger, "test", found)


def read_together(reports: list[Report]) -> Ledger:
    """Return the ledger of reports that are read as text, and added many at a time."""
    ledger, reader = Ledger(), ReportReader()
    batch = ReportBatch(ledger)
    for report in reports:
        columns = reader.read(report_octets(report))
        if report.devices:
            assert isinstance(columns, Columns)
            assert batch.add(columns)
        else:
            # There is nothing to be remembered.
            assert ledger.add_told(columns)
    batch.settle()
    return ledger


@pytest.mark.parametrize("how", ["order", "stored", "joined", "together"])
@settings(MANY, max_examples=60)
@given(data=st.data())
def test_however_reports_come_they_add_up_to_the_same(how, data, make_device, make_report):
    reports = data.draw(many_reports(make_device, make_report))
    whole = ledger_of(reports)
    cut = data.draw(st.integers(1, len(reports) - 1))
    mixed = data.draw(st.permutations(reports))
    if how == "order":
        other = ledger_of(mixed)
    elif how == "stored":
        other = read_ledger("state", ledger_octets(ledger_of(mixed[:cut])))
        for report in mixed[cut:]:
            other.add(report)
    elif how == "together":
        other = read_together(mixed[:cut])
        other.absorb(read_together(mixed[cut:]))
    else:
        other = ledger_of(mixed[:cut])
        other.absorb(ledger_of(mixed[cut:]))

    assert outcome(other) == outcome(whole)
    assert ledger_octets(other) == ledger_octets(whole)


@settings(MANY, max_examples=40)
@given(data=st.data())
def test_nothing_is_lost_or_counted_twice(data, make_device, make_report):
    reports = data.draw(many_reports(make_device, make_report))
    devices = merge(reports).devices
    seen = [device for report in reports for device in report.devices]

    def total(rows):
        return (
            sum(e.messages for d in rows for e in d.emissions),
            sum(sum(e.intervals) for d in rows for e in d.emissions),
            sum(r.octets for d in rows for r in d.recipients),
            sum(d.coverage.octets for d in rows),
            {(i.kind, i.value) for d in rows for i in d.identifiers},
        )

    assert total(devices) == total(seen)
    assert len({device.id for device in devices}) == len(devices)
    carriers = {device.relay for device in devices} - {""}
    assert carriers <= {device.id for device in devices}


def test_a_report_that_comes_twice_counts_once(make_device, make_report):
    report = make_report([make_device(emissions=["wind"])], epoch=1, sequence=4)
    ledger = Ledger()

    assert [ledger.add(report), ledger.add(report)] == [True, False]
    assert ledger.duplicates == 1
    assert merged(ledger).devices[0].emissions[0].messages == 20
    stored = read_ledger("state", ledger_octets(ledger))
    assert report in stored
    with pytest.raises(ValueError, match="both"):
        ledger.absorb(stored)


def test_spot_checks_have_no_numbers_and_all_count(make_device, make_report):
    reports = [make_report([make_device(emissions=["wind"])])] * 2

    assert merge(reports).devices[0].emissions[0].messages == 40


def test_an_address_is_one_device_within_sight_of_one_agent(make_device, make_report):
    reports = [
        make_report([make_device(identifiers={"ip": "192.0.2.7"})], agent_id=agent, epoch=1,
                    sequence=number)
        for agent, number in (("a", 1), ("a", 2), ("b", 1))
    ]  # fmt: skip

    assert len(merge(reports).devices) == 2


def test_a_later_identifier_joins_what_was_two_devices(make_device, make_report):
    rows = [{"mac": "02:00:5e:00:53:01"}, {"client_id": "m"}]
    rows.append(rows[0] | rows[1])
    reports = [
        make_report([make_device(f"d{n}", identifiers=row, emissions=["wind"])], epoch=1,
                    sequence=n, start=START + timedelta(days=n))
        for n, row in enumerate(rows, 1)
    ]  # fmt: skip
    (device,) = merge(reports).devices

    assert (device.id, device.emissions[0].messages) == ("1/d1", 60)


def test_the_state_grows_by_one_bit_for_each_report(make_device, make_report):
    def size(days: int) -> int:
        device = [make_device(emissions=["wind"])]
        at = [START + timedelta(days=day) for day in range(days)]
        reports = [make_report(device, start=t, epoch=1, sequence=n) for n, t in enumerate(at)]
        octets = ledger_octets(ledger_of(reports))
        return len(orjson.dumps(orjson.loads(octets)["devices"]))

    assert size(80) <= size(8) + 20 + 72 // 4


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"schema": "https://schouw.example.org/schema/ledger/0"}, "schema"),
        ({"devices": "none"}, "devices"),
        ({"windows": []}, "contradicts itself"),
        ({"extra": 1}, "not a field"),
        ({"coverage": {"counts": {}, "undecoded": {}, "clocks": [], "partial": False,
                       "vantages": {}, "notes": []}}, "contradicts itself"),
    ],
)  # fmt: skip
def test_a_damaged_state_is_refused_in_one_line(changes, why, make_device, make_report):
    octets = ledger_octets(ledger_of([make_report([make_device()], epoch=1)]))

    with pytest.raises(ReportError, match=why) as refused:
        read_ledger("state.json", orjson.dumps(orjson.loads(octets) | changes))
    assert "\n" not in refused.value.diagnostics()


@given(st.lists(st.tuples(st.integers(1, 60), st.integers(0, 5)), max_size=20))
def test_days_are_a_set_in_ranges(rows):
    days = Days()
    for first, more in rows:
        days.add(first, first + more)
    wanted = sorted({n for first, more in rows for n in range(first, first + more + 1)})

    assert days.dates() == tuple(map(date.fromordinal, wanted))
    assert all(a <= b for a, b in zip(days.starts, days.ends, strict=True))
    assert all(b + 1 < a for b, a in zip(days.ends, days.starts[1:], strict=False))
