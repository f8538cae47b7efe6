"""Uplinks of The Things Network version 2, which adapters and older servers still write."""

from schouw_agent.formats.envelope import Envelope, envelope_format

FORMAT = envelope_format(
    id="ttn_v2",
    title="The Things Network v2 uplink",
    reference="The Things Network v2, MQTT data API: uplink messages",
    marks={"dev_id": str, "hardware_serial": str},
    any_of=("payload_raw", "payload_fields", "metadata"),
    envelope=Envelope(
        subject=("dev_id",),
        dev_eui=("hardware_serial",),
        identifiers={"name": ("dev_id",), "gateway": ("metadata.gateways[].gtw_id",)},
        readings=("payload_fields",),
        raw=("payload_raw",),
        # `metadata.latitude` is the device's place, as its owner registered it.
        figures=(
            "metadata.gateways[].rssi", "metadata.gateways[].snr",
            "metadata.latitude", "metadata.longitude", "metadata.altitude",
        ),
    ),
)  # fmt: skip
