"""A report is added up as its record would be, whether or not its devices are known already."""

from datetime import UTC, datetime

import orjson
import pytest
from pydantic import ValidationError

from schouw_agent.report import Report
from schouw_collector.evidence import report_octets
from schouw_collector.ledger import Ledger
from schouw_collector.ledger_document import ledger_octets
from schouw_collector.told_report import ReportReader, told


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


def test_known_devices_give_what_their_records_give(day):
    reader, read, made = ReportReader(), Ledger(), Ledger()
    reports = [day(1), day(2), day(3, firmware="2"), day(4)]
    for report in reports:
        assert made.add(report)
        assert read.add_told(reader.read(report_octets(report)))

    assert ledger_octets(read) == ledger_octets(made)


def test_a_device_that_says_the_same_is_checked_once(day):
    reader = ReportReader()
    first, second = (reader.read(report_octets(day(number))) for number in (1, 2))

    # The last two say nothing by which they could be told apart.
    assert [one is other for (one, _), (other, _) in zip(
        first.devices, second.devices, strict=True)] == [True] * 4  # fmt: skip
    assert [amounts.id for _, amounts in second.devices] == ["a", "b", "c", "d"]


def test_ids_are_of_one_report(day):
    reader = ReportReader()
    reader.read(report_octets(day(1)))
    octets = report_octets(day(2)).replace(b'"id":"a"', b'"id":"z"')

    assert reader.read(octets).devices[0][1].id == "z"


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
    read.add_told(reader.read(octets))
    made.add_told(told(Report.model_validate_json(octets)))
    assert ledger_octets(read) == ledger_octets(made)


@pytest.mark.parametrize("octets", [b"", b"[]", b"{}", b"[" * 9_000, b'{"devices": [[]]}', b"\xff"])
def test_what_is_no_report_is_refused(octets):
    with pytest.raises(ValidationError):
        ReportReader().read(octets)
