"""Uplinks of The Things Stack v3: the device is in the envelope, the sender is a relay."""

from collections.abc import Iterator, Mapping
from typing import Any

from schouw_agent.errors import DecodeError
from schouw_agent.formats.envelope import json_object
from schouw_agent.plugins import Format
from schouw_agent.recognition.values import open_value
from schouw_agent.records import Content, Leaf, Nested, Opened

_MOST_GATEWAYS = 32


def _probe(content: Content) -> float:
    value = json_object(content)
    ids = value.get("end_device_ids")
    if not isinstance(ids, dict) or not isinstance(ids.get("device_id"), str):
        return 0.0
    return 0.95 if any(key in value for key in _MESSAGES) else 0.0


_MESSAGES = (
    "uplink_message", "join_accept", "downlink_queued", "downlink_sent", "downlink_ack",
    "location_solved", "service_data",
)  # fmt: skip


def _open(content: Content) -> Opened:
    value = json_object(content)
    if _probe(content) == 0:
        raise DecodeError("ttn_v3: no device identifiers")
    ids = value["end_device_ids"]
    uplink = value.get("uplink_message")
    uplink = uplink if isinstance(uplink, dict) else {}
    leaves: list[Leaf] = []
    nested: list[Nested] = []
    over = ""
    for path, part in (
        ("uplink_message.decoded_payload", uplink.get("decoded_payload")),
        ("location_solved", value.get("location_solved")),
        ("service_data.data", _below(value, "service_data").get("data")),
    ):
        if part is not None:
            opened = open_value(part, path)
            leaves.extend(opened.leaves)
            nested.extend(opened.nested)
            over = over or opened.undecoded
    leaves.extend(_radio(uplink))
    leaves.extend(_locations(uplink))
    raw = uplink.get("frm_payload")
    if "decoded_payload" not in uplink and isinstance(raw, str) and raw:
        leaves.append(Leaf("uplink_message.frm_payload", raw, "", "", "opaque"))
    return Opened(
        leaves=leaves,
        subject=ids["device_id"],
        identifiers=_identifiers(ids, uplink),
        nested=nested,
        undecoded=over,
    )


def _below(value: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = value.get(key)
    return found if isinstance(found, dict) else {}


def _identifiers(ids: Mapping[str, Any], uplink: Mapping[str, Any]) -> dict[str, str]:
    found = {"name": str(ids["device_id"])}
    if isinstance(ids.get("dev_eui"), str):
        found["dev_eui"] = ids["dev_eui"].lower()
    for gateway in _gateways(uplink):
        name = _below(gateway, "gateway_ids").get("gateway_id")
        if isinstance(name, str):
            found["gateway"] = name
            break
    return found


def _gateways(uplink: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    rows = uplink.get("rx_metadata")
    if isinstance(rows, list):
        yield from (row for row in rows[:_MOST_GATEWAYS] if isinstance(row, dict))


def _radio(uplink: Mapping[str, Any]) -> Iterator[Leaf]:
    for gateway in _gateways(uplink):
        for key in ("rssi", "channel_rssi", "snr"):
            if isinstance(gateway.get(key), (int, float)):
                yield Leaf(f"uplink_message.rx_metadata[].{key}", gateway[key])
    lora = _below(_below(_below(uplink, "settings"), "data_rate"), "lora")
    for key in ("spreading_factor", "bandwidth"):
        if isinstance(lora.get(key), int):
            yield Leaf(f"uplink_message.settings.data_rate.lora.{key}", lora[key])


def _locations(uplink: Mapping[str, Any]) -> Iterator[Leaf]:
    # `locations` is the device's; the one in rx_metadata is the gateway's and says nothing of it.
    for source, place in list(_below(uplink, "locations").items())[:8]:
        if isinstance(place, dict):
            for key in ("latitude", "longitude", "altitude"):
                if isinstance(place.get(key), (int, float)):
                    yield Leaf(f"uplink_message.locations.{source[:32]}.{key}", place[key])


FORMAT = Format(
    id="ttn_v3",
    title="The Things Stack v3 message",
    reference="The Things Stack, Data Formats: ApplicationUp",
    probe=_probe,
    open=_open,
)
