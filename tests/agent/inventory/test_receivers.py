"""Who receives what: subscribers by what they asked a broker for, as their clients speak."""

import struct
from pathlib import Path

import pytest

from schouw_agent.inventory.stations import MOST_FILTERS
from schouw_agent.pipeline import inspect
from schouw_agent.report import Device, Recipient, Report
from tests.leaks.traffic import SERVER, Host, Wire, connect, publish

SENSOR: Host = ("02:00:00:00:00:12", "192.0.2.12")
BOARD: Host = ("02:00:00:00:00:20", "192.0.2.20")
HOARD: Host = ("02:00:00:00:00:21", "192.0.2.21")
CONNACK, SUBACK = b"\x20\x02\x00\x00", b"\x90\x03\x00\x01\x00"
READING = publish("plein/12/meting", {"temperature": 20.5})


def _subscribe(*filters: str) -> bytes:
    body = b"\x00\x01"
    for each in filters:
        body += struct.pack(">H", len(each.encode())) + each.encode() + b"\x00"
    size, length = len(body), bytearray()
    while size or not length:
        size, low = divmod(size, 128)
        length.append(low | (0x80 if size else 0))
    return b"\x82" + bytes(length) + body


def _report(folder: Path, *said: tuple[Host, list[tuple[bool, bytes]]]) -> Report:
    wire = Wire()
    for client, turns in said:
        wire.connection(client, 1883, (True, connect(f"client-{client[0][-2:]}")), *turns)
    path = folder / "square.pcap"
    path.write_bytes(b"".join(wire.records))
    return inspect([path])


def _device(report: Report, host: Host) -> Device:
    return next(d for d in report.devices if any(i.value == host[0] for i in d.identifiers))


def _asked(device: Device) -> dict[str, tuple[str, ...]]:
    return {r.address: r.topic_filters for r in device.recipients if r.role == "subscriber"}


def test_subscribers_are_told_by_what_they_asked_for(tmp_path: Path) -> None:
    report = _report(
        tmp_path,
        (BOARD, [(False, CONNACK), (True, _subscribe("plein/12/#")), (False, SUBACK + READING)]),
        (SENSOR, [(False, CONNACK), (True, READING)]),
    )
    assert _asked(_device(report, SENSOR)) == {BOARD[1]: ("plein/12/#",)}
    broker = _device(report, SERVER)
    assert (broker.role, _asked(broker)) == ("broker", {BOARD[1]: ("plein/12/#",)})
    [told] = broker.recipients
    assert told.octets == len(CONNACK + SUBACK + READING)
    assert _device(report, BOARD).role == "viewer"
    assert all(not recipient.topic_filters for recipient in _device(report, BOARD).recipients)


def test_who_asked_for_everything_is_told_by_the_broker_even_if_nothing_came(
    tmp_path: Path,
) -> None:
    report = _report(
        tmp_path,
        (HOARD, [(False, CONNACK), (True, _subscribe("#", "$SYS/#")), (False, SUBACK)]),
        (SENSOR, [(False, CONNACK), (True, READING)]),
    )
    assert _asked(_device(report, SERVER)) == {HOARD[1]: ("#", "$SYS/#")}
    # What was not seen to be passed on is not said to have been.
    assert _asked(_device(report, SENSOR)) == {}
    assert _device(report, HOARD).role == "viewer"


@pytest.mark.parametrize("secret", ["Sanne Kwikzwaan", "xk-482-b", "0612345678"])
def test_filters_name_nobody(tmp_path: Path, secret: str) -> None:
    report = _report(tmp_path, (BOARD, [(False, CONNACK), (True, _subscribe(f"huis/{secret}/+"))]))
    assert _asked(_device(report, SERVER)) == {BOARD[1]: ("huis/{id}/+",)}


def test_filters_are_bounded(tmp_path: Path) -> None:
    many = [f"plein/{n}" for n in range(MOST_FILTERS + 9)]
    report = _report(tmp_path, (BOARD, [(False, CONNACK), (True, _subscribe(*many))]))
    assert len(_asked(_device(report, SERVER))[BOARD[1]]) == MOST_FILTERS
    assert any("9 observations were counted" in note for note in report.coverage.notes)


def test_a_recipient_of_an_older_report_has_no_filters() -> None:
    told = {"host": "", "address": BOARD[1], "port": 0, "transport_security": "none"}
    assert Recipient.model_validate(told | {"role": "peer", "octets": 1}).topic_filters == ()
