"""Devices of a ChirpStack network server: the answer of its API, or a list of such answers.

`GET /api/devices` gives `result` with `devEui` (version 4) or `devEUI` (version 3), `name`,
`description` and, of single devices, `tags` (chirpstack/api/device.proto).
"""

from schouw_collector.binding.candidates import CandidateFile, Row, build_candidates, text_of
from schouw_collector.candidate_formats.lorawan_rows import objects_of, texts_in
from schouw_collector.plugins import CandidateFormat


def probe(_name: str, octets: bytes) -> float:
    """Return 0.9 for JSON with the field names of both versions, 0 without."""
    if octets.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"[", b"{"):
        return 0.0
    named = b'"devEui"' in octets or b'"devEUI"' in octets
    return 0.9 if named and b'"end_devices"' not in octets else 0.0


def read(name: str, octets: bytes) -> CandidateFile:
    """Return the devices.  Raises `CandidateError` if there are none."""

    def rows() -> list[Row]:
        found = []
        for place, value in objects_of(name, octets, "result", "devices"):
            inner = value.get("device")
            device = inner if isinstance(inner, dict) else value
            eui, called = text_of(device, "devEui", "devEUI"), text_of(device, "name")
            texts = [called, text_of(device, "description"), *texts_in(device.get("tags"))]
            found.append(Row(place=place, marks=[("dev_eui", eui), ("name", called)], names=texts))
        return found

    return build_candidates(name, "chirpstack_devices", rows())


CANDIDATE_FORMAT = CandidateFormat(
    id="chirpstack_devices",
    title="Devices of ChirpStack (JSON)",
    reference="https://github.com/chirpstack/chirpstack, api/proto/api/device.proto",
    probe=probe,
    read=read,
)
