"""Uplinks of the Helium console and its successors: the device is in the envelope."""

from schouw_agent.formats.envelope import Envelope, envelope_format

FORMAT = envelope_format(
    id="helium",
    title="Helium uplink",
    reference="Helium Console, Integrations: JSON message schema",
    marks={"dev_eui": str, "devaddr": str},
    any_of=("payload", "decoded", "hotspots", "port"),
    envelope=Envelope(
        subject=("name", "dev_eui"),
        dev_eui=("dev_eui",),
        identifiers={"name": ("name",), "gateway": ("hotspots[].name",)},
        readings=("decoded.payload",),
        raw=("payload",),
        figures=("hotspots[].rssi", "hotspots[].snr"),
    ),
)
