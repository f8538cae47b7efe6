"""Whole captures with planted values and pseudonyms: found in every message, and told of no one."""

import base64
import gzip
import hashlib
import io
import json
import struct
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from schouw_agent.order import read_order
from schouw_agent.pipeline import inspect
from schouw_agent.privacy.canaries import Canaries
from schouw_agent.privacy.canary_file import parse_canaries
from schouw_agent.report import Emission, Report
from tests.leaks.traffic import DEVICES, Wire, connect, publish, question, request

MAC = "02:00:5e:10:53:0f"
DIGEST = hashlib.sha256(MAC.encode()).hexdigest()
FILE = f"[mac]\nphone = {MAC}\n[name]\nwalker = Kwik Testpersoon\n[text]\nline = kanarie-geel-77\n"
TELLER = DEVICES["teller-12"]
ORDER = """schema = "https://schouw.example.org/schema/order/1"
principal = "Gemeente Waterhaven"
permission = "Beheerder van het netwerk, 2026-01-01"
[period]
start = 2020-01-01T00:00:00Z
end = 2040-01-01T00:00:00Z
"""
DECIDED = ORDER + '[recurrence]\ndecided_by = "FG Waterhaven, 2026-01-02"\n'


def canaries() -> Canaries:
    return Canaries(parse_canaries("walk.toml", FILE.encode()))


def mqtt(*payloads: Any, topic: str = "plein/teller-12/meting", client: str = "teller-12") -> Wire:
    wire = Wire()
    turns = [(True, connect(client)), (False, b"\x20\x02\x00\x00")]
    wire.connection(TELLER, 1883, *turns, *((True, publish(topic, each)) for each in payloads))
    return wire


def looked_at(wire: Wire) -> Report:
    return inspect([io.BytesIO(b"".join(wire.records))], canaries=canaries())


def with_canaries(report: Report) -> list[Emission]:
    return [e for device in report.devices for e in device.emissions if e.canaries]


def web(octets: bytes) -> Wire:
    wire = Wire()
    wire.connection(TELLER, 80, (True, octets))
    return wire


def asked(name: str) -> Wire:
    wire = Wire()
    wire.datagram(TELLER, 53, question(name))
    return wire


GET = f"GET /c?id={DIGEST} HTTP/1.1\r\nHost: example.org\r\n\r\n".encode()
INNER = json.dumps({"mac": MAC}).encode()
# What carries the canary, and by which path and algorithm it is found.
CARRIERS = [
    ("a value", mqtt({"mac": MAC}), "mac", ""),
    ("a digest", mqtt({"id": DIGEST}), "id", "SHA-256"),
    ("a list", mqtt({"seen": [{"id": "x"}, {"id": DIGEST[:16]}]}), "seen[].id", "SHA-256"),
    ("an integer", mqtt({"id": int(MAC.replace(":", ""), 16)}), "id", ""),
    ("octets as numbers", mqtt({"id": list(bytes.fromhex(MAC.replace(":", "")))}), "id[]", ""),
    ("a key", mqtt({"clients": {MAC: {"rssi": -60}}}), "", ""),
    ("escapes", mqtt(b'{"mac":"02\\u003a00\\u003a5e\\u003a10\\u003a53\\u003a0f"}'), "mac", ""),
    ("base64 in JSON", mqtt({"raw": base64.b64encode(INNER).decode()}), "raw.mac", ""),
    ("gzip", mqtt(gzip.compress(INNER)), None, ""),
    ("octets of no format", mqtt(b"\x9f\x01\xfe" + bytes.fromhex(MAC.replace(":", ""))), "", ""),
    ("a topic", mqtt({"n": 1}, topic=f"plein/{DIGEST}/meting"), "topic", "SHA-256"),
    ("a client id", mqtt({"n": 1}, client="teller-" + MAC.replace(":", "")), "client_id", ""),
    ("a query", web(GET), None, "SHA-256"),
    ("a path", web(request(f"/in/{MAC}", {"Host": "example.org"}, b"{}", "text/json")), "path", ""),
    ("a name that is asked for", asked(f"{DIGEST[:32]}.example.org"), "name", "SHA-256"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("wire", "path", "algorithm"), [row[1:] for row in CARRIERS], ids=[row[0] for row in CARRIERS]
)
def test_a_canary_is_found_wherever_it_stands(wire: Wire, path: str | None, algorithm: str) -> None:
    report = looked_at(wire)
    emissions = with_canaries(report)

    assert {c.label for e in emissions for c in e.canaries} == {"phone"}
    assert {c.algorithm for e in emissions for c in e.canaries} == {algorithm}
    assert path is None or path in {e.path for e in emissions}
    for emission in emissions:
        assert emission.confidence == 1.0
        assert "canary" in emission.basis
        assert emission.category == ("wifi_mac_hashed" if algorithm else "wifi_mac_raw")
    assert {search.label: bool(search.messages) for search in report.canaries} == {
        "phone": True, "walker": False, "line": False,
    }  # fmt: skip
    told = report.model_dump_json()
    assert not any(secret in told for secret in (MAC, MAC.replace(":", ""), DIGEST[:16]))


def test_messages_that_are_like_others_are_looked_at_all_the_same() -> None:
    others = [{"id": hashlib.sha256(bytes([n])).hexdigest(), "t": 20.5} for n in range(200)]
    (emission,) = with_canaries(looked_at(mqtt(*others, {"id": DIGEST, "t": 20.5}, *others)))

    # It counts what the canary's emission carried, not the canary alone.
    assert emission.path == "id"
    assert looked_at(mqtt(*others, {"id": DIGEST, "t": 20.5})).canaries[0].messages == 1


def test_a_canary_at_a_place_that_has_a_category_is_counted_once() -> None:
    wire = mqtt(*({"clients": [{"mac": MAC, "rssi": -60}]} for _ in range(5)))
    emissions = [e for e in with_canaries(looked_at(wire)) if e.category == "wifi_mac_raw"]

    assert [e.messages for e in emissions] == [5]


def test_the_same_inventory_comes_of_a_search_that_finds_nothing() -> None:
    wire = mqtt(*({"sound": 50 + n, "clients": [{"mac": "02:00:00:00:11:22"}]} for n in range(9)))
    source = b"".join(wire.records)
    with_search = inspect([io.BytesIO(source)], canaries=canaries())

    assert with_search.devices == inspect([io.BytesIO(source)]).devices
    assert with_search.coverage.notes


def test_a_value_that_stands_where_names_stay_is_taken_out_of_the_report() -> None:
    wire = mqtt(
        {"n": 1, "kanarie-geel-77": 2}, topic="plein/kanarie-geel-77/x", client="kanarie-geel-77"
    )
    report = looked_at(wire)

    assert "kanarie-geel" not in report.model_dump_json()
    assert {c.label for e in with_canaries(report) for c in e.canaries} == {"line"}


def test_the_planted_thing_that_speaks_for_itself_is_no_finding() -> None:
    wire = Wire()
    wire.connection(
        (MAC, "192.0.2.66"), 1883, (True, connect("x")), (True, publish("me", {"mac": MAC}))
    )

    assert with_canaries(looked_at(wire)) == []


def hours(wires: Iterable[Wire], file: Path) -> Path:
    """Write captures one after the other, each beginning an hour after the one before."""
    head, records = b"", []
    for hour, wire in enumerate(wires):
        head = wire.records[0]
        for record in wire.records[1:]:
            seconds, rest = struct.unpack_from("<I", record)[0] + 3600 * hour, record[4:]
            records.append(struct.pack("<I", seconds) + rest)
    file.write_bytes(head + b"".join(records))
    return file


def visitors(of: Iterable[int]) -> list[dict[str, object]]:
    return [{"n": 3, "visitor_hash": hashlib.sha256(b"v%d" % n).hexdigest()} for n in of]


@pytest.fixture(scope="module")
def capture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty visitors of the first hour come back in the third; sixty others do not."""
    wires = [
        mqtt(*visitors(range(100))),
        mqtt(*visitors(range(100, 120))),
        mqtt(*visitors(range(40))),
    ]
    other = DEVICES["kenteken-30"]
    turns = [(True, publish("plein/teller-30/meting", each)) for each in visitors(range(70, 100))]
    wires[2].connection(other, 1883, (True, connect("teller-30")), *turns)
    return hours(wires, tmp_path_factory.mktemp("hours") / "hours.pcap")


def test_recurrence_is_off_until_somebody_decides(capture: Path) -> None:
    for order in (None, read_order("order.toml", ORDER.encode())):
        report = inspect([capture], order=order)
        assert not report.linkages
        assert not [e for d in report.devices for e in d.emissions if e.recurrence]


def test_recurrence_and_linkage_are_told_as_estimates(capture: Path) -> None:
    report = inspect([capture], order=read_order("order.toml", DECIDED.encode()))
    told = [e.recurrence for d in report.devices for e in d.emissions if e.recurrence]

    assert sorted(r.distinct.estimate for r in told if r.distinct) == [30, 120]
    first = next(r for r in told if r.distinct and r.distinct.estimate == 120)
    assert first.again is not None
    assert first.again.low <= 40 <= first.again.high
    assert first.share in (0.3, 0.35)
    assert (first.windows, first.window_seconds, first.horizon_seconds) == (3, 3600, 172_800)
    (link,) = report.linkages
    assert link.shared.estimate == 30
    assert {d.id for d in report.devices} >= set(link.device_ids)
    assert any("under a new key" in note for note in report.coverage.notes)
    assert "FG Waterhaven" not in report.model_dump_json()


def test_the_inventory_is_the_same_with_recurrence(capture: Path) -> None:
    decided = inspect([capture], order=read_order("order.toml", DECIDED.encode()))
    plain = inspect([capture], order=read_order("order.toml", ORDER.encode()))
    forgotten = [
        device.model_copy(
            update={
                "emissions": tuple(
                    e.model_copy(update={"recurrence": None}) for e in device.emissions
                )
            }
        )
        for device in decided.devices
    ]

    assert tuple(forgotten) == plain.devices
