"""Callbacks of the Sigfox network: the device is in the envelope."""

from schouw_agent.formats.envelope import Envelope, envelope_format

FORMAT = envelope_format(
    id="sigfox",
    title="Sigfox callback",
    reference="Sigfox backend, Callbacks: custom data variables",
    marks={"device": str, "data": str, "time": (int, str)},
    any_of=("seqNumber", "station", "avgSnr", "deviceTypeId", "lqi"),
    envelope=Envelope(
        subject=("device",),
        identifiers={"serial": ("device",), "gateway": ("station",)},
        raw=("data",),
        figures=(
            "rssi", "snr", "avgSnr", "computedLocation.lat", "computedLocation.lng",
        ),
    ),
)  # fmt: skip
