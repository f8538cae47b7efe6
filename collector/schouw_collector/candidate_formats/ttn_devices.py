"""End devices of The Things Stack: the answer of its API, or one device a line as its CLI gives it.

A device has `ids` (`device_id`, `dev_eui`), `name`, `description`, `attributes` and `locations`
(The Things Stack, EndDevice message).
"""

from collections.abc import Mapping
from typing import Any

from schouw_collector.binding.candidates import CandidateFile, Row, build_candidates, text_of
from schouw_collector.candidate_formats.lorawan_rows import objects_of, texts_in
from schouw_collector.plugins import CandidateFormat


def probe(_name: str, octets: bytes) -> float:
    """Return 0.9 for JSON with the ids of an end device, 0 without."""
    if octets.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"[", b"{"):
        return 0.0
    return 0.9 if b'"ids"' in octets and b'"device_id"' in octets else 0.0


def read(name: str, octets: bytes) -> CandidateFile:
    """Return the end devices.  Raises `CandidateError` if there are none."""
    rows = (_row(place, value) for place, value in objects_of(name, octets, "end_devices"))
    return build_candidates(name, "ttn_devices", rows)


def _row(place: str, device: Mapping[str, Any]) -> Row:
    found = device.get("ids")
    ids = found if isinstance(found, dict) else {}
    device_id = text_of(ids, "device_id")
    texts = [device_id, text_of(device, "name"), text_of(device, "description")]
    return Row(
        place=place,
        marks=(("dev_eui", text_of(ids, "dev_eui")), ("name", device_id)),
        names=[*texts, *texts_in(device.get("attributes"))],
        position=_position(device.get("locations")),
    )


def _position(locations: object) -> tuple[object, object] | None:
    """Return where people said that it is, before what a network guessed."""
    if not isinstance(locations, dict):
        return None
    places = [locations.get("user"), *locations.values()]
    place = next((p for p in places if isinstance(p, dict) and "latitude" in p), None)
    return (place["latitude"], place.get("longitude")) if place else None


CANDIDATE_FORMAT = CandidateFormat(
    id="ttn_devices",
    title="End devices of The Things Stack (JSON)",
    reference="The Things Stack API, EndDeviceRegistry.List",
    probe=probe,
    read=read,
)
