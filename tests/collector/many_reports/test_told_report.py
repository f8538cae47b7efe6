"""A report is added up as its record would be, whether or not its devices are known already."""

from datetime import UTC, datetime

import numpy as np
import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from schouw_agent.report import Report
from schouw_collector.evidence.evidence import report_octets
from schouw_collector.many_reports.ledger import Ledger
from schouw_collector.many_reports.ledger_document import ledger_octets
from schouw_collector.many_reports.report_batch import ReportBatch
from schouw_collector.many_reports.report_columns import Columns
from schouw_collector.many_reports.told_report import ReportReader, told


@pytest.fixture
def day(make_device, make_report):
    """Return a function that makes the report of a day, with devices of every kind."""

    def _day(number=1, **device):
        devices = [
            make_device("a", ["wind", "people_count"], **device),
            make_device("b", ["opaque_payload"], {"topic": "plein/1"}, relay="c",
                        undecoded={"encrypted": 80 * number}),
            make_device("c", [], {}),
            make_device("d", [], {}),
        ]  # fmt: skip
        start = datetime(2026, 6, number, tzinfo=UTC)
        return make_report(devices, epoch=1, sequence=number, start=start, minutes=1440)

    return _day


def in_columns(octets, reader=None):
    """Return a report as columns, which it must be."""
    found = (reader or ReportReader()).read(octets)
    assert isinstance(found, Columns)
    return found


def add(ledger, report):
    """Add a report in whatever form it was read."""
    if isinstance(report, Columns):
        batch = ReportBatch(ledger)
        batch.add(report)
        batch.settle()
    else:
        ledger.add_told(report)


def written(report):
    """Return a report in every form in which it may be written."""
    return [
        report_octets(report),
        report.model_dump_json(by_alias=True).encode(),
        report.model_dump_json(by_alias=True, indent=2).encode(),
    ]


@pytest.mark.parametrize("form", range(3))
def test_known_devices_give_what_their_records_give(form, day):
    reader, read, made = ReportReader(), Ledger(), Ledger()
    batch = ReportBatch(read)
    reports = [day(1), day(2), day(3, firmware="2"), day(4)]
    for report in reports:
        assert made.add(report)
        assert batch.add(in_columns(written(report)[form], reader))
    batch.settle()

    assert ledger_octets(read) == ledger_octets(made)


def test_a_device_that_says_the_same_is_checked_once(day):
    reader = ReportReader()
    first, second = (in_columns(report_octets(day(number)), reader) for number in (1, 2))

    # The last two say nothing by which they could be told apart.
    assert [one is other for one, other in zip(
        first.records, second.records, strict=True)] == [True] * 4  # fmt: skip
    assert second.ids == ["a", "b", "c", "d"]


def test_what_no_report_says_any_more_is_forgotten(day):
    reader = ReportReader()
    for number in range(1, 300):
        reader.read(report_octets(day(1 + number % 28, firmware=str(number))))

    # Of the four devices only the first is another one every day.
    assert len(reader._records) <= 2 * (64 + 3)


def test_what_changes_in_digits_alone_may_be_something_new(day):
    reader = ReportReader()
    first = in_columns(report_octets(day(1, firmware="2.1")), reader)
    second = in_columns(report_octets(day(2, firmware="2.2")), reader)

    assert [d.firmware for d in (first.records[0], second.records[0])] == ["2.1", "2.2"]
    # Its emissions say nothing new.
    assert second.records[0].emissions is first.records[0].emissions


def test_histograms_may_be_of_any_length(day, make_device, make_report):
    def report(number, intervals):
        device = make_device("a", [{"category": "wind", "intervals": intervals}])
        return make_report([device], epoch=1, sequence=number)

    rows = [(), (0,), (0, 0), (5,), (0, 0, 10, 0, 3), (70, 0)]
    reader = ReportReader()
    for number, intervals in enumerate(rows):
        found = in_columns(report_octets(report(number, intervals)), reader).intervals
        bins = np.zeros(int(found.lengths[0]), dtype=int)
        bins[found.bins] = found.counts
        assert tuple(bins.tolist()) == intervals


def test_ids_are_of_one_report(day):
    reader = ReportReader()
    reader.read(report_octets(day(1)))
    octets = report_octets(day(2)).replace(b'"id":"a"', b'"id":"z"')

    assert in_columns(octets, reader).ids[0] == "z"


# Where in the report, what stands there instead, whether it may.
CHANGES = [
    (("emissions", 0, "messages"), -1, False),
    (("emissions", 0, "messages"), True, True),
    (("emissions", 0, "messages"), 2.0, True),
    (("emissions", 0, "messages"), 2.5, False),
    (("emissions", 0, "messages"), "many", False),
    (("emissions", 0, "confidence"), 1, True),
    (("emissions", 0, "confidence"), 1.5, False),
    (("emissions", 0, "intervals"), [1, "x"], False),
    (("emissions", 0, "intervals"), {"1": 1}, False),
    (("emissions", 0, "smallest"), 3, True),
    (("emissions", 0, "recurrence"), {}, False),
    (("emissions", 0, "first_seen"), "2026-13-01T00:00:00Z", False),
    (("emissions", 0, "first_seen"), "2026-06-02T02:00:00+02:00", True),
    (("emissions", 0, "first_seen"), 1780000000, True),
    (("emissions", 0, "new"), 1, False),
    (("emissions",), {"0": 1}, False),
    (("coverage", "undecoded"), [{"reason": "x", "flows": -1}], False),
    (("coverage", "undecoded"), [{"reason": "x"}], True),
    (("coverage",), None, False),
    (("id",), "x" * 401, False),
    (("id",), 7, False),
    (("relay",), ["a"], False),
    (("role",), "king", False),
    (("recipients",), [1], False),
]


@pytest.mark.parametrize(("where", "what", "allowed"), CHANGES)
def test_what_the_records_refuse_is_refused_of_known_devices_too(where, what, allowed, day):
    reader = ReportReader()
    reader.read(report_octets(day(1)))
    document = orjson.loads(report_octets(day(2)))
    place = document["devices"][0]
    for step in where[:-1]:
        place = place[step]
    place[where[-1]] = what
    octets = orjson.dumps(document)

    if not allowed:
        with pytest.raises(ValidationError):
            reader.read(octets)
        return
    read, made = Ledger(), Ledger()
    add(read, reader.read(octets))
    made.add_told(told(Report.model_validate_json(octets)))
    assert ledger_octets(read) == ledger_octets(made)


TOKENS = [
    b"", b"0", b"00", b"7", b"12", b",", b"0,", b",0", b"1,2", b"-", b"-1", b".", b"1.5", b"e9",
    b"null", b"true", b'"', b"\\", b"[", b"]", b"{", b"}", b":", b" ", b"9" * 16, b"\x00", b"\xff",
    b"\xc3\xa9", b"Z", b'"a"', b'{"areas":[', b',"id":"', b'],"firmware":"', b',"octets":5,"port":',
]  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=400)
@given(data=st.data())
def test_damage_does_the_same_whether_or_not_devices_are_known(data, day):
    reader = ReportReader()
    reader.read(report_octets(day(1)))
    octets = bytearray(report_octets(day(2)))
    for _ in range(data.draw(st.integers(1, 3))):
        # Mostly where something is, which is of one report only.
        digits = [n for n, octet in enumerate(octets) if 48 <= octet <= 57]
        start = data.draw(st.sampled_from(digits) | st.integers(0, len(octets)))
        end = start + data.draw(st.integers(0, 3))
        octets[start:end] = data.draw(st.sampled_from(TOKENS))
    made, read = Ledger(), Ledger()
    try:
        report = Report.model_validate_json(bytes(octets))
    except ValidationError:
        with pytest.raises(ValidationError):
            reader.read(bytes(octets))
        return
    made.add(report)
    add(read, reader.read(bytes(octets)))
    assert ledger_octets(read) == ledger_octets(made)


@pytest.mark.parametrize("octets", [b"", b"[]", b"{}", b"[" * 9_000, b'{"devices": [[]]}', b"\xff"])
def test_what_is_no_report_is_refused(octets):
    with pytest.raises(ValidationError):
        ReportReader().read(octets)
