"""What packet forwarders write of the LoRa frames that a gateway hears and sends."""

import base64
import binascii
from collections.abc import Iterator, Mapping
from typing import Any

from schouw_agent.errors import DecodeError
from schouw_agent.formats.envelope import json_object
from schouw_agent.formats.lorawan_phy import Frame, airtime, parse
from schouw_agent.plugins import Format
from schouw_agent.records import OVER_LIMIT, Content, Leaf, Opened

_MOST_PACKETS = 256
_STATUS = ("rxnb", "rxok", "rxfw", "ackr", "dwnb", "txnb")
_LONGEST_DATA = 512


def _probe(content: Content) -> float:
    value = json_object(content)
    if _packets(value):
        return 0.95
    status = value.get("stat")
    told = isinstance(status, dict) and sum(key in status for key in _STATUS) >= 3
    return 0.95 if told else 0.0


def _packets(value: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    """Return the packets of a message with their path: heard, and to be sent."""
    heard = value.get("rxpk")
    rows = [("rxpk[]", row) for row in heard] if isinstance(heard, list) else []
    if isinstance(value.get("txpk"), dict):
        rows.append(("txpk", value["txpk"]))
    return [(path, row) for path, row in rows if _is_packet(row)]


def _is_packet(row: object) -> bool:
    if not isinstance(row, dict) or not isinstance(row.get("data"), str):
        return False
    return "freq" in row and ("datr" in row or "modu" in row)


def _open(content: Content) -> Opened:
    if _probe(content) == 0:
        raise DecodeError("semtech_rxpk: neither packets nor a status")
    value = json_object(content)
    packets = _packets(value)
    leaves = list(_status(value.get("stat")))
    subjects = {}
    for path, row in packets[:_MOST_PACKETS]:
        frame = _frame(row)
        leaves.extend(_leaves(path, row, frame))
        if frame is not None:
            subjects[frame.subject] = frame
    # One device for the whole only if all of it is about that one.
    single = next(iter(subjects.values())) if len(subjects) == 1 else None
    identifiers = {"dev_eui": single.dev_eui} if single and single.dev_eui else {}
    return Opened(
        leaves=leaves,
        subject=single.subject if single else "",
        identifiers=identifiers,
        undecoded=OVER_LIMIT if len(packets) > _MOST_PACKETS else "",
    )


def _frame(row: Mapping[str, Any]) -> Frame | None:
    text = row["data"]
    if len(text) > _LONGEST_DATA:
        return None
    try:
        # Some forwarders leave out the padding.
        return parse(base64.b64decode(text + "=" * (-len(text) % 4), validate=True))
    except (binascii.Error, ValueError, DecodeError):
        return None


def _leaves(path: str, row: Mapping[str, Any], frame: Frame | None) -> Iterator[Leaf]:
    subject = frame.subject if frame else ""
    for key in ("rssi", "lsnr"):
        if isinstance(row.get(key), (int, float)):
            yield Leaf(f"{path}.{key}", row[key], "", subject)
    if frame is None:
        yield Leaf(f"{path}.data", row["data"], "", subject, "opaque")
        return
    if frame.size:
        yield Leaf(f"{path}.data", row["data"], "", subject, "opaque")
    if frame.dev_eui:
        yield Leaf(f"{path}.dev_eui", frame.dev_eui, "", subject)
        yield Leaf(f"{path}.join_eui", frame.join_eui, "", subject)
    size = row.get("size")
    if isinstance(size, int) and 0 < size < 256:
        time = airtime(str(row.get("datr", "")), str(row.get("codr", "")), size)
        if time:
            yield Leaf(f"{path}.airtime", time, "ms", subject)


def _status(status: object) -> Iterator[Leaf]:
    """Yield what a gateway says of itself, its place among that."""
    if isinstance(status, dict):
        for key in (*_STATUS, "lati", "long", "alti", "temp"):
            if isinstance(status.get(key), (int, float)):
                yield Leaf(f"stat.{_NAMES.get(key, key)}", status[key])


_NAMES = {"lati": "latitude", "long": "longitude", "alti": "altitude", "temp": "temperature"}


FORMAT = Format(
    id="semtech_rxpk",
    title="Packets and status of a LoRa packet forwarder",
    reference="Lora-net/packet_forwarder, PROTOCOL.TXT, 4 and 6; LoRaWAN 1.0.4, 4",
    probe=_probe,
    open=_open,
)
